package store_test

import (
	"testing"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

// withStandby returns a database behind a proxy, with a second address that leads to the same rows.
func withStandby(t *testing.T) (*proxy, store.Config) {
	t.Helper()
	direct := storetest.Postgres(t)
	p, config := through(t, direct, "")
	config.Standby = direct.Postgres
	return p, config
}

func TestReadsGoToTheStandbyWhileTheDatabaseIsOutOfReach(t *testing.T) {
	p, config := withStandby(t)
	elsewhere := 0
	config.Observe.ReadElsewhere = func() { elsewhere++ }
	s := storetest.Open(t, config)
	keep(t, s, "before", "kept")
	wantRead := func(when string, fromStandby bool) {
		t.Helper()
		was := elsewhere
		if got := state(t, s, "before"); got != "kept" {
			t.Errorf("%s: read %q", when, got)
		}
		if (elsewhere > was) != fromStandby {
			t.Errorf("%s: %d reads went to the standby", when, elsewhere-was)
		}
	}
	wantRead("with the database", false)

	p.setDown(true)
	p.cut()
	wantRead("when it has just gone", true)
	wantRead("while it is gone", true)
	wantFault(t, "write", count(t, s), store.ErrNoConnection)
	wantFault(t, "ping", s.Ping(t.Context()), store.ErrNoConnection)

	p.setDown(false)
	if err := count(t, s); err != nil {
		t.Errorf("write afterwards: %v", err)
	}
	store.LookForDatabase(s)
	wantRead("with the database again", false)
}

func TestWithoutDatabaseAndStandbyReadsAreRefused(t *testing.T) {
	p, config := through(t, storetest.Postgres(t), "")
	config.Standby = config.Postgres
	s := storetest.Open(t, config)
	p.setDown(true)
	p.cut()
	_, err := read(s, "count")
	wantFault(t, "read", err, store.ErrNoConnection)
}

func TestAStandbyThatIsAwayDoesNotKeepTheServiceFromStarting(t *testing.T) {
	config := storetest.Postgres(t)
	config.Standby = "postgres://predah@127.0.0.1:1/nowhere"
	s := storetest.Open(t, config)
	keep(t, s, "name", "kept")
}

func TestACommitIsAcknowledgedWhenTheStandbyShowsIt(t *testing.T) {
	_, config := withStandby(t)
	s := storetest.Open(t, config)
	if got := store.Setting(t, s, "synchronous_commit"); got != "remote_apply" {
		t.Errorf("synchronous_commit is %s", got)
	}
}

func TestOnlyPostgreSQLHasAStandby(t *testing.T) {
	config := storetest.SQLite(t)
	config.Standby = "postgres://predah@127.0.0.1/predah"
	if _, err := store.Open(t.Context(), config); err == nil {
		t.Error("a file was opened with a standby")
	}
}
