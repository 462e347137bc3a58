package store

import (
	"context"
	"fmt"
	"sync/atomic"

	"gorm.io/gorm"
)

// waiter is one write that waits for its commit.
type waiter struct {
	ctx      context.Context
	do       func(*tx) error
	settled  atomic.Bool   // it is decided whether it runs or nobody waits for it any more
	ran      chan struct{} // closed when do was called for the last time
	done     chan struct{} // closed when what follows is final
	err      error
	panicked any
}

func newWaiter(ctx context.Context, do func(*tx) error) *waiter {
	return &waiter{ctx: ctx, do: do, ran: make(chan struct{}), done: make(chan struct{})}
}

// leave gives a write up. It is false when it runs already.
func (w *waiter) leave() bool { return w.settled.CompareAndSwap(false, true) }

// take decides that the write runs. It is false when nobody waits for it any more.
func (w *waiter) take() bool { return w.ctx.Err() == nil && w.settled.CompareAndSwap(false, true) }

// outcome is how a write ended that is done.
func (w *waiter) outcome() error {
	if w.panicked != nil {
		panic(w.panicked)
	}
	return w.err
}

// outcomeWithin waits for the end of a write that runs. When the limit passes meanwhile, it
// returns ErrUnknown, though not before do has returned, which may touch what is its caller's.
func (w *waiter) outcomeWithin(limit context.Context) error {
	select {
	case <-w.done:
		return w.outcome()
	case <-limit.Done():
	}
	<-w.ran
	select {
	case <-w.done:
		return w.outcome()
	default:
		return ErrUnknown
	}
}

// answer tells the caller how the transaction ended that the write was in.
func (w *waiter) answer(err error) {
	if w.err == nil && err != nil {
		w.err = fmt.Errorf("commit: %w", err)
	}
	select {
	case <-w.ran:
	default:
		close(w.ran)
	}
	close(w.done)
}

// savepoint is the name of the savepoint around each write.
const savepoint = "folded"

// run runs one write in a savepoint. Its own failure is kept for its caller; what is
// returned is a failure of the transaction, which ends it for all.
func (w *waiter) run(db *gorm.DB) error {
	defer close(w.ran)
	if !w.take() {
		w.err = context.Cause(w.ctx)
		return nil // nobody waits any more: it is dropped before it began
	}
	// An interrupted statement would end the whole transaction, so nothing interrupts it now.
	t := &tx{db: db.WithContext(context.WithoutCancel(w.ctx))}
	if _, err := t.exec("SAVEPOINT " + savepoint); err != nil {
		return err
	}
	w.err = w.protected(t)
	if w.err != nil || w.panicked != nil {
		if _, err := t.exec("ROLLBACK TO " + savepoint); err != nil {
			return err
		}
	}
	_, err := t.exec("RELEASE " + savepoint)
	return err
}

// protected runs the write and keeps its panic for its caller.
func (w *waiter) protected(t *tx) error {
	defer func() { w.panicked = recover() }()
	return w.do(t)
}
