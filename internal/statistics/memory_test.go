package statistics_test

import (
	"context"
	"time"

	"predah/internal/questionnaire"
	"predah/internal/statistics"
)

// memory is counts by month and questionnaire, for tests of very many reports.
type memory map[string][]statistics.Count

func (m memory) add(month string, id questionnaire.ID, finished int) {
	begins, _ := time.Parse("2006-01", month)
	for day := range 2 {
		share := finished / 2
		if day == 1 {
			share = finished - share
		}
		if share > 0 {
			m[month] = append(m[month], statistics.Count{Questionnaire: id, Day: begins.AddDate(0, 0, 14*day), Finished: share})
		}
	}
}

// Read reads what was added.
func (m memory) Read(_ context.Context, do func(statistics.Tx) error) error { return do(m) }

// Write is not needed.
func (m memory) Write(context.Context, func(statistics.Tx) error) error { panic("nothing is written") }

// AddChecks is not needed.
func (m memory) AddChecks(statistics.Count) error { panic("nothing is written") }

// Checks lists what was added.
func (m memory) Checks(from, before time.Time) (counts []statistics.Count, _ error) {
	for _, each := range m {
		for _, count := range each {
			if !count.Day.Before(from) && count.Day.Before(before) {
				counts = append(counts, count)
			}
		}
	}
	return counts, nil
}
