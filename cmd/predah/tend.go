package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"predah/internal/metrics"
	"predah/internal/store"
)

const (
	reloadEvery = time.Minute // keys are read again, in case they were rotated
	sweepEvery  = time.Minute // what has passed its time is removed
	tallyEvery  = time.Hour   // finished checks of days that are over are written

	compareAfter = time.Second // from the start on, whose first callers have the processors until then
	compareAgain = time.Minute // the file of tombstones is compared again, if it could not be
)

// attend waits for a database that is late, and then does what has to be done from time to time,
// until ctx ends. An error is one that the service cannot go on with.
func (p *parts) attend(ctx context.Context, f dataFlags, logger *slog.Logger) error {
	if err := p.arrive(ctx, f, logger); err != nil {
		return err
	}
	tended, stop := context.WithCancel(ctx)
	var tending sync.WaitGroup
	tending.Go(func() { p.tend(tended, logger) })
	compared := make(chan error, 1)
	tending.Go(func() {
		again, stopAgain := ticking(compareAgain)
		defer stopAgain()
		compared <- p.compare(tended, again, logger)
	})
	defer tending.Wait()
	defer stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-p.store.Lost():
			return store.ErrRestoring
		case err := <-compared:
			if err != nil {
				return err
			}
		}
	}
}

// compare compares everything that was ever deleted with the file of tombstones, once; the start
// looks at the last of it only. What failed is tried again at a tick. The error is that what was
// deleted is back in the database.
func (p *parts) compare(ctx context.Context, ticks <-chan time.Time, logger *slog.Logger) error {
	select {
	case <-ctx.Done():
		return nil
	case <-time.After(compareAfter):
	}
	for {
		err := p.store.CompareJournal(ctx)
		if err == nil || errors.Is(err, store.ErrOlderDatabase) {
			return err
		}
		if ctx.Err() == nil {
			logger.Warn("the file of tombstones is not compared with the database yet", slog.String("cause", err.Error()))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticks:
		}
	}
}

// tend does what has to be done from time to time, until ctx ends.
func (p *parts) tend(ctx context.Context, logger *slog.Logger) {
	var others sync.WaitGroup
	defer others.Wait()
	sweep, stopSweep := ticking(sweepEvery)
	defer stopSweep()
	others.Go(func() { p.sweep(ctx, sweep, logger) })
	reload, stopReload := ticking(reloadEvery)
	defer stopReload()
	others.Go(func() {
		p.secrets.Tend(ctx, reload, p.told(ctx, metrics.ReloadKeys, "the keys can't be read again", logger))
	})
	tally, stopTally := ticking(tallyEvery)
	defer stopTally()
	others.Go(func() { p.flush(ctx, tally, logger) })
	erase, stopErase := ticking(p.store.EraseEvery())
	defer stopErase()
	p.store.Tend(ctx, erase, p.told(ctx, metrics.Erase, "deleted data is not erased yet", logger))
}

// ticking ticks until it is stopped.
func ticking(every time.Duration) (ticks <-chan time.Time, stop func()) {
	ticker := time.NewTicker(every)
	return ticker.C, ticker.Stop
}

// told counts what came of a job, and logs the message when it failed.
func (p *parts) told(ctx context.Context, job metrics.Job, message string, logger *slog.Logger) func(error) {
	return func(err error) {
		if ctx.Err() != nil {
			return
		}
		p.metrics.Done(job, err)
		if err != nil {
			logger.Warn(message, slog.String("cause", err.Error()))
		}
	}
}

// flush writes at every tick how many checks were finished on days that are over.
func (p *parts) flush(ctx context.Context, ticks <-chan time.Time, logger *slog.Logger) {
	if p.tally == nil {
		return
	}
	told := p.told(ctx, metrics.WriteStatistics, "finished checks are not counted in the database yet", logger)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			told(p.tally.Flush(ctx))
		}
	}
}

// sweep removes at every tick what has passed its time, until ctx ends.
func (p *parts) sweep(ctx context.Context, ticks <-chan time.Time, logger *slog.Logger) {
	told := p.told(ctx, metrics.Sweep, "what has passed its time is not removed yet", logger)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			_, err := p.vaults.Sweep(ctx)
			told(errors.Join(err, p.accounts.Sweep(ctx)))
		}
	}
}
