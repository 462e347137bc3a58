package store_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
)

// found says in which files of a SQLite database a text is.
func found(t *testing.T, config store.Config, text string) []string {
	t.Helper()
	return storetest.Holding(t, config, []byte(text))
}

// tick lets the store do once what it does from time to time.
func tick(t *testing.T, s *store.Store) {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	defer end()
	ticks := make(chan time.Time)
	var tending sync.WaitGroup
	tending.Go(func() {
		s.Tend(ctx, ticks, func(err error) {
			if err != nil {
				t.Error(err)
			}
		})
	})
	ticks <- time.Time{} // taken only when the round at the start is done
	end()
	tending.Wait()
}

func TestAttack14AfterATickNothingOfADeletedGrantIsOnDisk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		in := install(t, config)
		p := in.person(t)
		var grants []vault.GrantID
		var needles [][]byte
		for range 3 {
			id, sealed := p.share(t)
			grants, needles = append(grants, id), append(needles, sealed[300:348])
		}
		tick(t, in.Store)
		for i, needle := range needles {
			if len(storetest.Holding(t, in.config, needle)) == 0 {
				t.Fatalf("grant %d is in no file before it is deleted: the test shows nothing", i)
			}
		}
		for _, id := range grants {
			if err := in.vaults.DeleteGrant(t.Context(), p.session, id); err != nil {
				t.Fatal(err)
			}
		}
		tick(t, in.Store)
		for i, needle := range needles {
			if in := storetest.Holding(t, in.config, needle); len(in) != 0 {
				t.Errorf("grant %d is still in %q", i, in)
			}
		}
	})
}

// TestAttack14TheDriversDefaultsWouldKeepWhatIsDeleted shows that the test above can fail.
func TestAttack14TheDriversDefaultsWouldKeepWhatIsDeleted(t *testing.T) {
	config := storetest.SQLite(t)
	config.File = filepath.Join(t.TempDir(), "defaults.db")
	db, err := sql.Open("sqlite3", "file:"+config.File+"?_journal_mode=WAL")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{
		"CREATE TABLE grants (id INTEGER PRIMARY KEY, sealed BLOB)",
		"INSERT INTO grants (sealed) VALUES (CAST('" + strings.Repeat("needle", 500) + "' AS BLOB))",
		"DELETE FROM grants", "PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if len(found(t, config, "needleneedle")) == 0 {
		t.Error("SQLite overwrites by default what is deleted: the pragma is not needed any more")
	}
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

	tick(t, s)
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
