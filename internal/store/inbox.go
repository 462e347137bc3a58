package store

import (
	"slices"
	"time"

	"predah/internal/vault"
)

// Inbox lists what was shared with a counsellor, newest ids first, without the bytes.
func (t *tx) Inbox(counsellor vault.CounsellorID, before vault.GrantID, at time.Time, limit int) ([]vault.InboxItem, error) {
	query := t.living(at).Select(grantInfo).Where("counsellor_id = ?", string(counsellor))
	if before != "" {
		query = query.Where("id < ?", string(before))
	}
	grants, err := list(query.Order("id DESC").Limit(limit), grantRow.info, "list an inbox")
	if err != nil {
		return nil, err
	}
	labels, err := t.labels(grants)
	items := make([]vault.InboxItem, 0, len(grants))
	for _, g := range grants {
		items = append(items, vault.InboxItem{GrantInfo: g, LinkLabel: labels[g.Link]})
	}
	return items, err
}

// labels are those of the links that grants came through. They are no part of the query for
// grants: a join would make PostgreSQL read all links, as ids are compared otherwise there.
func (t *tx) labels(of []vault.GrantInfo) (map[vault.LinkID]string, error) {
	var links []string
	for _, g := range of {
		if link := string(g.Link); !slices.Contains(links, link) {
			links = append(links, link)
		}
	}
	if len(links) == 0 {
		return nil, nil
	}
	var rows []shareLinkRow
	err := t.db.Select("id", "label").Where("id IN ?", links).Find(&rows).Error
	labels := make(map[vault.LinkID]string, len(rows))
	for _, row := range rows {
		labels[vault.LinkID(row.ID)] = row.Label
	}
	return labels, wrap(err, "read the labels of links")
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
