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

func TestAttack06AnIDCannotBeTakenAndAnOldSessionIsVoid(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		auth, other := vaulttest.Auth(), vaulttest.Auth()
		_, _, err := p.Create(t.Context(), auth.ID(), other)
		wants(t, "take an id", err, vault.ErrVaultID)

		made, outcome, err := p.Create(t.Context(), auth.ID(), auth)
		if outcome != vault.Made || err != nil {
			t.Fatalf("create: %d, %v", outcome, err)
		}
		again, outcome, err := p.Create(t.Context(), auth.ID(), auth)
		if outcome != vault.Same || err != nil || again.Verifier != made.Verifier || again.Epoch != made.Epoch {
			t.Errorf("create again: %d, %v, and it has changed", outcome, err)
		}

		old, err := p.Authenticate(t.Context(), auth.ID(), auth)
		wants(t, "open", err, nil)
		wants(t, "delete", p.Delete(t.Context(), old), nil)
		_, err = p.Look(t.Context(), old)
		wants(t, "look at a deleted vault", err, vault.ErrNotFound)
		if _, _, err := p.Create(t.Context(), auth.ID(), auth); err != nil {
			t.Fatal(err)
		}
		_, err = p.Look(t.Context(), old)
		wants(t, "look with the old session", err, vault.ErrOldEpoch)
		wants(t, "delete with the old session", p.Delete(t.Context(), old), vault.ErrOldEpoch)
	})
}

func TestAttack08WhatWasTakenBackDoesNotComeBack(t *testing.T) {
	sealed := vaulttest.Grant(t)
	eachPlace(t, func(t *testing.T, p *place) {
		session := p.vault(t)
		g := p.share(t, session, sealed)
		wants(t, "take back", p.DeleteGrant(t.Context(), session, g.ID), nil)
		_, err := p.PutGrant(t.Context(), session, g)
		wants(t, "the same PUT, late", err, vault.ErrDeleted)
		_, err = p.Open(t.Context(), p.counsellor, g.ID)
		wants(t, "open", err, vault.ErrNotFound)
		items, err := p.Inbox(t.Context(), p.counsellor, "", 10)
		if len(items) != 0 || err != nil {
			t.Errorf("the counsellor sees %d grants, %v", len(items), err)
		}

		_, err = p.PutGrant(t.Context(), session, vault.NewGrant{ID: g.ID, Link: p.links[1], Sealed: sealed})
		wants(t, "the same id through another link", err, vault.ErrDeleted)

		early := p.newGrant(sealed)
		wants(t, "take back before it came", p.DeleteGrant(t.Context(), session, early.ID), nil)
		_, err = p.PutGrant(t.Context(), session, early)
		wants(t, "the PUT that was overtaken", err, vault.ErrDeleted)
	})
}

func TestAttack09ARecordNeverChanges(t *testing.T) {
	sealed, other := vaulttest.Record(t), vaulttest.Record(t)
	eachPlace(t, func(t *testing.T, p *place) {
		session, id := p.vault(t), p.recordID()
		for _, test := range []struct {
			bytes   []byte
			outcome vault.Outcome
			err     error
		}{{sealed, vault.Made, nil}, {sealed, vault.Same, nil}, {other, 0, vault.ErrConflict}} {
			outcome, err := p.PutRecord(t.Context(), session, id, test.bytes)
			wants(t, "put", err, test.err)
			if outcome != test.outcome {
				t.Errorf("outcome %d, want %d", outcome, test.outcome)
			}
		}
		if kept, err := p.Record(t.Context(), session, id); err != nil || !bytes.Equal(kept, sealed) {
			t.Errorf("the bytes have changed, %v", err)
		}
		wants(t, "delete", p.DeleteRecord(t.Context(), session, id), nil)
		_, err := p.PutRecord(t.Context(), session, id, sealed)
		wants(t, "put what was deleted", err, vault.ErrDeleted)
	})
}

func TestAGrantNeverChanges(t *testing.T) {
	sealed, other := vaulttest.Grant(t), vaulttest.Grant(t)
	eachPlace(t, func(t *testing.T, p *place) {
		session := p.vault(t)
		g := p.share(t, session, sealed)
		for name, change := range map[string]func(*vault.NewGrant){
			"link": func(g *vault.NewGrant) { g.Link = p.links[1] }, "bytes": func(g *vault.NewGrant) { g.Sealed = other },
			"expiry": func(g *vault.NewGrant) { g.Expires = start.Add(time.Hour) },
		} {
			changed := g
			change(&changed)
			_, err := p.PutGrant(t.Context(), session, changed)
			wants(t, "another "+name, err, vault.ErrConflict)
		}
		outcome, err := p.PutGrant(t.Context(), session, g)
		if outcome != vault.Same || err != nil {
			t.Errorf("the same: %d, %v", outcome, err)
		}
	})
}

func TestAnotherCounsellorFindsNothing(t *testing.T) {
	sealed, reply := vaulttest.Grant(t), vaulttest.Record(t)
	eachPlace(t, func(t *testing.T, p *place) {
		session := p.vault(t)
		g, other := p.share(t, session, sealed), vault.CounsellorID(vaulttest.UUID(start))
		_, err := p.Open(t.Context(), other, g.ID)
		wants(t, "open", err, vault.ErrNotFound)
		_, err = p.Reply(t.Context(), other, g.ID, reply)
		wants(t, "reply", err, vault.ErrNotFound)
		wants(t, "discard", p.Discard(t.Context(), other, g.ID), vault.ErrNotFound)
		items, err := p.Inbox(t.Context(), other, "", 10)
		accesses, errAccesses := p.Accesses(t.Context(), session)
		if len(items)+len(accesses) != 0 || errors.Join(err, errAccesses) != nil {
			t.Errorf("another sees %d grants and left %d traces, %v, %v", len(items), len(accesses), err, errAccesses)
		}
		if own, err := p.Grant(t.Context(), session, g.ID); err != nil || own.Reply != nil {
			t.Errorf("the grant has changed: %v", err)
		}
	})
}

func TestNoIDComesBackWithAVaultThatIsMadeAgain(t *testing.T) {
	record, grant := vaulttest.Record(t), vaulttest.Grant(t)
	eachPlace(t, func(t *testing.T, p *place) {
		auth := vaulttest.Auth()
		open := func() vault.Session {
			if _, _, err := p.Create(t.Context(), auth.ID(), auth); err != nil {
				t.Fatal(err)
			}
			session, err := p.Authenticate(t.Context(), auth.ID(), auth)
			wants(t, "open", err, nil)
			return session
		}
		session, id := open(), p.recordID()
		_, err := p.PutRecord(t.Context(), session, id, record)
		wants(t, "save", err, nil)
		g := p.share(t, session, grant)
		wants(t, "destroy", p.Delete(t.Context(), session), nil)
		session = open()
		_, err = p.PutRecord(t.Context(), session, id, record)
		wants(t, "save again", err, vault.ErrDeleted)
		_, err = p.PutGrant(t.Context(), session, g)
		wants(t, "share again", err, vault.ErrDeleted)
	})
}

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

func TestAttack11NothingLeavesThatIsNotRecorded(t *testing.T) {
	sealed := vaulttest.Grant(t)
	storetest.Each(t, func(t *testing.T, config store.Config) {
		broken := false
		p := newPlace(t, storetest.Open(t, config).Vaults(), vault.DefaultLimits(), func(s vault.Store) vault.Store { return failing{s, &broken} })
		session := p.vault(t)
		g := p.share(t, session, sealed)
		broken = true
		opened, err := p.Open(t.Context(), p.counsellor, g.ID)
		wants(t, "open", err, vault.ErrNotRecorded)
		if opened.Sealed != nil {
			t.Error("bytes came although nothing was recorded")
		}
		broken = false
		if p.recorded(t, session, g.ID) {
			t.Error("an opening is recorded that did not happen")
		}
		if opened, err = p.Open(t.Context(), p.counsellor, g.ID); err != nil || !bytes.Equal(opened.Sealed, sealed) {
			t.Errorf("it can't be opened later: %v", err)
		}
	})
}

func TestAttack12WhatHasExpiredIsNotThere(t *testing.T) {
	sealed, reply := vaulttest.Grant(t), vaulttest.Record(t)
	eachPlace(t, func(t *testing.T, p *place) {
		session := p.vault(t)
		g := p.newGrant(sealed)
		g.Expires = start.Add(time.Hour)
		if _, err := p.PutGrant(t.Context(), session, g); err != nil {
			t.Fatal(err)
		}
		p.clock.step(time.Hour - time.Second)
		if _, err := p.Open(t.Context(), p.counsellor, g.ID); err != nil {
			t.Fatalf("a second before: %v", err)
		}
		p.clock.step(time.Second) // exactly at its end, and nothing was swept
		_, err := p.Open(t.Context(), p.counsellor, g.ID)
		wants(t, "open", err, vault.ErrNotFound)
		_, err = p.Reply(t.Context(), p.counsellor, g.ID, reply)
		wants(t, "reply", err, vault.ErrNotFound)
		wants(t, "discard", p.Discard(t.Context(), p.counsellor, g.ID), vault.ErrNotFound)
		_, err = p.Grant(t.Context(), session, g.ID)
		wants(t, "read", err, vault.ErrNotFound)
		_, err = p.PutGrant(t.Context(), session, g)
		wants(t, "give it again", err, vault.ErrDeleted)
		items, errItems := p.Inbox(t.Context(), p.counsellor, "", 10)
		grants, errGrants := p.Grants(t.Context(), session)
		if len(items)+len(grants) != 0 || errors.Join(errItems, errGrants) != nil {
			t.Errorf("it is listed: %d, %d, %v, %v", len(items), len(grants), errItems, errGrants)
		}
	})
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
