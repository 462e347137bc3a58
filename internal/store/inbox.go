package store

import (
	"time"

	"predah/internal/vault"
)

// inboxRow is a grant with the label of the link it came through.
type inboxRow struct {
	Grant     grantRow `gorm:"embedded"`
	LinkLabel string
}

func (r inboxRow) item() vault.InboxItem {
	return vault.InboxItem{GrantInfo: r.Grant.info(), LinkLabel: r.LinkLabel}
}

// Inbox lists what was shared with a counsellor, newest ids first, without the bytes.
func (t *tx) Inbox(counsellor vault.CounsellorID, before vault.GrantID, at time.Time, limit int) ([]vault.InboxItem, error) {
	query := t.living(at).Table("grants").Select(grantInfo+", COALESCE(share_links.label, '') AS link_label").
		Joins("LEFT JOIN share_links ON share_links.id = grants.link_id").
		Where("grants.counsellor_id = ?", string(counsellor))
	if before != "" {
		query = query.Where("grants.id < ?", string(before))
	}
	return list(query.Order("grants.id DESC").Limit(limit), inboxRow.item, "list an inbox")
}

// InboxGrant returns a grant that was shared with a counsellor.
func (t *tx) InboxGrant(counsellor vault.CounsellorID, id vault.GrantID, at time.Time) (vault.Grant, error) {
	var row grantRow
	if err := t.living(at).Where("counsellor_id = ? AND id = ?", string(counsellor), string(id)).Take(&row).Error; err != nil {
		return vault.Grant{}, missing(err, "read a grant")
	}
	return row.grant(), nil
}

// InboxGrants lists some grants of a counsellor, expired ones too, without the bytes.
func (t *tx) InboxGrants(counsellor vault.CounsellorID, limit int) ([]vault.GrantInfo, error) {
	query := t.db.Select(grantInfo).Where("counsellor_id = ?", string(counsellor)).Order("id").Limit(limit)
	return list(query, grantRow.info, "list the grants of a counsellor")
}

// MarkOpened notes the hour in which a grant was first opened.
func (t *tx) MarkOpened(in vault.ID, id vault.GrantID, hour time.Time) error {
	return t.changeGrant(in, id, map[string]any{"opened_at": seconds(hour)})
}

// SaveReply keeps the reply to a grant.
func (t *tx) SaveReply(in vault.ID, id vault.GrantID, reply []byte, day time.Time) error {
	return t.changeGrant(in, id, map[string]any{"reply": reply, "replied": seconds(day)})
}

func (t *tx) changeGrant(in vault.ID, id vault.GrantID, change map[string]any) error {
	err := t.db.Model(&grantRow{}).Where("vault_id = ? AND id = ?", string(in), string(id)).Updates(change).Error
	return wrap(err, "change a grant")
}
