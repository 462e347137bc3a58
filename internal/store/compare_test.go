package store_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
)

// buried puts tombstones up that are a second old, two seconds and so on, and returns their lines,
// the oldest first.
func buried(t *testing.T, in *installation, count int) (lines []string) {
	t.Helper()
	err := in.Vaults().Write(t.Context(), func(tx vault.Tx) error {
		lines = nil
		for i := range count {
			stone := vault.Tombstone{byte(i), byte(i >> 8), 1} // not in the order of time
			at := in.now.Add(time.Duration(i-count) * time.Second)
			lines = append(lines, fmt.Sprintf("%s %d\n", hex.EncodeToString(stone[:]), at.Unix()))
			if err := tx.AddTombstone(stone, at); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// note writes the file of tombstones.
func note(t *testing.T, in *installation, lines ...string) {
	t.Helper()
	if err := os.WriteFile(in.config.Tombstones, []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
}

// reading is a log handler that counts the rows of tombstones that were read.
type reading struct {
	mu   sync.Mutex
	rows int64
	all  []string // statements that go through the whole table
}

func (*reading) Enabled(context.Context, slog.Level) bool { return true }
func (r *reading) WithAttrs([]slog.Attr) slog.Handler     { return r }
func (r *reading) WithGroup(string) slog.Handler          { return r }

func (r *reading) Handle(_ context.Context, record slog.Record) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var sql string
	var rows int64
	record.Attrs(func(a slog.Attr) bool {
		switch a.Key {
		case "sql":
			sql = a.Value.String()
		case "rows":
			rows = a.Value.Int64()
		}
		return true
	})
	if strings.Contains(sql, "tombstones") {
		r.rows += rows
		if strings.Contains(sql, "count(") {
			r.all = append(r.all, sql)
		}
	}
	return nil
}

// The first line of the file can't be read: a start that reads all of it fails.
func TestAStartReadsTheLastTombstonesOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		in := install(t, config)
		in.person(t)
		note(t, in, append([]string{"not a line\n"}, buried(t, in, 4000)...)...)
		read := &reading{}
		again := in.config
		again.Logger, again.Slow = slog.New(read), time.Nanosecond
		s := storetest.Open(t, again)
		if read.rows == 0 || read.rows > 1000 || len(read.all) > 0 {
			t.Errorf("%d of 4000 rows were read, and counted by %q", read.rows, read.all)
		}
		if err := s.CompareJournal(t.Context()); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("afterwards all of it is read: %v", err)
		}
	})
}

// TestAttack16AnOlderCopyIsFoundBehindItsJournalsEnd: the journal ends with so many deletions that
// the older copy knows that the start does not come to the one that it lacks.
func TestAttack16AnOlderCopyIsFoundBehindItsJournalsEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		in := install(t, config)
		in.person(t)
		known := buried(t, in, 1000)
		lacked := strings.Repeat("ab", 32) + fmt.Sprintf(" %d\n", in.now.Unix())
		note(t, in, append([]string{lacked}, known...)...)
		s := storetest.Open(t, in.config)
		if err := s.CompareJournal(t.Context()); !errors.Is(err, store.ErrOlderDatabase) {
			t.Errorf("compared: %v", err)
		}
		note(t, in, append(known, lacked)...)
		if _, err := store.Open(t.Context(), in.config); !errors.Is(err, store.ErrOlderDatabase) {
			t.Errorf("at the end of the journal: %v", err)
		}
	})
}

// A journal that was lost is written in the order of hashes, which says nothing of time: it ends
// with the latest deletions all the same, since a start looks at its end.
func TestAJournalThatLackedManyEndsWithTheLatest(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		in := install(t, config)
		in.person(t)
		known := buried(t, in, 700)
		note(t, in)
		s := storetest.Open(t, in.config)
		if err := s.CompareJournal(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := slices.Collect(strings.Lines(journalOf(t, in.config)))
		if len(got) != 1200 || !slices.Equal(got[700:], known[200:]) {
			t.Errorf("%d lines, which do not end with the 500 latest", len(got))
		}
		slices.Sort(known)
		if !slices.Equal(slices.Sorted(slices.Values(got[:700])), known) {
			t.Error("others were added than were lacking")
		}
		if err := s.CompareJournal(t.Context()); err != nil || len(journalOf(t, in.config)) != len(strings.Join(got, "")) {
			t.Errorf("compared again, it changed: %v", err)
		}
	})
}
