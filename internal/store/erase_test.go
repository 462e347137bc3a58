package store_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

// found says in which files of a SQLite database a text is.
func found(t *testing.T, config store.Config, text string) []string {
	t.Helper()
	var in []string
	for _, suffix := range []string{"", "-wal", "-shm"} {
		data, err := os.ReadFile(config.File + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(text)) {
			in = append(in, "predah.db"+suffix)
		}
	}
	return in
}

func TestAtTheNextTickNothingDeletedIsInAnyFile(t *testing.T) {
	needle := strings.Repeat("needle", 2000)
	config := storetest.SQLite(t)
	s := storetest.Open(t, config)
	keep(t, s, "name", needle)
	if err := s.Erase(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := s.States().Write(t.Context(), func(tx store.Tx) error { return tx.Exec("DELETE FROM state") })
	if err != nil {
		t.Fatal(err)
	}
	if len(found(t, config, "needleneedle")) == 0 {
		t.Fatal("it is gone before anything erased it: the test shows nothing")
	}

	ctx, end := context.WithCancel(t.Context())
	ticks := make(chan time.Time)
	var tending sync.WaitGroup
	tending.Go(func() { s.Tend(ctx, ticks, func(err error) { t.Error(err) }) })
	ticks <- time.Time{}
	ticks <- time.Time{} // taken only when the first is done
	end()
	tending.Wait()
	if in := found(t, config, "needleneedle"); len(in) != 0 {
		t.Errorf("it is still in %q", in)
	}
}

func TestAReaderInTheWayIsToldAndTheNextTickErases(t *testing.T) {
	config := storetest.SQLite(t)
	s := storetest.Open(t, config)
	keep(t, s, "name", "needle")
	err := s.States().Read(t.Context(), func(tx store.Tx) error {
		if _, err := tx.State("name"); err != nil {
			return err
		}
		keep(t, s, "name", "other")
		if err := s.Erase(t.Context()); err == nil {
			t.Error("it claims to have erased what a reader still reads")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Erase(t.Context()); err != nil {
		t.Error(err)
	}
	if in := found(t, config, "needle"); len(in) != 0 {
		t.Errorf("it is still in %q", in)
	}
}
