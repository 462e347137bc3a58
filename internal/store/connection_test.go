package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"log/slog"
	"net"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

// count adds one to a number, so that an effect that happens twice is seen.
func count(t *testing.T, s *store.Store) error {
	t.Helper()
	return s.States().Write(t.Context(), func(tx store.Tx) error {
		text, err := tx.State("count")
		if err != nil {
			return err
		}
		number, _ := strconv.Atoi(text)
		return tx.SetState("count", strconv.Itoa(number+1))
	})
}

func TestALostConnectionLosesNothingAndRepeatsNothing(t *testing.T) {
	p, config := through(t, storetest.Postgres(t), "")
	repeated := 0
	config.Observe.Repeated = func() { repeated++ }
	s := storetest.Open(t, config)
	const bind = "\x05count" // the parameter of a statement
	want := 0
	for _, test := range []struct {
		doing   string
		prepare func()
		fault   *store.Fault // nil for a write that succeeds all the same
		adds    int
	}{
		{"nothing is cut", func() {}, nil, 1},
		{"while nobody writes", p.cut, nil, 1},
		{"when it begins", func() { p.cutAt("begin", false) }, nil, 1},
		{"before a statement", func() { p.cutAt(bind, false) }, nil, 1},
		{"after a statement", func() { p.cutAt(bind, true) }, nil, 1},
		{"before the commit", func() { p.cutAt("commit", false) }, store.ErrUnknown, 0},
		{"after the commit", func() { p.cutAt("commit", true) }, store.ErrUnknown, 1},
		{"afterwards", func() {}, nil, 1},
	} {
		test.prepare()
		err := count(t, s)
		if test.fault != nil {
			wantFault(t, test.doing, err, test.fault)
		} else if err != nil {
			t.Errorf("%s: %v", test.doing, err)
		}
		want += test.adds
		if got := state(t, s, "count"); got != strconv.Itoa(want) {
			t.Fatalf("%s: counted to %s, want %d", test.doing, got, want)
		}
	}
	if repeated < 3 {
		t.Errorf("%d runs were told of", repeated)
	}
}

func TestWithoutAConnectionCallsAreRefusedUntilThereIsOneAgain(t *testing.T) {
	p, config := through(t, storetest.Postgres(t), "")
	var log bytes.Buffer
	config.Logger = slog.New(slog.NewTextHandler(&log, nil))
	s := storetest.Open(t, config)
	p.setDown(true)
	p.cut()
	wantFault(t, "write", count(t, s), store.ErrNoConnection)
	_, err := read(s, "count")
	wantFault(t, "read", err, store.ErrNoConnection)
	wantFault(t, "ping", s.Ping(t.Context()), store.ErrNoConnection)
	for _, secret := range []string{"127.0.0.1", "predah@", "user"} {
		if strings.Contains(log.String()+err.Error(), secret) {
			t.Errorf("%q is in the log or the error: %v, %s", secret, err, &log)
		}
	}
	p.setDown(false)
	if err := count(t, s); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// administer runs a statement as who owns the server.
func administer(t *testing.T, config store.Config, statement string) {
	t.Helper()
	pool, err := sql.Open("pgx", config.Postgres)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// name is the name of the database in an address.
func name(t *testing.T, config store.Config) string {
	t.Helper()
	_, rest, _ := strings.Cut(config.Postgres, ":///")
	name, _, found := strings.Cut(rest, "?")
	if !found {
		t.Fatal("the address has no name")
	}
	return name
}

func TestAServerThatBecameReadOnlyIsLeftWhenItIsNoMore(t *testing.T) {
	config := storetest.Postgres(t)
	s := storetest.Open(t, config)
	keep(t, s, "before", "kept")
	admin := config
	admin.Postgres += "&default_transaction_read_only=off"
	database := name(t, config)
	administer(t, admin, "ALTER DATABASE "+database+" SET default_transaction_read_only = on")
	administer(t, admin, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	wantFault(t, "write", write(t, s, "during", "value"), store.ErrReadOnlyHost)
	if got := state(t, s, "before"); got != "kept" {
		t.Errorf("read %q", got)
	}
	administer(t, admin, "ALTER DATABASE "+database+" RESET default_transaction_read_only")
	// A connection that is open keeps what it was opened with, so the next write may still find
	// it; it is closed then, and the one after finds a new one.
	if err := write(t, s, "after", "kept"); err != nil {
		wantFault(t, "on the old connection", err, store.ErrReadOnlyHost)
		keep(t, s, "after", "kept")
	}
}

func TestOfSeveralHostsTheOneIsTakenThatCanBeWritten(t *testing.T) {
	config := storetest.Postgres(t)
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := nobody.Addr().String()
	if err := nobody.Close(); err != nil {
		t.Fatal(err)
	}
	_, behind := through(t, config, "&target_session_attrs=read-write")
	first, second := behind, behind
	first.Postgres = strings.Replace(behind.Postgres, "@", "@"+gone+",", 1)
	keep(t, storetest.Open(t, first), "name", "kept")

	administer(t, config, "ALTER DATABASE "+name(t, config)+" SET default_transaction_read_only = on")
	_, err = store.Open(t.Context(), second)
	wantFault(t, "only one that is read", err, store.ErrReadOnlyHost)
}

func TestAServerWithoutFreeConnectionsSaysSo(t *testing.T) {
	config := storetest.Postgres(t)
	database := name(t, config)
	administer(t, config, "CREATE ROLE few LOGIN CONNECTION LIMIT 1")
	administer(t, config, "ALTER DATABASE "+database+" OWNER TO few")
	config.Postgres = strings.Replace(config.Postgres, "user=predah", "user=few", 1)
	config.Connections = 1
	holder, err := sql.Open("pgx", config.Postgres)
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close()
	if err := holder.PingContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = store.Open(t.Context(), config)
	wantFault(t, "open", err, store.ErrConnections)
}

func TestEachConnectionHasSettingsThatTheAddressCanChange(t *testing.T) {
	config := storetest.Postgres(t)
	config.Connections = 3
	config.Postgres += "&lock_timeout=1s&jit=on"
	s := storetest.Open(t, config)
	for setting, want := range map[string]string{
		"statement_timeout": "10s", "lock_timeout": "1s", "idle_in_transaction_session_timeout": "30s",
		"enable_seqscan": "off", "jit": "on",
	} {
		if got := store.Setting(t, s, setting); got != want {
			t.Errorf("%s is %s", setting, got)
		}
	}
	if got := s.Stats().Pools["all"].MaxOpenConnections; got != 3 {
		t.Errorf("%d connections", got)
	}
	err := s.States().Write(t.Context(), func(tx store.Tx) error {
		return errors.Join(tx.Exec("SET LOCAL statement_timeout = '1ms'"), tx.Exec("SELECT pg_sleep(60)"))
	})
	wantFault(t, "a statement that takes too long", err, store.ErrTookTooLong)
}

func TestAPoolSuitsTheMachine(t *testing.T) {
	s := storetest.Open(t, storetest.Postgres(t))
	want := min(max(8, 4*runtime.GOMAXPROCS(0)), 32)
	if got := s.Stats().Pools["all"].MaxOpenConnections; got != want {
		t.Errorf("%d connections, want %d", got, want)
	}
}
