package scoring

import (
	"math"

	"predah/internal/questionnaire"
)

// score is one score with its ids resolved.
type score struct {
	blank     ScoreValue // its id and range, without a value
	index     int        // its place in a result
	method    questionnaire.Method
	parts     []part
	counting  bool // the method is Count
	countWhen comparison
	prorateTo float64 // the largest share of the visible parts that may be skipped
}

// part is one ingredient of a score: an item, or a score computed before it.
type part struct {
	cell    int
	reverse bool
	mirror  float64 // lowest + highest points: reversed points are what is left of it
	weight  float64 // 1 unless the method is WeightedSum, never 0
}

// evaluate computes the score from its parts, all of which are known by now.
func (s *score) evaluate(e *evaluation) cell {
	t := tally{least: math.Inf(1), greatest: math.Inf(-1)}
	for i := range s.parts {
		part := &s.parts[i]
		c := &e.cells[part.cell]
		if c.presence != answered {
			if c.presence == skipped {
				t.skipped++
			}
			continue
		}
		points := c.points
		if part.reverse {
			points = part.mirror - points
		}
		if s.counting {
			points = s.counted(points)
		}
		t.answered++
		t.sum += points * part.weight
		if points < t.least {
			t.least = points
		}
		if points > t.greatest {
			t.greatest = points
		}
	}
	if t.answered == 0 && t.skipped == 0 {
		return nothing(hidden) // whatever is made of this score does not miss it
	}
	if t.answered == 0 || t.skipped > 0 && t.skippedShare() > s.prorateTo {
		return nothing(skipped)
	}
	// Only the last digits of a fraction, or a prorated score, can be outside.
	return known(min(max(s.conclude(e, &t), s.blank.Min), s.blank.Max))
}

// valued is the score as a result shows it.
func (s *score) valued(c cell) ScoreValue {
	v := s.blank
	if c.presence == answered {
		v.Value, v.OK = c.value, true
	}
	return v
}

// counted is what a part with these points adds to a count.
func (s *score) counted(points float64) float64 {
	if s.countWhen.holds(points) {
		return 1
	}
	return 0
}

// conclude makes the score of its tally. What grows with every part is prorated.
func (s *score) conclude(e *evaluation, t *tally) float64 {
	switch s.method {
	case questionnaire.Mean:
		return t.sum / float64(t.answered)
	case questionnaire.Min:
		return t.least
	case questionnaire.Max:
		return t.greatest
	}
	if t.skipped == 0 {
		return t.sum
	}
	shown, there := s.weights(e)
	return t.sum * shown / there
}

// weights is how much the parts that were shown weigh, and of these the answered ones.
func (s *score) weights(e *evaluation) (shown, there float64) {
	for i := range s.parts {
		part := &s.parts[i]
		switch e.cells[part.cell].presence {
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
	answered, skipped    int
	sum, least, greatest float64 // of those answered; only the sum is weighted
}

// skippedShare is how much of what was shown was not answered, from 0 to 1.
func (t *tally) skippedShare() float64 {
	return float64(t.skipped) / float64(t.answered+t.skipped)
}
