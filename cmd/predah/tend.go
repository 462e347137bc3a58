package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

const (
	reloadEvery = time.Minute // keys are read again, in case they were rotated
	sweepEvery  = time.Minute // what has passed its time is removed
)

// tend does what has to be done from time to time, until ctx ends.
func (p *parts) tend(ctx context.Context, logger *slog.Logger) {
	reload := time.NewTicker(reloadEvery)
	defer reload.Stop()
	var others sync.WaitGroup
	defer others.Wait()
	sweep := time.NewTicker(sweepEvery)
	defer sweep.Stop()
	others.Go(func() { p.sweep(ctx, sweep.C, logger) })
	others.Go(func() {
		p.secrets.Tend(ctx, reload.C, func(err error) {
			logger.Error("the keys can't be read again", slog.String("cause", err.Error()))
		})
	})
	ticker := time.NewTicker(p.store.EraseEvery())
	defer ticker.Stop()
	p.store.Tend(ctx, ticker.C, func(err error) {
		logger.Warn("deleted data is not erased yet", slog.String("cause", err.Error()))
	})
}

// sweep removes at every tick what has passed its time, until ctx ends.
func (p *parts) sweep(ctx context.Context, ticks <-chan time.Time, logger *slog.Logger) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			_, err := p.vaults.Sweep(ctx)
			if err = errors.Join(err, p.accounts.Sweep(ctx)); err != nil && ctx.Err() == nil {
				logger.Warn("what has passed its time is not removed yet", slog.String("cause", err.Error()))
			}
		}
	}
}
