package vault_test

import (
	"bytes"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// TestAttack10OpeningAgainstTakingBack plays two processes: the owner's calls come to one, the
// counsellor's to the other.
func TestAttack10OpeningAgainstTakingBack(t *testing.T) {
	const rounds = 200
	sealed := vaulttest.Grant(t)
	storetest.Each(t, func(t *testing.T, config store.Config) {
		p := newPlace(t, storetest.Open(t, config).Vaults(), vault.DefaultLimits())
		elsewhere := p.beside(storetest.Open(t, config).Vaults())
		session := p.vault(t)
		for range rounds {
			p.clock.step(25 * time.Hour) // a new day of the link, and an hour of the log
			if session = p.fresh(t, session); t.Failed() {
				return
			}
			p.race(t, elsewhere, session, p.share(t, session, sealed))
		}
	})
}

// fresh opens the vault anew where many days have passed.
func (p *place) fresh(t *testing.T, session vault.Session) vault.Session {
	t.Helper()
	if _, err := p.Look(t.Context(), session); errors.Is(err, vault.ErrNotFound) {
		return p.vault(t)
	}
	return session
}

// race opens a grant while its owner takes it back.
func (p *place) race(t *testing.T, elsewhere *vault.Service, session vault.Session, g vault.NewGrant) {
	t.Helper()
	var takenBack atomic.Bool
	var both sync.WaitGroup
	both.Go(func() {
		for range 3 {
			late := takenBack.Load()
			opened, err := elsewhere.Open(t.Context(), p.counsellor, g.ID)
			switch {
			case err == nil && late:
				t.Error("it was opened after it was taken back")
			case err == nil && !p.recorded(t, session, g.ID):
				t.Error("it was opened and nothing recorded")
			case err == nil && !bytes.Equal(opened.Sealed, g.Sealed):
				t.Error("other bytes came")
			case err != nil && (!errors.Is(err, vault.ErrNotFound) || opened.Sealed != nil):
				t.Errorf("refused with %v, and %d bytes", err, len(opened.Sealed))
			}
		}
	})
	both.Go(func() {
		wants(t, "take back", p.DeleteGrant(t.Context(), session, g.ID), nil)
		takenBack.Store(true)
	})
	both.Wait()
}

// recorded tells whether an opening of the grant is in the log.
func (p *place) recorded(t *testing.T, session vault.Session, id vault.GrantID) bool {
	t.Helper()
	accesses, err := p.Accesses(t.Context(), session)
	if err != nil {
		t.Error(err)
	}
	for _, a := range accesses {
		if a.Grant == id && a.Kind == vault.Opened {
			return true
		}
	}
	return false
}

func TestAttack30ParallelPutsCannotPassTheQuota(t *testing.T) {
	const parallel, room = 100, 5
	record, grant := vaulttest.Record(t), vaulttest.Grant(t)
	limits := vault.DefaultLimits()
	limits.Records, limits.Grants, limits.GrantsPerLink = room, room, room
	storetest.Each(t, func(t *testing.T, config store.Config) {
		p := newPlace(t, storetest.Open(t, config).Vaults(), limits)
		session := p.vault(t)
		var kept, shared atomic.Int64
		var all sync.WaitGroup
		for range parallel {
			id, g := p.recordID(), p.newGrant(grant)
			all.Go(func() {
				_, err := p.PutRecord(t.Context(), session, id, record)
				count(t, &kept, err)
				_, err = p.PutGrant(t.Context(), session, g)
				count(t, &shared, err)
			})
		}
		all.Wait()
		summary, err := p.Look(t.Context(), session)
		if err != nil || kept.Load() != room || shared.Load() != room || summary.Records != room || summary.Grants != room || summary.Bytes != room*len(record) {
			t.Errorf("%d records and %d grants went in, the vault has %d and %d with %d bytes, %v",
				kept.Load(), shared.Load(), summary.Records, summary.Grants, summary.Bytes, err)
		}
	})
}

// count counts what went in, and takes no other refusal than a full vault.
func count(t *testing.T, in *atomic.Int64, err error) {
	t.Helper()
	switch {
	case err == nil:
		in.Add(1)
	case !errors.Is(err, vault.ErrQuota):
		t.Errorf("refused with %v", err)
	}
}
