package store

import (
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"predah/internal/vault"
)

// tombstoneRow says that something was deleted.
type tombstoneRow struct {
	Hash      []byte `gorm:"primaryKey"`
	DeletedAt int64
}

// TableName is the table of the row.
func (tombstoneRow) TableName() string { return "tombstones" }

// HasTombstone tells whether a tombstone stands.
func (t *tx) HasTombstone(stone vault.Tombstone) (bool, error) {
	var found bool
	err := t.row("SELECT EXISTS (SELECT 1 FROM tombstones WHERE hash = $1)", []any{stone[:]}, &found)
	return found, wrap(err, "look for a tombstone")
}

// laterDeletion is when something was deleted that was deleted before: always later, also
// after the clock was set back, so that a restore can tell the second deletion from the first.
const laterDeletion = `CASE WHEN excluded.deleted_at > tombstones.deleted_at
	THEN excluded.deleted_at ELSE tombstones.deleted_at + 1 END`

// AddTombstone puts up a tombstone, or moves one that stands to the moment, forwards only.
func (t *tx) AddTombstone(stone vault.Tombstone, at time.Time) error {
	row := tombstoneRow{Hash: stone[:], DeletedAt: seconds(at)}
	later := clause.OnConflict{
		Columns:   []clause.Column{{Name: "hash"}},
		DoUpdates: clause.Assignments(map[string]any{"deleted_at": gorm.Expr(laterDeletion)}),
	}
	standing := clause.Returning{Columns: []clause.Column{{Name: "deleted_at"}}}
	if err := t.db.Clauses(later, standing).Create(&row).Error; err != nil {
		return fmt.Errorf("put up a tombstone: %w", err)
	}
	t.bury(stone, moment(row.DeletedAt))
	return nil
}

// ForgetTombstones removes some tombstones of that moment or earlier, and returns how many.
func (t *tx) ForgetTombstones(until time.Time, limit int) (int, error) {
	old := t.db.Model(&tombstoneRow{}).Select("hash").Where("deleted_at <= ?", seconds(until)).Limit(limit)
	return forgotten(t.db.Where("hash IN (?)", old).Delete(&tombstoneRow{}), "forget tombstones")
}
