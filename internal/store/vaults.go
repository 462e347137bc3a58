package store

import (
	"fmt"
	"time"

	"predah/internal/vault"
)

// Vaults is the store as the rules of vaults see it.
func (s *Store) Vaults() vault.Store {
	return domain[vault.Tx]{store: s, as: func(t *tx) vault.Tx { return t }}
}

// vaultRow is one vault.
type vaultRow struct {
	ID         string `gorm:"primaryKey"`
	Verifier   []byte
	Epoch      []byte
	CreatedAt  int64 `gorm:"autoCreateTime:false"`
	IdleUntil  int64
	EmptySince int64
	Records    int
	Bytes      int
}

// TableName is the table of the row.
func (vaultRow) TableName() string { return "vaults" }

func toVaultRow(v vault.Vault) vaultRow {
	return vaultRow{
		ID: string(v.ID), Verifier: v.Verifier[:], Epoch: v.Epoch[:],
		CreatedAt: seconds(v.CreatedAt), IdleUntil: seconds(v.IdleUntil), EmptySince: seconds(v.EmptySince),
		Records: v.Records, Bytes: v.Bytes,
	}
}

// Vault returns a vault. Every call of an owner begins with it.
func (t *tx) Vault(id vault.ID) (vault.Vault, error) {
	var row vaultRow
	err := t.row("SELECT verifier, epoch, created_at, idle_until, empty_since, records, bytes FROM vaults WHERE id = $1", []any{string(id)},
		&row.Verifier, &row.Epoch, &row.CreatedAt, &row.IdleUntil, &row.EmptySince, &row.Records, &row.Bytes)
	if err != nil {
		return vault.Vault{}, missing(err, "read a vault")
	}
	v := vault.Vault{
		ID: id, CreatedAt: moment(row.CreatedAt), IdleUntil: moment(row.IdleUntil), EmptySince: moment(row.EmptySince),
		Records: row.Records, Bytes: row.Bytes,
	}
	copy(v.Verifier[:], row.Verifier)
	copy(v.Epoch[:], row.Epoch)
	return v, nil
}

// AddVault adds a vault.
func (t *tx) AddVault(v vault.Vault) error {
	row := toVaultRow(v)
	return wrap(t.db.Create(&row).Error, "add a vault")
}

// SaveIdle keeps until when a vault is kept.
func (t *tx) SaveIdle(id vault.ID, until time.Time) error {
	_, err := t.exec("UPDATE vaults SET idle_until = $1 WHERE id = $2", seconds(until), string(id))
	return wrap(err, "save until when a vault is kept")
}

// SaveContents keeps what a vault holds, and names nothing else: SQLite would write the index of
// idle_until anew each time.
func (t *tx) SaveContents(v vault.Vault) error {
	_, err := t.exec("UPDATE vaults SET empty_since = $1, records = $2, bytes = $3 WHERE id = $4",
		seconds(v.EmptySince), v.Records, v.Bytes, string(v.ID))
	return wrap(err, "save what a vault holds")
}

// RemoveVault removes a vault with everything in it.
func (t *tx) RemoveVault(id vault.ID) error {
	for _, row := range []any{&recordRow{}, &grantRow{}, &accessRow{}, &vaultDayRow{}} {
		if err := t.db.Where("vault_id = ?", string(id)).Delete(row).Error; err != nil {
			return fmt.Errorf("empty a vault: %w", err)
		}
	}
	return removed(t.db.Where("id = ?", string(id)).Delete(&vaultRow{}), "remove a vault")
}

// IdleVaults lists some vaults that were to go on the day or earlier.
func (t *tx) IdleVaults(day time.Time, limit int) ([]vault.ID, error) {
	return t.vaultIDs(limit, "idle_until <= ?", seconds(day))
}

// EmptyVaults lists some vaults without a record since then, and without a grant.
func (t *tx) EmptyVaults(since time.Time, limit int) ([]vault.ID, error) {
	return t.vaultIDs(limit, "empty_since > 0 AND empty_since <= ? AND NOT EXISTS (SELECT 1 FROM grants WHERE grants.vault_id = vaults.id)", seconds(since))
}

func (t *tx) vaultIDs(limit int, condition string, arguments ...any) ([]vault.ID, error) {
	var ids []vault.ID
	err := t.db.Model(&vaultRow{}).Where(condition, arguments...).Limit(limit).Pluck("id", &ids).Error
	return ids, wrap(err, "list vaults")
}
