package store_test

import (
	"testing"
	"time"

	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
)

// sharingEnded is what the owner of a vault is told at an installation.
func (p *person) sharingEnded(t *testing.T, at *installation) time.Time {
	t.Helper()
	session, err := at.vaults.Authenticate(t.Context(), p.id, p.auth)
	if err != nil {
		t.Fatal(err)
	}
	summary, err := at.vaults.Look(t.Context(), session)
	if err != nil {
		t.Fatal(err)
	}
	return summary.SharingEnded
}

func TestAttack15OwnersAreToldThatARestoreEndedSharing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, target store.Config) {
		before := install(t, storetest.SQLite(t))
		old := before.person(t)
		old.save(t)
		old.share(t)
		deleted := before.person(t)
		if err := before.vaults.Delete(t.Context(), deleted.session); err != nil {
			t.Fatal(err) // so that there is a file of tombstones
		}
		if told := old.sharingEnded(t, before); !told.IsZero() {
			t.Errorf("told of a restore on %v that never was", told)
		}
		backup := before.backUp(t)
		before.now = before.now.Add(30 * time.Hour)
		after, _ := before.restored(t, backup, target)
		restored := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
		if told := old.sharingEnded(t, after); !told.Equal(restored) {
			t.Errorf("after restoring: told of %v", told)
		}
		after.now = after.now.Add(time.Minute)
		late := after.person(t)
		late.save(t)
		if told := late.sharingEnded(t, after); !told.IsZero() {
			t.Errorf("a vault made after restoring: told of %v", told)
		}
		// The backup of what was restored knows of no restore; the next one is told anew.
		again, _ := after.restored(t, after.backUp(t), storetest.SQLite(t))
		for _, p := range []*person{old, late} {
			if told := p.sharingEnded(t, again); !told.Equal(restored) {
				t.Errorf("after the next restore: told of %v", told)
			}
		}

		told := vault.DefaultLimits().RestoreTold
		after.now = restored.Add(told - time.Second)
		if at := old.sharingEnded(t, after); !at.Equal(restored) {
			t.Errorf("in the last second: told of %v", at)
		}
		after.now = restored.Add(told)
		if at := old.sharingEnded(t, after); !at.IsZero() {
			t.Errorf("%v later: still told of %v", told, at)
		}
	})
}
