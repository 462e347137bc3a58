package caller

import (
	"context"
	"crypto/sha256"
	"sync"

	"predah/internal/seal"
)

// fate is what is known of a write at some moment.
type fate int

const (
	never        fate = iota // not tried, or refused
	unknown                  // the connection died, or the service did not know: it may have happened
	acknowledged             // it happened
)

// write is when something was tried and acknowledged, by the journal's clock.
type write struct {
	tried, acknowledged     bool
	triedAt, acknowledgedAt int
}

// at is what was known of it at a moment.
func (w write) at(moment int) fate {
	switch {
	case w.acknowledged && w.acknowledgedAt <= moment:
		return acknowledged
	case w.tried && w.triedAt <= moment:
		return unknown
	}
	return never
}

// Journal notes what was sent and what was answered, so that the service can be compared
// with it afterwards. Each vault is for one goroutine at a time; the journal is for all.
type Journal struct {
	clock  func() int
	mu     sync.Mutex
	vaults map[string]*account
}

// account is what is known of one vault.
type account struct {
	vault           *Vault
	made            write
	records, grants map[string]*entry
}

// entry is what is known of one record, or of one grant.
type entry struct {
	hash         [sha256.Size]byte
	size         int  // bytes
	link         Link // of a grant
	put, deleted write
}

// NewJournal returns an empty journal.
func NewJournal() *Journal { return NewTimedJournal(func() int { return 0 }) }

// NewTimedJournal returns an empty journal that also notes when everything was tried and
// acknowledged, by a clock that never goes back.
func NewTimedJournal(clock func() int) *Journal {
	return &Journal{clock: clock, vaults: make(map[string]*account)}
}

// NewVault makes a vault and notes it.
func (j *Journal) NewVault(ctx context.Context, c *Client) (*Vault, error) {
	v := c.Person(seal.NewCode())
	a := &account{vault: v, records: make(map[string]*entry), grants: make(map[string]*entry)}
	j.mu.Lock()
	j.vaults[v.ID] = a
	j.mu.Unlock()
	answer, err := j.note(&a.made, func() (Answer, error) { return v.Make(ctx) })
	return v.opened(ctx, answer, err)
}

// PutRecord saves a record of a vault that the journal made, and notes what came of it.
func (j *Journal) PutRecord(ctx context.Context, v *Vault, id string, sealed []byte) (Answer, error) {
	e := j.entry(j.account(v).records, id)
	j.content(e, sealed, Link{})
	return j.note(&e.put, func() (Answer, error) { return v.PutRecord(ctx, id, sealed) })
}

// DeleteRecord deletes a record of a vault that the journal made, and notes what came of it.
func (j *Journal) DeleteRecord(ctx context.Context, v *Vault, id string) (Answer, error) {
	e := j.entry(j.account(v).records, id)
	return j.note(&e.deleted, func() (Answer, error) { return v.DeleteRecord(ctx, id) })
}

// PutGrant shares something from a vault that the journal made, and notes what came of it. The
// link is for this journal alone, which compares everything that came through it.
func (j *Journal) PutGrant(ctx context.Context, v *Vault, g Grant) (Answer, error) {
	e := j.entry(j.account(v).grants, g.ID)
	j.content(e, g.Sealed, g.Link)
	return j.note(&e.put, func() (Answer, error) { return v.PutGrant(ctx, g) })
}

// DeleteGrant takes back what was shared, and notes what came of it.
func (j *Journal) DeleteGrant(ctx context.Context, v *Vault, id string) (Answer, error) {
	e := j.entry(j.account(v).grants, id)
	return j.note(&e.deleted, func() (Answer, error) { return v.DeleteGrant(ctx, id) })
}

// account finds what is known of a vault.
func (j *Journal) account(v *Vault) *account {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.vaults[v.ID]
}

// entry finds the entry of an id, or makes it.
func (j *Journal) entry(among map[string]*entry, id string) *entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	if among[id] == nil {
		among[id] = new(entry)
	}
	return among[id]
}

// content notes what an entry holds.
func (j *Journal) content(e *entry, sealed []byte, link Link) {
	j.mu.Lock()
	defer j.mu.Unlock()
	e.hash, e.size, e.link = sha256.Sum256(sealed), len(sealed), link
}

// note writes down that something is tried before it is, and afterwards what came of it.
func (j *Journal) note(w *write, try func() (Answer, error)) (Answer, error) {
	j.mu.Lock()
	before := *w
	if !w.tried {
		w.tried, w.triedAt = true, j.clock()
	}
	j.mu.Unlock()
	answer, err := try()
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case err == nil && answer.Acknowledged() && !w.acknowledged:
		w.acknowledged, w.acknowledgedAt = true, j.clock()
	case err == nil && answer.Refused():
		*w = before
	}
	return answer, err
}
