package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"predah/internal/vault"
)

// VerifyBackup checks that a backup is whole and unaltered, and says what is in it.
func VerifyBackup(ctx context.Context, file string) (summary Summary, err error) {
	err = withBackup(ctx, file, func(opened backend) error {
		return opened.read(ctx, func(t *tx) error {
			summary, err = t.summary()
			return err
		})
	})
	return summary, err
}

// withBackup opens a copy of a backup that was found whole, with its tables up to date.
func withBackup(ctx context.Context, file string, do func(backend) error) (err error) {
	folder, err := os.MkdirTemp("", "predah-backup-")
	if err != nil {
		return fmt.Errorf("open the backup: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	scratch := filepath.Join(folder, "copy")
	if err := copyFile(file, scratch); err != nil {
		return fmt.Errorf("open the backup: %w", err)
	}
	opened, err := openSQLite(ctx, Config{File: scratch})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotBackup, err)
	}
	defer func() { err = errors.Join(err, opened.close()) }()
	if err := opened.read(ctx, (*tx).checkBackup); err != nil {
		return err
	}
	if err := opened.migrate(ctx); err != nil {
		return fmt.Errorf("bring the backup up to date: %w", err)
	}
	return do(opened)
}

// checkBackup returns nil for a backup that is whole, unaltered and no newer than this program.
func (t *tx) checkBackup() error {
	made, err := t.state(stateBackup)
	if err != nil || made == "" {
		return ErrNotBackup
	}
	if err := t.checkFile(); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	newest, err := newestMigration()
	if err != nil {
		return err
	}
	schema, err := t.state(stateSchema)
	if err != nil {
		return err
	}
	if number, err := strconv.Atoi(schema); err != nil || number > newest {
		return ErrNewerBackup
	}
	want, err := t.state(stateDigest)
	if err != nil {
		return err
	}
	got, err := t.digest()
	if err == nil && got != want {
		return fmt.Errorf("%w: its rows are not those that were written", ErrDamaged)
	}
	return err
}

// checkFile lets SQLite check its pages, indexes and references.
func (t *tx) checkFile() error {
	var found string
	if err := t.db.Raw("PRAGMA integrity_check(1)").Scan(&found).Error; err != nil {
		return err
	}
	if found != "ok" {
		return errors.New(found)
	}
	var broken []struct{ Table string }
	if err := t.db.Raw("PRAGMA foreign_key_check").Scan(&broken).Error; err != nil {
		return err
	}
	if len(broken) > 0 {
		return fmt.Errorf("%d rows refer to rows that are not there, the first of them in %s", len(broken), broken[0].Table)
	}
	return nil
}

// Verify checks a database in use: its file, the counters of vaults, that nothing stands where
// a tombstone says that it was deleted, and that no row belongs to one that is not there.
func (s *Store) Verify(ctx context.Context) (summary Summary, err error) {
	err = s.read(patiently(ctx), func(t *tx) error {
		if t.db.Name() == "sqlite" {
			if err := t.checkFile(); err != nil {
				return err
			}
		}
		if err := errors.Join(t.checkCounters(), t.checkTombstones(), t.checkOrphans()); err != nil {
			return err
		}
		summary, err = t.summary()
		return err
	})
	return summary, withoutValues(err)
}

// miscounted counts the vaults whose counters are not what they count.
const miscounted = `SELECT count(*) FROM vaults v WHERE
	v.records <> (SELECT count(*) FROM records r WHERE r.vault_id = v.id) OR
	v.bytes <> (SELECT coalesce(sum(r.size), 0) FROM records r WHERE r.vault_id = v.id)`

func (t *tx) checkCounters() error {
	var wrong int
	if err := t.db.Raw(miscounted).Scan(&wrong).Error; err != nil {
		return fmt.Errorf("check the counters of vaults: %w", err)
	}
	if wrong > 0 {
		return fmt.Errorf("%d vaults count records that they do not have, or have others", wrong)
	}
	return nil
}

// checkTombstones looks for records and grants that are there although they were deleted.
// Vaults are left out, since the same code may make one again.
func (t *tx) checkTombstones() error {
	stones, err := t.stones()
	if err != nil {
		return err
	}
	back := 0
	for _, from := range []struct {
		name  string
		stone func(vault.ID, string) vault.Tombstone
	}{
		{"records", func(in vault.ID, id string) vault.Tombstone { return vault.RecordTombstone(in, vault.RecordID(id)) }},
		{"grants", func(in vault.ID, id string) vault.Tombstone { return vault.GrantTombstone(in, vault.GrantID(id)) }},
	} {
		var ids []struct{ VaultID, ID string }
		if err := t.db.Raw("SELECT vault_id, id FROM " + from.name).Scan(&ids).Error; err != nil {
			return fmt.Errorf("list the %s: %w", from.name, err)
		}
		for _, id := range ids {
			if _, deleted := stones[from.stone(vault.ID(id.VaultID), id.ID)]; deleted {
				back++
			}
		}
	}
	if back > 0 {
		return fmt.Errorf("%d records or grants are there although they were deleted", back)
	}
	return nil
}

// reference says which rows belong to which.
type reference struct{ table, column, to string }

func references() []reference {
	return []reference{
		{"records", "vault_id", "vaults"}, {"grants", "vault_id", "vaults"}, {"accesses", "vault_id", "vaults"},
		{"recovery_codes", "counsellor_id", "counsellors"}, {"sessions", "counsellor_id", "counsellors"},
		{"share_links", "counsellor_id", "counsellors"}, {"refresh_tokens", "session_id", "sessions"},
	}
}

// checkOrphans counts the rows that belong to nothing. The databases keep most of them away,
// but not from who restores tables by hand.
func (t *tx) checkOrphans() error {
	var found []error
	for _, r := range references() {
		var orphans int
		query := fmt.Sprintf("SELECT count(*) FROM %s r WHERE NOT EXISTS (SELECT 1 FROM %s o WHERE o.id = r.%s)", r.table, r.to, r.column)
		if err := t.db.Raw(query).Scan(&orphans).Error; err != nil {
			return fmt.Errorf("look for orphaned rows of %s: %w", r.table, err)
		}
		if orphans > 0 {
			found = append(found, fmt.Errorf("%d rows of %s belong to no row of %s", orphans, r.table, r.to))
		}
	}
	return errors.Join(found...)
}
