package store

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"gorm.io/gorm"
)

// maxFolded is how many writes share one commit at most.
const maxFolded = 64

// errClosed answers a write that came after the end.
var errClosed = errors.New("the database is closed")

// folder runs all writes of a SQLite file, in the order they came. Those that wait while
// the disk is busy share the next transaction, each in a savepoint of its own, and are
// answered after its commit: one wait for the disk serves many.
type folder struct {
	db    *gorm.DB
	queue chan *waiter
	over  chan struct{} // closed when no more writes are taken
	stop  func()        // closes it, once
	ended chan struct{} // closed when the last one is answered
}

// waiter is one write that waits for its commit.
type waiter struct {
	ctx      context.Context
	do       func(*tx) error
	err      error
	panicked any
	done     chan struct{}
}

// fold starts to run writes.
func fold(db *gorm.DB) *folder {
	f := &folder{db: db, queue: make(chan *waiter), over: make(chan struct{}), ended: make(chan struct{})}
	f.stop = sync.OnceFunc(func() { close(f.over) })
	go f.run()
	return f
}

// write runs do, and returns when it is on disk or did not happen.
func (f *folder) write(ctx context.Context, do func(*tx) error) error {
	w := &waiter{ctx: ctx, do: do, done: make(chan struct{})}
	select {
	case f.queue <- w:
	case <-ctx.Done():
		return ctx.Err()
	case <-f.over:
		return errClosed
	}
	<-w.done // from here on it may be committed, so its end is waited for
	if w.panicked != nil {
		panic(w.panicked)
	}
	return w.err
}

// end answers what was taken and takes no more.
func (f *folder) end() {
	f.stop()
	<-f.ended
}

func (f *folder) run() {
	defer close(f.ended)
	for {
		select {
		case first := <-f.queue:
			f.commit(first)
		case <-f.over:
			return
		}
	}
}

// commit runs a write and those that wait behind it in one transaction, and answers them.
func (f *folder) commit(first *waiter) {
	var folded []*waiter
	err := f.db.Transaction(func(db *gorm.DB) error {
		for w := first; w != nil; w = f.next(len(folded)) {
			folded = append(folded, w)
			if err := w.run(db); err != nil {
				return err
			}
		}
		return nil
	})
	if len(folded) == 0 {
		folded = []*waiter{first} // the transaction did not begin
	}
	for _, w := range folded {
		if w.err == nil && err != nil {
			w.err = fmt.Errorf("commit: %w", err)
		}
		close(w.done)
	}
}

// next returns a write that waits, nil if there is none or enough are folded.
func (f *folder) next(folded int) *waiter {
	if folded >= maxFolded {
		return nil
	}
	select {
	case w := <-f.queue:
		return w
	default:
		return nil
	}
}

// savepoint is the name of the savepoint around each write.
const savepoint = "folded"

// run runs one write in a savepoint. Its own failure is kept for its caller; what is
// returned is a failure of the transaction, which ends it for all.
func (w *waiter) run(db *gorm.DB) error {
	if w.err = w.ctx.Err(); w.err != nil {
		return nil // nobody waits any more: it is dropped before it began
	}
	// An interrupted statement would end the whole transaction, so nothing interrupts it now.
	db = db.WithContext(context.WithoutCancel(w.ctx))
	if err := db.SavePoint(savepoint).Error; err != nil {
		return err
	}
	w.err = w.protected(&tx{db: db})
	if w.err != nil || w.panicked != nil {
		if err := db.RollbackTo(savepoint).Error; err != nil {
			return err
		}
	}
	return db.Exec("RELEASE " + savepoint).Error
}

// protected runs the write and keeps its panic for its caller.
func (w *waiter) protected(t *tx) error {
	defer func() { w.panicked = recover() }()
	return w.do(t)
}
