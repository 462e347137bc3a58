package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

// write tries to keep a value.
func write(t *testing.T, s *store.Store, name, value string) error {
	t.Helper()
	return s.States().Write(t.Context(), set(name, value))
}

// wantFault checks that an error is a fault and says nothing of rows.
func wantFault(t *testing.T, doing string, err error, want *store.Fault) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", doing, err, want)
	}
	if err != nil && strings.Contains(err.Error(), "value") {
		t.Errorf("%s: the error has a value: %v", doing, err)
	}
}

// TestWhileTheFileCannotBeWrittenNothingIsLostAndAfterwardsAllIsWell lets SQLite itself run
// into each fault, while a service goes on with the same connections.
func TestWhileTheFileCannotBeWrittenNothingIsLostAndAfterwardsAllIsWell(t *testing.T) {
	for name, test := range map[string]struct {
		break_, mend string // pragmas of the connection that writes
		want         *store.Fault
	}{
		"full":      {"max_page_count = 1", "max_page_count = 4294967294", store.ErrDiskFull},
		"read-only": {"query_only = on", "query_only = off", store.ErrReadOnly},
	} {
		t.Run(name, func(t *testing.T) {
			config := storetest.SQLite(t)
			s := storetest.Open(t, config)
			keep(t, s, "before", "kept")
			store.Pragma(t, s, test.break_)
			big := strings.Repeat("value", 20_000)
			for range 3 {
				wantFault(t, "write", write(t, s, "during", big), test.want)
			}
			if got := state(t, s, "before") + state(t, s, "during"); got != "kept" {
				t.Errorf("reads meanwhile: %d bytes", len(got))
			}
			if err := s.Ping(t.Context()); err != nil {
				t.Errorf("it can be read, but: %v", err)
			}
			store.Pragma(t, s, test.mend)
			if err := write(t, s, "during", big); err != nil {
				t.Errorf("mended, but: %v", err)
			}
			if got := state(t, storetest.Open(t, config), "before"); got != "kept" {
				t.Errorf("opened again: %q", got)
			}
		})
	}
}

func TestWhileAnotherProcessLocksTheFileWritesAreRefusedAndReadsGoOn(t *testing.T) {
	config := storetest.SQLite(t)
	s := storetest.Open(t, config)
	keep(t, s, "before", "kept")
	store.Pragma(t, s, "busy_timeout = 1")
	other := lock(t, config.File)
	wantFault(t, "write", write(t, s, "during", "value"), store.ErrLocked)
	if got := state(t, s, "before"); got != "kept" {
		t.Errorf("read %q", got)
	}
	if _, err := other.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	keep(t, s, "after", "kept")
}

// TestWritesToAFileThatIsGoneAreRefused: SQLite would go on writing to what has no name any
// more, and all of it would be gone after a restart.
func TestWritesToAFileThatIsGoneAreRefused(t *testing.T) {
	for _, suffix := range []string{"", "-wal"} {
		t.Run("predah.db"+suffix, func(t *testing.T) {
			config := storetest.SQLite(t)
			s := storetest.Open(t, config)
			keep(t, s, "before", "kept")
			file, aside := config.File+suffix, filepath.Join(t.TempDir(), "aside")
			if err := os.Rename(file, aside); err != nil {
				t.Fatal(err)
			}
			wantFault(t, "removed", write(t, s, "during", "value"), store.ErrFileReplaced)
			wantFault(t, "ping", s.Ping(t.Context()), store.ErrFileReplaced)
			if err := os.WriteFile(file, []byte("another file"), 0o600); err != nil {
				t.Fatal(err)
			}
			wantFault(t, "replaced", write(t, s, "during", "value"), store.ErrFileReplaced)
			if err := os.Rename(aside, file); err != nil {
				t.Fatal(err)
			}
			keep(t, s, "after", "kept")
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			again := storetest.Open(t, config)
			if got := state(t, again, "before") + state(t, again, "during") + state(t, again, "after"); got != "keptkept" {
				t.Errorf("opened again: %q", got)
			}
		})
	}
}

func TestAtStartOneLineSaysWhichFileCannotBeOpenedAndWhatToDo(t *testing.T) {
	text := []byte(strings.Repeat("This is no database. ", 1000))
	for name, test := range map[string]struct {
		prepare func(file string) error
		want    []string
	}{
		"garbage": {func(file string) error { return os.WriteFile(file, text, 0o600) }, []string{"predah.db: the file is damaged", "restore a backup"}},
		"no log":  {func(file string) error { return os.Mkdir(file+"-wal", 0o700) }, []string{"predah.db: the file, or its log", "read and write"}},
		"folder":  {func(file string) error { return os.Mkdir(file, 0o700) }, []string{"predah.db: is a directory"}},
		"locked":  {func(file string) error { lock(t, file); return nil }, []string{"predah.db: another process keeps the database locked", "end it"}},
	} {
		t.Run(name, func(t *testing.T) {
			config := storetest.SQLite(t)
			if err := errors.Join(os.Mkdir(filepath.Dir(config.File), 0o700), test.prepare(config.File)); err != nil {
				t.Fatal(err)
			}
			_, err := store.Open(t.Context(), config)
			if err == nil || strings.Contains(err.Error(), "\n") || slices.ContainsFunc(test.want, func(s string) bool { return !strings.Contains(err.Error(), s) }) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// lock lets another process begin to write to a file, and go on until it is told or the test ends.
func lock(t *testing.T, file string) *sql.DB {
	t.Helper()
	other, err := sql.Open("sqlite3", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	other.SetMaxOpenConns(1)
	if _, err := other.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	return other
}

// unlocking is a log handler that lets go of a lock as soon as somebody says that they wait.
type unlocking struct {
	slog.Handler
	lock *flock.Flock
	said *string
}

func (u unlocking) Handle(_ context.Context, record slog.Record) error {
	*u.said += record.Message + "\n"
	return u.lock.Unlock()
}

func TestAtStartOneLineSaysThatAnotherProcessPreparesTheDatabase(t *testing.T) {
	config := storetest.SQLite(t)
	if err := os.Mkdir(filepath.Dir(config.File), 0o700); err != nil {
		t.Fatal(err)
	}
	other, said := flock.New(config.File+".lock"), ""
	if locked, err := other.TryLock(); err != nil || !locked {
		t.Fatal(locked, err)
	}
	config.Logger = slog.New(unlocking{slog.NewTextHandler(io.Discard, nil), other, &said})
	config.Slow = time.Hour // nothing else is said
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s, err := store.Open(ctx, config)
	if err != nil || said != "another process prepares the database: waiting for it\nthe tables were brought up to date\n" {
		t.Fatalf("it says %q and ends with %v", said, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestDamagedPagesAreToldAndNotServed(t *testing.T) {
	in := install(t, storetest.SQLite(t))
	p := in.person(t)
	id, _ := p.save(t)
	whole := fileOf(t, in.config)
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	const page = 4096
	for at := page; at < len(whole); at += page { // all but the first, which has the tables' names
		copy(whole[at:], bytes.Repeat([]byte{0xff}, 64))
	}
	if err := os.WriteFile(in.config.File, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := store.Open(t.Context(), in.config)
	wantFault(t, "open", err, store.ErrDamagedFile)
	_ = id
}
