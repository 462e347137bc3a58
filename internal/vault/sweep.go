package vault

import (
	"context"
	"errors"
	"time"
)

// sweepStep is how many things one transaction of the sweeper removes at most, so that
// nobody waits long behind it.
const sweepStep = 50

// Swept counts what a sweep removed.
type Swept struct {
	Grants     int
	Vaults     int
	Tombstones int
}

// Sweep removes what has passed its time: expired grants, vaults that are empty or idle, old
// tombstones. Nothing depends on it but the space on the disk, since every rule looks at the
// clock itself.
func (s *Service) Sweep(ctx context.Context) (Swept, error) {
	now := s.clock()
	var swept Swept
	steps := []struct {
		count *int
		step  func(Tx) (int, error)
	}{
		{&swept.Grants, func(tx Tx) (int, error) { return sweepGrants(tx, now) }},
		{&swept.Vaults, func(tx Tx) (int, error) { return s.sweepVaults(tx, now) }},
		{&swept.Tombstones, func(tx Tx) (int, error) {
			return tx.ForgetTombstones(now.Add(-s.limits.TombstoneAge), sweepStep)
		}},
	}
	for _, one := range steps {
		if err := s.repeat(ctx, one.count, one.step); err != nil {
			return swept, err
		}
	}
	return swept, s.store.Write(ctx, func(tx Tx) error { return tx.ForgetDays(day(now)) })
}

// repeat runs steps, each in a transaction of its own, until one finds little to do.
func (s *Service) repeat(ctx context.Context, count *int, step func(Tx) (int, error)) error {
	for {
		var removed int
		err := s.store.Write(ctx, func(tx Tx) (err error) {
			removed, err = step(tx)
			return err
		})
		if err != nil {
			return err
		}
		*count += removed
		if removed < sweepStep {
			return nil
		}
	}
}

func sweepGrants(tx Tx, now time.Time) (int, error) {
	expired, err := tx.ExpiredGrants(now, sweepStep)
	for _, g := range expired {
		err = errors.Join(err, removeGrant(tx, g.Vault, g.ID, now))
	}
	return len(expired), err
}

func (s *Service) sweepVaults(tx Tx, now time.Time) (int, error) {
	idle, err := tx.IdleVaults(day(now), sweepStep)
	if err != nil {
		return 0, err
	}
	empty, err := tx.EmptyVaults(now.Add(-s.limits.EmptyVault), sweepStep-len(idle))
	if err != nil {
		return 0, err
	}
	removed := 0
	for _, id := range append(idle, empty...) {
		switch err := s.bury(tx, id, now); {
		case err == nil:
			removed++
		case !errors.Is(err, ErrNotFound): // it was both idle and empty
			return 0, err
		}
	}
	return removed, nil
}
