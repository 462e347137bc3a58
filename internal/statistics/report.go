package statistics

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"predah/internal/questionnaire"
)

// Report is how many self-checks were finished, by month and questionnaire.
//
// Its totals are sums of the numbers that it shows, so that no small number can be found by
// subtraction. A questionnaire without a single number to show is left out, so that nobody can
// tell nothing from a few.
type Report struct {
	From      Month   `json:"from"`
	To        Month   `json:"to"`
	FewerThan int     `json:"fewer_than"` // what null stands for
	Cells     []Cell  `json:"cells"`
	Totals    []Total `json:"totals"` // of what is shown
	Total     int     `json:"total"`  // of what is shown
}

// Cell is the number of one month and questionnaire; nil for fewer than Least, none included.
type Cell struct {
	Month         Month            `json:"month"`
	Questionnaire questionnaire.ID `json:"questionnaire"`
	Checks        *int             `json:"checks"`
}

// Total is the sum of the numbers that are shown of a questionnaire.
type Total struct {
	Questionnaire questionnaire.ID `json:"questionnaire"`
	Checks        int              `json:"checks"`
}

// MaxMonths is how many months a report has at most.
const MaxMonths = 120

// Compile reads the counts of the months, both included, that are over.
func Compile(ctx context.Context, store Store, from, to Month, now time.Time) (Report, error) {
	switch last := LastShown(now); {
	case to.begins.After(last.begins):
		return Report{}, fmt.Errorf("%s cannot be shown yet: %s is the last month that is over and written", to, last)
	case from.begins.After(to.begins):
		return Report{}, fmt.Errorf("%s is after %s", from, to)
	case !from.Plus(MaxMonths).begins.After(to.begins):
		return Report{}, fmt.Errorf("from %s to %s are more than %d months", from, to, MaxMonths)
	}
	var counts []Count
	err := store.Read(ctx, func(tx Tx) (err error) {
		counts, err = tx.Checks(from.begins, to.Plus(1).begins)
		return err
	})
	if err != nil {
		return Report{}, fmt.Errorf("read how many checks were finished: %w", err)
	}
	return report(counts, from, to), nil
}

// monthly is a questionnaire and a month.
type monthly struct {
	id    questionnaire.ID
	month Month
}

func report(counts []Count, from, to Month) Report {
	sums, totals := make(map[monthly]int), make(map[questionnaire.ID]int)
	for _, c := range counts {
		sums[monthly{c.Questionnaire, monthOf(c.Day)}] += c.Finished
	}
	for at, sum := range sums {
		if sum >= Least {
			totals[at.id] += sum
		}
	}
	r := Report{From: from, To: to, FewerThan: Least, Cells: []Cell{}, Totals: []Total{}}
	shown := slices.Sorted(maps.Keys(totals))
	for month := from; !month.begins.After(to.begins); month = month.Plus(1) {
		for _, id := range shown {
			c := Cell{Month: month, Questionnaire: id}
			if sum := sums[monthly{id, month}]; sum >= Least {
				c.Checks = &sum
			}
			r.Cells = append(r.Cells, c)
		}
	}
	for id, sum := range totals {
		r.Totals, r.Total = append(r.Totals, Total{id, sum}), r.Total+sum
	}
	slices.SortFunc(r.Totals, func(a, b Total) int { return cmp.Compare(a.Questionnaire, b.Questionnaire) })
	return r
}
