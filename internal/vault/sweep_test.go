package vault_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// sweep sweeps and compares what was removed.
func (p *place) sweep(t *testing.T, want vault.Swept) {
	t.Helper()
	if swept, err := p.Sweep(t.Context()); err != nil || swept != want {
		t.Errorf("swept %+v, want %+v, %v", swept, want, err)
	}
}

// kept tells whether the row of a vault is there, whatever the rules say.
func (p *place) kept(t *testing.T, id vault.ID) bool {
	t.Helper()
	var err error
	if reading := p.store.Read(t.Context(), func(tx vault.Tx) error {
		_, err = tx.Vault(id)
		return nil
	}); reading != nil {
		t.Fatal(reading)
	}
	return err == nil
}

func TestExpiredGrantsAreSweptAndTheirIDsStayTaken(t *testing.T) {
	sealed, record := vaulttest.Grant(t), vaulttest.Record(t)
	eachPlace(t, func(t *testing.T, p *place) {
		session := p.vault(t)
		if _, err := p.PutRecord(t.Context(), session, p.recordID(), record); err != nil {
			t.Fatal(err)
		}
		short, long := p.newGrant(sealed), p.newGrant(sealed)
		short.Expires, long.Expires = start.Add(time.Hour), start.Add(2*time.Hour)
		for _, g := range []vault.NewGrant{short, long} {
			if _, err := p.PutGrant(t.Context(), session, g); err != nil {
				t.Fatal(err)
			}
		}
		p.sweep(t, vault.Swept{})
		p.clock.step(time.Hour)
		p.sweep(t, vault.Swept{Grants: 1})
		p.sweep(t, vault.Swept{})
		_, err := p.PutGrant(t.Context(), session, short)
		wants(t, "give it again", err, vault.ErrDeleted)
		_, err = p.Grant(t.Context(), session, long.ID)
		wants(t, "the other", err, nil)
	})
}

// stepping is a store whose transactions count what they remove.
type stepping struct {
	vault.Store
	most *int // that one transaction has removed
}

// Write runs a transaction.
func (s stepping) Write(ctx context.Context, do func(vault.Tx) error) error {
	return s.Store.Write(ctx, func(tx vault.Tx) error {
		step := &step{Tx: tx}
		err := do(step)
		*s.most = max(*s.most, step.removed)
		return err
	})
}

// step is a transaction that counts what it removes.
type step struct {
	vault.Tx
	removed int
}

func (s *step) RemoveVault(id vault.ID) error {
	s.removed++
	return s.Tx.RemoveVault(id)
}

func (s *step) RemoveGrant(in vault.ID, id vault.GrantID) error {
	s.removed++
	return s.Tx.RemoveGrant(in, id)
}

func (s *step) ForgetTombstones(until time.Time, limit int) (int, error) {
	removed, err := s.Tx.ForgetTombstones(until, limit)
	s.removed += removed
	return removed, err
}

func (s *step) ForgetDays(before time.Time, limit int) (int, error) {
	removed, err := s.Tx.ForgetDays(before, limit)
	s.removed += removed
	return removed, err
}

func TestMuchIsSweptInStepsOf50(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		var most int
		steps := func(rows vault.Store) vault.Store { return stepping{rows, &most} }
		p := newPlace(t, storetest.Open(t, config).Vaults(), vault.DefaultLimits(), steps)
		const many = 120
		shares := p.vault(t)
		wants(t, "save", second(p.PutRecord(t.Context(), shares, p.recordID(), vaulttest.Record(t))), nil)
		links := make([]vault.LinkID, many)
		for i := range links {
			p.vault(t)
			links[i] = vaulttest.Link()
			wants(t, "share", p.store.Write(t.Context(), func(tx vault.Tx) error {
				g := vault.GrantInfo{Vault: shares.Vault, ID: p.newGrant(nil).ID, Link: links[i], Expires: start.Add(time.Hour)}
				return errors.Join(tx.AddGrant(vault.Grant{GrantInfo: g, Sealed: []byte{}}), tx.SaveDay(shares.Vault, start.AddDate(0, 0, -i).Truncate(24*time.Hour), vault.Day{Shares: 1}))
			}), nil)
		}
		p.clock.step(24 * time.Hour)
		p.sweep(t, vault.Swept{Vaults: many, Grants: many})
		for i := range links {
			wants(t, "count", p.store.Read(t.Context(), func(tx vault.Tx) error {
				did, err := tx.Day(shares.Vault, start.AddDate(0, 0, -i).Truncate(24*time.Hour))
				if did != (vault.Day{}) {
					t.Error("the count of a day is still there")
				}
				return err
			}), nil)
		}
		p.clock.step(35 * 24 * time.Hour)
		p.sweep(t, vault.Swept{Tombstones: 2 * many})
		if most != 50 {
			t.Errorf("one transaction removed %d things", most)
		}
	})
}

func TestAVaultThatHoldsNothingGoesAfterADay(t *testing.T) {
	record, sealed := vaulttest.Record(t), vaulttest.Grant(t)
	eachPlace(t, func(t *testing.T, p *place) {
		empty, full, shares, emptied := p.vault(t), p.vault(t), p.vault(t), p.vault(t)
		id := p.recordID()
		for _, session := range []vault.Session{full, emptied} {
			if _, err := p.PutRecord(t.Context(), session, id, record); err != nil {
				t.Fatal(err)
			}
		}
		p.share(t, shares, sealed)
		p.clock.step(23 * time.Hour)
		wants(t, "delete the last record", p.DeleteRecord(t.Context(), emptied, id), nil)
		p.sweep(t, vault.Swept{})
		p.clock.step(time.Hour)
		_, err := p.Look(t.Context(), empty)
		wants(t, "it is gone before it is swept", err, vault.ErrNotFound)
		p.sweep(t, vault.Swept{Vaults: 1})
		if p.kept(t, empty.Vault) || !p.kept(t, full.Vault) || !p.kept(t, shares.Vault) || !p.kept(t, emptied.Vault) {
			t.Error("another vault went")
		}
		p.clock.step(23 * time.Hour)
		p.sweep(t, vault.Swept{Vaults: 1})
		if p.kept(t, emptied.Vault) {
			t.Error("the vault that lost its last record a day ago is still there")
		}
	})
}

func TestAVaultThatNobodyOpensGoesAfterTwoYears(t *testing.T) {
	record := vaulttest.Record(t)
	eachPlace(t, func(t *testing.T, p *place) {
		auth := vaulttest.Auth()
		if _, _, err := p.Create(t.Context(), auth.ID(), auth); err != nil {
			t.Fatal(err)
		}
		session, err := p.Authenticate(t.Context(), auth.ID(), auth)
		wants(t, "open", err, nil)
		if _, err := p.PutRecord(t.Context(), session, p.recordID(), record); err != nil {
			t.Fatal(err)
		}
		until := func(want time.Time) {
			t.Helper()
			if summary, err := p.Look(t.Context(), session); err != nil || !summary.IdleUntil.Equal(want) {
				t.Errorf("it is kept until %v, want %v, %v", summary.IdleUntil, want, err)
			}
		}
		until(time.Date(2028, 11, 24, 0, 0, 0, 0, time.UTC))
		p.clock.step(100 * 24 * time.Hour)
		_, err = p.Authenticate(t.Context(), auth.ID(), auth)
		wants(t, "open again", err, nil)
		last := time.Date(2029, 3, 4, 0, 0, 0, 0, time.UTC)
		until(last)
		p.clock.step(last.Add(-time.Second).Sub(p.clock.Now()))
		p.sweep(t, vault.Swept{Tombstones: 0})
		_, err = p.Look(t.Context(), session)
		wants(t, "a second before", err, nil)
		p.clock.step(time.Second)
		_, err = p.Authenticate(t.Context(), auth.ID(), auth)
		wants(t, "open on the day", err, vault.ErrWrongAuth)
		p.sweep(t, vault.Swept{Vaults: 1})
		if p.kept(t, session.Vault) {
			t.Error("it is still there")
		}
	})
}

func TestTombstonesAreForgottenAfter35Days(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		session, saved := p.vault(t), p.recordID()
		for _, id := range []vault.RecordID{saved, p.recordID()} {
			if _, err := p.PutRecord(t.Context(), session, id, vaulttest.Record(t)); err != nil {
				t.Fatal(err)
			}
		}
		wants(t, "delete", p.DeleteRecord(t.Context(), session, saved), nil)
		p.clock.step(35*24*time.Hour - time.Second)
		p.sweep(t, vault.Swept{})
		p.clock.step(time.Second)
		p.sweep(t, vault.Swept{Tombstones: 1})
	})
}

func TestTombstonesOfWhatWasNeverSeenAreForgottenOnceItsPUTIsTooLate(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		session, record, grant := p.vault(t), p.recordID(), vault.GrantID(vaulttest.UUID(p.clock.Now()))
		if _, err := p.PutRecord(t.Context(), session, p.recordID(), vaulttest.Record(t)); err != nil {
			t.Fatal(err)
		}
		wants(t, "delete a record", p.DeleteRecord(t.Context(), session, record), nil)
		wants(t, "delete a grant", p.DeleteGrant(t.Context(), session, grant), nil)
		p.clock.step(3*24*time.Hour - time.Second)
		p.sweep(t, vault.Swept{})
		_, err := p.PutRecord(t.Context(), session, record, vaulttest.Record(t))
		wants(t, "a late PUT", err, vault.ErrDeleted)
		p.clock.step(time.Second)
		p.sweep(t, vault.Swept{Tombstones: 2})
		_, err = p.PutRecord(t.Context(), session, record, vaulttest.Record(t))
		wants(t, "a PUT that is too late", err, vault.ErrIDTime)
	})
}
