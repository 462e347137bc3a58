package scoring

import (
	"cmp"
	"slices"

	"predah/internal/questionnaire"
)

// transform is one thing done with the value of a score.
type transform struct {
	questionnaire.Transform
	table *questionnaire.Table // of Lookup
}

// apply does the step. There is no value when a table has none for the person.
func (s *transform) apply(x float64, e *evaluation) (float64, NoScore) {
	switch s.Kind {
	case questionnaire.Multiply:
		return x * s.By, scored
	case questionnaire.Add:
		return x + s.By, scored
	case questionnaire.ScaleTo:
		return between(x, s.From, s.To), scored
	case questionnaire.Standardise:
		return (x - s.Mean) / s.SD, scored
	case questionnaire.ZToT:
		return 50 + float64(10*x), scored
	case questionnaire.Round:
		return s.Rounding.Round(x, s.Places), scored
	case questionnaire.Clamp:
		return min(max(x, s.To.Min), s.To.Max), scored
	case questionnaire.Points:
		return worth(s.Pieces, questionnaire.Settle(x)), scored
	}
	return lookUp(s.table, questionnaire.Settle(x), e)
}

// between is where x would be if what goes over one range went over another in proportion.
func between(x float64, from, to questionnaire.Bounds) float64 {
	return to.Min + float64((x-from.Min)*(to.Max-to.Min))/(from.Max-from.Min)
}

// worth is the points of the first piece that the value is in.
func worth(pieces []questionnaire.Piece, x float64) float64 {
	for _, piece := range pieces {
		if x < piece.End || !piece.Without && x == piece.End {
			return piece.Worth
		}
	}
	return pieces[len(pieces)-1].Worth
}

// lookUp finds the value in the norm of the person.
func lookUp(table *questionnaire.Table, x float64, e *evaluation) (float64, NoScore) {
	rows, missing := normOf(table, e)
	if missing != scored {
		return 0, missing
	}
	at, found := slices.BinarySearchFunc(rows, x, func(row questionnaire.Row, x float64) int {
		return cmp.Compare(row.Value, x)
	})
	switch {
	case found:
		return rows[at].Result, scored
	case !table.Interpolate || at == 0 || at == len(rows):
		return 0, NotInTable
	}
	below, above := rows[at-1], rows[at]
	return between(x, questionnaire.Bounds{Min: below.Value, Max: above.Value}, questionnaire.Bounds{Min: below.Result, Max: above.Result}), scored
}

// normOf finds the rows for the person's age and sex, or says what is not known of them.
func normOf(table *questionnaire.Table, e *evaluation) ([]questionnaire.Row, NoScore) {
	needsAge, needsSex := false, false
	for i := range table.Norms {
		norm := &table.Norms[i]
		needsAge, needsSex = needsAge || norm.Ages != nil, needsSex || norm.Sex != ""
		if (norm.Ages == nil || e.aged) && norm.Covers(e.sex, e.age) {
			return norm.Rows, scored
		}
	}
	switch {
	case needsSex && e.sex == "":
		return nil, SexNotSaid
	case needsAge && !e.aged:
		return nil, AgeNotSaid
	}
	return nil, NotInTable
}
