package store_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

// used opens a database for a use.
func used(t *testing.T, config store.Config, use store.Use) *store.Store {
	t.Helper()
	config.Use = use
	return storetest.Open(t, config)
}

// refusedAs opens a database for a use that somebody else does not allow now.
func refusedAs(t *testing.T, config store.Config, use store.Use, want error) {
	t.Helper()
	config.Use = use
	if s, err := store.Open(t.Context(), config); !errors.Is(err, want) {
		t.Errorf("got %v, want %v", errors.Join(err, closeIf(s)), want)
	}
}

func closeIf(s *store.Store) error {
	if s == nil {
		return nil
	}
	return s.Close()
}

func TestARestoreIsRefusedWhileAnyServiceUsesTheDatabase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		in := install(t, config)
		in.person(t).save(t)
		backup := in.backUp(t)
		one, other := used(t, config, store.Serving), used(t, config, store.Serving)
		restore := store.Restoration{Backup: backup, Target: withNow(config, in), Replace: true}
		for _, service := range []*store.Store{one, other} {
			if _, err := store.Restore(t.Context(), restore); !errors.Is(err, store.ErrServed) {
				t.Errorf("restored beside a service: %v", err)
			}
			if err := service.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := store.Restore(t.Context(), restore); err != nil {
			t.Errorf("without a service: %v", err)
		}
	})
}

func TestNoServiceStartsDuringARestore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		restoring := used(t, config, store.Alone)
		refusedAs(t, config, store.Serving, store.ErrRestoring)
		refusedAs(t, config, store.Alone, store.ErrServed)
		used(t, config, store.Beside) // to look at it
		if err := restoring.Close(); err != nil {
			t.Fatal(err)
		}
		used(t, config, store.Serving)
	})
}

// eventually waits for what another goroutine brings about.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for until := time.Now().Add(30 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("not %s in 30 s", what)
		}
	}
}

// locks counts the locks of the database that are held. To try to take it would be in the way of
// whoever takes it again.
func locks(t *testing.T, config store.Config) (held int) {
	t.Helper()
	connected, err := pgx.Connect(t.Context(), config.Postgres)
	if err != nil {
		t.Fatal(err)
	}
	defer connected.Close(t.Context())
	err = connected.QueryRow(t.Context(), `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`).Scan(&held)
	if err != nil {
		t.Fatal(err)
	}
	return held
}

// TestALockIsFreeOnceItIsReleased: the server is not asked to notice the end of a connection, so
// that what comes after a restore in a script finds nothing in its way.
func TestALockIsFreeOnceItIsReleased(t *testing.T) {
	config := storetest.Postgres(t)
	for range 20 {
		config.Use = store.Alone
		s, err := store.Open(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAServiceLocksTheDatabaseAgainAfterItsConnectionIsLost(t *testing.T) {
	direct := storetest.Postgres(t)
	p, config := through(t, direct, "")
	s := used(t, config, store.Serving)
	p.setDown(true)
	p.cut()
	eventually(t, "free", func() bool { return locks(t, direct) == 0 }) // the server has noticed
	p.setDown(false)
	eventually(t, "locked again", func() bool { return locks(t, direct) == 1 })
	refusedAs(t, direct, store.Alone, store.ErrServed)
	select {
	case <-s.Lost():
		t.Error("nobody has come between")
	default:
	}
}

func TestAServiceLearnsOfARestoreThatCameBetween(t *testing.T) {
	direct := storetest.Postgres(t)
	p, config := through(t, direct, "")
	s := used(t, config, store.Serving)
	p.setDown(true)
	p.cut()
	alone := direct
	alone.Use = store.Alone
	var restoring *store.Store
	eventually(t, "free", func() (free bool) {
		var err error
		restoring, err = store.Open(t.Context(), alone)
		return err == nil
	})
	defer restoring.Close()
	p.setDown(false)
	<-s.Lost()
}

func TestWhatCannotBeLockedSaysWhy(t *testing.T) {
	for _, name := range []string{"serving.lock", "predah.db.lock"} {
		config := storetest.SQLite(t)
		if err := os.MkdirAll(filepath.Join(filepath.Dir(config.File), name), 0o700); err != nil {
			t.Fatal(err)
		}
		config.Use = store.Serving
		_, err := store.Open(t.Context(), config)
		if err == nil || errors.Is(err, store.ErrRestoring) || !strings.Contains(err.Error(), name+": ") || !strings.Contains(err.Error(), "is a directory") {
			t.Errorf("%s is a folder: %v", name, err)
		}
	}
	for cause, want := range map[error]string{
		fs.ErrPermission: "made by another user, perhaps by a command run as root: give the folder to the user of the service (chown -R ",
		syscall.EROFS:    "the database can only be read", syscall.ENOSPC: "the disk of the database is full", syscall.ENOLCK: "no locks available",
	} {
		if got := store.Unlockable("data/serving.lock", &fs.PathError{Op: "open", Path: "data/serving.lock", Err: cause}).Error(); !strings.Contains(got, want) {
			t.Errorf("%v: %s", cause, got)
		}
	}
}
