package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/store/storetest"
)

// TestAttack15NoDisabledAccountOrLinkThatIsOffComesBackFromABackup: one counsellor goes on
// with a link that is on and one that is off, one is disabled, one lost the password.
func TestAttack15NoDisabledAccountOrLinkThatIsOffComesBackFromABackup(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		config = withJournal(t, config)
		clock, pepper := accounttest.NewClock(), secrets.Pepper{}
		config.Now = clock.Now
		house := accounttest.Open(storetest.Open(t, config), pepper, clock)
		goesOn, disabled, lost := house.Join(t, "goes-on@primer.si"), house.Join(t, "disabled@primer.si"), house.Join(t, "lost@primer.si")
		caller := house.SignIn(t, goesOn).Caller
		on, _ := house.Share(t, caller)
		off, _ := house.Share(t, caller)
		if _, err := house.Service.Invite(t.Context(), "invited@primer.si", "Ivo", "Center"); err != nil {
			t.Fatal(err)
		}
		clock.Move(time.Hour)
		backup, data := backUp(t, house.Store)
		if bytes.Contains(data, []byte("invited@primer.si")) || !bytes.Contains(data, []byte(goesOn.Email)) {
			t.Error("the backup has an invitation, or lacks an account")
		}

		clock.Move(time.Hour)
		caller = house.SignIn(t, goesOn).Caller
		if err := errors.Join(house.Service.Disable(t.Context(), disabled.Email), house.Service.SwitchOff(t.Context(), caller, off.ID)); err != nil {
			t.Fatal(err)
		}
		house.Join(t, lost.Email) // a new invitation, accepted with a new key

		target := withJournal(t, storetest.SQLite(t))
		target.Now = clock.Now
		summary, err := store.Restore(t.Context(), store.Restoration{Backup: backup, Target: target, Tombstones: config.Tombstones})
		if err != nil || summary.Counsellors != 1 {
			t.Fatalf("restored %+v, %v", summary, err)
		}
		clock.Move(time.Minute) // no code that may have been used by then is taken
		out := accounttest.Open(storetest.Open(t, target), pepper, clock)
		for name, c := range map[string]*accounttest.Counsellor{"disabled": disabled, "with a lost password": lost} {
			if _, err := out.Service.SignIn(t.Context(), c.Email, out.Proof(t, c)); err == nil {
				t.Errorf("the account %s is back", name)
			}
		}
		if _, err := out.Service.PublicCard(t.Context(), on.ID); err != nil {
			t.Errorf("a link that was on: %v", err)
		}
		if _, err := out.Service.PublicCard(t.Context(), off.ID); !errors.Is(err, account.ErrNotFound) {
			t.Errorf("a link that was off: %v", err)
		}
		signedIn := out.SignIn(t, goesOn)
		if sessions, err := out.Service.Sessions(t.Context(), signedIn.Caller); err != nil || len(sessions) != 1 {
			t.Errorf("%d sessions, %v", len(sessions), err)
		}
	})
}

// TestAttack15ABackupHoldsNoSessionAndNothingOfATableThatIsLeftOut fills each of these tables first.
func TestAttack15ABackupHoldsNoSessionAndNothingOfATableThatIsLeftOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		config = withJournal(t, config)
		clock := accounttest.NewClock()
		config.Now = clock.Now
		house := accounttest.Open(storetest.Open(t, config), secrets.Pepper{}, clock)
		signed := house.SignIn(t, house.Join(t, "office@primer.si"))
		_, owner := house.Share(t, signed.Caller)
		grants, listErr := house.Vaults.Grants(t.Context(), owner)
		_, inviteErr := house.Service.Invite(t.Context(), "invited@primer.si", "Ivo", "Center")
		_, wrongErr := house.Service.SignIn(t.Context(), "office@primer.si", account.Proof{Code: "123456"})
		stateErr := house.Store.States().Write(t.Context(), func(tx store.Tx) error { return tx.SetState("of this database", "") })
		if !errors.Is(wrongErr, account.ErrWrongCredentials) {
			t.Fatal(wrongErr)
		}
		if err := errors.Join(listErr, inviteErr, stateErr); err != nil {
			t.Fatal(err)
		}
		if _, err := house.Vaults.Open(t.Context(), signed.Account, grants[0].ID); err != nil {
			t.Fatal(err)
		}
		backup, data := backUp(t, house.Store)
		hash := signed.Refresh.Hash()
		for name, secret := range map[string][]byte{"the id of a session": []byte(signed.Session), "the hash of a refresh token": hash[:]} {
			if bytes.Contains(data, secret) {
				t.Errorf("the backup has %s", name)
			}
		}
		source, copied := openPool(t, config), openPool(t, store.Config{File: backup})
		for _, table := range store.LeftOut() {
			if count := textRows(t, source, "SELECT count(*) FROM "+table); count[0] == "0" {
				t.Errorf("%s is empty: the test shows nothing", table)
			}
			query, want := "SELECT * FROM "+table, []string(nil)
			if table == "state" { // what the backup says of itself
				query, want = "SELECT name FROM state ORDER BY name", []string{"backup", "digest", "schema"}
			}
			if diff := cmp.Diff(want, textRows(t, copied, query)); diff != "" {
				t.Errorf("%s in the backup:\n%s", table, diff)
			}
		}
	})
}

// openPool opens a database beside the store.
func openPool(t *testing.T, config store.Config) *sql.DB {
	t.Helper()
	driver, address := "sqlite3", "file:"+config.File+"?mode=ro"
	if config.Postgres != "" {
		driver, address = "pgx", config.Postgres
	}
	pool, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pool.Close() })
	return pool
}

// backUp makes a backup and reads its bytes.
func backUp(t *testing.T, s *store.Store) (file string, data []byte) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "backup")
	if _, err := s.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return file, data
}
