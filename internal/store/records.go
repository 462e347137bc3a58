package store

import "predah/internal/vault"

// recordRow is one sealed record.
type recordRow struct {
	VaultID string `gorm:"primaryKey"`
	ID      string `gorm:"primaryKey"`
	Size    int
	Saved   int64
	Sealed  []byte
}

// TableName is the table of the row.
func (recordRow) TableName() string { return "records" }

func (r recordRow) info() vault.RecordInfo {
	return vault.RecordInfo{ID: vault.RecordID(r.ID), Size: r.Size, Saved: moment(r.Saved)}
}

// Record returns a record.
func (t *tx) Record(in vault.ID, id vault.RecordID) (vault.Record, error) {
	row := recordRow{ID: string(id)}
	err := t.row("SELECT size, saved, sealed FROM records WHERE vault_id = $1 AND id = $2", []any{string(in), string(id)},
		&row.Size, &row.Saved, &row.Sealed)
	if err != nil {
		return vault.Record{}, missing(err, "read a record")
	}
	return vault.Record{RecordInfo: row.info(), Sealed: row.Sealed}, nil
}

// Records lists records after an id, in the order of ids, without their bytes.
func (t *tx) Records(in vault.ID, after vault.RecordID, limit int) ([]vault.RecordInfo, error) {
	query := t.db.Select("id", "size", "saved").Where("vault_id = ? AND id > ?", string(in), string(after)).
		Order("id").Limit(limit)
	return list(query, recordRow.info, "list records")
}

// AddRecord adds a record, unless there is one under its id.
func (t *tx) AddRecord(in vault.ID, r vault.Record) (bool, error) {
	added, err := t.exec("INSERT INTO records (vault_id, id, size, saved, sealed) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
		string(in), string(r.ID), r.Size, seconds(r.Saved), r.Sealed)
	return added > 0, wrap(err, "add a record")
}

// RemoveRecord removes a record.
func (t *tx) RemoveRecord(in vault.ID, id vault.RecordID) error {
	return removed(t.db.Where("vault_id = ? AND id = ?", string(in), string(id)).Delete(&recordRow{}), "remove a record")
}
