package store

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
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
	Bytes() string // the type of bytes
}

// States is the store as a domain that knows nothing but state.
func (s *Store) States() domain[Tx] {
	return domain[Tx]{store: s, as: func(t *tx) Tx { return testTx{t} }}
}

type testTx struct{ *tx }

func (t testTx) State(name string) (string, error)    { return t.state(name) }
func (t testTx) SetState(name, value string) error    { return t.setState(name, value) }
func (t testTx) Exec(sql string, values ...any) error { return t.db.Exec(sql, values...).Error }

func (t testTx) Bytes() string {
	if t.db.Name() == "sqlite" {
		return "BLOB"
	}
	return "BYTEA"
}

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

// LeftOut lists the tables that a backup leaves out.
func LeftOut() []string { return leftOut() }

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
	f := folderOn(s, Observe{}, len(writes), usualLimit)
	var waiters []*waiter
	for _, write := range writes {
		w := newWaiter(write.Context, func(t *tx) error { return write.Do(testTx{t}) })
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

func folderOn(s *Store, observe Observe, queued int, limit limiting) *folder {
	on := s.backend.(*sqliteStore)
	return newFolder(on.writer, on.checkPlace, observe, queued, limit)
}

// Folding is a writer of its own on the file of a store.
type Folding struct{ f *folder }

// NewFolding returns a writer that does not run yet. Whoever waits for it gives up when the
// context ends.
func NewFolding(s *Store, queued int, patience context.Context, observe Observe) Folding {
	limit := func(context.Context) (context.Context, context.CancelFunc) { return context.WithCancel(patience) }
	return Folding{folderOn(s, observe, queued, limit)}
}

// Run runs the writes until End.
func (w Folding) Run() { w.f.run() }

// End ends Run.
func (w Folding) End() { w.f.end() }

// Write is one write.
func (w Folding) Write(ctx context.Context, do func(Tx) error) error {
	return w.f.write(ctx, func(t *tx) error { return do(testTx{t}) })
}

// IsLimited tells whether a write waits for a limited time only; what copies whole tables must not.
func IsLimited(ctx context.Context, copying bool) bool {
	if copying {
		ctx = patiently(ctx)
	}
	limit, cancel := usualLimit(ctx)
	defer cancel()
	_, limited := limit.Deadline()
	return limited
}

// AwaitQueued returns when so many writes wait.
func (w Folding) AwaitQueued(writes int) {
	for len(w.f.queue) < writes {
		runtime.Gosched()
	}
}

// Commit runs what waits in one transaction.
func (w Folding) Commit() { w.f.commit(<-w.f.queue) }

// Unlockable says why a file cannot be locked.
var Unlockable = unlockable
