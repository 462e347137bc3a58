package store_test

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

// withJournal is a database with a file of tombstones, which it may have already.
func withJournal(t *testing.T, config store.Config) store.Config {
	t.Helper()
	if config.Tombstones == "" {
		config.Tombstones = filepath.Join(t.TempDir(), "tombstones")
	}
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

func TestTombstonesAreForgottenAfterThirtyFiveDays(t *testing.T) {
	now := time.Unix(1764000000, 0)
	config := withJournal(t, storetest.SQLite(t))
	config.Now = func() time.Time { return now }
	s := storetest.Open(t, config)
	bury := func(mark byte) {
		err := s.States().Write(t.Context(), func(tx store.Tx) error {
			tx.Bury([32]byte{mark}, now)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	bury(1)
	now = now.Add(time.Second)
	bury(2)
	now = now.Add(35*24*time.Hour - time.Second)

	tick(t, s)
	if got := journalOf(t, config); got != "02"+strings.Repeat("00", 31)+" 1764000001\n" {
		t.Errorf("the file has %q", got)
	}
}

func TestALineThatAStoppedMachineLeftIsReplacedByWhatTheDatabaseKnows(t *testing.T) {
	in := install(t, storetest.SQLite(t))
	p := in.person(t)
	record, _ := p.save(t)
	if err := in.vaults.DeleteRecord(t.Context(), p.session, record); err != nil {
		t.Fatal(err)
	}
	whole := journalOf(t, in.config)
	if err := os.Truncate(in.config.Tombstones, int64(len(whole)-20)); err != nil {
		t.Fatal(err)
	}
	again := opened(t, in.config)
	if got := journalOf(t, in.config); got != whole {
		t.Errorf("the file has %q", got)
	}
	if err := os.Remove(in.config.Tombstones); err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	opened(t, in.config)
	if got := journalOf(t, in.config); got != whole {
		t.Errorf("a file that was lost has %q", got)
	}
}

// A machine that stops leaves zeros where a sector of the disk was not written, which lines that
// were written together may lie across.
func TestSectorsThatAStoppedMachineDidNotWriteAreReplacedByWhatTheDatabaseKnows(t *testing.T) {
	in := install(t, storetest.SQLite(t))
	p := in.person(t)
	for range 20 {
		record, _ := p.save(t)
		if err := in.vaults.DeleteRecord(t.Context(), p.session, record); err != nil {
			t.Fatal(err)
		}
	}
	whole := journalOf(t, in.config)
	const sector = 512
	for name, missing := range map[string]int{"one in the middle": 1, "the last": len(whole) / sector} {
		torn := []byte(whole)
		clear(torn[missing*sector : min((missing+1)*sector, len(torn))])
		if err := os.WriteFile(in.config.Tombstones, torn, 0o600); err != nil {
			t.Fatal(err)
		}
		again := opened(t, in.config) // which adds what the file lacks behind what is left
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
		var kept []string
		for line := range strings.Lines(journalOf(t, in.config)) {
			if !strings.Contains(line, "\x00") {
				kept = append(kept, line)
			}
		}
		slices.Sort(kept)
		if want := slices.Sorted(strings.Lines(whole)); !slices.Equal(kept, want) {
			t.Errorf("%s: the file has %d whole lines, want %d", name, len(kept), len(want))
		}
	}
}

func TestAJournalThatIsNoneIsRefused(t *testing.T) {
	in := install(t, storetest.SQLite(t))
	backup := in.backUp(t)
	for name, text := range map[string]string{
		"words": "not a line\n", "no moment": strings.Repeat("00", 32) + "\n", "a short hash": "00 1764000000\n", "a word for a moment": strings.Repeat("00", 32) + " now\n",
	} {
		file := filepath.Join(t.TempDir(), "tombstones")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := store.Restore(t.Context(), store.Restoration{Backup: backup, Target: storetest.SQLite(t), Tombstones: file})
		if err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAClockThatWasSetBackDoesNotMakeTheDatabaseLookOlder(t *testing.T) {
	in := install(t, storetest.SQLite(t))
	p := in.person(t)
	record, _ := p.save(t)
	for range 2 {
		if err := in.vaults.DeleteRecord(t.Context(), p.session, record); err != nil {
			t.Fatal(err)
		}
		in.now = in.now.Add(-time.Minute)
	}
	opened(t, in.config)
}

// opened is a database that was opened and compared with its journal, as a service does.
func opened(t *testing.T, config store.Config) *store.Store {
	t.Helper()
	s := storetest.Open(t, config)
	if err := s.CompareJournal(t.Context()); err != nil {
		t.Error(err)
	}
	return s
}

// bury puts up a tombstone in a write of its own.
func bury(ctx context.Context, s *store.Store, mark int) error {
	hash := [32]byte(binary.BigEndian.AppendUint64(make([]byte, 24), uint64(mark)))
	return s.States().Write(ctx, func(tx store.Tx) error {
		tx.Bury(hash, time.Unix(1764000000, 0))
		return nil
	})
}

func TestManyAtOnceInTwoProcessesLoseNoTombstone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		config = withJournal(t, config)
		stores := []*store.Store{storetest.Open(t, config), storetest.Open(t, config)}
		var deleting sync.WaitGroup
		for i := range 100 {
			deleting.Go(func() {
				if err := bury(t.Context(), stores[i%2], i); err != nil {
					t.Error(err)
				}
			})
		}
		deleting.Wait()
		if got := len(slices.Compact(sortedLines(journalOf(t, config)))); got != 101 { // one is empty, behind the last
			t.Errorf("%d lines", got)
		}
	})
}

func TestATombstoneThatCannotBeWrittenIsNoSuccessAndTheNextIsWritten(t *testing.T) {
	config := withJournal(t, storetest.SQLite(t))
	s := storetest.Open(t, config)
	if err := os.Mkdir(config.Tombstones, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := bury(t.Context(), s, 1); err == nil {
		t.Error("it claims to have written to a folder")
	}
	if err := os.Remove(config.Tombstones); err != nil {
		t.Fatal(err)
	}
	if err := bury(t.Context(), s, 1); err != nil {
		t.Error(err)
	}
}

// BenchmarkTombstones measures deletions by 50 callers at once.
func BenchmarkTombstones(b *testing.B) {
	config := storetest.SQLite(b)
	config.Tombstones = filepath.Join(b.TempDir(), "tombstones")
	s := storetest.Open(b, config)
	var callers sync.WaitGroup
	b.ResetTimer()
	for caller := range 50 {
		callers.Go(func() {
			for i := caller; i < b.N; i += 50 {
				if err := bury(b.Context(), s, i); err != nil {
					b.Error(err)
				}
			}
		})
	}
	callers.Wait()
}
