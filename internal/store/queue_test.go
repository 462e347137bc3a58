package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

// held is a write that runs until it is let go.
type held struct{ runs, let chan struct{} }

func hold() held { return held{make(chan struct{}), make(chan struct{})} }

func (h held) do(store.Tx) error {
	close(h.runs)
	<-h.let
	return nil
}

func TestAWriteMoreThanCanWaitIsRefusedAtOnce(t *testing.T) {
	const room = 3
	s := storetest.Open(t, storetest.SQLite(t))
	refused := 0
	writer := store.NewFolding(s, room, t.Context(), store.Observe{Refused: func() { refused++ }})
	first, ended := hold(), make(chan error, room+1)
	go writer.Run()
	defer writer.End()
	go func() { ended <- writer.Write(t.Context(), first.do) }()
	<-first.runs
	for i := range room {
		go func() { ended <- writer.Write(t.Context(), set(fmt.Sprint("name", i), "kept")) }()
	}
	writer.AwaitQueued(room)
	if err := writer.Write(t.Context(), set("too much", "lost")); !errors.Is(err, store.ErrOverloaded) {
		t.Errorf("got %v", err)
	}
	close(first.let)
	for range room + 1 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if got := state(t, s, "name2") + state(t, s, "too much"); got != "kept" || refused != 1 {
		t.Errorf("kept %q, %d refused", got, refused)
	}
	if err := writer.Write(t.Context(), set("later", "kept")); err != nil {
		t.Error(err)
	}
}

func TestAWriteThatWaitedForTooLongDoesNotHappen(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	patience, end := context.WithCancel(t.Context())
	end()
	writer := store.NewFolding(s, 1, patience, store.Observe{})
	if err := writer.Write(t.Context(), set("name", "lost")); !errors.Is(err, store.ErrOverloaded) {
		t.Errorf("got %v", err)
	}
	writer.Commit()
	if got := state(t, s, "name"); got != "" {
		t.Errorf("kept %q, though its caller was told that it did not happen", got)
	}
}

func TestARestoreMayTakeLongerThanACaller(t *testing.T) {
	if !store.IsLimited(t.Context(), false) || store.IsLimited(t.Context(), true) {
		t.Error("either nobody's wait is limited or everybody's")
	}
}

func TestWhoWaitsForADiskThatHangsIsToldThatNobodyKnows(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	patience, end := context.WithCancel(t.Context())
	writer := store.NewFolding(s, 2, patience, store.Observe{})
	ended, behind, hanging := make(chan error), make(chan error), hold()
	go func() { ended <- writer.Write(t.Context(), set("name", "kept")) }()
	writer.AwaitQueued(1)
	go func() { behind <- writer.Write(t.Context(), hanging.do) }()
	writer.AwaitQueued(2)
	go writer.Run()
	<-hanging.runs // in the same transaction
	end()
	if err := <-ended; !errors.Is(err, store.ErrUnknown) {
		t.Errorf("got %v", err)
	}
	close(hanging.let)
	<-behind // either is right: the commit may be faster than the end of patience
	writer.End()
	if got := state(t, s, "name"); got != "kept" {
		t.Errorf("got %q", got)
	}
}

// op is a write of a random mix, and what becomes of it.
type op struct{ kind, value string }

func TestAnyMixOfWritesEqualsOneAfterTheOther(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	dead, kill := context.WithCancel(t.Context())
	kill()
	rapid.Check(t, func(t *rapid.T) {
		ops := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) op {
			return op{
				kind:  rapid.SampledFrom([]string{"good", "fails", "panics", "cancelled", "breaks a rule"}).Draw(t, "kind"),
				value: rapid.StringMatching("[a-z]{0,3}").Draw(t, "value"),
			}
		}), 1, 64).Draw(t, "ops")
		model, err := read(s, "log")
		if err != nil {
			t.Fatal(err)
		}
		var writes []store.Write
		var want []string
		for _, o := range ops {
			writes = append(writes, o.write(t, dead))
			switch o.kind {
			case "good":
				model += o.value + ";"
				want = append(want, "")
			case "panics":
				want = append(want, "panic: stop")
			case "cancelled":
				want = append(want, "context canceled")
			default:
				want = append(want, o.kind)
			}
		}
		got := store.Fold(s, writes...)
		for i := range got {
			if ops[i].kind == "breaks a rule" && got[i] == "duplicated key not allowed" {
				got[i] = ops[i].kind
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		if kept, err := read(s, "log"); err != nil || kept != model {
			t.Fatalf("kept %q, want %q: %v", kept, model, err)
		}
	})
}

// read reads what is kept under the name.
func read(s *store.Store, name string) (value string, err error) {
	err = s.States().Read(context.Background(), func(tx store.Tx) (err error) {
		value, err = tx.State(name)
		return err
	})
	return value, err
}

// write appends to the log, and then ends as its kind says.
func (o op) write(t *rapid.T, dead context.Context) store.Write {
	ctx := context.Background()
	if o.kind == "cancelled" {
		ctx = dead
	}
	return store.Write{Context: ctx, Do: func(tx store.Tx) error {
		before, err := tx.State("log")
		if err = errors.Join(err, tx.SetState("log", before+o.value+";")); err != nil {
			return err
		}
		switch o.kind {
		case "fails":
			return errors.New("fails")
		case "panics":
			panic("stop")
		case "breaks a rule":
			return tx.Exec("INSERT INTO state (name, value) VALUES ('log', 'twice')")
		}
		return nil
	}}
}

// TestWritesAtOnceEachEndAsTheyShould does the same with real callers on both databases, where
// the order is free: each has a name of its own.
func TestWritesAtOnceEachEndAsTheyShould(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		var mu sync.Mutex
		committed := 0
		config.Observe.Commit = func(writes int, took time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			committed += writes
			if took < 0 || took > time.Hour {
				t.Errorf("a commit took %v", took)
			}
		}
		s := storetest.Open(t, config)
		var callers sync.WaitGroup
		for i := range 100 {
			name := fmt.Sprint("name", i)
			callers.Go(func() {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				defer func() {
					if got := recover(); (got == nil) != (i%4 != 1) {
						t.Errorf("%s: panic %v", name, got)
					}
				}()
				if i%4 == 2 {
					cancel()
				}
				err := s.States().Write(ctx, func(tx store.Tx) error {
					if err := tx.SetState(name, "kept"); err != nil || i%4 == 0 {
						return err
					}
					if i%4 == 1 {
						panic("stop")
					}
					return errRefused
				})
				if (err == nil) != (i%4 == 0) {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		callers.Wait()
		for i := range 100 {
			want := ""
			if i%4 == 0 {
				want = "kept"
			}
			if got := state(t, s, fmt.Sprint("name", i)); got != want {
				t.Errorf("write %d left %q", i, got)
			}
		}
		if committed < 25 {
			t.Errorf("%d writes were told of", committed)
		}
		stats := s.Stats()
		if stats.Queued != 0 || len(stats.Pools) == 0 || (stats.MaxQueued > 0) != (config.File != "") {
			t.Errorf("%+v", stats)
		}
		for name, pool := range stats.Pools {
			if pool.MaxOpenConnections == 0 || pool.InUse != 0 {
				t.Errorf("%s: %+v", name, pool)
			}
		}
	})
}
