package vault_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"predah/internal/race"
	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// start is the moment at which tests begin.
var start = time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)

// narrow are limits that a short sequence reaches.
func narrow() vault.Limits {
	limits := vault.DefaultLimits()
	limits.Records, limits.Bytes = 3, 14<<10
	limits.Grants, limits.GrantsPerLink, limits.NewPerLinkAndDay, limits.GrantsPerCounsellor = 3, 2, 5, 3
	limits.NewPerDay, limits.UnseenPerDay = 1000, 1000
	limits.Accesses = 4
	limits.TombstoneAge = 100 * 366 * 24 * time.Hour // when they go, the age of an id refuses it
	return limits
}

// machine runs a service and a model side by side.
type machine struct {
	ctx     context.Context
	service *vault.Service
	store   vault.Store
	model   *model

	links       []vault.LinkID
	counsellors []vault.CounsellorID
	ids         map[string]time.Time // ids that are used, with the moments in them
	records     [][]byte
	grants      [][]byte
}

func TestAnySequenceEqualsTheModel(t *testing.T) {
	if race.Enabled {
		t.Skip("one call after the other; make test runs it without the race detector")
	}
	records := [][]byte{vaulttest.Record(t), vaulttest.Record(t)}
	grants := [][]byte{vaulttest.Grant(t), vaulttest.Grant(t)}
	storetest.Each(t, func(t *testing.T, config store.Config) {
		opened := storetest.Open(t, config)
		rapid.Check(t, func(rt *rapid.T) {
			m := newMachine(t.Context(), opened.Vaults(), records, grants)
			for _, v := range m.model.vaults {
				m.create(rt, v)
			}
			rt.Repeat(m.actions())
		})
	})
}

func newMachine(ctx context.Context, rows vault.Store, records, grants [][]byte) *machine {
	m := &machine{
		ctx: ctx, ids: map[string]time.Time{}, records: records, grants: grants,
		model: &model{now: start, limits: narrow(), links: map[vault.LinkID]vault.Recipient{}},
	}
	for range 2 {
		m.model.vaults = append(m.model.vaults, &modelVault{
			auth: vaulttest.Auth(), records: map[vault.RecordID][]byte{}, grants: map[vault.GrantID]*modelGrant{},
			accesses: map[modelAccess]int{}, dead: map[any]bool{},
		})
		counsellor := vault.CounsellorID(vaulttest.UUID(start))
		m.counsellors = append(m.counsellors, counsellor)
		for range 2 {
			link := vaulttest.Link()
			m.links = append(m.links, link)
			m.model.links[link] = vault.Recipient{Counsellor: counsellor, Fingerprint: "5f25niidffa5652x3tns", Name: "Ana", Organisation: "Dom"}
		}
	}
	m.links = append(m.links, vaulttest.Link()) // leads nowhere
	for _, age := range []time.Duration{-25 * time.Hour, -24 * time.Hour, 0, 24 * time.Hour} {
		made := start.Add(age)
		m.ids[vaulttest.UUID(made)] = made
	}
	m.store = vaulttest.Links{Store: rows, Lead: m.model.links}
	m.service = vault.New(vault.Config{Store: m.store, Limits: m.model.limits, Now: func() time.Time { return m.model.now }})
	return m
}

func (m *machine) vault(t *rapid.T) *modelVault {
	return m.model.vaults[rapid.IntRange(0, 1).Draw(t, "vault")]
}

// id draws one of the few ids; they are drawn by place, since they differ in each run.
func (m *machine) id(t *rapid.T) (string, time.Time) {
	ids := slices.SortedFunc(maps.Keys(m.ids), func(a, b string) int { return m.ids[a].Compare(m.ids[b]) })
	id := ids[rapid.IntRange(0, len(ids)-1).Draw(t, "id")]
	return id, m.ids[id]
}

func (m *machine) counsellor(t *rapid.T) vault.CounsellorID {
	return m.counsellors[rapid.IntRange(0, 1).Draw(t, "counsellor")]
}

// session opens the vault; both sides have to agree on whether it can be.
func (m *machine) session(t *rapid.T, v *modelVault) vault.Session {
	session, err := m.service.Authenticate(m.ctx, v.auth.ID(), v.auth)
	agree(t, "open the vault", err, m.model.open(v))
	if err != nil {
		return vault.Session{Vault: v.auth.ID()}
	}
	return session
}

// agree compares two errors.
func agree(t *rapid.T, doing string, got, want error) {
	t.Helper()
	var busy *vault.BusyError
	if errors.As(got, &busy) {
		got = errBusy
	}
	if !errors.Is(got, want) {
		t.Fatalf("%s: got %v, want %v", doing, got, want)
	}
}

func (m *machine) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"": m.compare,
		"time passes": func(t *rapid.T) {
			const day = 24 * time.Hour
			const often = 20 * time.Minute
			step := rapid.SampledFrom([]time.Duration{time.Second, often, often, often, time.Hour, time.Hour, 23 * time.Hour, day, 40 * day, 800 * day}).Draw(t, "step")
			m.model.now = m.model.now.Add(step)
		},
		"sweep": func(t *rapid.T) {
			_, err := m.service.Sweep(m.ctx)
			agree(t, "sweep", err, nil)
		},
		"create": func(t *rapid.T) { m.create(t, m.vault(t)) },
		"delete the vault": func(t *rapid.T) {
			v := m.vault(t)
			err := m.service.Delete(m.ctx, m.session(t, v))
			if !v.alive {
				agree(t, "delete", err, vault.ErrNotFound)
				return
			}
			agree(t, "delete", err, nil)
			m.model.end(v)
		},
		"put a record":    m.putRecord,
		"put a grant":     m.putGrant,
		"put one more":    m.putGrant, // most is to be seen when there is one
		"open a grant":    m.openGrant,
		"reply":           m.reply,
		"delete a record": m.deleteRecord,
		"delete a grant":  m.deleteGrant,
		"discard": func(t *rapid.T) {
			counsellor := m.counsellor(t)
			id, _ := m.id(t)
			agree(t, "discard", m.service.Discard(m.ctx, counsellor, vault.GrantID(id)), m.model.discard(counsellor, vault.GrantID(id)))
		},
		"clear the accesses": func(t *rapid.T) {
			v := m.vault(t)
			err := m.service.ClearAccesses(m.ctx, m.session(t, v))
			if v.alive {
				agree(t, "clear", err, nil)
				clear(v.accesses)
			}
		},
		"the account ends": func(t *rapid.T) {
			counsellor := m.counsellor(t)
			agree(t, "remove", m.store.Write(m.ctx, func(tx vault.Tx) error { return m.service.RemoveGrantsOf(tx, counsellor) }), nil)
			m.model.removeAll(counsellor)
		},
	}
}

func (m *machine) create(t *rapid.T, v *modelVault) {
	_, outcome, err := m.service.Create(m.ctx, v.auth.ID(), v.auth)
	agree(t, "create", err, nil)
	same(t, "create", outcome, m.model.create(v))
}

func same(t *rapid.T, doing string, got, want vault.Outcome) {
	t.Helper()
	if got != want {
		t.Fatalf("%s: got %d, want %d", doing, got, want)
	}
}

func (m *machine) putRecord(t *rapid.T) {
	v := m.vault(t)
	id, made := m.id(t)
	sealed := m.records[rapid.IntRange(0, 1).Draw(t, "bytes")]
	session := m.session(t, v)
	outcome, err := m.service.PutRecord(m.ctx, session, vault.RecordID(id), sealed)
	want, wrong := m.model.putRecord(v, vault.RecordID(id), made, sealed)
	agree(t, "put a record", err, m.late(err, wrong, made))
	same(t, "put a record", outcome, want)
}

func (m *machine) putGrant(t *rapid.T) {
	v := m.vault(t)
	id, made := m.id(t)
	g := vault.NewGrant{
		ID:     vault.GrantID(id),
		Link:   m.links[rapid.IntRange(0, len(m.links)-1).Draw(t, "link")],
		Sealed: m.grants[rapid.IntRange(0, 1).Draw(t, "bytes")],
	}
	const day = 24 * time.Hour
	if lasts := rapid.SampledFrom([]time.Duration{0, time.Second, time.Hour, 30 * day, 366 * day, 367 * day}).Draw(t, "lasts"); lasts > 0 {
		g.Expires = start.Add(lasts)
	}
	session := m.session(t, v)
	// Until it is swept, what has ended keeps its id from another vault, whose people would have
	// to draw the same random one for the same counsellor.
	if slices.ContainsFunc(m.model.vaults, func(other *modelVault) bool { return other != v && other.dead[g.ID] }) {
		if _, err := m.service.Sweep(m.ctx); err != nil {
			t.Fatal(err)
		}
	}
	outcome, err := m.service.PutGrant(m.ctx, session, g)
	want, wrong := m.model.putGrant(v, made, g)
	agree(t, "put a grant", err, m.late(err, wrong, made))
	same(t, "put a grant", outcome, want)
}

// late is the refusal of a PUT after a DELETE: where no tombstone of an id that was never
// seen stands, any more or at all, the moment in the id keeps it away.
func (m *machine) late(got, want error, made time.Time) error {
	if errors.Is(want, vault.ErrDeleted) && errors.Is(got, vault.ErrIDTime) && m.model.now.Sub(made).Abs() > 24*time.Hour {
		return vault.ErrIDTime
	}
	return want
}

func (m *machine) openGrant(t *rapid.T) {
	counsellor := m.counsellor(t)
	id, _ := m.id(t)
	opened, err := m.service.Open(m.ctx, counsellor, vault.GrantID(id))
	want, wrong := m.model.openGrant(counsellor, vault.GrantID(id))
	agree(t, "open", err, wrong)
	if !bytes.Equal(opened.Sealed, want) {
		t.Fatal("open: other bytes came")
	}
}

func (m *machine) reply(t *rapid.T) {
	counsellor := m.counsellor(t)
	id, _ := m.id(t)
	sealed := m.records[rapid.IntRange(0, 1).Draw(t, "bytes")]
	outcome, err := m.service.Reply(m.ctx, counsellor, vault.GrantID(id), sealed)
	want, wrong := m.model.reply(counsellor, vault.GrantID(id), sealed)
	agree(t, "reply", err, wrong)
	same(t, "reply", outcome, want)
}

func (m *machine) deleteRecord(t *rapid.T) {
	v := m.vault(t)
	id, _ := m.id(t)
	err := m.service.DeleteRecord(m.ctx, m.session(t, v), vault.RecordID(id))
	agree(t, "delete a record", err, m.model.deleteRecord(v, vault.RecordID(id)))
}

func (m *machine) deleteGrant(t *rapid.T) {
	v := m.vault(t)
	id, _ := m.id(t)
	err := m.service.DeleteGrant(m.ctx, m.session(t, v), vault.GrantID(id))
	agree(t, "delete a grant", err, m.model.deleteGrant(v, vault.GrantID(id)))
}
