package vault_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

func TestAttack30AVaultHolds200RecordsAnd4MiB(t *testing.T) {
	small := vaulttest.Record(t)
	large := vaulttest.Seal(t, make([]byte, 48<<10), vaulttest.Recipients(t, 1)...)
	eachPlace(t, func(t *testing.T, p *place) {
		for name, test := range map[string]struct {
			sealed []byte
			fit    int
		}{"200 records": {small, 200}, "4 MiB": {large, 4 << 20 / len(large)}} {
			session := p.vault(t)
			var last vault.RecordID
			for range test.fit {
				last = p.recordID()
				if _, err := p.PutRecord(t.Context(), session, last, test.sealed); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
			_, err := p.PutRecord(t.Context(), session, p.recordID(), test.sealed)
			wants(t, name+" and one", err, vault.ErrQuota)
			wants(t, "delete one", p.DeleteRecord(t.Context(), session, last), nil)
			_, err = p.PutRecord(t.Context(), session, p.recordID(), test.sealed)
			wants(t, "put one in its place", err, nil)
		}
	})
}

func TestAttack30SharingHasBounds(t *testing.T) {
	sealed := vaulttest.Grant(t)
	limits := vault.DefaultLimits()
	if limits.Grants != 20 || limits.GrantsPerLink != 3 || limits.NewPerLinkAndDay != 200 || limits.NewPerDay != 20 || limits.UnseenPerDay != 20 || limits.GrantsPerCounsellor != 1000 {
		t.Fatalf("the limits are %+v", limits)
	}
	for _, test := range []struct {
		name   string
		narrow func(*vault.Limits)
		fit    int
		want   error
	}{
		{"of one vault through one link", func(*vault.Limits) {}, 3, vault.ErrQuota},
		{"of one vault", func(l *vault.Limits) { l.Grants, l.GrantsPerLink = 5, 100 }, 5, vault.ErrQuota},
		{"new ones of a link in a day", func(l *vault.Limits) { l.NewPerLinkAndDay, l.GrantsPerLink = 7, 100 }, 7,
			&vault.BusyError{Limit: "new-share", Calls: 7, Window: 24 * time.Hour, RetryAfter: 14*time.Hour + 30*time.Minute}},
		{"of a counsellor", func(l *vault.Limits) { l.GrantsPerCounsellor, l.GrantsPerLink = 9, 100 }, 9,
			&vault.BusyError{Limit: "live-share", Calls: 9, RetryAfter: 24 * time.Hour}},
	} {
		t.Run(test.name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, config store.Config) {
				limits := vault.DefaultLimits()
				test.narrow(&limits)
				p := newPlace(t, storetest.Open(t, config).Vaults(), limits)
				session := p.vault(t)
				for range test.fit {
					p.share(t, session, sealed)
				}
				_, err := p.PutGrant(t.Context(), session, p.newGrant(sealed))
				var busy *vault.BusyError
				if !errors.As(err, &busy) {
					wants(t, "one more", err, test.want)
				} else if diff := cmp.Diff(test.want, err); diff != "" {
					t.Errorf("one more: %s", diff)
				}
			})
		})
	}
}

// TestTakingBackClosesNoLink: sharing and taking back again and again costs the vault that does it
// what it may share on a day, and the link nothing, which counts what lives.
func TestTakingBackClosesNoLink(t *testing.T) {
	sealed := vaulttest.Grant(t)
	limits := vault.DefaultLimits()
	limits.NewPerLinkAndDay, limits.NewPerDay = 2, 4
	storetest.Each(t, func(t *testing.T, config store.Config) {
		p := newPlace(t, storetest.Open(t, config).Vaults(), limits)
		session := p.vault(t)
		for range limits.NewPerDay {
			g := p.share(t, session, sealed)
			wants(t, "take back", p.DeleteGrant(t.Context(), session, g.ID), nil)
		}
		refused := func(what string, of vault.Session, limit string) {
			t.Helper()
			_, err := p.PutGrant(t.Context(), of, p.newGrant(sealed))
			var busy *vault.BusyError
			if !errors.As(err, &busy) || busy.Limit != limit || busy.RetryAfter <= 0 || busy.RetryAfter > 24*time.Hour {
				t.Errorf("%s: %v, want the limit %s", what, err, limit)
			}
		}
		refused("the fifth of a vault on a day", session, vault.LimitVaultShare)
		p.share(t, p.vault(t), sealed)
		last := p.vault(t)
		g := p.share(t, last, sealed)
		refused("the third that lives", p.vault(t), vault.LimitNewShare)
		wants(t, "take back", p.DeleteGrant(t.Context(), last, g.ID), nil)
		p.share(t, last, sealed)
		p.clock.step(15 * time.Hour)
		p.share(t, session, sealed) // on the next day
		wants(t, "sweep", second(p.Sweep(t.Context())), nil)
		for made, want := range map[time.Time]vault.Day{start.Truncate(24 * time.Hour): {}, p.clock.Now().Truncate(24 * time.Hour): {Shares: 1}} {
			wants(t, "count", p.store.Read(t.Context(), func(tx vault.Tx) error {
				got, err := tx.Day(session.Vault, made)
				if got != want {
					t.Errorf("%v: %+v is kept, want %+v", made, got, want)
				}
				return err
			}), nil)
		}
	})
}

// TestDeletingWhatNeverWasKeepsLittle: an id that no PUT can have any more, or yet, leaves nothing
// behind, and of others a vault may delete only some on a day.
func TestDeletingWhatNeverWasKeepsLittle(t *testing.T) {
	limits := vault.DefaultLimits()
	limits.UnseenPerDay = 3
	storetest.Each(t, func(t *testing.T, config store.Config) {
		p := newPlace(t, storetest.Open(t, config).Vaults(), limits)
		session := p.vault(t)
		stands := func(stone vault.Tombstone) (found bool) {
			wants(t, "look", p.store.Read(t.Context(), func(tx vault.Tx) (err error) {
				found, err = tx.HasTombstone(stone)
				return err
			}), nil)
			return found
		}
		for id, kept := range map[string]bool{
			"00000000-0000-7000-8000-000000000000":            false, // 1970
			"ffffffff-ffff-7000-8000-000000000000":            false, // 10889
			idOf(start.Add(-24*time.Hour - time.Millisecond)): false, idOf(start.Add(48*time.Hour + time.Millisecond)): false,
			idOf(start.Add(-24 * time.Hour)): true, idOf(start.Add(48 * time.Hour)): true,
		} {
			wants(t, "delete a record", p.DeleteRecord(t.Context(), session, vault.RecordID(id)), nil)
			wants(t, "once more", p.DeleteRecord(t.Context(), session, vault.RecordID(id)), nil)
			if got := stands(vault.RecordTombstone(session.Vault, vault.RecordID(id))); got != kept {
				t.Errorf("a tombstone of %s stands: %v", id, got)
			}
		}
		id := idOf(start)
		wants(t, "delete a grant", p.DeleteGrant(t.Context(), session, vault.GrantID(id)), nil)
		for what, err := range map[string]error{
			"a fourth record": p.DeleteRecord(t.Context(), session, vault.RecordID(idOf(start.Add(time.Minute)))),
			"a fourth grant":  p.DeleteGrant(t.Context(), session, vault.GrantID(idOf(start.Add(time.Minute)))),
		} {
			var busy *vault.BusyError
			if !errors.As(err, &busy) || busy.Limit != vault.LimitVaultDelete || busy.Calls != 3 {
				t.Errorf("%s: %v", what, err)
			}
		}
		keeps, held := p.recordID(), p.recordID()
		wants(t, "save", second(p.PutRecord(t.Context(), session, keeps, vaulttest.Record(t))), nil)
		_, err := p.PutRecord(t.Context(), session, held, vaulttest.Record(t))
		wants(t, "save", err, nil)
		wants(t, "delete what is held", p.DeleteRecord(t.Context(), session, held), nil)
		p.clock.step(24 * time.Hour)
		wants(t, "on the next day", p.DeleteRecord(t.Context(), session, vault.RecordID(idOf(p.clock.Now()))), nil)
	})
}

// idOf is a UUID of version 7 of a moment.
func idOf(at time.Time) string {
	ms := at.UnixMilli()
	return fmt.Sprintf("%08x-%04x-7000-8000-000000000000", ms>>16, ms&0xffff)
}

// second returns the error of a call that returns two values.
func second[T any](_ T, err error) error { return err }

func TestOpeningsAreCountedByTheHourAndTheOldestAreForgotten(t *testing.T) {
	sealed := vaulttest.Grant(t)
	limits := vault.DefaultLimits()
	limits.Accesses = 3
	storetest.Each(t, func(t *testing.T, config store.Config) {
		p := newPlace(t, storetest.Open(t, config).Vaults(), limits)
		session := p.vault(t)
		g := p.share(t, session, sealed)
		for range 5 { // at 9.30, 9.50, 10.10, 10.30 and 10.50
			if _, err := p.Open(t.Context(), p.counsellor, g.ID); err != nil {
				t.Fatal(err)
			}
			p.clock.step(20 * time.Minute)
		}
		counts := func() (counts []int) {
			accesses, err := p.Accesses(t.Context(), session)
			wants(t, "list", err, nil)
			for _, a := range accesses {
				counts = append(counts, a.Count)
			}
			return counts
		}
		if got := counts(); len(got) != 2 || got[0] != 3 || got[1] != 2 {
			t.Errorf("by the hour, newest first: %v", got)
		}
		for range 2 {
			if _, err := p.Open(t.Context(), p.counsellor, g.ID); err != nil {
				t.Fatal(err)
			}
			p.clock.step(time.Hour)
		}
		if got := counts(); len(got) != 3 || got[0] != 1 || got[1] != 1 || got[2] != 3 {
			t.Errorf("the last three hours: %v", got)
		}
		wants(t, "take back", p.DeleteGrant(t.Context(), session, g.ID), nil)
		if got := counts(); len(got) != 3 {
			t.Errorf("after it was taken back: %v", got)
		}
	})
}
