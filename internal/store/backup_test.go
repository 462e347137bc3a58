package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// installation is a database with a clock that stands still until it is moved.
type installation struct {
	*store.Store
	config store.Config
	vaults *vault.Service
	link   vault.LinkID
	now    time.Time
}

// install makes a database of its own.
func install(t *testing.T, config store.Config) *installation {
	t.Helper()
	in := &installation{link: vaulttest.Link(), now: time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)}
	config = withJournal(t, config)
	config.Now = func() time.Time { return in.now }
	in.config, in.Store = config, storetest.Open(t, config)
	links := vaulttest.Links{Store: in.Vaults(), Lead: map[vault.LinkID]vault.Recipient{
		in.link: {Counsellor: "0198a2b4-0000-7000-8000-000000000001", Fingerprint: "aaaaaaaaaaaaaaaaaaaa", Name: "Ana", Organisation: "Center"},
	}}
	in.vaults = vault.New(vault.Config{Store: links, Now: config.Now, Limits: vault.DefaultLimits()})
	return in
}

// person is who has a vault.
type person struct {
	*installation
	id      vault.ID
	auth    vault.Auth
	session vault.Session
}

// person makes a vault.
func (in *installation) person(t *testing.T) *person {
	t.Helper()
	p := &person{installation: in, auth: vaulttest.Auth()}
	p.id = p.auth.ID()
	p.open(t)
	return p
}

// open makes the vault if there is none, and opens it.
func (p *person) open(t *testing.T) {
	t.Helper()
	_, _, err := p.vaults.Create(t.Context(), p.id, p.auth)
	if err == nil {
		p.session, err = p.vaults.Authenticate(t.Context(), p.id, p.auth)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// save keeps a record and returns its id and bytes.
func (p *person) save(t *testing.T) (vault.RecordID, []byte) {
	t.Helper()
	id, sealed := vault.RecordID(vaulttest.UUID(p.now)), vaulttest.Record(t)
	if _, err := p.vaults.PutRecord(t.Context(), p.session, id, sealed); err != nil {
		t.Fatal(err)
	}
	return id, sealed
}

// share makes a grant and returns its id and bytes.
func (p *person) share(t *testing.T) (vault.GrantID, []byte) {
	t.Helper()
	id, sealed := vault.GrantID(vaulttest.UUID(p.now)), vaulttest.Grant(t)
	_, err := p.vaults.PutGrant(t.Context(), p.session, vault.NewGrant{ID: id, Link: p.link, Sealed: sealed})
	if err != nil {
		t.Fatal(err)
	}
	return id, sealed
}

// backUp writes a backup.
func (in *installation) backUp(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "predah.backup")
	if _, err := in.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	return file
}

// restored restores a backup to an empty database, with a copy of the tombstones.
func (in *installation) restored(t *testing.T, backup string, target store.Config) (*installation, store.Summary) {
	t.Helper()
	target = withJournal(t, target)
	summary, err := store.Restore(t.Context(), store.Restoration{Backup: backup, Target: withNow(target, in), Tombstones: in.config.Tombstones})
	if err != nil {
		t.Fatal(err)
	}
	out := install(t, target)
	out.now = in.now
	return out, summary
}

func withNow(config store.Config, in *installation) store.Config {
	config.Now = func() time.Time { return in.now }
	return config
}

func TestAttack15NothingDeletedOrRevokedComesBackFromABackup(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		in := install(t, config)
		kept, emptied, gone, again := in.person(t), in.person(t), in.person(t), in.person(t)
		keptRecord, keptBytes := kept.save(t)
		deletedRecord, deletedBytes := kept.save(t)
		emptiedRecord, _ := emptied.save(t)
		gone.save(t)
		again.save(t)
		_, revokedBytes := kept.share(t)
		revoked, sharedBytes := kept.share(t)
		in.now = in.now.Add(time.Hour)
		backup := in.backUp(t)

		data, err := os.ReadFile(backup)
		if err != nil {
			t.Fatal(err)
		}
		for name, sealed := range map[string][]byte{"a grant": sharedBytes, "another grant": revokedBytes} {
			if bytes.Contains(data, sealed[200:232]) {
				t.Errorf("the backup has %s", name)
			}
		}
		if !bytes.Contains(data, keptBytes[200:232]) || !bytes.Contains(data, deletedBytes[200:232]) {
			t.Error("the backup lacks a record: the test shows nothing")
		}

		in.now = in.now.Add(time.Hour)
		for _, err := range []error{
			in.vaults.DeleteGrant(t.Context(), kept.session, revoked),
			in.vaults.DeleteRecord(t.Context(), kept.session, deletedRecord),
			in.vaults.DeleteRecord(t.Context(), emptied.session, emptiedRecord),
			in.vaults.Delete(t.Context(), gone.session),
			in.vaults.Delete(t.Context(), again.session),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		in.now = in.now.Add(time.Hour)
		again.open(t) // the same code makes a new vault, which is in no backup
		if summary, err := in.Verify(t.Context()); err != nil || summary.Vaults != 3 || summary.Records != 1 {
			t.Errorf("before restoring: %+v, %v", summary, err)
		}

		out, summary := in.restored(t, backup, storetest.SQLite(t))
		if want := (store.Summary{Vaults: 2, Records: 1, Made: summary.Made, Dropped: 6}); summary != want {
			t.Errorf("restored %+v", summary)
		}
		if _, err := out.Verify(t.Context()); err != nil {
			t.Error(err)
		}
		session, err := out.vaults.Authenticate(t.Context(), kept.id, kept.auth)
		if err != nil {
			t.Fatal(err)
		}
		if sealed, err := out.vaults.Record(t.Context(), session, keptRecord); err != nil || !bytes.Equal(sealed, keptBytes) {
			t.Errorf("what was kept is not back: %v", err)
		}
		if _, err := out.vaults.Record(t.Context(), session, deletedRecord); !errors.Is(err, vault.ErrNotFound) {
			t.Errorf("a deleted record: %v", err)
		}
		if grants, err := out.vaults.Grants(t.Context(), session); err != nil || len(grants) != 0 {
			t.Errorf("%d grants are back: %v", len(grants), err)
		}
		for name, p := range map[string]*person{"a deleted vault": gone, "a vault made again": again} {
			if _, err := out.vaults.Authenticate(t.Context(), p.id, p.auth); err == nil {
				t.Errorf("%s is back", name)
			}
		}
		// Late writes find the tombstones, as they would have before.
		if _, err := out.vaults.PutRecord(t.Context(), session, deletedRecord, deletedBytes); !errors.Is(err, vault.ErrDeleted) {
			t.Errorf("a late PUT of a deleted record: %v", err)
		}
		_, err = out.vaults.PutGrant(t.Context(), session, vault.NewGrant{ID: revoked, Link: out.link, Sealed: sharedBytes})
		if !errors.Is(err, vault.ErrDeleted) {
			t.Errorf("a late PUT of a revoked grant: %v", err)
		}
		if diff := cmp.Diff(sortedLines(journalOf(t, in.config)), sortedLines(journalOf(t, out.config))); diff != "" {
			t.Errorf("the file of tombstones (-before +after restoring):\n%s", diff)
		}
		// A second backup, of what was restored, can be restored too.
		if _, second := out.restored(t, out.backUp(t), storetest.SQLite(t)); second.Vaults != 2 || second.Dropped != 0 {
			t.Errorf("restored again: %+v", second)
		}
	})
}

// sortedLines are the lines of a text, each once.
func sortedLines(text string) []string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return slices.Compact(lines)
}

// A clock that is set back must not let the vault seem younger than its end.
func TestAVaultThatWasDeletedInTheSecondItWasMadeStaysDeleted(t *testing.T) {
	for name, passes := range map[string]time.Duration{"at once": 0, "after the clock was set back": -time.Hour} {
		t.Run(name, func(t *testing.T) {
			in := install(t, storetest.SQLite(t))
			p := in.person(t)
			p.save(t)
			backup := in.backUp(t)
			in.now = in.now.Add(passes)
			if err := in.vaults.Delete(t.Context(), p.session); err != nil {
				t.Fatal(err)
			}
			if _, summary := in.restored(t, backup, storetest.SQLite(t)); summary.Vaults != 0 {
				t.Errorf("restored %+v", summary)
			}
		})
	}
}

// TestASecondDeletionIsToldFromTheFirstAlsoAfterTheClockWasSetBack: the backup lies between
// two deletions of one vault, and has the tombstone of the first, which looks later.
func TestASecondDeletionIsToldFromTheFirstAlsoAfterTheClockWasSetBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		in := install(t, config)
		p := in.person(t)
		p.save(t)
		if err := in.vaults.Delete(t.Context(), p.session); err != nil {
			t.Fatal(err)
		}
		p.open(t)
		p.save(t)
		backup := in.backUp(t)
		in.now = in.now.Add(-30 * time.Minute)
		if err := in.vaults.Delete(t.Context(), p.session); err != nil {
			t.Fatal(err)
		}
		if _, summary := in.restored(t, backup, storetest.SQLite(t)); summary.Vaults != 0 || summary.Records != 0 {
			t.Errorf("restored %+v", summary)
		}
	})
}

func TestAVaultThatWasDeletedAndMadeAgainBeforeTheBackupComesBack(t *testing.T) {
	in := install(t, storetest.SQLite(t))
	p := in.person(t)
	p.save(t)
	in.now = in.now.Add(time.Minute)
	if err := in.vaults.Delete(t.Context(), p.session); err != nil {
		t.Fatal(err)
	}
	in.now = in.now.Add(time.Minute)
	p.open(t)
	p.save(t)
	if _, summary := in.restored(t, in.backUp(t), storetest.SQLite(t)); summary.Vaults != 1 || summary.Records != 1 {
		t.Errorf("restored %+v", summary)
	}
}

func TestARestoreNeedsTheTombstonesAndAnEmptyDatabase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, target store.Config) {
		in := install(t, storetest.SQLite(t))
		p := in.person(t)
		p.save(t)
		backup := in.backUp(t)
		in.now = in.now.Add(time.Minute)
		if err := in.vaults.Delete(t.Context(), p.session); err != nil {
			t.Fatal(err)
		}
		target = withNow(withJournal(t, target), in)
		restoration := store.Restoration{Backup: backup, Target: target, Tombstones: filepath.Join(t.TempDir(), "none")}
		if _, err := store.Restore(t.Context(), restoration); !errors.Is(err, store.ErrNoTombstones) {
			t.Errorf("without the file: %v", err)
		}
		restoration.Tombstones = ""
		if summary, err := store.Restore(t.Context(), restoration); err != nil || summary.Vaults != 1 {
			t.Errorf("told to do without the file: %+v, %v", summary, err)
		}
		restoration.Tombstones = in.config.Tombstones
		if _, err := store.Restore(t.Context(), restoration); !errors.Is(err, store.ErrNotEmpty) {
			t.Errorf("to a database with a vault: %v", err)
		}
		restoration.Replace = true
		if summary, err := store.Restore(t.Context(), restoration); err != nil || summary.Vaults != 0 {
			t.Errorf("replacing: %+v, %v", summary, err)
		}
		// What the target knows to be deleted stays so without the file.
		restoration.Tombstones = ""
		if summary, err := store.Restore(t.Context(), restoration); err != nil || summary.Vaults != 0 {
			t.Errorf("replacing without the file: %+v, %v", summary, err)
		}
	})
}

func TestADamagedOrForeignFileIsNotRestored(t *testing.T) {
	in := install(t, storetest.SQLite(t))
	p := in.person(t)
	_, sealed := p.save(t)
	backup := in.backUp(t)
	whole, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	if summary, err := store.VerifyBackup(t.Context(), backup); err != nil || summary.Records != 1 || !summary.Made.Equal(in.now) {
		t.Fatalf("%+v, %v", summary, err)
	}
	altered := bytes.Replace(whole, sealed[300:332], sealed[301:333], 1)
	for name, test := range map[string]struct {
		data []byte
		want error
	}{
		"a byte of a record":     {altered, store.ErrDamaged},
		"cut off":                {whole[:len(whole)/2], store.ErrNotBackup},
		"empty":                  {nil, store.ErrNotBackup},
		"text":                   {[]byte(strings.Repeat("text ", 2000)), store.ErrNotBackup},
		"a database that serves": {fileOf(t, in.config), store.ErrNotBackup},
	} {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, test.data, 0o600); err != nil {
			t.Fatal(err)
		}
		target := withNow(storetest.SQLite(t), in)
		_, err := store.Restore(t.Context(), store.Restoration{Backup: file, Target: target})
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(target.File); err == nil {
			t.Errorf("%s: a database was made", name)
		}
	}
}

// fileOf is the SQLite file after everything in its log has moved there.
func fileOf(t *testing.T, config store.Config) []byte {
	t.Helper()
	opened := storetest.Open(t, config)
	if err := errors.Join(opened.Erase(t.Context()), opened.Close()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(config.File)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestVerifyFindsWhatIsNotWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		in := install(t, config)
		p := in.person(t)
		record, _ := p.save(t)
		for name, damage := range map[string]func(vault.Tx) error{
			"a counter": func(tx vault.Tx) error {
				v, err := tx.Vault(p.id)
				v.Records++
				return errors.Join(err, tx.SaveContents(v))
			},
			"a record that was deleted": func(tx vault.Tx) error {
				return tx.AddTombstone(vault.RecordTombstone(p.id, record), in.now)
			},
		} {
			if err := in.Vaults().Write(t.Context(), damage); err != nil {
				t.Fatal(err)
			}
			if _, err := in.Verify(t.Context()); err == nil {
				t.Errorf("%s is not found", name)
			}
			undo := func(tx store.Tx) error {
				return errors.Join(tx.Exec("UPDATE vaults SET records = 1"), tx.Exec("DELETE FROM tombstones"))
			}
			if err := in.States().Write(t.Context(), undo); err != nil {
				t.Fatal(err)
			}
			if _, err := in.Verify(t.Context()); err != nil {
				t.Errorf("%s is still found: %v", name, err)
			}
		}
	})
}

func TestABackupDoesNotReplaceAFile(t *testing.T) {
	in := install(t, storetest.SQLite(t))
	backup := in.backUp(t)
	if _, err := in.Backup(t.Context(), backup); !errors.Is(err, store.ErrFileExists) {
		t.Errorf("got %v", err)
	}
	info, err := os.Stat(backup)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %o, %v", info.Mode().Perm(), err)
	}
	beside, err := os.ReadDir(filepath.Dir(backup))
	if err != nil || len(beside) != 1 {
		t.Errorf("%d files are left: %v", len(beside), err)
	}
}

func TestABackupThatWasCopiedByHandIsNotOpened(t *testing.T) {
	in := install(t, storetest.SQLite(t))
	in.person(t)
	copied := storetest.SQLite(t)
	if err := os.MkdirAll(filepath.Dir(copied.File), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(in.backUp(t), copied.File); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), copied); !errors.Is(err, store.ErrIsBackup) {
		t.Errorf("got %v", err)
	}
}

// TestAttack16AnOlderCopyOfTheDatabaseIsNotServed: somebody copies the file itself, and puts
// the copy back after a vault and a record were deleted.
func TestAttack16AnOlderCopyOfTheDatabaseIsNotServed(t *testing.T) {
	in := install(t, storetest.SQLite(t))
	kept, gone := in.person(t), in.person(t)
	record, _ := kept.save(t)
	gone.save(t)
	copied := fileOf(t, in.config)
	in.now = in.now.Add(time.Hour)
	if err := errors.Join(in.vaults.DeleteRecord(t.Context(), kept.session, record), in.vaults.Delete(t.Context(), gone.session)); err != nil {
		t.Fatal(err)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(in.config.File, copied, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), in.config); !errors.Is(err, store.ErrOlderDatabase) {
		t.Fatalf("an older copy was opened: %v", err)
	}

	older := in.config
	older.AcceptOlder = true
	backup := filepath.Join(t.TempDir(), "backup")
	if _, err := storetest.Open(t, older).Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	restoration := store.Restoration{Backup: backup, Target: in.config, Tombstones: in.config.Tombstones, Replace: true}
	if summary, err := store.Restore(t.Context(), restoration); err != nil || summary.Vaults != 1 || summary.Records != 0 {
		t.Fatalf("mended: %+v, %v", summary, err)
	}
	if _, err := storetest.Open(t, in.config).Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestEveryTableIsBackedUpOrLeftOutOnPurpose fails when somebody adds a table and does not
// say in tables.go which of the two it is.
func TestEveryTableIsBackedUpOrLeftOutOnPurpose(t *testing.T) {
	config := storetest.SQLite(t)
	storetest.Open(t, config)
	db, err := sql.Open("sqlite3", config.File)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'goose_db_version' ORDER BY name")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var tables []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(tables, store.PlannedTables()); diff != "" {
		t.Errorf("(-database +tables.go):\n%s", diff)
	}
}

func TestAttack16ABackupOlderThanItsTombstonesIsRefused(t *testing.T) {
	in := install(t, storetest.SQLite(t))
	p := in.person(t)
	record, _ := p.save(t)
	backup := in.backUp(t)
	if err := in.vaults.DeleteRecord(t.Context(), p.session, record); err != nil {
		t.Fatal(err)
	}
	restore := func(tombstones string) error {
		_, err := store.Restore(t.Context(), store.Restoration{
			Backup: backup, Target: withNow(storetest.SQLite(t), in), Tombstones: tombstones,
		})
		return err
	}
	in.now = in.now.Add(store.TombstoneAge)
	if err := restore(in.config.Tombstones); err != nil {
		t.Errorf("a backup as old as the oldest tombstone: %v", err)
	}
	in.now = in.now.Add(time.Second)
	if err := restore(in.config.Tombstones); !errors.Is(err, store.ErrOldBackup) {
		t.Errorf("a backup older than the oldest tombstone: %v", err)
	}
	if err := restore(""); err != nil {
		t.Errorf("restored knowingly without tombstones: %v", err)
	}
}
