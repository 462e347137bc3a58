package batch

import (
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"predah/internal/questionnaire"
)

// Summary describes the rows of a job.
type Summary struct {
	Rows     int // scored
	Rejected int
	Scores   []ScoreSummary
	Bands    []BandCount // in the questionnaire's order, the last one of rows without a band; none where it has no bands
	Missing  []ItemCount // in the questionnaire's order
}

// ScoreSummary describes the values of one score.
type ScoreSummary struct {
	ID       questionnaire.ScoreID
	N        int      // rows in which there is a value
	Mean, SD *float64 // SD is that of a sample (n-1); nil when there are too few values
	// Alpha is Cronbach's and Omega McDonald's coefficient over the Complete rows that answer every
	// item of the score; nil when it is no sum of items, or they can't be computed.
	Alpha, Omega *float64
	Complete     int
	// Against are the items that run against the sum of the others over the complete rows, which
	// mostly are keyed the wrong way round.
	Against []ItemRest
}

// ItemRest is an item and how its points correlate with the sum of the score's other items.
type ItemRest struct {
	ID          questionnaire.ItemID
	Correlation float64 // from -1 to 1
}

// fewRows is how many complete rows a coefficient needs to be printed without a note: with fewer,
// chance moves it far. A convention of ours, no published bound.
const fewRows = 30

// BandCount is how many rows came to a band.
type BandCount struct {
	ID string // "" for rows without a band
	N  int
}

// ItemCount is how many rows give no answer to an item, skipped or not shown.
type ItemCount struct {
	ID questionnaire.ItemID
	N  int
}

// summary describes what the job has counted.
func (r *run) summary() Summary {
	q, t := r.Questionnaire, r.total
	s := Summary{Rows: t.rows, Rejected: r.refused}
	for i, score := range r.shown {
		m := &t.scores[i]
		s.Scores = append(s.Scores, ScoreSummary{ID: score.ID, N: m.n, Mean: m.mean(), SD: m.deviation()})
	}
	for i := range r.scales {
		of := &s.Scores[r.scales[i].score]
		of.Complete = t.scales[i].n
		if covariances := t.scales[i].covariances(); covariances != nil {
			found := reliabilityOf(covariances)
			of.Alpha, of.Omega = found.alpha, found.omega
			for at, correlation := range itemRest(covariances) {
				if correlation != nil && *correlation < 0 {
					of.Against = append(of.Against, ItemRest{q.Items[r.scales[i].parts[at].place].ID, *correlation})
				}
			}
		}
	}
	for i := range q.Bands {
		s.Bands = append(s.Bands, BandCount{q.Bands[i].ID, t.bands[i]})
	}
	if len(q.Bands) > 0 {
		s.Bands = append(s.Bands, BandCount{"", t.bands[len(q.Bands)]})
	}
	for i, n := range t.missing {
		s.Missing = append(s.Missing, ItemCount{q.Items[i].ID, n})
	}
	return s
}

// Print writes the summary as text, a table for each part.
func (s Summary) Print(w io.Writer) {
	fmt.Fprintf(w, "%d scored, %d not\n", s.Rows, s.Rejected)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	defer table.Flush()
	if s.Rows == 0 {
		return
	}
	s.printScores(table)
	if len(s.Bands) > 0 {
		fmt.Fprintln(table, "\nband\trows\tshare")
	}
	for _, band := range s.Bands {
		if band.ID == "" {
			if band.N == 0 {
				continue
			}
			band.ID = "(no band)" // which no band can be called
		}
		fmt.Fprintf(table, "%s\t%d\t%s\n", band.ID, band.N, s.share(band.N))
	}
	fmt.Fprintln(table, "\nitem\tno answer\tshare")
	for _, item := range s.Missing {
		fmt.Fprintf(table, "%s\t%d\t%s\n", item.ID, item.N, s.share(item.N))
	}
}

// printScores writes the table of scores, and what must be known to read it.
func (s Summary) printScores(table *tabwriter.Writer) {
	if len(s.Scores) == 0 {
		return
	}
	fmt.Fprintln(table, "\nscore\tn\tmean\tSD\talpha\tomega\tcomplete")
	few := false
	for _, score := range s.Scores {
		mark := ""
		if (score.Alpha != nil || score.Omega != nil) && score.Complete < fewRows {
			few, mark = true, "*"
		}
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\t%s\t%d%s\n", score.ID, score.N,
			decimal(score.Mean), decimal(score.SD), decimal(score.Alpha), decimal(score.Omega), score.Complete, mark)
	}
	table.Flush()
	if few {
		fmt.Fprintf(table, "* fewer than %d complete rows: alpha and omega say next to nothing\n", fewRows)
	}
	for _, score := range s.Scores {
		for _, item := range score.Against {
			fmt.Fprintf(table, "`%s` runs against the rest of `%s` (correlation %.2f): is it keyed the wrong way round?\n", item.ID, score.ID, item.Correlation)
		}
	}
}

func (s Summary) share(n int) string {
	return strconv.FormatFloat(100*float64(n)/float64(s.Rows), 'f', 1, 64) + " %"
}

// decimal is a figure with three decimals, or a dash when there is none.
func decimal(value *float64) string {
	if value == nil {
		return "–"
	}
	return strconv.FormatFloat(*value, 'f', 3, 64)
}
