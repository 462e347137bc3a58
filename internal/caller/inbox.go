package caller

import "context"

// inbox is what a counsellor finds that came through some links. It is nil where nothing is
// known to have been shared.
type inbox struct {
	counsellor *Counsellor
	links      map[string]bool
	sent       map[string]*entry // what may be there
	listed     map[string]int    // sizes in bytes of what is
	gone       bool              // the counsellor is not let in
}

// readInboxes reads the inboxes of all with whom something was shared by a moment, as far as
// it came through the links that were used.
func readInboxes(ctx context.Context, c *Client, accounts []*account, moment int) (map[*Counsellor]*inbox, Report, error) {
	inboxes := make(map[*Counsellor]*inbox)
	for _, a := range accounts {
		for id, e := range a.grants {
			if e.put.at(moment) == never {
				continue
			}
			to := e.link.to
			if inboxes[to] == nil {
				inboxes[to] = &inbox{counsellor: to.At(c), links: make(map[string]bool), sent: make(map[string]*entry)}
			}
			inboxes[to].links[e.link.ID], inboxes[to].sent[id] = true, e
		}
	}
	all := comparison{moment: moment}
	for _, b := range inboxes {
		if err := b.list(ctx, &all); err != nil {
			return nil, all.report, err
		}
	}
	return inboxes, all.report, nil
}

// list lists it, and looks for what is wrong with the list.
func (b *inbox) list(ctx context.Context, c *comparison) error {
	items, err := b.counsellor.Inbox(ctx)
	if refused(err) {
		b.gone = true
		c.report.Lost = append(c.report.Lost, "a counsellor")
		return nil
	}
	if err != nil {
		return err
	}
	var ours []Entry
	for _, item := range items {
		if b.links[item.Link] {
			ours = append(ours, item.Entry)
		}
	}
	b.listed = c.list("grant in the inbox ", ours, b.sent)
	return nil
}

// lists tells whether something is in it.
func (b *inbox) lists(id string) bool {
	if b == nil {
		return false
	}
	_, listed := b.listed[id]
	return listed
}

// beside is the side of the owner of something, and this one if anybody looks at it.
func (b *inbox) beside(owner side) []side {
	if b == nil || b.gone {
		return []side{owner}
	}
	return []side{owner, {name: " in the inbox", listed: b.listed, read: b.counsellor.Open}}
}
