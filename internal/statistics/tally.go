package statistics

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"predah/internal/questionnaire"
)

// Least is the smallest number that is written for a day, or shown for a month.
const Least = 10

// Count is how many self-checks of a questionnaire were finished on a day.
type Count struct {
	Questionnaire questionnaire.ID
	Day           time.Time // its beginning, in UTC
	Finished      int
}

// Store keeps counts.
type Store interface {
	Read(ctx context.Context, do func(Tx) error) error
	// Write runs do in a transaction; it may run do again until one run is committed.
	Write(ctx context.Context, do func(Tx) error) error
}

// Tx is a transaction on counts.
type Tx interface {
	// AddChecks adds to the count of a questionnaire and day.
	AddChecks(Count) error
	// Checks lists the counts of the days from one on and before another.
	Checks(from, before time.Time) ([]Count, error)
}

// Tally counts what was not written yet. It is safe for concurrent use.
type Tally struct {
	store Store
	now   func() time.Time

	mu     sync.Mutex
	counts map[cell]int
}

// cell is a questionnaire and a day.
type cell struct {
	id  questionnaire.ID
	day int64 // days since 1970, in UTC
}

const day = 24 * time.Hour

func (c cell) begins() time.Time { return time.Unix(c.day*int64(day/time.Second), 0).UTC() }

// NewTally returns a tally that has counted nothing.
func NewTally(store Store, now func() time.Time) *Tally {
	return &Tally{store: store, now: now, counts: make(map[cell]int)}
}

// Finished counts one self-check, in memory.
func (t *Tally) Finished(id questionnaire.ID) {
	c := cell{id: id, day: t.today()}
	t.mu.Lock()
	t.counts[c]++
	t.mu.Unlock()
}

func (t *Tally) today() int64 { return t.now().Unix() / int64(day/time.Second) }

// Flush writes the counts of days that are over. A count below Least stays and goes to the next
// day's, so that no row tells of one person.
func (t *Tally) Flush(ctx context.Context) error { return t.write(ctx, t.ripe(t.today())) }

// Close writes everything that was counted, at the end of the process: what Flush would not write
// under the first day of the running month, which says no more than the month.
func (t *Tally) Close(ctx context.Context) error {
	today := t.today()
	if err := t.write(ctx, t.ripe(today)); err != nil {
		return err
	}
	return t.write(ctx, t.rest(today))
}

// ripe takes out what may be written of the days before today.
func (t *Tally) ripe(today int64) map[cell]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	over := slices.DeleteFunc(slices.Collect(maps.Keys(t.counts)), func(c cell) bool { return c.day >= today })
	slices.SortFunc(over, func(a, b cell) int { return cmp.Compare(a.day, b.day) })
	ripe, kept := make(map[cell]int), make(map[questionnaire.ID]cell)
	for _, c := range over {
		if earlier, small := kept[c.id]; small {
			t.counts[c] += t.counts[earlier]
			delete(t.counts, earlier)
		}
		kept[c.id] = c
		if t.counts[c] >= Least {
			ripe[c] = t.counts[c]
			delete(t.counts, c)
			delete(kept, c.id)
		}
	}
	return ripe
}

// rest takes out everything, as counts of the month that today is in. Months that are over
// keep their numbers, which may have been shown.
func (t *Tally) rest(today int64) map[cell]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	first := monthOf(cell{day: today}.begins()).begins.Unix() / int64(day/time.Second)
	rest := make(map[cell]int)
	for c, n := range t.counts {
		rest[cell{id: c.id, day: first}] += n
	}
	clear(t.counts)
	return rest
}

// write writes counts, or takes them back when that fails.
func (t *Tally) write(ctx context.Context, counts map[cell]int) error {
	if len(counts) == 0 {
		return nil
	}
	err := t.store.Write(ctx, func(tx Tx) error {
		for c, n := range counts {
			if err := tx.AddChecks(Count{Questionnaire: c.id, Day: c.begins(), Finished: n}); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for c, n := range counts {
		t.counts[c] += n
	}
	return fmt.Errorf("write how many checks were finished: %w", err)
}
