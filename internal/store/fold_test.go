package store_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

// set writes one value.
func set(name, value string) func(store.Tx) error {
	return func(tx store.Tx) error { return tx.SetState(name, value) }
}

func TestWritesInOneCommitSucceedAndFailEachForItself(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	dead, kill := context.WithCancel(t.Context())
	kill()
	var seen string
	ran := false
	outcomes := store.Fold(s,
		store.Write{Context: t.Context(), Do: set("first", "kept")},
		store.Write{Context: t.Context(), Do: func(tx store.Tx) error { return errors.Join(set("refused", "lost")(tx), errRefused) }},
		store.Write{Context: t.Context(), Do: func(tx store.Tx) error {
			if err := set("panicked", "lost")(tx); err != nil {
				return err
			}
			panic("stop")
		}},
		store.Write{Context: dead, Do: func(store.Tx) error {
			ran = true
			return nil
		}},
		store.Write{Context: t.Context(), Do: func(tx store.Tx) (err error) {
			if seen, err = tx.State("first"); err != nil {
				return err
			}
			return set("last", "kept")(tx)
		}},
	)
	want := []string{"", "refused", "panic: stop", "context canceled", ""}
	if diff := cmp.Diff(want, outcomes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if ran {
		t.Error("a write ran that nobody waited for")
	}
	if seen != "kept" {
		t.Errorf("a later write of the same commit saw %q", seen)
	}
	for name, want := range map[string]string{"first": "kept", "refused": "", "panicked": "", "last": "kept"} {
		if got := state(t, s, name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
}

func TestWhenATransactionIsLostNobodyIsToldThatItWasKept(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	outcomes := store.Fold(s,
		store.Write{Context: t.Context(), Do: set("before", "lost")},
		store.Write{Context: t.Context(), Do: func(tx store.Tx) error { return tx.Exec("ROLLBACK") }}, // as a full disk does
	)
	for i, outcome := range outcomes {
		if outcome == "" {
			t.Errorf("write %d was told that it was kept", i)
		}
	}
	if got := state(t, s, "before"); got != "" {
		t.Errorf("kept %q", got)
	}
	keep(t, s, "after", "kept")
	if got := state(t, s, "after"); got != "kept" {
		t.Errorf("afterwards nothing is written: %q", got)
	}
}

// BenchmarkWrites measures durable writes by many callers at once.
func BenchmarkWrites(b *testing.B) {
	s := storetest.Open(b, storetest.SQLite(b))
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := s.States().Write(b.Context(), set("name", "value")); err != nil {
				b.Error(err)
			}
		}
	})
}
