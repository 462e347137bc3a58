package store_test

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

var errRefused = errors.New("refused")

// state reads what is kept under the name.
func state(t *testing.T, s *store.Store, name string) string {
	t.Helper()
	var value string
	err := s.States().Read(t.Context(), func(tx store.Tx) (err error) {
		value, err = tx.State(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// keep writes a value.
func keep(t *testing.T, s *store.Store, name, value string) {
	t.Helper()
	if err := s.States().Write(t.Context(), func(tx store.Tx) error { return tx.SetState(name, value) }); err != nil {
		t.Fatal(err)
	}
}

func TestAWriteIsKeptOrDidNotHappen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		s := storetest.Open(t, config)
		keep(t, s, "name", "kept")
		err := s.States().Write(t.Context(), func(tx store.Tx) error {
			return errors.Join(tx.SetState("name", "lost"), errRefused)
		})
		if !errors.Is(err, errRefused) {
			t.Errorf("got %v", err)
		}
		func() {
			defer func() {
				if recover() != "stop" {
					t.Error("the panic did not reach its caller")
				}
			}()
			_ = s.States().Write(t.Context(), func(tx store.Tx) error {
				if err := tx.SetState("name", "lost"); err != nil {
					t.Error(err)
				}
				panic("stop")
			})
		}()
		if got := state(t, s, "name"); got != "kept" {
			t.Errorf("got %q", got)
		}
		if got := state(t, storetest.Open(t, config), "name"); got != "kept" {
			t.Errorf("opened again: %q", got)
		}
	})
}

func TestAReadSeesOneMomentAndWritesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		s := storetest.Open(t, config)
		keep(t, s, "name", "before")
		err := s.States().Read(t.Context(), func(tx store.Tx) error {
			first, err := tx.State("name")
			if err != nil {
				return err
			}
			keep(t, s, "name", "after")
			second, err := tx.State("name")
			if first != "before" || second != "before" {
				t.Errorf("read %q, then %q", first, second)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if err := s.States().Read(t.Context(), func(tx store.Tx) error { return tx.SetState("name", "written") }); err == nil {
			t.Error("a read wrote")
		}
		if got := state(t, s, "name"); got != "after" {
			t.Errorf("got %q", got)
		}
	})
}

// TestWritesHaveTheEffectOfOneAfterTheOther counts in two processes' worth of stores at once.
// Without serialisable transactions counts get lost.
func TestWritesHaveTheEffectOfOneAfterTheOther(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		const writers, rounds = 8, 10
		keep(t, storetest.Open(t, config), "count", "0")
		stores := []*store.Store{storetest.Open(t, config), storetest.Open(t, config)}
		var running sync.WaitGroup
		for i := range writers {
			running.Go(func() {
				for range rounds {
					err := stores[i%2].States().Write(t.Context(), func(tx store.Tx) error {
						text, err := tx.State("count")
						if err != nil {
							return err
						}
						count, err := strconv.Atoi(text)
						return errors.Join(err, tx.SetState("count", strconv.Itoa(count+1)))
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		running.Wait()
		if got := state(t, stores[0], "count"); got != strconv.Itoa(writers*rounds) {
			t.Errorf("counted to %s", got)
		}
	})
}

func TestNoErrorAndNoLogHasAValue(t *testing.T) {
	const canary = "c4n4ry"
	storetest.Each(t, func(t *testing.T, config store.Config) {
		var log bytes.Buffer
		config.Logger = slog.New(slog.NewTextHandler(&log, nil))
		s := storetest.Open(t, config)
		err := s.States().Write(t.Context(), func(tx store.Tx) error {
			return tx.Exec("INSERT INTO state (name, value) VALUES (?, ?), (?, CAST(CAST(? AS TEXT) AS BIGINT) / 0, 1)", canary, canary, canary, canary)
		})
		if err == nil || strings.Contains(err.Error(), canary) {
			t.Errorf("the error is %v", err)
		}
		err = s.States().Write(t.Context(), func(tx store.Tx) error { return tx.Exec("SELECT CAST(CAST(? AS TEXT) AS BIGINT)", canary) })
		if err != nil && strings.Contains(err.Error(), canary) {
			t.Errorf("the error is %v", err)
		}
		if said := log.String(); !strings.Contains(said, "INSERT INTO state") || strings.Contains(said, canary) {
			t.Errorf("the log is %s", said)
		}
	})
}

func TestTheAddressOfADatabaseIsInNoError(t *testing.T) {
	for _, address := range []string{
		"postgres://canary:canary@127.0.0.1:1/canary?connect_timeout=5", "postgres://canary:canary@127.0.0.1:canary/canary", "canary",
	} {
		_, err := store.Open(t.Context(), store.Config{Postgres: address})
		if err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("got %v", err)
		}
	}
}

func TestSQLiteIsRefusedWhenItDoesNotOverwriteWhatIsDeleted(t *testing.T) {
	err := store.CheckPromisesOfDefaults(t.Context(), t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "would not be safe") {
		t.Errorf("got %v", err)
	}
}

func TestTheFilesOfSQLiteAreForTheirUserAlone(t *testing.T) {
	config := storetest.SQLite(t)
	if err := os.Mkdir(filepath.Dir(config.File), 0o755); err != nil {
		t.Fatal(err)
	}
	keep(t, storetest.Open(t, config), "name", "value")
	for path, want := range map[string]os.FileMode{
		filepath.Dir(config.File): 0o700, config.File: 0o600, config.File + "-wal": 0o600, config.File + "-shm": 0o600,
	} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o", path, got)
		}
	}
}
