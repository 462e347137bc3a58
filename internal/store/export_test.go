package store

import (
	"context"
	"fmt"
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

// Write is one write that waits.
type Write struct {
	Context context.Context
	Do      func(Tx) error
}

// Fold runs writes in one commit and says how each ended: "" for well.
func Fold(s *Store, writes ...Write) []string {
	f := &folder{db: s.backend.(*sqliteStore).writer, queue: make(chan *waiter, len(writes))}
	var waiters []*waiter
	for _, write := range writes {
		w := &waiter{ctx: write.Context, do: func(t *tx) error { return write.Do(testTx{t}) }, done: make(chan struct{})}
		waiters = append(waiters, w)
		f.queue <- w
	}
	f.commit(<-f.queue)
	outcomes := make([]string, len(waiters))
	for i, w := range waiters {
		<-w.done
		switch {
		case w.panicked != nil:
			outcomes[i] = fmt.Sprint("panic: ", w.panicked)
		case w.err != nil:
			outcomes[i] = w.err.Error()
		}
	}
	return outcomes
}
