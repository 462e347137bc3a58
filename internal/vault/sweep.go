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
		step  func(Tx, int) (int, error)
	}{
		{&swept.Grants, func(tx Tx, most int) (int, error) { return sweepGrants(tx, now, most) }},
		{&swept.Vaults, func(tx Tx, most int) (int, error) { return s.sweepVaults(tx, now, most) }},
		{&swept.Tombstones, func(tx Tx, most int) (int, error) {
			return tx.ForgetTombstones(now.Add(-s.limits.TombstoneAge), most)
		}},
		{new(int), func(tx Tx, most int) (int, error) { return tx.ForgetDays(day(now), most) }},
	}
	for _, one := range steps {
		removed, err := InSteps(ctx, s.store.Write, one.step)
		if *one.count = removed; err != nil {
			return swept, err
		}
	}
	return swept, nil
}

// InSteps runs steps, each in a transaction of its own that removes so many things at most, until
// one finds less to do, and returns how many were removed.
func InSteps[T any](ctx context.Context, write func(context.Context, func(T) error) error, step func(tx T, most int) (int, error)) (removed int, err error) {
	for last := sweepStep; last == sweepStep; removed += last {
		err := write(ctx, func(tx T) (err error) {
			last, err = step(tx, sweepStep)
			return err
		})
		if err != nil {
			return removed, err
		}
	}
	return removed, nil
}

func sweepGrants(tx Tx, now time.Time, most int) (int, error) {
	expired, err := tx.ExpiredGrants(now, most)
	for _, g := range expired {
		err = errors.Join(err, endGrant(tx, g, now))
	}
	return len(expired), err
}

func (s *Service) sweepVaults(tx Tx, now time.Time, most int) (int, error) {
	idle, err := tx.IdleVaults(day(now), most)
	if err != nil {
		return 0, err
	}
	empty, err := tx.EmptyVaults(now.Add(-s.limits.EmptyVault), most-len(idle))
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
