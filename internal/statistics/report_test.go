package statistics_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/statistics"
	"predah/internal/store/storetest"
)

func month(t testing.TB, text string) statistics.Month {
	t.Helper()
	m, err := statistics.ParseMonth(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// keep writes counts by day and questionnaire.
func (c *counter) keep(t *testing.T, counts map[string]int) {
	t.Helper()
	err := c.store.Write(t.Context(), func(tx statistics.Tx) error {
		for at, finished := range counts {
			date, id, _ := strings.Cut(at, " ")
			day, err := time.Parse(time.DateOnly, date)
			if err == nil {
				err = tx.AddChecks(statistics.Count{Questionnaire: questionnaire.ID(id), Day: day, Finished: finished})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func number(n int) *int { return &n }

func TestAReportShowsNumbersFromTenOnAndTotalsOfThoseAlone(t *testing.T) {
	c := newCounter(t, storetest.SQLite(t))
	c.keep(t, map[string]int{
		"2026-08-31 gaming": 500, // before
		"2026-09-01 gaming": 7, "2026-09-30 gaming": 3,
		"2026-10-04 gaming": 9, "2026-09-12 sleep": 9, "2026-10-12 sleep": 9, // sleep never has a number
		"2026-10-31 phone":  41,
		"2026-11-01 gaming": 800, // after
	})
	now := time.Date(2026, 12, 3, 0, 0, 0, 0, time.UTC)
	got, err := statistics.Compile(t.Context(), c.store, month(t, "2026-09"), month(t, "2026-10"), now)
	if err != nil {
		t.Fatal(err)
	}
	want := statistics.Report{
		From: month(t, "2026-09"), To: month(t, "2026-10"), FewerThan: 10,
		Cells: []statistics.Cell{
			{Month: month(t, "2026-09"), Questionnaire: "gaming", Checks: number(10)},
			{Month: month(t, "2026-09"), Questionnaire: "phone"},
			{Month: month(t, "2026-10"), Questionnaire: "gaming"},
			{Month: month(t, "2026-10"), Questionnaire: "phone", Checks: number(41)},
		},
		Totals: []statistics.Total{{Questionnaire: "gaming", Checks: 10}, {Questionnaire: "phone", Checks: 41}},
		Total:  51,
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b statistics.Month) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
}

func TestTheRunningMonthIsNeverShown(t *testing.T) {
	c := newCounter(t, storetest.SQLite(t))
	november := month(t, "2026-11")
	for _, test := range []struct {
		at    time.Time
		shown bool
	}{
		{time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC), false},
		{time.Date(2026, 12, 2, 23, 59, 59, 0, time.UTC), false}, // some process may not have written yet
		{time.Date(2026, 12, 3, 0, 0, 0, 0, time.UTC), true},
	} {
		if _, err := statistics.Compile(t.Context(), c.store, november, november, test.at); (err == nil) != test.shown {
			t.Errorf("at %s: %v", test.at, err)
		}
	}
	for _, wrong := range [][2]string{{"2026-10", "2026-09"}, {"2016-10", "2026-10"}} {
		if _, err := statistics.Compile(t.Context(), c.store, month(t, wrong[0]), month(t, wrong[1]), time.Date(2026, 12, 3, 0, 0, 0, 0, time.UTC)); err == nil {
			t.Errorf("%v is reported", wrong)
		}
	}
	for _, text := range []string{"", "2026", "2026-13", "2026-1", "November", "2026-11-01"} {
		if _, err := statistics.ParseMonth(text); err == nil {
			t.Errorf("%q is a month", text)
		}
	}
}

// FuzzParseMonth: a month is written in one way, and is one before the next.
func FuzzParseMonth(f *testing.F) {
	for _, seed := range []string{"2026-11", "2026-13", "0000-01", "9999-12", "2026-1", "-001-01", "2026-11-01", "", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := statistics.ParseMonth(text)
		if err == nil && (m.String() != text || m.Plus(1).Plus(-1) != m) {
			t.Errorf("%q is read as %s, the next before which is %s", text, m, m.Plus(1).Plus(-1))
		}
	})
}

// TestNoReportTellsASmallNumber: whatever is counted, the report is the same when any small
// number of a month is another small one, or none.
func TestNoReportTellsASmallNumber(t *testing.T) {
	now := time.Date(2027, 1, 3, 0, 0, 0, 0, time.UTC)
	from, to := month(t, "2026-10"), month(t, "2026-12")
	rapid.Check(t, func(rt *rapid.T) {
		first, second := memory{}, memory{}
		for _, at := range []string{"2026-10", "2026-11", "2026-12"} {
			for _, id := range []questionnaire.ID{"gaming", "sleep", "phone"} {
				n := rapid.IntRange(0, 25).Draw(rt, at+" "+string(id))
				other := n
				if n < statistics.Least {
					other = rapid.IntRange(0, statistics.Least-1).Draw(rt, "instead")
				}
				first.add(at, id, n)
				second.add(at, id, other)
			}
		}
		a, errA := statistics.Compile(t.Context(), first, from, to, now)
		b, errB := statistics.Compile(t.Context(), second, from, to, now)
		if errA != nil || errB != nil {
			rt.Fatal(errA, errB)
		}
		if diff := cmp.Diff(a, b, cmp.Comparer(func(a, b statistics.Month) bool { return a == b })); diff != "" {
			rt.Errorf("the report tells small numbers apart:\n%s", diff)
		}
	})
}
