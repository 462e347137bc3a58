package store_test

import (
	"compress/gzip"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

// firstBackedUp is the version of the tables that the first backups have.
const firstBackedUp = 3

// unpacked is the backup of a version, made by a program of that version.
func unpacked(t *testing.T, version int) (backup, tombstones string) {
	t.Helper()
	kept := filepath.Join("testdata", "backups", fmt.Sprint(version))
	packed, err := os.Open(filepath.Join(kept, "backup.gz"))
	if err != nil {
		t.Fatalf("%v: a migration follows version %d, so keep one of its backups: go run ./endurance keep COMMIT, with the last commit of that version", err, version)
	}
	defer packed.Close()
	reader, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	backup = filepath.Join(t.TempDir(), "backup")
	file, err := os.OpenFile(backup, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(file, reader)
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	return backup, filepath.Join(kept, "tombstones")
}

// TestABackupOfEveryEarlierVersionIsVerifiedAndRestored needs a backup of each version that a
// migration has left behind; `go run ./endurance keep` makes it, with the program of that version.
func TestABackupOfEveryEarlierVersionIsVerifiedAndRestored(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		for version := firstBackedUp; version < max(store.NewestMigration(t), firstBackedUp+1); version++ {
			t.Run(fmt.Sprint(version), func(t *testing.T) {
				backup, tombstones := unpacked(t, version)
				held, err := store.VerifyBackup(t.Context(), backup)
				if want := (store.Summary{Vaults: 2, Records: 1, Counsellors: 1, Made: held.Made}); err != nil || held != want {
					t.Fatalf("verified: %+v, %v", held, err)
				}
				target := withJournal(t, storetest.Another(t, config))
				target.Now = func() time.Time { return held.Made.Add(time.Hour) }
				restored, err := store.Restore(t.Context(), store.Restoration{Backup: backup, Target: target, Tombstones: tombstones})
				if err != nil || restored != held {
					t.Fatalf("restored: %+v, %v", restored, err)
				}
				s := storetest.Open(t, target)
				if summary, err := s.Verify(t.Context()); err != nil || summary.Records != 1 {
					t.Errorf("afterwards: %+v, %v", summary, err)
				}
				keep(t, s, "written", "afterwards")
			})
		}
	})
}

// TestABackupWithoutOneOfItsTablesIsDamaged: a table that an older version did not have is another matter.
func TestABackupWithoutOneOfItsTablesIsDamaged(t *testing.T) {
	in := install(t, storetest.SQLite(t))
	in.person(t).save(t)
	backup := in.backUp(t)
	db, err := sql.Open("sqlite3", backup)
	if err == nil {
		_, err = db.ExecContext(t.Context(), "DROP TABLE check_days")
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := store.VerifyBackup(t.Context(), backup); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("verified: %v", err)
	}
}
