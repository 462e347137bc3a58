package store

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// Tx has what tests do to the rows of state.
type Tx interface {
	State(name string) (string, error)
	SetState(name, value string) error
	Exec(statement string, values ...any) error
	Bury(hash [32]byte, at time.Time)
}

// States is the store as a domain that knows nothing but state.
func (s *Store) States() domain[Tx] {
	return domain[Tx]{store: s, as: func(t *tx) Tx { return testTx{t} }}
}

type testTx struct{ *tx }

func (t testTx) State(name string) (string, error)    { return t.state(name) }
func (t testTx) SetState(name, value string) error    { return t.setState(name, value) }
func (t testTx) Exec(sql string, values ...any) error { return t.db.Exec(sql, values...).Error }

func (t testTx) Bury(hash [32]byte, at time.Time) { t.bury(hash, at) }

// PlannedTables are the tables that a backup has or leaves out, in the order of their names.
func PlannedTables() []string {
	names := leftOut()
	for _, each := range backedUp() {
		names = append(names, each.name)
	}
	slices.Sort(names)
	return names
}

// CheckPromisesOfDefaults asks a SQLite file that was opened with the driver's defaults.
func CheckPromisesOfDefaults(ctx context.Context, folder string) error {
	db, err := gorm.Open(sqlite.Open(filepath.Join(folder, "defaults.db")), gormConfig(Config{}))
	if err != nil {
		return err
	}
	defer closePool(db)
	return checkPromises(ctx, db)
}
