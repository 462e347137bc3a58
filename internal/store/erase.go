package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// errBusy says that a reader is in the way; the next time will do.
var errBusy = errors.New("truncate the write-ahead log: a reader is in the way")

// Erase makes what was deleted disappear from where the database still keeps it: SQLite's
// write-ahead log, which holds old pages until it is truncated.
func (s *Store) Erase(ctx context.Context) error { return withoutValues(s.erase(ctx)) }

// EraseEvery is how often Erase is to be called, so that what is deleted is gone within the
// time that is promised: a minute on SQLite, a day on PostgreSQL.
func (s *Store) EraseEvery() time.Duration { return s.erasesEvery() }

// Tend calls Erase now and at every tick until the context ends, and forgets old lines of
// the file of tombstones. What came of it is told each time; what failed is tried again at the
// next tick.
func (s *Store) Tend(ctx context.Context, ticks <-chan time.Time, done func(error)) {
	var forgot time.Time
	for {
		err := s.Erase(ctx)
		if now := s.now(); now.Sub(forgot) >= 24*time.Hour {
			forgot = now
			err = errors.Join(err, s.journal.forget(now.Add(-TombstoneAge)))
		}
		if ctx.Err() == nil {
			done(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		}
	}
}

func (s *sqliteStore) erasesEvery() time.Duration { return eraseEvery }

// erase truncates the write-ahead log if anything is in it, also what another process wrote.
func (s *sqliteStore) erase(ctx context.Context) error {
	log, err := os.Stat(s.file + "-wal")
	if errors.Is(err, fs.ErrNotExist) || err == nil && log.Size() == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at the write-ahead log: %w", err)
	}
	var answer struct{ Busy int }
	if err := s.eraser.WithContext(ctx).Raw("PRAGMA wal_checkpoint(TRUNCATE)").Scan(&answer).Error; err != nil {
		return fmt.Errorf("truncate the write-ahead log: %w", err)
	}
	if answer.Busy != 0 {
		return errBusy
	}
	return nil
}
