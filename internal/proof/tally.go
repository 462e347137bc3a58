package proof

import (
	"encoding/binary"
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// tally is a comparison of a score of which some answers are known.
type tally struct {
	score     int
	test      questionnaire.Comparison
	how       reading
	negated   bool
	remaining []pending
	sums      []partial // of the scores of the form, in order
}

// pending is an item of a score whose class is not known yet.
type pending struct {
	place int     // among the items of the form
	shown formula // what is left of its show-when
	open  formula // what is left of its being hidden only for what was skipped
}

// partial is what the answers known so far add up to in one score.
type partial struct {
	visible, answered             int
	visibleWeight, answeredWeight float64
	sum, least, greatest          float64
	skippedLow, skippedHigh       float64 // what was skipped would have added, at least and at most
	leastLow, leastHigh           float64 // the least that any of it would have added
	greatestLow, greatestHigh     float64 // the greatest
	unsure                        bool    // something was not shown only because what decides about it was skipped
}

// begin is a comparison of a score of which no answer is known.
func (p *pool) begin(score int, test questionnaire.Comparison, how reading) formula {
	form := &p.scores[score]
	t := tally{score: score, test: test, how: how, sums: make([]partial, len(form.scores))}
	for i := range t.sums {
		t.sums[i].forgetEnds()
	}
	for place := range form.items {
		t.remaining = append(t.remaining, pending{place, form.items[place].shown, form.items[place].open})
	}
	return p.tally(t)
}

// tally gives the formula of a tally, which is decided as soon as it can be.
func (p *pool) tally(t tally) formula {
	form := &p.scores[t.score]
	if len(t.remaining) == 0 {
		return t.verdict(t.passes(form.value(t.sums)))
	}
	if f, ok := p.foresee(form, &t); ok {
		return f
	}
	p.writeKey(&t)
	return p.intern(func() node {
		n := node{kind: scored, tally: t}
		for _, r := range t.remaining {
			n.vars = union(union(n.vars, p.nodes[r.shown].vars), p.nodes[r.open].vars)
			n.vars = with(n.vars, form.items[r.place].variable)
		}
		return n
	})
}

// passes reads the comparison of a score that is finished.
func (t *tally) passes(r outcome) bool {
	if r.known || !r.shown && !r.unsure || t.how == asMissing {
		return compares(t.test, questionnaire.Settle(r.value), r.known)
	}
	all, none := decided(t.test, questionnaire.Settle(r.low), questionnaire.Settle(r.high))
	return all || !none && t.how == ifPossible
}

func (t *tally) verdict(passes bool) formula {
	if passes != t.negated {
		return always
	}
	return never
}

func (p *pool) writeKey(t *tally) {
	key := append(p.key[:0], byte(scored), byte(t.score), byte(t.score>>8))
	key = append(append(key, t.test.Operator...), 0)
	number := func(x float64) { key = binary.LittleEndian.AppendUint64(key, math.Float64bits(x+0)) }
	for _, x := range t.test.Values {
		number(x)
	}
	key = append(key, byte(t.how)<<1|bit(t.negated))
	for _, r := range t.remaining {
		key = binary.AppendUvarint(binary.AppendUvarint(binary.AppendUvarint(key, uint64(r.place)), uint64(r.shown)), uint64(r.open))
	}
	for _, s := range t.sums {
		key = append(binary.AppendUvarint(binary.AppendUvarint(key, uint64(s.visible)), uint64(s.answered)), bit(s.unsure))
		for _, x := range []float64{
			s.visibleWeight, s.answeredWeight, s.sum, s.least, s.greatest, s.skippedLow, s.skippedHigh,
			s.leastLow, s.leastHigh, s.greatestLow, s.greatestHigh,
		} {
			number(x)
		}
	}
	p.key = key
}

// advance takes the class of a variable into a tally. Whoever gives an item a class before
// it is known whether it is shown says that it is.
func (p *pool) advance(t tally, v, c int) formula {
	form := &p.scores[t.score]
	next := t
	next.remaining = make([]pending, 0, len(t.remaining))
	next.sums = slices.Clone(t.sums)
	for _, r := range t.remaining {
		shown, isOpen := p.assign(r.shown, v, c), p.assign(r.open, v, c)
		switch {
		case shown == never && (isOpen == never || isOpen == always):
			form.items[r.place].hide(next.sums, isOpen == always)
		case shown == never, form.items[r.place].variable != v:
			next.remaining = append(next.remaining, pending{r.place, shown, isOpen})
		default:
			form.items[r.place].add(next.sums, p.variables[v].classes[c].answered, c)
		}
	}
	return p.tally(next)
}

// foresee decides a comparison whatever the remaining answers are, if it can, and forgets
// what no longer matters.
func (p *pool) foresee(form *scoreForm, t *tally) (formula, bool) {
	if len(form.scores) > 1 {
		return 0, false
	}
	sum, share := &t.sums[0], form.scores[0].ProrateUpTo
	parts, canSkip, canBeEmpty := 0, sum.visible > sum.answered, sum.answered == 0
	low, high := sum.sum, sum.sum
	isUnsure := sum.unsure
	if t.how != asMissing { // what was skipped counts with what it could be
		low, high, canBeEmpty = low+sum.skippedLow, high+sum.skippedHigh, sum.visible == 0
	}
	for _, r := range t.remaining {
		item := &form.items[r.place]
		parts += item.parts
		isUnsure = isUnsure || r.open != never
		canSkip = canSkip || item.skippable || item.counts && r.open != never
		least, most := item.low, item.high
		if t.how != asMissing {
			least, most = item.apart()
		}
		if r.shown == always || item.counts && (r.open == never || t.how != asMissing) {
			canBeEmpty = false
		}
		if r.shown == always {
			low, high = low+least, high+most
		} else {
			low, high = low+min(item.absent, least), high+max(item.absent, most)
		}
	}
	if skipped := sum.visible - sum.answered; t.how == asMissing && !isExtreme(form.scores[0].Method) && skipped > 0 && float64(skipped)/float64(sum.visible+parts) > share {
		return t.verdict(compares(t.test, 0, false)), true
	}
	if form.adds() && (share == 0 || !canSkip) {
		all, none := decided(t.test, form.clamp(low), form.clamp(high))
		switch {
		case none && (t.how == asMissing || !canBeEmpty || !isUnsure):
			return t.verdict(false), true
		case all && !canBeEmpty && (!canSkip || t.how != asMissing):
			return t.verdict(true), true
		case all && t.how == asMissing:
			t.test = questionnaire.Comparison{Operator: questionnaire.Answered, Values: []float64{1}}
		}
	}
	if t.test.Operator == questionnaire.Answered && !canSkip && !canBeEmpty {
		return t.verdict(compares(t.test, 0, true)), true
	}
	if t.test.Operator == questionnaire.Answered && !isExtreme(form.scores[0].Method) {
		sum.sum = 0
		sum.forgetEnds()
	}
	return 0, false
}

// forgetEnds makes the sums those of a score whose lowest and highest parts do not matter.
func (s *partial) forgetEnds() {
	s.least, s.leastLow, s.leastHigh = math.Inf(1), math.Inf(1), math.Inf(1)
	s.greatest, s.greatestLow, s.greatestHigh = math.Inf(-1), math.Inf(-1), math.Inf(-1)
}

// decided tells whether all, or none, of the values from low to high pass a comparison.
func decided(test questionnaire.Comparison, low, high float64) (all, none bool) {
	passes := func(x float64) bool { return compares(test, x, true) }
	switch test.Operator {
	case questionnaire.AtLeast, questionnaire.AtMost, questionnaire.MoreThan, questionnaire.LessThan:
		return passes(low) && passes(high), !passes(low) && !passes(high)
	case questionnaire.Is, questionnaire.In:
		outside := !slices.ContainsFunc(test.Values, func(x float64) bool { return x >= low && x <= high })
		return low == high && passes(low), outside
	}
	return false, false
}
