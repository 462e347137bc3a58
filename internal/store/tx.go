package store

import (
	"context"

	"gorm.io/gorm"
)

// tx is one transaction. Every operation on rows is a method of it, in the file of its noun.
type tx struct {
	db     *gorm.DB // carries the context of the caller
	buried []grave  // tombstones that are put up in it
}

// domain is the store as one domain package sees it: T is that package's Tx.
type domain[T any] struct {
	store *Store
	as    func(*tx) T
}

// Read runs do in a consistent snapshot, in which nothing can be written.
func (d domain[T]) Read(ctx context.Context, do func(T) error) error {
	return withoutValues(d.store.read(ctx, func(t *tx) error { return do(d.as(t)) }))
}

// Write runs do in a transaction: when it returns nil, all of it is on disk; when it
// returns an error, nothing is. Transactions have the effect of running one after the
// other, on both databases. On PostgreSQL do runs again when another transaction came
// between: it must set what it hands out anew each time and do nothing else but rows.
func (d domain[T]) Write(ctx context.Context, do func(T) error) error {
	return withoutValues(d.store.commit(ctx, func(t *tx) error { return do(d.as(t)) }))
}

// commit runs do in a transaction and, when that is on disk, adds the tombstones that it put
// up to their journal. Where only the second fails, a caller that tries again succeeds, as
// every deletion may be repeated.
func (s *Store) commit(ctx context.Context, do func(*tx) error) error {
	var last *tx
	err := s.write(ctx, func(t *tx) error {
		last = t
		return do(t)
	})
	if err != nil {
		return err
	}
	return s.journal.add(last.buried)
}
