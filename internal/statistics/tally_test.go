package statistics_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/statistics"
	"predah/internal/store"
	"predah/internal/store/storetest"
)

// counter is a tally on a database, with a clock that stands still until it is moved.
type counter struct {
	*statistics.Tally
	store statistics.Store
	now   time.Time
}

func newCounter(t *testing.T, config store.Config) *counter {
	t.Helper()
	c := &counter{store: storetest.Open(t, config).Statistics(), now: time.Date(2026, 11, 27, 14, 3, 0, 0, time.UTC)}
	c.Tally = statistics.NewTally(c.store, func() time.Time { return c.now })
	return c
}

// finish counts so many checks of a questionnaire.
func (c *counter) finish(id questionnaire.ID, times int) {
	for range times {
		c.Finished(id)
	}
}

// flush writes what may be written at a day and hour of November or later.
func (c *counter) flush(t *testing.T, day, hour int) {
	t.Helper()
	c.now = time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC)
	if err := c.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// written are the rows of the table, as day, questionnaire and number.
func (c *counter) written(t *testing.T) map[string]int {
	t.Helper()
	rows := make(map[string]int)
	err := c.store.Read(t.Context(), func(tx statistics.Tx) error {
		counts, err := tx.Checks(time.Unix(0, 0), time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC))
		for _, count := range counts {
			rows[count.Day.Format(time.DateOnly)+" "+string(count.Questionnaire)] = count.Finished
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestADayIsWrittenOnceItIsOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		c := newCounter(t, config)
		c.finish("gaming", 12)
		c.flush(t, 27, 23)
		if diff := cmp.Diff(map[string]int{}, c.written(t)); diff != "" {
			t.Errorf("written while the day went on:\n%s", diff)
		}
		c.flush(t, 28, 0)
		c.flush(t, 28, 1)
		if diff := cmp.Diff(map[string]int{"2026-11-27 gaming": 12}, c.written(t)); diff != "" {
			t.Error(diff)
		}
		other := statistics.NewTally(c.store, func() time.Time { return c.now.AddDate(0, 0, -1) })
		for range 10 {
			other.Finished("gaming")
		}
		if err := other.Close(t.Context()); err != nil { // another process, whose clock is behind
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]int{"2026-11-27 gaming": 12, "2026-11-01 gaming": 10}, c.written(t)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestASmallCountIsKeptUntilItIsLargeEnough(t *testing.T) {
	c := newCounter(t, storetest.SQLite(t))
	c.finish("gaming", 9)
	c.finish("sleep", 1)
	c.flush(t, 28, 1)
	if diff := cmp.Diff(map[string]int{}, c.written(t)); diff != "" {
		t.Errorf("a row tells of a few people:\n%s", diff)
	}
	c.finish("gaming", 1)
	c.flush(t, 29, 1)
	if diff := cmp.Diff(map[string]int{"2026-11-28 gaming": 10}, c.written(t)); diff != "" {
		t.Error(diff)
	}
	c.finish("gaming", 3)
	c.now = c.now.AddDate(0, 1, 0) // a process that lives on into the next month
	if err := c.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"2026-11-28 gaming": 10, "2026-12-01 gaming": 3, "2026-12-01 sleep": 1}
	if diff := cmp.Diff(want, c.written(t)); diff != "" {
		t.Errorf("the end of the process changes what was shown, or loses something:\n%s", diff)
	}
	if err := c.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, c.written(t)); diff != "" {
		t.Errorf("ending twice counts twice:\n%s", diff)
	}
}

// failing is a store that cannot write.
type failing struct {
	statistics.Store
	broken bool
}

var errBroken = errors.New("no room")

func (f *failing) Write(ctx context.Context, do func(statistics.Tx) error) error {
	if f.broken {
		return errBroken
	}
	return f.Store.Write(ctx, do)
}

func TestWhatCannotBeWrittenIsWrittenLater(t *testing.T) {
	c := newCounter(t, storetest.SQLite(t))
	broken := &failing{Store: c.store, broken: true}
	c.Tally = statistics.NewTally(broken, func() time.Time { return c.now })
	c.finish("gaming", 20)
	c.now = c.now.AddDate(0, 0, 1)
	if err := c.Flush(t.Context()); !errors.Is(err, errBroken) {
		t.Fatalf("it is told nothing of: %v", err)
	}
	broken.broken = false
	c.flush(t, 28, 15)
	if diff := cmp.Diff(map[string]int{"2026-11-27 gaming": 20}, c.written(t)); diff != "" {
		t.Error(diff)
	}
}

func TestManyCountAtOnceAndNoneIsLost(t *testing.T) {
	c := newCounter(t, storetest.SQLite(t))
	var counting sync.WaitGroup
	for range 8 {
		counting.Go(func() { c.finish("gaming", 1000) })
	}
	counting.Wait()
	c.flush(t, 28, 1)
	if diff := cmp.Diff(map[string]int{"2026-11-27 gaming": 8000}, c.written(t)); diff != "" {
		t.Error(diff)
	}
}
