package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

// withJournal is a database with a file of tombstones.
func withJournal(t *testing.T, config store.Config) store.Config {
	t.Helper()
	config.Tombstones = filepath.Join(t.TempDir(), "tombstones")
	return config
}

// journalOf reads the file of tombstones.
func journalOf(t *testing.T, config store.Config) string {
	t.Helper()
	lines, err := os.ReadFile(config.Tombstones)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(lines)
}

func TestATombstoneIsInItsFileOnceItIsCommittedAndOnlyThen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		config = withJournal(t, config)
		s := storetest.Open(t, config)
		err := s.States().Write(t.Context(), func(tx store.Tx) error {
			tx.Bury([32]byte{1}, time.Unix(11, 0))
			return errRefused
		})
		if got := journalOf(t, config); !errors.Is(err, errRefused) || got != "" {
			t.Errorf("%v; the file has %q", err, got)
		}
		for i := range byte(2) {
			err := s.States().Write(t.Context(), func(tx store.Tx) error {
				tx.Bury([32]byte{i}, time.Unix(1764000000, 0))
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		want := strings.Repeat("00", 32) + " 1764000000\n01" + strings.Repeat("00", 31) + " 1764000000\n"
		if got := journalOf(t, config); got != want {
			t.Errorf("the file has %q", got)
		}
	})
}
