package store

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// tx is one transaction. Every operation on rows is a method of it, in the file of its noun.
type tx struct {
	db     *gorm.DB // carries the context of the caller
	buried []grave  // tombstones that are put up in it
}

// exec and row send a statement as it is written. Every save and read sends several, and what
// gorm does to make, fill and note one of its own takes longer than SQLite's part. Values are
// $1, $2 and so on, which both databases know.

// exec runs a statement and returns how many rows it changed.
func (t *tx) exec(statement string, values ...any) (changed int64, err error) {
	began := time.Now()
	result, err := t.db.Statement.ConnPool.ExecContext(t.db.Statement.Context, statement, values...)
	if err == nil {
		changed, err = result.RowsAffected()
	}
	t.trace(began, statement, changed, err)
	return changed, err
}

// row reads the one row that a statement finds, else sql.ErrNoRows.
func (t *tx) row(statement string, values []any, into ...any) error {
	began := time.Now()
	err := t.db.Statement.ConnPool.QueryRowContext(t.db.Statement.Context, statement, values...).Scan(into...)
	t.trace(began, statement, 1, err)
	return err
}

// trace tells the log of a statement, as gorm does.
func (t *tx) trace(began time.Time, statement string, rows int64, err error) {
	t.db.Logger.Trace(t.db.Statement.Context, began, func() (string, int64) { return statement, rows }, err)
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
