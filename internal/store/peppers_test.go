package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/store/storetest"
)

func TestAProcessWithAnotherPepperIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		s := storetest.Open(t, config)
		mine, other := secrets.NewPepper().Check(), secrets.NewPepper().Check()
		match := func(want error, has ...string) {
			t.Helper()
			if err := s.MatchPeppers(t.Context(), has...); !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
		}
		match(nil, mine) // the first that comes
		match(nil, mine)
		match(store.ErrOtherPepper, other)
		match(nil, mine, other) // a rotation: who has both adds the new one
		match(store.ErrOtherPepper, mine)
		match(store.ErrOtherPepper, other)
		if err := s.ReplacePeppers(t.Context(), other); err != nil {
			t.Fatal(err)
		}
		match(store.ErrOtherPepper, mine)
		match(nil, other)
	})
}

// TestWhatIsRestoredGoesWithThePepperOfTheBackup: else a service with new secrets would start, and
// no counsellor could sign in.
func TestWhatIsRestoredGoesWithThePepperOfTheBackup(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		in := install(t, config)
		in.person(t).save(t)
		pepper := secrets.NewPepper().Check()
		if err := in.MatchPeppers(t.Context(), pepper); err != nil {
			t.Fatal(err)
		}
		in.now = in.now.Add(time.Minute)
		target := withNow(storetest.Another(t, config), in)
		if err := storetest.Open(t, target).MatchPeppers(t.Context(), secrets.NewPepper().Check()); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Restore(t.Context(), store.Restoration{Backup: in.backUp(t), Target: target}); err != nil {
			t.Fatal(err)
		}
		known, err := storetest.Open(t, target).Peppers(t.Context())
		if diff := cmp.Diff([]string{pepper}, known); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}
