package store

import (
	"context"
	"errors"
	"sync"
	"time"

	"gorm.io/gorm"
)

const (
	maxFolded = 64 // writes share one commit at most
	// maxQueued is how many writes may wait. One more is refused at once: the disk is behind
	// by as much as it does in several seconds, so waiting would only end later.
	maxQueued = 1024
	// maxWait is how long a write waits at most, the commit included. It is less than what
	// an HTTP answer may take.
	maxWait = 15 * time.Second
)

// errClosed answers a write that came after the end.
var errClosed = errors.New("the database is closed")

// folder runs all writes of a SQLite file, in the order they came. Those that wait while
// the disk is busy share the next transaction, each in a savepoint of its own, and are
// answered after its commit: one wait for the disk serves many.
type folder struct {
	db      *gorm.DB
	check   func() error // is asked before each commit whether it would be kept
	observe Observe
	queue   chan *waiter
	limit   limiting      // of each write's wait
	over    chan struct{} // closed when no more writes are run
	stop    func()        // closes it, once
	ended   chan struct{} // closed when the last one is answered
}

// limiting makes a context that ends when a write has waited long enough.
type limiting func(context.Context) (context.Context, context.CancelFunc)

// usualLimit is maxWait, even for callers who wait no more, but for those that are patient.
func usualLimit(ctx context.Context) (context.Context, context.CancelFunc) {
	if patient(ctx) {
		return context.WithCancel(context.WithoutCancel(ctx))
	}
	return context.WithTimeout(context.WithoutCancel(ctx), maxWait)
}

// fold starts to run writes.
func fold(db *gorm.DB, check func() error, observe Observe) *folder {
	f := newFolder(db, check, observe, maxQueued, usualLimit)
	go f.run()
	return f
}

func newFolder(db *gorm.DB, check func() error, observe Observe, queued int, limit limiting) *folder {
	f := &folder{
		db: db, check: check, observe: observe, queue: make(chan *waiter, queued), limit: limit,
		over: make(chan struct{}), ended: make(chan struct{}),
	}
	f.stop = sync.OnceFunc(func() { close(f.over) })
	return f
}

// write runs do, and returns when it is on disk or did not happen; or with ErrUnknown, when
// the disk has not said for too long which of the two it is.
func (f *folder) write(ctx context.Context, do func(*tx) error) error {
	w := newWaiter(ctx, do)
	select {
	case f.queue <- w:
	default:
		f.observe.refused()
		return ErrOverloaded
	}
	limit, cancel := f.limit(ctx)
	defer cancel()
	var why error
	select {
	case <-w.done:
		return w.outcome()
	case <-ctx.Done():
		why = ctx.Err()
	case <-limit.Done():
		why = ErrOverloaded
	case <-f.ended:
		why = errClosed
	}
	if !w.leave() {
		return w.outcomeWithin(limit) // it may be committed, so its end is waited for
	}
	if why == ErrOverloaded {
		f.observe.refused()
	}
	return why
}

// end answers what is being written, and runs no more.
func (f *folder) end() {
	f.stop()
	<-f.ended
}

func (f *folder) run() {
	defer close(f.ended) // those that still wait see it and leave
	for {
		select {
		case <-f.over:
			return
		case first := <-f.queue:
			f.commit(first)
		}
	}
}

// commit runs a write and those that wait behind it in one transaction, and answers them.
func (f *folder) commit(first *waiter) {
	var folded []*waiter
	var ran time.Time
	err := f.db.Transaction(func(db *gorm.DB) error {
		for w := first; w != nil; w = f.next(len(folded)) {
			folded = append(folded, w)
			if err := w.run(db); err != nil {
				return err
			}
		}
		ran = time.Now()
		return f.check()
	})
	if err == nil {
		f.observe.commit(len(folded), time.Since(ran))
	}
	if len(folded) == 0 { // the transaction did not begin, and would not for those behind
		for w := first; w != nil; w = f.next(0) {
			folded = append(folded, w)
		}
	}
	for _, w := range folded {
		w.answer(err)
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
