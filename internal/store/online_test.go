package store_test

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"predah/internal/process/postgres"
	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// TestABackupIsOneMomentWhileWritesGoOn: each writer saves a record to one vault and then to
// another, so that a backup of two moments would have more in the second than in the first.
func TestABackupIsOneMomentWhileWritesGoOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		in := install(t, config)
		ctx, end := context.WithCancel(t.Context())
		var writers sync.WaitGroup
		pairs := [2][2]*person{{in.person(t), in.person(t)}, {in.person(t), in.person(t)}}
		sealed := vaulttest.Record(t)
		written := make(chan struct{}, 20) // so much is written beside a backup that takes long
		for _, pair := range pairs {
			writers.Go(func() {
				for range 90 {
					for _, p := range pair {
						id := vault.RecordID(vaulttest.UUID(in.now))
						if _, err := in.vaults.PutRecord(t.Context(), p.session, id, sealed); err != nil {
							t.Error(err)
						}
					}
					select {
					case written <- struct{}{}:
					case <-ctx.Done():
						return
					}
				}
			})
		}
		var summaries []store.Summary
		for range 3 {
			for len(written) > 0 {
				<-written
			}
			for range len(pairs) + 1 { // each writer may have waited with what it had written before
				<-written
			}
			backup := in.backUp(t)
			summary, err := store.VerifyBackup(t.Context(), backup)
			if err != nil {
				t.Fatal(err)
			}
			summaries = append(summaries, summary)
			target := withNow(storetest.SQLite(t), in)
			if _, err := store.Restore(t.Context(), store.Restoration{Backup: backup, Target: target}); err != nil {
				t.Fatal(err)
			}
			out := storetest.Open(t, target)
			for _, pair := range pairs {
				first, second := records(t, out, pair[0].id), records(t, out, pair[1].id)
				if second > first || first > second+1 {
					t.Errorf("%d and %d records", first, second)
				}
			}
			if _, err := out.Verify(t.Context()); err != nil {
				t.Error(err)
			}
		}
		end()
		writers.Wait()
		if summaries[0].Records >= summaries[2].Records {
			t.Errorf("nothing was written meanwhile: %+v", summaries)
		}
	})
}

// records is how many records a vault says that it has.
func records(t *testing.T, s *store.Store, id vault.ID) (count int) {
	t.Helper()
	err := s.Vaults().Read(t.Context(), func(tx vault.Tx) error {
		v, err := tx.Vault(id)
		count = v.Records
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return count
}

// TestADumpOfPostgreSQLIsRestoredAsTheManualSays: with PostgreSQL's own programs, and then
// made right by a backup, as something was deleted since.
func TestADumpOfPostgreSQLIsRestoredAsTheManualSays(t *testing.T) {
	pgDump, dumpErr := postgres.Program("pg_dump")
	pgRestore, restoreErr := postgres.Program("pg_restore")
	if err := errors.Join(dumpErr, restoreErr); err != nil {
		t.Skipf("%v: the PostgreSQL that npm brings has no such program, PostgreSQL's client package has", err)
	}
	in := install(t, storetest.Postgres(t))
	kept, gone := in.person(t), in.person(t)
	kept.save(t)
	gone.save(t)
	dump := filepath.Join(t.TempDir(), "dump")
	runProgram(t, pgDump, "--format=custom", "--file="+dump, "--dbname="+in.config.Postgres)

	unchanged := in.config
	unchanged.Postgres = storetest.Postgres(t).Postgres
	runProgram(t, pgRestore, "--exit-on-error", "--single-transaction", "--no-owner", "--dbname="+unchanged.Postgres, dump)
	if summary, err := storetest.Open(t, unchanged).Verify(t.Context()); err != nil || summary.Vaults != 2 || summary.Records != 2 {
		t.Errorf("nothing was deleted since: %+v, %v", summary, err)
	}

	in.now = in.now.Add(time.Minute)
	if err := in.vaults.Delete(t.Context(), gone.session); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), unchanged); !errors.Is(err, store.ErrOlderDatabase) {
		t.Fatalf("a vault was deleted since, but: %v", err)
	}
	older := unchanged
	older.AcceptOlder = true
	backup := filepath.Join(t.TempDir(), "backup")
	if _, err := storetest.Open(t, older).Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	summary, err := store.Restore(t.Context(), store.Restoration{Backup: backup, Target: unchanged, Tombstones: in.config.Tombstones, Replace: true})
	if err != nil || summary.Vaults != 1 || summary.Records != 1 {
		t.Fatalf("made right: %+v, %v", summary, err)
	}
	if _, err := storetest.Open(t, unchanged).Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// runProgram runs one of PostgreSQL's programs.
func runProgram(t *testing.T, name string, arguments ...string) {
	t.Helper()
	if said, err := exec.CommandContext(t.Context(), name, arguments...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", name, err, said)
	}
}
