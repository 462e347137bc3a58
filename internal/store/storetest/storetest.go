// Package storetest gives tests real databases: a SQLite file, and a PostgreSQL server that
// is started once for a test binary and stopped with it, however it ends. It knows no rules
// and no rows.
package storetest

import (
	"path/filepath"
	"testing"

	"predah/internal/store"
)

// Each runs a test on a fresh database of each kind. The test opens it with Open, more
// than once where it plays several processes.
func Each(t *testing.T, test func(t *testing.T, config store.Config)) {
	t.Run("SQLite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, Postgres(t)) })
}

// SQLite says where a SQLite file can be that is gone after the test.
func SQLite(t testing.TB) store.Config {
	t.Helper()
	return store.Config{File: filepath.Join(t.TempDir(), "data", "predah.db")}
}

// Open opens a database and closes it after the test.
func Open(t testing.TB, config store.Config) *store.Store {
	t.Helper()
	opened, err := store.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := opened.Close(); err != nil {
			t.Errorf("close the database: %v", err)
		}
	})
	return opened
}

// Another says where a fresh database of the same kind can be.
func Another(t testing.TB, as store.Config) store.Config {
	t.Helper()
	if as.Postgres != "" {
		return Postgres(t)
	}
	return SQLite(t)
}
