package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx

	"predah/internal/store"
)

// Postgres says where a fresh PostgreSQL database is. The server is started by the first
// test that asks.
func Postgres(t testing.TB) store.Config {
	t.Helper()
	server, err := running()
	if err != nil {
		t.Fatalf("a PostgreSQL server is needed: %v", err)
	}
	name := fmt.Sprintf("test_%d", server.made.Add(1))
	if err := server.create(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	return store.Config{Postgres: server.address(name)}
}

// running starts the server of this test binary, once.
var running = sync.OnceValues(startServer)

// server is a running PostgreSQL that only this user's processes reach.
type server struct {
	socket   string    // the folder of its socket
	lifeline io.Closer // kept open by being reachable; the server ends when it closes
	made     atomic.Int64
}

// address is where one of its databases is.
func (s *server) address(database string) string {
	return "postgres:///" + database + "?" + url.Values{"host": {s.socket}, "user": {superuser}}.Encode()
}

// create makes an empty database.
func (s *server) create(ctx context.Context, name string) error {
	pool, err := sql.Open("pgx", s.address("postgres"))
	if err != nil {
		return fmt.Errorf("reach the test server: %w", err)
	}
	defer pool.Close()
	if _, err := pool.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		return fmt.Errorf("make a test database: %w", err)
	}
	return nil
}
