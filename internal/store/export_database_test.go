package store

import (
	"context"
	"testing"
	"time"

	"gorm.io/gorm"
)

// NewestMigration is the number of the last migration.
func NewestMigration(t testing.TB) int {
	t.Helper()
	newest, err := newestMigration()
	if err != nil {
		t.Fatal(err)
	}
	return newest
}

// Old is a database as an earlier version of this program left it.
type Old struct{ opened backend }

// OpenOld makes a database that has had the migrations up to a number.
func OpenOld(t testing.TB, config Config, version int) Old {
	t.Helper()
	opened, err := openBackend(t.Context(), config.withDefaults())
	if err != nil {
		t.Fatal(err)
	}
	of := migrationsOfPostgres
	if config.File != "" {
		of = migrationsOfSQLite
	}
	pool, err := gormOf(opened).DB()
	if err != nil {
		t.Fatal(err)
	}
	provider, err := newProvider(pool, of)
	if err != nil {
		t.Fatal(err)
	}
	if version > 0 {
		if _, err := provider.UpTo(t.Context(), int64(version)); err != nil {
			t.Fatal(err)
		}
	}
	return Old{opened}
}

// gormOf is the connection of a backend that writes.
func gormOf(opened backend) *gorm.DB {
	if on, ok := opened.(*sqliteStore); ok {
		return on.writer
	}
	return opened.(*postgresStore).db
}

// Exec runs a statement.
func (o Old) Exec(t testing.TB, statement string) {
	t.Helper()
	if err := gormOf(o.opened).Exec(statement).Error; err != nil {
		t.Fatal(err)
	}
}

// Rows are the rows of a table.
func (o Old) Rows(t testing.TB, table string) []map[string]any { return rowsIn(t, o.opened, table) }

// Close closes the database.
func (o Old) Close(t testing.TB) {
	t.Helper()
	if err := o.opened.close(); err != nil {
		t.Fatal(err)
	}
}

// RowsOf are the rows of a table of a store.
func RowsOf(t testing.TB, s *Store, table string) []map[string]any {
	t.Helper()
	return rowsIn(t, s.backend, table)
}

func rowsIn(t testing.TB, opened backend, table string) (rows []map[string]any) {
	t.Helper()
	err := opened.read(context.Background(), func(t *tx) error { return t.db.Table(table).Find(&rows).Error })
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Pragma changes how the connection works that writes to a SQLite file.
func Pragma(t testing.TB, s *Store, pragma string) {
	t.Helper()
	if err := s.backend.(*sqliteStore).writer.Exec("PRAGMA " + pragma).Error; err != nil {
		t.Fatal(err)
	}
}

// Setting is how a connection to PostgreSQL is set up.
func Setting(t testing.TB, s *Store, name string) (value string) {
	t.Helper()
	if err := s.backend.(*postgresStore).db.Raw("SHOW " + name).Scan(&value).Error; err != nil {
		t.Fatal(err)
	}
	return value
}

// LookForDatabase lets the next read look for the database that was out of reach, as if
// time had passed.
func LookForDatabase(s *Store) {
	b := s.backend.(*postgresStore).standby
	b.mu.Lock()
	defer b.mu.Unlock()
	b.look = time.Now().Add(-lookEvery)
}
