package vault_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

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
