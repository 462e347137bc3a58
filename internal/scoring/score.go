package scoring

import (
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// score is one score with its ids resolved.
type score struct {
	blank       ScoreValue // its id and range, without a value
	index       int        // its place in a result
	method      questionnaire.Method
	parts       []part
	pairs       bool // the method is of two parts
	counting    bool // the method is Count
	countWhen   comparison
	prorateTo   float64 // the largest share of the visible parts that may be skipped
	answerLeast int     // instead: how many must be answered; 0 when prorateTo says it
	missing     questionnaire.Missing
	notAsked    *float64 // how many points a part is worth that was not asked
	raw         questionnaire.Bounds
	then        []transform
}

// part is one ingredient of a score: an item, or a score computed before it.
type part struct {
	cell    int
	reverse bool
	mirror  float64 // lowest + highest points: reversed points are what is left of it
	low     float64 // lowest points of an item
	isScore bool
	weight  float64 // 1 unless the method is WeightedSum, never 0
}

// evaluate computes the score from its parts, all of which are known by now.
func (s *score) evaluate(e *evaluation) cell {
	var x float64
	var missing NoScore
	if s.pairs {
		x, missing = s.pair(e)
	} else {
		x, missing = s.aggregate(e)
		if missing == Skipped && s.missing == "" && s.isExtreme() && s.isAnswered(e) {
			if low, high, ok := s.couldBe(e); ok && low == high {
				x, missing = low, scored // nothing that was skipped can change it
			}
		}
	}
	if len(s.then) > 0 && missing == scored {
		x, _ = s.raw.Hold(x)
		x, missing = s.finish(x, e)
	}
	if missing == NotShown {
		return cell{value: math.NaN(), missing: NotShown, unsure: s.isUnsure(e)} // whatever is made of this score does not miss it
	}
	if missing != scored {
		return s.unanswered(e, missing)
	}
	// Only the last digits of a fraction, or a prorated score, can be outside.
	x, value := questionnaire.Bounds{Min: s.blank.Min, Max: s.blank.Max}.Hold(x)
	return cell{value: value, points: x, presence: answered}
}

// isAnswered says whether any part of the score is.
func (s *score) isAnswered(e *evaluation) bool {
	return slices.ContainsFunc(s.parts, func(p part) bool {
		_, is := s.given(&p, &e.cells[p.cell])
		return is == answered
	})
}

// isUnsure says whether anything that the score is made of was not asked only because what decides
// about it was skipped.
func (s *score) isUnsure(e *evaluation) bool {
	return slices.ContainsFunc(s.parts, func(p part) bool { return e.cells[p.cell].unsure })
}

// finish does the steps with a value.
func (s *score) finish(x float64, e *evaluation) (float64, NoScore) {
	for i := range s.then {
		var missing NoScore
		if x, missing = s.then[i].apply(x, e); missing != scored {
			return 0, missing
		}
		x = min(max(x, -largest), largest)
	}
	return x, scored
}

// aggregate makes one value of any number of parts.
func (s *score) aggregate(e *evaluation) (float64, NoScore) {
	t := tally{product: 1, least: math.Inf(1), greatest: math.Inf(-1)}
	fill := math.NaN()
	for i := range s.parts {
		part := &s.parts[i]
		c := &e.cells[part.cell]
		points, is := s.given(part, c)
		switch is {
		case hidden:
			continue
		case skipped:
			t.skipped++
			t.missing = max(t.missing, c.missing)
			if s.missing == "" {
				continue
			}
			if math.IsNaN(fill) {
				fill = s.fill(e)
			}
			points = fill
		case answered:
			t.answered++
		}
		if s.counting {
			points = s.counted(points)
		}
		t.take(points, part.weight)
	}
	if t.answered == 0 && t.skipped == 0 {
		return 0, NotShown
	}
	if !s.enough(&t) {
		return 0, max(t.missing, Skipped)
	}
	return s.conclude(e, &t), scored
}

// given is what a part is worth, before weighting, and whether it is there.
func (s *score) given(p *part, c *cell) (points float64, is presence) {
	switch {
	case c.presence == answered && p.reverse:
		return p.mirror - c.points, answered
	case c.presence == answered:
		return c.points, answered
	case c.presence == hidden && s.notAsked != nil && !c.unsure:
		return *s.notAsked, answered
	case c.presence == hidden && s.notAsked != nil:
		return 0, skipped
	}
	return 0, c.presence
}

// fill is how many points a part counts that was skipped, where it counts any.
func (s *score) fill(e *evaluation) float64 {
	if s.missing == questionnaire.MissingZero {
		return 0
	}
	var room [32]float64
	all := room[:0]
	for i := range s.parts {
		if points, is := s.given(&s.parts[i], &e.cells[s.parts[i].cell]); is == answered {
			all = append(all, points)
		}
	}
	if len(all) == 0 {
		return 0 // and there will be no score
	}
	slices.Sort(all)
	middle := all[len(all)/2]
	if len(all)%2 == 0 {
		middle = (all[len(all)/2-1] + middle) / 2
	}
	return math.Ceil(questionnaire.Settle(middle))
}

// enough says whether enough was answered for a score. A part that has no value for another
// reason than that it was skipped is never made up for.
func (s *score) enough(t *tally) bool {
	switch {
	case t.answered == 0 || t.missing > Skipped:
		return false
	case s.answerLeast > 0:
		return t.answered >= s.answerLeast
	case s.missing != "" || t.skipped == 0:
		return true
	}
	return t.skippedShare() <= s.prorateTo
}

// pair makes one value of two parts, both of which must be there.
func (s *score) pair(e *evaluation) (float64, NoScore) {
	var of [2]float64
	for i := range of {
		part := &s.parts[i]
		c := &e.cells[part.cell]
		switch c.presence {
		case hidden:
			return 0, NotShown
		case skipped:
			return 0, max(c.missing, Skipped)
		}
		if of[i] = c.points; part.reverse {
			of[i] = part.mirror - c.points
		}
	}
	switch s.method {
	case questionnaire.Quotient:
		if questionnaire.Settle(of[1]) == 0 {
			return 0, DividedByZero
		}
		return of[0] / of[1], scored
	case questionnaire.HoursBetween:
		return hoursBetween(of[0], of[1]), scored
	case questionnaire.DaysBetween:
		return of[1] - of[0], scored
	}
	return of[0] - of[1], scored // questionnaire.Difference
}

// hoursBetween is how long it is from one minute of a day to the next that is the other,
// which may be after midnight.
func hoursBetween(from, to float64) float64 {
	const day = 24 * 60
	minutes := to - from
	if minutes < 0 {
		minutes += day
	}
	return minutes / 60
}

// valued is the score as a result shows it.
func (s *score) valued(c cell) ScoreValue {
	v := s.blank
	if c.presence == answered {
		v.Value, v.OK = c.value, true
	} else {
		v.Missing = c.missing
	}
	return v
}

// counted is what a part with these points adds to a count.
func (s *score) counted(points float64) float64 {
	if s.countWhen.holds(questionnaire.Settle(points)) {
		return 1
	}
	return 0
}

// conclude makes the score of its tally. What grows with every part is prorated.
func (s *score) conclude(e *evaluation, t *tally) float64 {
	switch s.method {
	case questionnaire.Mean:
		if s.missing != "" {
			return t.sum / float64(t.answered+t.skipped)
		}
		return t.sum / float64(t.answered)
	case questionnaire.Product:
		if math.IsNaN(t.product) {
			return 0 // more than can be written, times 0
		}
		return t.product
	case questionnaire.Min:
		return t.least
	case questionnaire.Max:
		return t.greatest
	}
	if t.skipped == 0 || s.missing != "" {
		return t.sum
	}
	shown, there := s.weights(e)
	return float64(t.sum*shown) / there
}

// weights is how much the parts that were shown weigh, and of these the answered ones.
func (s *score) weights(e *evaluation) (shown, there float64) {
	for i := range s.parts {
		part := &s.parts[i]
		switch _, is := s.given(part, &e.cells[part.cell]); is {
		case answered:
			there += math.Abs(part.weight)
			shown += math.Abs(part.weight)
		case skipped:
			shown += math.Abs(part.weight)
		}
	}
	return shown, there
}

// tally is what the visible parts of a score come to. Hidden parts never reach it.
type tally struct {
	answered, skipped int
	missing           NoScore // why a part has no value, when that is not that it was skipped
	sum, product      float64 // of those answered; only the sum is weighted
	least, greatest   float64
}

// take adds a part to the tally.
func (t *tally) take(points, weight float64) {
	t.sum += float64(points * weight) // rounded before it is added, on every processor
	t.product *= points
	if points < t.least {
		t.least = points
	}
	if points > t.greatest {
		t.greatest = points
	}
}

// skippedShare is how much of what was shown was not answered, from 0 to 1.
func (t *tally) skippedShare() float64 {
	return float64(t.skipped) / float64(t.answered+t.skipped)
}
