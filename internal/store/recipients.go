package store

import (
	"time"

	"predah/internal/vault"
)

// Recipient finds who a share link leads to: the link is on and has not ended, and the
// account is active.
func (t *tx) Recipient(link vault.LinkID, at time.Time) (vault.Recipient, error) {
	var row struct{ ID, Name, Organisation, RecipientFP string }
	err := t.db.Table("share_links").
		Select("counsellors.id, counsellors.name, counsellors.organisation, counsellors.recipient_fp").
		Joins("JOIN counsellors ON counsellors.id = share_links.counsellor_id AND counsellors.status = 'active'").
		Where("share_links.id = ? AND share_links.off_at = 0 AND (share_links.ends_at = 0 OR share_links.ends_at > ?)", string(link), seconds(at)).
		Take(&row).Error
	if err != nil {
		return vault.Recipient{}, missing(err, "find who a link leads to")
	}
	return vault.Recipient{
		Counsellor: vault.CounsellorID(row.ID), Fingerprint: vault.Fingerprint(row.RecipientFP),
		Name: row.Name, Organisation: row.Organisation,
	}, nil
}

// LinkLabel returns the private label of a share link.
func (t *tx) LinkLabel(link vault.LinkID) (string, error) {
	var label []string
	err := t.db.Table("share_links").Where("id = ?", string(link)).Pluck("label", &label).Error
	if err == nil && len(label) == 0 {
		return "", vault.ErrNotFound
	}
	if err != nil {
		return "", wrap(err, "read the label of a link")
	}
	return label[0], nil
}
