package support

import (
	"testing"
	"time"
	_ "time/tzdata" // the tests do not depend on the machine's zone files

	"github.com/google/go-cmp/cmp"
)

// movingDays lists, typed by hand, the work-free days of Slovenia that move
// with Easter; those that do not are in fixedDays.
func movingDays() []string {
	return []string{
		"2025-04-20", "2025-04-21", "2025-06-08",
		"2026-04-05", "2026-04-06", "2026-05-24",
		"2027-03-28", "2027-03-29", "2027-05-16",
		"2028-04-16", "2028-04-17", "2028-06-04",
		"2029-04-01", "2029-04-02", "2029-05-20",
		"2030-04-21", "2030-04-22", "2030-06-09",
		"2031-04-13", "2031-04-14", "2031-06-01",
		"2032-03-28", "2032-03-29", "2032-05-16",
		"2033-04-17", "2033-04-18", "2033-06-05",
		"2034-04-09", "2034-04-10", "2034-05-28",
		"2035-03-25", "2035-03-26", "2035-05-13",
	}
}

// fixedDays are the work-free days with a date of their own. 17 August,
// 15 September, 23 September and 23 November are holidays on which people work.
func fixedDays() []string {
	return []string{
		"01-01", "01-02", "02-08", "04-27", "05-01", "05-02", "06-25",
		"08-15", "10-31", "11-01", "12-25", "12-26",
	}
}

func TestHolidaysAreTheWorkFreeDaysOf2025To2035(t *testing.T) {
	want := map[string]bool{}
	for _, day := range movingDays() {
		want[day] = true
	}
	for year := 2025; year <= 2035; year++ {
		for _, day := range fixedDays() {
			want[time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006-")+day] = true
		}
	}
	calendar := newCalendar(t)
	got := map[string]bool{}
	for day := time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() <= 2035; day = day.AddDate(0, 0, 1) {
		if calendar.IsHoliday(day) {
			got[day.Format(time.DateOnly)] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("work-free days (-by hand +calendar):\n%s", diff)
	}
}

func TestHolidaysAreKnownOutsideTheYearsWorkedOutBeforehand(t *testing.T) {
	calendar := newCalendar(t)
	for _, year := range []int{1995, firstYear - 1, firstYear, lastYear, lastYear + 1, 2150} {
		if !calendar.IsHoliday(time.Date(year, 2, 8, 12, 0, 0, 0, time.UTC)) {
			t.Errorf("8 February %d is no holiday", year)
		}
		if calendar.IsHoliday(time.Date(year, 11, 23, 12, 0, 0, 0, time.UTC)) {
			t.Errorf("23 November %d is a holiday", year)
		}
	}
}

func TestAHolidayEndsAtMidnightInLjubljanaNotInGreenwich(t *testing.T) {
	calendar := newCalendar(t)
	for at, want := range map[string]bool{
		"2026-06-24T21:59:59Z": false,
		"2026-06-24T22:00:00Z": true,
		"2026-06-25T21:59:59Z": true,
		"2026-06-25T22:00:00Z": false,
	} {
		if got := calendar.IsHoliday(moment(t, at)); got != want {
			t.Errorf("%s: holiday %v, want %v", at, got, want)
		}
	}
}

func newCalendar(t testing.TB) *Calendar {
	t.Helper()
	calendar, err := NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	return calendar
}

func moment(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
