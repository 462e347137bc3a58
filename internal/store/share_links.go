package store

import (
	"errors"
	"time"

	"predah/internal/account"
	"predah/internal/vault"
)

// shareLinkRow is one share link.
type shareLinkRow struct {
	ID           string `gorm:"primaryKey"`
	CounsellorID string
	Label        string
	Made         int64
	EndsAt       int64
	OffAt        int64
}

// TableName is the table of the row.
func (shareLinkRow) TableName() string { return "share_links" }

func (r shareLinkRow) link() account.Link {
	return account.Link{
		ID: account.LinkID(r.ID), Account: account.ID(r.CounsellorID), Label: r.Label,
		Made: moment(r.Made), Ends: moment(r.EndsAt), Off: moment(r.OffAt),
	}
}

// Link returns a share link.
func (t *tx) Link(id account.LinkID) (account.Link, error) {
	var row shareLinkRow
	if err := t.db.Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return account.Link{}, absent(err, "read a share link")
	}
	return row.link(), nil
}

// Links lists the share links of an account.
func (t *tx) Links(id account.ID) ([]account.Link, error) {
	query := t.db.Where("counsellor_id = ?", string(id)).Order("made DESC, id")
	return list(query, shareLinkRow.link, "list share links")
}

// AddLink adds a share link.
func (t *tx) AddLink(l account.Link) error {
	return wrap(t.db.Create(&shareLinkRow{
		ID: string(l.ID), CounsellorID: string(l.Account), Label: l.Label,
		Made: seconds(l.Made), EndsAt: seconds(l.Ends), OffAt: seconds(l.Off),
	}).Error, "add a share link")
}

// SwitchOff switches off a share link that is on.
func (t *tx) SwitchOff(id account.LinkID, at time.Time) error {
	on := t.db.Model(&shareLinkRow{}).Where("id = ? AND off_at = 0", string(id))
	return found(on.Update("off_at", seconds(at)), "switch off a share link")
}

// SwitchAllOff switches off the share links of an account that are on.
func (t *tx) SwitchAllOff(id account.ID, at time.Time) error {
	on := t.db.Model(&shareLinkRow{}).Where("counsellor_id = ? AND off_at = 0", string(id))
	return wrap(on.Update("off_at", seconds(at)).Error, "switch off share links")
}

// PublicCard returns the card behind a share link that is on.
func (t *tx) PublicCard(id account.LinkID, at time.Time) (account.Card, error) {
	to, err := t.Recipient(id, at)
	if errors.Is(err, vault.ErrNotFound) {
		err = account.ErrNotFound
	}
	if err != nil {
		return account.Card{}, err
	}
	var row counsellorRow
	if err := t.db.Where("id = ?", string(to.Counsellor)).Take(&row).Error; err != nil {
		return account.Card{}, absent(err, "read a card")
	}
	return row.card(), nil
}

// LiveGrants counts the grants of an account that live, and those made on the day, by link.
func (t *tx) LiveGrants(id account.ID, day, at time.Time) (map[account.LinkID]account.Live, error) {
	var rows []struct {
		LinkID        string
		Grants, Today int
	}
	err := t.living(at).Model(&grantRow{}).
		Select("link_id, COUNT(*) AS grants, COUNT(CASE WHEN made = ? THEN 1 END) AS today", seconds(day)).
		Where("counsellor_id = ?", string(id)).Group("link_id").Find(&rows).Error
	live := make(map[account.LinkID]account.Live, len(rows))
	for _, row := range rows {
		live[account.LinkID(row.LinkID)] = account.Live{Grants: row.Grants, Today: row.Today}
	}
	return live, wrap(err, "count the grants of links")
}
