package statistics

import (
	"fmt"
	"time"
)

// Month is a month of the calendar, in UTC: the beginning of its first day.
type Month struct{ begins time.Time }

const monthForm = "2006-01"

// ParseMonth reads a month such as 2026-11.
func ParseMonth(text string) (Month, error) {
	begins, err := time.Parse(monthForm, text)
	if err != nil {
		return Month{}, fmt.Errorf("%q is no month, such as 2026-11", text)
	}
	return Month{begins}, nil
}

// monthOf is the month that a moment is in.
func monthOf(at time.Time) Month {
	at = at.UTC()
	return Month{time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)}
}

// Plus is the month so many months later, or earlier.
func (m Month) Plus(months int) Month { return Month{m.begins.AddDate(0, months, 0)} }

// String writes the month as ParseMonth reads it.
func (m Month) String() string { return m.begins.Format(monthForm) }

// MarshalText writes the month in JSON.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// settles is how long after its end a month is shown: by then every process has written its
// counts, so that no later look shows by how little a number has grown.
const settles = 48 * time.Hour

// LastShown is the last month that may be shown: the running one never is, because two looks at
// it would tell what happened between them.
func LastShown(now time.Time) Month { return monthOf(now.Add(-settles)).Plus(-1) }
