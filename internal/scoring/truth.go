package scoring

import (
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// truth says whether a rule holds, as far as the answers settle it: Kleene's three values. Criteria
// and bands are read so. What a person skipped is open; what was not asked, or an age that is not
// known, is as with holds.
type truth uint8

const (
	fails truth = iota // whatever the missing answers are
	open               // the missing answers could make it hold or fail
	isSo               // whatever the missing answers are
)

// truthOf is the truth of what is known.
func truthOf(holds bool) truth {
	if holds {
		return isSo
	}
	return fails
}

// truth reads the rule.
func (r *rule) truth(e *evaluation) truth {
	switch r.kind {
	case several:
		return r.truthOfSeveral(e)
	case negation:
		return isSo - r.rules[0].truth(e)
	case versus:
		a, b := e.spanOf(r.cell), e.spanOf(r.other)
		if a.settled && b.settled || math.IsNaN(a.low) || math.IsNaN(b.low) {
			return truthOf(r.holds(e))
		}
		return r.test.decide(a.low-b.high, a.high-b.low)
	}
	if of := e.spanOf(r.cell); !of.settled {
		return r.test.decide(of.low, of.high)
	}
	return truthOf(r.holds(e))
}

// truthOfSeveral: enough hold, or too few can.
func (r *rule) truthOfSeveral(e *evaluation) truth {
	sure, possible := 0, 0
	for i := range r.rules {
		switch r.rules[i].truth(e) {
		case isSo:
			sure, possible = sure+1, possible+1
		case open:
			possible++
		}
	}
	switch {
	case sure >= r.need:
		return isSo
	case possible >= r.need:
		return open
	}
	return fails
}

// decide reads a comparison of a number of which only the bounds are known.
func (c *comparison) decide(low, high float64) truth {
	switch {
	case c.kind == isKnown, c.kind == isMissing: // asks what is answered, not what could be
		return truthOf(c.kind == isMissing)
	case low == high:
		return truthOf(c.holds(low))
	}
	switch c.kind {
	case within:
		switch {
		case low >= c.low && high <= c.high:
			return isSo
		case high < c.low || low > c.high:
			return fails
		}
	case oneOf:
		if !slices.ContainsFunc(c.among, func(x float64) bool { return low <= x && x <= high }) {
			return fails
		}
	}
	return open
}

// span is what a cell can be, once the missing answers are given.
type span struct {
	low, high float64
	settled   bool // nothing is missing: it has a value, or was not asked
}

// spanOf is the value of a cell, or what it could be.
func (e *evaluation) spanOf(at int) span {
	c := &e.cells[at]
	switch {
	case c.presence == answered && !math.IsNaN(c.value):
		return span{low: c.value, high: c.value, settled: true}
	case c.presence == skipped && c.bounded:
		return span{low: questionnaire.Settle(c.points), high: questionnaire.Settle(c.high)}
	case c.presence == skipped || c.unsure:
		return span{low: math.Inf(-1), high: math.Inf(1)}
	}
	return span{low: math.NaN(), high: math.NaN(), settled: true}
}

// unanswered is the cell of a score without a value: with what it could be, where it is only
// answers that are missing and it adds up what it is made of.
func (s *score) unanswered(e *evaluation, why NoScore) cell {
	c := cell{value: math.NaN(), presence: skipped, missing: why}
	if why != Skipped {
		return c
	}
	low, high, ok := s.couldBe(e)
	if !ok {
		return c
	}
	for i := range s.then {
		if s.then[i].Kind == questionnaire.Lookup || s.then[i].Kind == questionnaire.Points {
			return c
		}
		a, _ := s.then[i].apply(low, e)
		b, _ := s.then[i].apply(high, e)
		low, high = min(a, b), max(a, b)
	}
	if math.IsInf(low, 0) || math.IsInf(high, 0) {
		return c
	}
	bounds := questionnaire.Bounds{Min: s.blank.Min, Max: s.blank.Max}
	c.points, _ = bounds.Hold(low)
	c.high, _ = bounds.Hold(high)
	c.bounded = true
	return c
}

// isExtreme says whether the score is one of its parts, so that one that is as high, or as low, as any
// can be settles it, whatever was skipped beside it.
func (s *score) isExtreme() bool {
	return s.method == questionnaire.Min || s.method == questionnaire.Max
}

// couldBe is the least and most that the score comes to before its steps, once what was skipped is
// answered; false where that is not known.
func (s *score) couldBe(e *evaluation) (low, high float64, ok bool) {
	switch s.method {
	case questionnaire.Sum, questionnaire.WeightedSum, questionnaire.Count, questionnaire.Mean, questionnaire.Min, questionnaire.Max:
	default:
		return 0, 0, false
	}
	n := 0
	for i := range s.parts {
		least, most, shown := s.couldAdd(&s.parts[i], e)
		if !shown {
			continue
		}
		switch n++; {
		case n == 1:
			low, high = least, most
		case s.method == questionnaire.Min:
			low, high = min(low, least), min(high, most)
		case s.method == questionnaire.Max:
			low, high = max(low, least), max(high, most)
		default:
			low, high = low+least, high+most
		}
	}
	if s.method == questionnaire.Mean {
		low, high = low/float64(n), high/float64(n)
	}
	return low, high, n > 0 && !math.IsInf(low, 0) && !math.IsInf(high, 0)
}

// couldAdd is the least and most that a part adds, weighted, once it is answered.
func (s *score) couldAdd(p *part, e *evaluation) (least, most float64, shown bool) {
	c := &e.cells[p.cell]
	switch {
	case c.presence == hidden && s.notAsked == nil:
		return 0, 0, false
	case c.presence == hidden:
		least, most = *s.notAsked, *s.notAsked
		if c.unsure {
			low, high := p.could(c)
			least, most = min(least, low), max(most, high)
		}
	default:
		least, most = p.could(c)
	}
	if s.counting {
		least, most = s.couldCount(least, most)
	}
	a, b := float64(least*p.weight), float64(most*p.weight)
	return min(a, b), max(a, b), true
}

// could is the least and most that a part is worth, once it is answered.
func (p *part) could(c *cell) (least, most float64) {
	switch {
	case c.presence == answered:
		least, most = c.points, c.points
	case c.bounded:
		least, most = c.points, c.high
	case p.isScore:
		return math.Inf(-1), math.Inf(1)
	default:
		return p.low, p.mirror - p.low // as far reversed as not
	}
	if p.reverse {
		least, most = p.mirror-most, p.mirror-least
	}
	return least, most
}

// couldCount is the least and most that a part adds to a count.
func (s *score) couldCount(least, most float64) (low, high float64) {
	switch s.countWhen.decide(questionnaire.Settle(least), questionnaire.Settle(most)) {
	case isSo:
		return 1, 1
	case open:
		return 0, 1
	}
	return 0, 0
}
