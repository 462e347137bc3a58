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
	countWhen comparison
	prorateTo float64 // the largest share of the visible parts that may be skipped
}

// part is one ingredient of a score: an item, or a score computed before it.
type part struct {
	isScore bool
	index   int // among the scores or the items
	reverse bool
	mirror  float64 // lowest + highest points: reversed points are what is left of it
	weight  float64 // 1 unless the method is WeightedSum, never 0
}

// evaluate computes the score from its parts, all of which are known by now.
func (s *score) evaluate(e *evaluation) ScoreValue {
	t := tally{least: math.Inf(1), greatest: math.Inf(-1)}
	for i := range s.parts {
		part := &s.parts[i]
		points, presence := part.points(e)
		if presence != hidden {
			t.show(part.weight)
		}
		if presence == answered {
			t.answer(s.worth(points), part.weight)
		}
	}
	result := s.blank
	if t.answered > 0 && t.skippedShare() <= s.prorateTo {
		// Only the last digits of a fraction, or a prorated score, can be outside.
		result.Value, result.OK = min(max(s.conclude(t), s.blank.Min), s.blank.Max), true
	}
	return result
}

// worth is what a part with these points adds to the score.
func (s *score) worth(points float64) float64 {
	if s.method != questionnaire.Count {
		return points
	}
	if s.countWhen.holds(number{points, true}) {
		return 1
	}
	return 0
}

// conclude makes the score of its tally. What grows with every part is prorated.
func (s *score) conclude(t tally) float64 {
	switch s.method {
	case questionnaire.Mean:
		return t.sum / float64(t.answered)
	case questionnaire.Min:
		return t.least
	case questionnaire.Max:
		return t.greatest
	}
	return t.prorated()
}

// points is what the part is worth, when it is answered.
func (p *part) points(e *evaluation) (float64, presence) {
	if !p.isScore {
		r := &e.responses[p.index]
		return p.keyed(r.points), r.presence
	}
	if s := &e.scores[p.index]; s.OK {
		return p.keyed(s.Value), answered
	}
	return 0, skipped // not enough of it was answered
}

// keyed turns the points round when the part is reverse-keyed.
func (p *part) keyed(points float64) float64 {
	if p.reverse {
		return p.mirror - points
	}
	return points
}

// tally is what the visible parts of a score come to. Hidden parts never reach it.
type tally struct {
	visible, answered             int
	visibleWeight, answeredWeight float64
	sum, least, greatest          float64 // of those answered; only the sum is weighted
}

// show takes a part that was shown.
func (t *tally) show(weight float64) {
	t.visible++
	t.visibleWeight += math.Abs(weight)
}

// answer takes the answer to a part that was shown.
func (t *tally) answer(points, weight float64) {
	t.answered++
	t.answeredWeight += math.Abs(weight)
	t.sum += points * weight
	t.least = min(t.least, points)
	t.greatest = max(t.greatest, points)
}

// skippedShare is how much of what was shown was not answered, from 0 to 1.
func (t *tally) skippedShare() float64 {
	return float64(t.visible-t.answered) / float64(t.visible)
}

// prorated is the sum scaled up to what it would be had the skipped parts been
// answered like the others, in proportion to their weights.
func (t *tally) prorated() float64 {
	if t.answered == t.visible {
		return t.sum
	}
	return t.sum * t.visibleWeight / t.answeredWeight
}
