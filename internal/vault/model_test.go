package vault_test

import (
	"bytes"
	"cmp"
	"errors"
	"maps"
	"slices"
	"time"

	"predah/internal/vault"
)

// model is what the rules come to, with maps instead of rows.
type model struct {
	now    time.Time
	limits vault.Limits
	vaults []*modelVault
	links  map[vault.LinkID]vault.Recipient
}

// modelVault is one vault over all its lives.
type modelVault struct {
	auth      vault.Auth
	alive     bool
	idleUntil time.Time
	empty     time.Time // since when
	records   map[vault.RecordID][]byte
	grants    map[vault.GrantID]*modelGrant
	accesses  map[modelAccess]int
	dead      map[any]bool // ids of records and grants that never come back
}

type modelGrant struct {
	link       vault.LinkID
	counsellor vault.CounsellorID
	expires    time.Time
	made       time.Time // its day
	sealed     []byte
	reply      []byte
}

type modelAccess struct {
	hour       time.Time
	grant      vault.GrantID
	counsellor vault.CounsellorID
	kind       vault.AccessKind
}

func (m *model) today() time.Time { return m.now.Truncate(24 * time.Hour) }

// live returns the vault if its time has not passed, with what has expired put away.
func (m *model) live(v *modelVault) bool {
	for id, g := range v.grants {
		if !g.expires.After(m.now) {
			delete(v.grants, id)
			v.dead[id] = true
			if g.expires.After(v.empty) {
				v.empty = g.expires
			}
		}
	}
	idle := !m.now.Before(v.idleUntil)
	empty := len(v.records) == 0 && len(v.grants) == 0 && !m.now.Before(v.empty.Add(m.limits.EmptyVault))
	if v.alive && (idle || empty) {
		m.end(v)
	}
	return v.alive
}

func (m *model) end(v *modelVault) {
	for id := range v.records {
		v.dead[id] = true
	}
	for id := range v.grants {
		v.dead[id] = true
	}
	v.alive = false
	clear(v.records)
	clear(v.grants)
	clear(v.accesses)
}

func (m *model) create(v *modelVault) vault.Outcome {
	if m.live(v) {
		return vault.Same
	}
	v.alive, v.empty, v.idleUntil = true, m.now, m.today().AddDate(0, m.limits.IdleMonths, 0)
	return vault.Made
}

func (m *model) open(v *modelVault) error {
	if !m.live(v) {
		return vault.ErrWrongAuth
	}
	v.idleUntil = m.today().AddDate(0, m.limits.IdleMonths, 0)
	return nil
}

func (m *model) putRecord(v *modelVault, id vault.RecordID, made time.Time, sealed []byte) (vault.Outcome, error) {
	there, taken := v.records[id]
	size := 0
	for _, r := range v.records {
		size += len(r)
	}
	switch {
	case !m.live(v):
		return 0, vault.ErrNotFound
	case v.dead[id]:
		return 0, vault.ErrDeleted
	case taken && bytes.Equal(there, sealed):
		return vault.Same, nil
	case taken:
		return 0, vault.ErrConflict
	case m.now.Sub(made).Abs() > 24*time.Hour:
		return 0, vault.ErrIDTime
	case len(v.records) == m.limits.Records || size+len(sealed) > m.limits.Bytes:
		return 0, vault.ErrQuota
	}
	v.records[id] = sealed
	return vault.Made, nil
}

func (m *model) deleteRecord(v *modelVault, id vault.RecordID) error {
	if !m.live(v) {
		return vault.ErrNotFound
	}
	if _, there := v.records[id]; there && len(v.records) == 1 {
		v.empty = m.now
	}
	delete(v.records, id)
	v.dead[id] = true
	return nil
}

var errBusy = errors.New("busy")

func (m *model) putGrant(v *modelVault, made time.Time, g vault.NewGrant) (vault.Outcome, error) {
	if !m.live(v) {
		return 0, vault.ErrNotFound
	}
	there, taken := v.grants[g.ID]
	recipient, leads := m.links[g.Link]
	link, counsellor, today := 0, 0, 0
	for _, other := range m.vaults {
		if !m.live(other) {
			continue
		}
		for _, o := range other.grants {
			if o.counsellor == recipient.Counsellor {
				counsellor++
			}
			if o.link == g.Link && o.made.Equal(m.today()) && o.expires.After(m.now) {
				today++
			}
			if other == v && o.link == g.Link {
				link++
			}
		}
	}
	_, elsewhere := m.find(recipient.Counsellor, g.ID)
	switch {
	case v.dead[g.ID]:
		return 0, vault.ErrDeleted
	case taken && there.link == g.Link && bytes.Equal(there.sealed, g.Sealed) && (g.Expires.IsZero() || g.Expires.Equal(there.expires)):
		return vault.Same, nil
	case taken:
		return 0, vault.ErrConflict
	case m.now.Sub(made).Abs() > 24*time.Hour:
		return 0, vault.ErrIDTime
	case !g.Expires.IsZero() && (!g.Expires.After(m.now) || g.Expires.After(m.now.Add(m.limits.MaxExpiry))):
		return 0, vault.ErrExpiry
	case !leads:
		return 0, vault.ErrRecipientUnavailable
	case len(v.grants) == m.limits.Grants || link == m.limits.GrantsPerLink:
		return 0, vault.ErrQuota
	case today == m.limits.NewPerLinkAndDay || counsellor == m.limits.GrantsPerCounsellor:
		return 0, errBusy
	case elsewhere != nil:
		return 0, vault.ErrConflict
	}
	expires := g.Expires
	if expires.IsZero() {
		expires = m.today().Add(m.limits.DefaultExpiry)
	}
	v.grants[g.ID] = &modelGrant{g.Link, recipient.Counsellor, expires, m.today(), g.Sealed, nil}
	return vault.Made, nil
}

func (m *model) deleteGrant(v *modelVault, id vault.GrantID) error {
	if !m.live(v) {
		return vault.ErrNotFound
	}
	if v.grants[id] != nil {
		v.empty = m.now
	}
	delete(v.grants, id)
	v.dead[id] = true
	return nil
}

// find returns a grant of a counsellor.
func (m *model) find(counsellor vault.CounsellorID, id vault.GrantID) (*modelVault, *modelGrant) {
	for _, v := range m.vaults {
		if g := v.grants[id]; m.live(v) && g != nil && g.counsellor == counsellor && g.expires.After(m.now) {
			return v, g
		}
	}
	return nil, nil
}

func (m *model) openGrant(counsellor vault.CounsellorID, id vault.GrantID) ([]byte, error) {
	v, g := m.find(counsellor, id)
	if g == nil {
		return nil, vault.ErrNotFound
	}
	m.note(v, counsellor, id, vault.Opened)
	return g.sealed, nil
}

func (m *model) reply(counsellor vault.CounsellorID, id vault.GrantID, sealed []byte) (vault.Outcome, error) {
	v, g := m.find(counsellor, id)
	switch {
	case g == nil:
		return 0, vault.ErrNotFound
	case bytes.Equal(g.reply, sealed):
		return vault.Same, nil
	case g.reply != nil:
		return 0, vault.ErrConflict
	}
	g.reply = sealed
	m.note(v, counsellor, id, vault.Replied)
	return vault.Made, nil
}

func (m *model) discard(counsellor vault.CounsellorID, id vault.GrantID) error {
	v, g := m.find(counsellor, id)
	if g == nil {
		return vault.ErrNotFound
	}
	m.note(v, counsellor, id, vault.Discarded)
	return m.deleteGrant(v, id)
}

func (m *model) removeAll(counsellor vault.CounsellorID) {
	for _, v := range m.vaults {
		if !m.live(v) {
			continue
		}
		ids := slices.Sorted(maps.Keys(v.grants))
		for _, id := range ids {
			if v.grants[id].counsellor == counsellor {
				m.note(v, counsellor, id, vault.Removed)
				v.empty = m.now
				delete(v.grants, id)
				v.dead[id] = true
			}
		}
	}
}

func (m *model) note(v *modelVault, counsellor vault.CounsellorID, id vault.GrantID, kind vault.AccessKind) {
	v.accesses[modelAccess{m.now.Truncate(time.Hour), id, counsellor, kind}]++
	for len(v.accesses) > m.limits.Accesses {
		delete(v.accesses, slices.MinFunc(slices.Collect(maps.Keys(v.accesses)), older))
	}
}

// older orders accesses, the oldest first.
func older(a, b modelAccess) int {
	return cmp.Or(a.hour.Compare(b.hour), cmp.Compare(a.grant, b.grant), cmp.Compare(a.counsellor, b.counsellor), cmp.Compare(a.kind, b.kind))
}
