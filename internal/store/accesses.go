package store

import (
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"predah/internal/vault"
)

// accessRow says what a counsellor did with a grant in one hour, and how often.
type accessRow struct {
	VaultID      string `gorm:"primaryKey"`
	Hour         int64  `gorm:"primaryKey"`
	GrantID      string `gorm:"primaryKey"`
	CounsellorID string `gorm:"primaryKey"`
	Kind         string `gorm:"primaryKey"`
	Name         string
	Organisation string
	Count        int
}

// TableName is the table of the row.
func (accessRow) TableName() string { return "accesses" }

func (r accessRow) access() vault.Access {
	return vault.Access{
		Vault: vault.ID(r.VaultID), Grant: vault.GrantID(r.GrantID), Counsellor: vault.CounsellorID(r.CounsellorID),
		Kind: vault.AccessKind(r.Kind), Name: r.Name, Organisation: r.Organisation,
		Hour: moment(r.Hour), Count: r.Count,
	}
}

// Accesses lists what was done with the grants of a vault, newest first.
func (t *tx) Accesses(in vault.ID) ([]vault.Access, error) {
	query := t.db.Where("vault_id = ?", string(in)).Order("hour DESC, grant_id DESC, counsellor_id DESC, kind DESC")
	return list(query, accessRow.access, "list accesses")
}

// AddAccess adds to the row of the same hour, or makes it.
func (t *tx) AddAccess(a vault.Access) error {
	row := accessRow{
		VaultID: string(a.Vault), Hour: seconds(a.Hour), GrantID: string(a.Grant), CounsellorID: string(a.Counsellor),
		Kind: string(a.Kind), Name: a.Name, Organisation: a.Organisation, Count: a.Count,
	}
	add := clause.OnConflict{
		Columns:   []clause.Column{{Name: "vault_id"}, {Name: "hour"}, {Name: "grant_id"}, {Name: "counsellor_id"}, {Name: "kind"}},
		DoUpdates: clause.Assignments(map[string]any{"count": gorm.Expr("accesses.count + excluded.count")}),
	}
	return wrap(t.db.Clauses(add).Create(&row).Error, "add an access")
}

// TrimAccesses removes the oldest accesses of a vault until there are no more than that.
func (t *tx) TrimAccesses(in vault.ID, keep int) error {
	var rows int64
	if err := t.db.Model(&accessRow{}).Where("vault_id = ?", string(in)).Count(&rows).Error; err != nil {
		return fmt.Errorf("count accesses: %w", err)
	}
	if rows <= int64(keep) {
		return nil
	}
	var oldest []accessRow
	err := t.db.Where("vault_id = ?", string(in)).Order("hour, grant_id, counsellor_id, kind").Limit(int(rows) - keep).Find(&oldest).Error
	if err != nil {
		return fmt.Errorf("find the oldest accesses: %w", err)
	}
	return wrap(t.db.Delete(&oldest).Error, "remove the oldest accesses")
}

// ClearAccesses removes all accesses of a vault.
func (t *tx) ClearAccesses(in vault.ID) error {
	return wrap(t.db.Where("vault_id = ?", string(in)).Delete(&accessRow{}).Error, "clear accesses")
}

// Openings sums up how often each grant of a vault was opened.
func (t *tx) Openings(in vault.ID) (map[vault.GrantID]vault.Openings, error) {
	var sums []struct {
		GrantID     string
		Total       int
		First, Last int64
	}
	err := t.db.Model(&accessRow{}).Select("grant_id, SUM(count) AS total, MIN(hour) AS first, MAX(hour) AS last").
		Where("vault_id = ? AND kind = ?", string(in), string(vault.Opened)).Group("grant_id").Scan(&sums).Error
	openings := make(map[vault.GrantID]vault.Openings, len(sums))
	for _, sum := range sums {
		openings[vault.GrantID(sum.GrantID)] = vault.Openings{Count: sum.Total, First: moment(sum.First), Last: moment(sum.Last)}
	}
	return openings, wrap(err, "sum up accesses")
}
