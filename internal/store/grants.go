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
func (t *tx) GrantQuota(in vault.ID, link vault.LinkID, counsellor vault.CounsellorID, day, at time.Time) (vault.Quota, error) {
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
	var today int64
	if err := t.living(at).Model(&grantRow{}).Where("link_id = ? AND made = ?", string(link), seconds(day)).Count(&today).Error; err != nil {
		return vault.Quota{}, fmt.Errorf("count the grants of a link: %w", err)
	}
	return vault.Quota{Vault: own.Vault, Link: own.Link, Counsellor: int(received), Today: int(today)}, nil
}

// ExpiredGrants lists some grants that have expired, without their bytes.
func (t *tx) ExpiredGrants(at time.Time, limit int) ([]vault.GrantInfo, error) {
	query := t.db.Select(grantInfo).Where("expires_at <= ?", seconds(at)).Order("expires_at").Limit(limit)
	return list(query, grantRow.info, "list expired grants")
}

// vaultDayRow counts what a vault did on a day.
type vaultDayRow struct {
	VaultID string `gorm:"primaryKey"`
	Day     int64  `gorm:"primaryKey"`
	Shares  int
	Unseen  int
}

// TableName is the table of the row.
func (vaultDayRow) TableName() string { return "vault_days" }

// Day returns what a vault did on a day.
func (t *tx) Day(in vault.ID, day time.Time) (vault.Day, error) {
	var rows []vaultDayRow
	err := t.db.Where("vault_id = ? AND day = ?", string(in), seconds(day)).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return vault.Day{}, wrap(err, "read what a vault did on a day")
	}
	return vault.Day{Shares: rows[0].Shares, Unseen: rows[0].Unseen}, nil
}

// SaveDay keeps what a vault did on a day.
func (t *tx) SaveDay(in vault.ID, day time.Time, did vault.Day) error {
	row := vaultDayRow{VaultID: string(in), Day: seconds(day), Shares: did.Shares, Unseen: did.Unseen}
	there := clause.OnConflict{
		Columns:   []clause.Column{{Name: "vault_id"}, {Name: "day"}},
		DoUpdates: clause.AssignmentColumns([]string{"shares", "unseen"}),
	}
	return wrap(t.db.Clauses(there).Create(&row).Error, "count what a vault did on a day")
}

// ForgetDays removes some of what was done on the days before, and returns how many.
func (t *tx) ForgetDays(before time.Time, limit int) (int, error) {
	old := t.db.Model(&vaultDayRow{}).Select("vault_id, day").Where("day < ?", seconds(before)).Limit(limit)
	return forgotten(t.db.Where("(vault_id, day) IN (?)", old).Delete(&vaultDayRow{}), "forget the counts of past days")
}
