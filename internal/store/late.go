package store

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"time"
)

// knockEvery is how often a database is looked for that was not there at the start.
const knockEvery = time.Second

// OutOfReach tells whether opening failed for what may be over soon without anybody changing how
// the service was started: PostgreSQL that starts, or whose leader is being replaced.
func OutOfReach(err error) bool {
	var fault *Fault
	return errors.As(err, &fault) && slices.Contains([]*Fault{ErrNoConnection, ErrConnections, ErrReadOnlyHost, ErrTookTooLong}, fault)
}

// Late returns a store of a PostgreSQL database that is out of reach: whatever is asked of it
// fails with ErrNoConnection until Await has opened it. The cause is what Open has returned.
func Late(config Config, cause error) *Store {
	config = config.withDefaults()
	return &Store{backend: &late{cause: cause}, journal: &journal{file: config.Tombstones}, now: config.Now}
}

// Await opens the database of a store that is late as soon as it is within reach, if accept has
// nothing against it. The error is one that waiting does not mend, or that ctx has ended. waits is
// told of each cause for which it waits.
func (s *Store) Await(ctx context.Context, config Config, accept func(*Store) error, waits func(error)) error {
	last := s.backend.(*late).cause.Error()
	for {
		opened, err := Open(ctx, config)
		if err == nil {
			if err = accept(opened); err != nil {
				err = errors.Join(err, opened.Close())
			} else {
				s.backend.(*late).opened.Store(opened)
				return nil
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !OutOfReach(err) {
			return err
		}
		if err.Error() != last {
			last = err.Error()
			waits(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(knockEvery):
		}
	}
}

// there is the store that was opened, for one that was late; else the store itself.
func (s *Store) there() *Store {
	if l, ok := s.backend.(*late); ok {
		if opened := l.opened.Load(); opened != nil {
			return opened
		}
	}
	return s
}

// late stands for a database until it is there.
type late struct {
	cause  error // why it was not there at first
	opened atomic.Pointer[Store]
}

// there returns the database, or none that answers.
func (l *late) there() backend {
	if opened := l.opened.Load(); opened != nil {
		return opened.backend
	}
	return nowhere{}
}

func (l *late) read(ctx context.Context, do func(*tx) error) error { return l.there().read(ctx, do) }
func (l *late) write(ctx context.Context, do func(*tx) error) error {
	return l.there().write(ctx, do)
}
func (l *late) erase(ctx context.Context) error                 { return l.there().erase(ctx) }
func (l *late) erasesEvery() time.Duration                      { return l.there().erasesEvery() }
func (l *late) ping(ctx context.Context) error                  { return l.there().ping(ctx) }
func (l *late) stats() Stats                                    { return l.there().stats() }
func (l *late) migrate(ctx context.Context) error               { return l.there().migrate(ctx) }
func (l *late) schema(ctx context.Context) (int, error)         { return l.there().schema(ctx) }
func (l *late) lock(ctx context.Context, use Use) (hold, error) { return l.there().lock(ctx, use) }

// close closes the database with what was opened with it.
func (l *late) close() error {
	if opened := l.opened.Load(); opened != nil {
		return opened.Close()
	}
	return nil
}

// nowhere is a database that is out of reach.
type nowhere struct{}

func (nowhere) read(context.Context, func(*tx) error) error  { return ErrNoConnection }
func (nowhere) write(context.Context, func(*tx) error) error { return ErrNoConnection }
func (nowhere) erase(context.Context) error                  { return ErrNoConnection }
func (nowhere) erasesEvery() time.Duration                   { return 24 * time.Hour }
func (nowhere) ping(context.Context) error                   { return ErrNoConnection }
func (nowhere) stats() Stats                                 { return Stats{} }
func (nowhere) migrate(context.Context) error                { return ErrNoConnection }
func (nowhere) schema(context.Context) (int, error)          { return 0, ErrNoConnection }
func (nowhere) lock(context.Context, Use) (hold, error)      { return hold{}, ErrNoConnection }
func (nowhere) close() error                                 { return nil }
