package vault_test

import (
	"bytes"
	"errors"
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
