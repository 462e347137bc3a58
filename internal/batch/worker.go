package batch

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"predah/internal/scoring"
)

// rows reads the rows of a chunk in one format.
type rows interface {
	each(c *chunk, score func(*row), reject func(Rejected))
}

// worker scores one chunk after another.
type worker struct {
	*run
	rows   rows
	result scoring.Result
}

func (r *run) newWorker() *worker {
	row := &row{sheet: r.program.NewSheet(), kept: make([]string, len(r.Keep))}
	row.sheet.Paper = true
	w := &worker{run: r}
	if r.From == CSV {
		w.rows = newCSVRows(r.columns, r.Questionnaire.Items, r.Missing, row)
	} else {
		w.rows = &jsonRows{program: r.program, row: row}
	}
	return w
}

// score makes the results of a chunk.
func (w *worker) score(c *chunk) {
	c.out, c.rejected = c.out[:0], c.rejected[:0]
	c.tally.reset()
	reject := func(rejected Rejected) { c.rejected = append(c.rejected, rejected) }
	w.rows.each(c, func(r *row) {
		if err := w.program.ScoreSheet(r.sheet, &w.result); err != nil || len(r.strangers) > 0 {
			reject(Rejected{r.line, reasons(err, r.strangers)})
			return
		}
		w.view.Show(&w.result, r.sheet.Age)
		c.out = w.encoder.result(c.out, r, &w.result)
		w.count(c.tally, r.sheet, &w.result)
	}, reject)
}

// reasons are all that is wrong with a row, on one line: the answers in order, then the
// unknown items by name.
func reasons(err error, strangers scoring.AnswerErrors) string {
	slices.SortFunc(strangers, func(a, b scoring.AnswerError) int { return cmp.Compare(a.Item, b.Item) })
	refused, ok := errors.AsType[scoring.AnswerErrors](err)
	if err != nil && !ok {
		return err.Error()
	}
	return strings.ReplaceAll(append(refused, strangers...).Error(), "\n", "; ")
}
