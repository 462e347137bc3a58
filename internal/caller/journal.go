package caller

import (
	"context"
	"crypto/sha256"
	"sync"

	"predah/internal/seal"
)

// fate is what is known of a write.
type fate int

const (
	never        fate = iota // not tried, or refused
	unknown                  // the connection died, or the service did not know: it may have happened
	acknowledged             // it happened
)

// Journal notes what was sent and what was answered, so that the service can be compared
// with it afterwards. Each vault is for one goroutine at a time; the journal is for all.
type Journal struct {
	mu     sync.Mutex
	vaults map[string]*account
}

// account is what is known of one vault.
type account struct {
	vault   *Vault
	made    fate
	records map[string]*entry
}

// entry is what is known of one record.
type entry struct {
	hash         [sha256.Size]byte
	size         int // bytes
	put, deleted fate
}

// NewJournal returns an empty journal.
func NewJournal() *Journal { return &Journal{vaults: make(map[string]*account)} }

// NewVault makes a vault and notes it.
func (j *Journal) NewVault(ctx context.Context, c *Client) (*Vault, error) {
	v := c.Person(seal.NewCode())
	j.mu.Lock()
	a := &account{vault: v, made: unknown, records: make(map[string]*entry)}
	j.vaults[v.ID] = a
	j.mu.Unlock()
	if err := v.Make(ctx); err != nil {
		return nil, err
	}
	j.mu.Lock()
	a.made = acknowledged
	j.mu.Unlock()
	return v, v.Open(ctx)
}

// PutRecord saves a record of a vault that the journal made, and notes what came of it.
func (j *Journal) PutRecord(ctx context.Context, v *Vault, id string, sealed []byte) (Answer, error) {
	e := j.entry(v, id)
	j.mu.Lock()
	e.hash, e.size = sha256.Sum256(sealed), len(sealed)
	j.mu.Unlock()
	return j.note(&e.put, func() (Answer, error) { return v.PutRecord(ctx, id, sealed) })
}

// DeleteRecord deletes a record of a vault that the journal made, and notes what came of it.
func (j *Journal) DeleteRecord(ctx context.Context, v *Vault, id string) (Answer, error) {
	e := j.entry(v, id)
	return j.note(&e.deleted, func() (Answer, error) { return v.DeleteRecord(ctx, id) })
}

// entry finds the entry of a record, or makes it.
func (j *Journal) entry(v *Vault, id string) *entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	records := j.vaults[v.ID].records
	if records[id] == nil {
		records[id] = new(entry)
	}
	return records[id]
}

// note writes down that something is tried before it is, and afterwards what came of it.
func (j *Journal) note(f *fate, try func() (Answer, error)) (Answer, error) {
	j.mu.Lock()
	before := *f
	*f = max(before, unknown)
	j.mu.Unlock()
	answer, err := try()
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case err == nil && answer.Acknowledged():
		*f = acknowledged
	case err == nil && answer.Refused():
		*f = before
	}
	return answer, err
}

// Acknowledged counts the writes that were acknowledged: records saved and records deleted.
func (j *Journal) Acknowledged() (saved, deleted int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, a := range j.vaults {
		for _, e := range a.records {
			if e.put == acknowledged {
				saved++
			}
			if e.deleted == acknowledged {
				deleted++
			}
		}
	}
	return saved, deleted
}
