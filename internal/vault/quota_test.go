package vault_test

import (
	"errors"
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
	if limits.Grants != 20 || limits.GrantsPerLink != 3 || limits.NewPerLinkAndDay != 50 || limits.GrantsPerCounsellor != 1000 {
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
			&vault.BusyError{Limit: "new-share", Grants: 7, Window: 24 * time.Hour, RetryAfter: 14*time.Hour + 30*time.Minute}},
		{"of a counsellor", func(l *vault.Limits) { l.GrantsPerCounsellor, l.GrantsPerLink = 9, 100 }, 9,
			&vault.BusyError{Limit: "live-share", Grants: 9, RetryAfter: 24 * time.Hour}},
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

func TestTakingBackMakesNoRoomForMoreOnTheSameDay(t *testing.T) {
	sealed := vaulttest.Grant(t)
	limits := vault.DefaultLimits()
	limits.NewPerLinkAndDay = 4
	storetest.Each(t, func(t *testing.T, config store.Config) {
		p := newPlace(t, storetest.Open(t, config).Vaults(), limits)
		session := p.vault(t)
		for range limits.NewPerLinkAndDay {
			g := p.share(t, session, sealed)
			wants(t, "take back", p.DeleteGrant(t.Context(), session, g.ID), nil)
		}
		var busy *vault.BusyError
		if _, err := p.PutGrant(t.Context(), session, p.newGrant(sealed)); !errors.As(err, &busy) {
			t.Errorf("the fifth of a day: %v", err)
		}
		other := p.newGrant(sealed)
		other.Link = p.links[1]
		_, err := p.PutGrant(t.Context(), session, other)
		wants(t, "through another link", err, nil)
		p.clock.step(15 * time.Hour)
		_, err = p.PutGrant(t.Context(), session, p.newGrant(sealed))
		wants(t, "on the next day", err, nil)
		wants(t, "sweep", second(p.Sweep(t.Context())), nil)
		for made, want := range map[time.Time]int{start.Truncate(24 * time.Hour): 0, p.clock.Now().Truncate(24 * time.Hour): 1} {
			var got int
			wants(t, "count", p.store.Read(t.Context(), func(tx vault.Tx) (err error) {
				got, err = tx.GrantsOfDay(p.links[0], made)
				return err
			}), nil)
			if got != want {
				t.Errorf("%v: %d are counted, want %d", made, got, want)
			}
		}
	})
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
