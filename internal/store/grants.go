package store

import (
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"predah/internal/vault"
)

// grantRow is one grant.
type grantRow struct {
	VaultID      string `gorm:"primaryKey"`
	ID           string `gorm:"primaryKey"`
	LinkID       string
	CounsellorID string
	RecipientFP  string
	Name         string
	Organisation string
	Made         int64
	ExpiresAt    int64
	Size         int
	OpenedAt     int64
	Replied      int64
	Sealed       []byte
	Reply        []byte
}

// TableName is the table of the row.
func (grantRow) TableName() string { return "grants" }

// grantInfo is every column of a grant but the bytes.
const grantInfo = "grants.vault_id, grants.id, grants.link_id, grants.counsellor_id, grants.recipient_fp, grants.name, grants.organisation, " +
	"grants.made, grants.expires_at, grants.size, grants.opened_at, grants.replied"

func toGrantRow(g vault.Grant) grantRow {
	return grantRow{
		VaultID: string(g.Vault), ID: string(g.ID), LinkID: string(g.Link), CounsellorID: string(g.Counsellor),
		RecipientFP: string(g.Fingerprint), Name: g.Name, Organisation: g.Organisation,
		Made: seconds(g.Made), ExpiresAt: seconds(g.Expires), Size: g.Size,
		OpenedAt: seconds(g.OpenedAt), Replied: seconds(g.Replied), Sealed: g.Sealed, Reply: g.Reply,
	}
}

func (r grantRow) info() vault.GrantInfo {
	return vault.GrantInfo{
		Vault: vault.ID(r.VaultID), ID: vault.GrantID(r.ID), Link: vault.LinkID(r.LinkID),
		Recipient: vault.Recipient{
			Counsellor: vault.CounsellorID(r.CounsellorID), Fingerprint: vault.Fingerprint(r.RecipientFP),
			Name: r.Name, Organisation: r.Organisation,
		},
		Made: moment(r.Made), Expires: moment(r.ExpiresAt), Size: r.Size,
		OpenedAt: moment(r.OpenedAt), Replied: moment(r.Replied),
	}
}

func (r grantRow) grant() vault.Grant {
	return vault.Grant{GrantInfo: r.info(), Sealed: r.Sealed, Reply: r.Reply}
}

// living are the grants that expire after the moment.
func (t *tx) living(at time.Time) *gorm.DB { return t.db.Where("grants.expires_at > ?", seconds(at)) }

// Grant returns a grant of a vault.
func (t *tx) Grant(in vault.ID, id vault.GrantID, at time.Time) (vault.Grant, error) {
	var row grantRow
	if err := t.living(at).Where("vault_id = ? AND id = ?", string(in), string(id)).Take(&row).Error; err != nil {
		return vault.Grant{}, missing(err, "read a grant")
	}
	return row.grant(), nil
}

// Grants lists the grants of a vault in the order of ids, without their bytes.
func (t *tx) Grants(in vault.ID, at time.Time) ([]vault.GrantInfo, error) {
	query := t.living(at).Select(grantInfo).Where("vault_id = ?", string(in)).Order("id")
	return list(query, grantRow.info, "list grants")
}

// AddGrant adds a grant.
func (t *tx) AddGrant(g vault.Grant) error {
	row := toGrantRow(g)
	return wrap(t.db.Create(&row).Error, "add a grant")
}

// RemoveGrant removes a grant.
func (t *tx) RemoveGrant(in vault.ID, id vault.GrantID) error {
	return removed(t.db.Where("vault_id = ? AND id = ?", string(in), string(id)).Delete(&grantRow{}), "remove a grant")
}

// GrantQuota counts the grants that live, of each sort that is limited.
func (t *tx) GrantQuota(in vault.ID, link vault.LinkID, counsellor vault.CounsellorID, at time.Time) (vault.Quota, error) {
	var own struct{ Vault, Link int }
	err := t.living(at).Model(&grantRow{}).
		Select("COUNT(*) AS vault, COUNT(CASE WHEN link_id = ? THEN 1 END) AS link", string(link)).
		Where("vault_id = ?", string(in)).Scan(&own).Error
	if err != nil {
		return vault.Quota{}, fmt.Errorf("count the grants of a vault: %w", err)
	}
	var received int64
	if err := t.living(at).Model(&grantRow{}).Where("counsellor_id = ?", string(counsellor)).Count(&received).Error; err != nil {
		return vault.Quota{}, fmt.Errorf("count the grants of a counsellor: %w", err)
	}
	return vault.Quota{Vault: own.Vault, Link: own.Link, Counsellor: int(received)}, nil
}

// ExpiredGrants lists some grants that have expired, without their bytes.
func (t *tx) ExpiredGrants(at time.Time, limit int) ([]vault.GrantInfo, error) {
	query := t.db.Select(grantInfo).Where("expires_at <= ?", seconds(at)).Order("expires_at").Limit(limit)
	return list(query, grantRow.info, "list expired grants")
}

// grantDayRow counts the grants that were made through a link on a day.
type grantDayRow struct {
	Day    int64  `gorm:"primaryKey"`
	LinkID string `gorm:"primaryKey"`
	Made   int
}

// TableName is the table of the row.
func (grantDayRow) TableName() string { return "grant_days" }

// GrantsOfDay returns how many grants were made through a link on a day.
func (t *tx) GrantsOfDay(link vault.LinkID, day time.Time) (int, error) {
	var made []int
	err := t.db.Model(&grantDayRow{}).Where("day = ? AND link_id = ?", seconds(day), string(link)).Pluck("made", &made).Error
	if err != nil || len(made) == 0 {
		return 0, wrap(err, "read the grants of a day")
	}
	return made[0], nil
}

// CountGrantOfDay adds one to the grants that were made through a link on a day.
func (t *tx) CountGrantOfDay(link vault.LinkID, day time.Time) error {
	row := grantDayRow{Day: seconds(day), LinkID: string(link), Made: 1}
	add := clause.OnConflict{
		Columns:   []clause.Column{{Name: "day"}, {Name: "link_id"}},
		DoUpdates: clause.Assignments(map[string]any{"made": gorm.Expr("grant_days.made + 1")}),
	}
	return wrap(t.db.Clauses(add).Create(&row).Error, "count a grant")
}

// ForgetDays removes some counts of the days before, and returns how many.
func (t *tx) ForgetDays(before time.Time, limit int) (int, error) {
	old := t.db.Model(&grantDayRow{}).Select("day, link_id").Where("day < ?", seconds(before)).Limit(limit)
	return forgotten(t.db.Where("(day, link_id) IN (?)", old).Delete(&grantDayRow{}), "forget the grants of past days")
}
