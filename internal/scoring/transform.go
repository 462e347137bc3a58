package scoring

import (
	"math"
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
		return s.To.Min + (x-s.From.Min)*(s.To.Max-s.To.Min)/(s.From.Max-s.From.Min), scored
	case questionnaire.Standardise:
		return (x - s.Mean) / s.SD, scored
	case questionnaire.ZToT:
		return 50 + 10*x, scored
	case questionnaire.Round:
		return round(x, s.Rounding, s.Places), scored
	case questionnaire.Clamp:
		return min(max(x, s.To.Min), s.To.Max), scored
	case questionnaire.Points:
		return worth(s.Pieces, x), scored
	}
	return lookUp(s.table, x, e)
}

// near is how far numbers may be apart and count as the same: what adding up
// decimals such as 0.1 leaves behind.
const near = 1e-9

// round rounds to places after the point. A number that is a half but for the last
// digits of its fraction is one.
func round(x float64, how questionnaire.Rounding, places int) float64 {
	scale := math.Pow10(places)
	x *= scale
	if half := math.Floor(x) + 0.5; math.Abs(x-half) <= near {
		x = half
	}
	switch how {
	case questionnaire.HalfEven:
		x = math.RoundToEven(x)
	case questionnaire.Floor:
		x = math.Floor(x + near)
	default:
		x = math.Floor(x + 0.5)
	}
	return x / scale
}

// worth is the points of the first piece that the value is in.
func worth(pieces []questionnaire.Piece, x float64) float64 {
	for _, piece := range pieces {
		if x < piece.End-near || !piece.Without && x <= piece.End+near {
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
	at, _ := slices.BinarySearchFunc(rows, x-near, func(row questionnaire.Row, x float64) int {
		if row.Value < x {
			return -1
		}
		return 1
	})
	switch {
	case at < len(rows) && math.Abs(rows[at].Value-x) <= near:
		return rows[at].Result, scored
	case !table.Interpolate || at == 0 || at == len(rows):
		return 0, NotInTable
	}
	below, above := rows[at-1], rows[at]
	return below.Result + (x-below.Value)*(above.Result-below.Result)/(above.Value-below.Value), scored
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
