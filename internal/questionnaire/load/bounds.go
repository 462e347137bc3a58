package load

import (
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// The range of a score is the lowest and highest value that package scoring can give it:
//
//   - An item is worth the points of its option; a number item, the number itself; a
//     multiple item, the points of all options chosen, of which there is at least
//     one. A reversed part has the same range as it has unreversed.
//   - A hidden part is as if it were not there: a sum goes on without it, a mean divides by
//     those that are. So a part that can be hidden contributes its points or nothing.
//     When every part is hidden there is no score, hence no value to be in the range, and what
//     is made of that score goes on without it too.
//   - Where a part that was not asked counts something, it is always there, and may be
//     worth that; it counts as skipped when what decides about it was skipped.
//   - A skipped part, where prorating lets it be skipped, is replaced in proportion: a sum
//     over a of n visible parts is multiplied by n/a. A score that is a part may be
//     missing and then counts as skipped.
//   - The range is never narrower than what can happen. It may be wider where parts differ in
//     range and may be both hidden and skipped, and for prorated weighted sums.

// ingredient is a part of a score with what it can contribute.
type ingredient struct {
	can       values // its points, after reversing
	low, high float64
	whole     bool
	weight    float64
	hideable  bool
	skippable bool // without losing the score
	missable  bool // may be skipped, whatever becomes of the score
	absent    bool // may not be asked
}

// always tells that the part is in every value of the score.
func (p *ingredient) always() bool { return !p.hideable && !p.skippable }

// ingredient finds out what a part can contribute; its can is not known when the part is broken.
func (f *folder) ingredient(part questionnaire.Part, s *questionnaire.Score) ingredient {
	p := f.answeredIngredient(part)
	p.missable = part.Score != "" || f.mayMiss(f.q.Items[f.itemAt[part.Item]], s)
	p.skippable = p.missable && missingShare(s) > 0
	if p.absent = p.hideable; p.absent && s.NotAsked != nil {
		p.hideable = false
		p.mayBe(*s.NotAsked)
	}
	if s.Missing == questionnaire.MissingZero && p.missable {
		p.mayBe(0)
	}
	return p
}

// mayBe takes another number of points among those that the part can be worth.
func (p *ingredient) mayBe(points float64) {
	if !p.can.known {
		return
	}
	p.low, p.high, p.whole = min(p.low, points), max(p.high, points), p.whole && points == math.Trunc(points)
	if p.can.finite {
		p.can = oneOf(append(slices.Clone(p.can.points), points))
	} else {
		p.can = between(p.low, p.high, p.whole)
	}
}

// fillWithMedian takes into account that parts that are skipped are worth the median of the others,
// rounded up.
func fillWithMedian(parts []ingredient) {
	low, high := math.Inf(1), math.Inf(-1)
	for i := range parts {
		if !parts[i].can.known {
			return
		}
		low, high = min(low, parts[i].low), max(high, parts[i].high)
	}
	for i := range parts {
		if p := &parts[i]; p.missable {
			p.low, p.high = min(p.low, math.Ceil(low)), max(p.high, math.Ceil(high))
			p.can = between(p.low, p.high, p.whole)
		}
	}
}

// missingShare is the largest share of the visible parts that may be skipped and is made up for.
func missingShare(s *questionnaire.Score) float64 {
	switch n := len(s.Of); {
	case s.Missing != "" || s.Method.Pairs() || s.Method == questionnaire.Product:
		return 0
	case s.AnsweredAtLeast > 0 && n > 0: // exactly so when all are visible, and never less
		return float64(n-s.AnsweredAtLeast) / float64(n)
	}
	return s.ProrateUpTo
}

// answeredIngredient is a part that is answered.
func (f *folder) answeredIngredient(part questionnaire.Part) ingredient {
	p := ingredient{weight: part.Weight}
	if part.Score != "" {
		p.can = f.computed[part.Score]
		p.low, p.high, p.whole = p.can.low, p.can.high, p.can.whole
		p.hideable = f.hideable[part.Score]
		return p
	}
	item := &f.q.Items[f.itemAt[part.Item]]
	p.can = points(item)
	p.hideable = item.ShowWhen != nil
	p.low, p.high, p.whole = p.can.low, p.can.high, p.can.whole
	if p.can.finite {
		p.low, p.high = slices.Min(p.can.points), slices.Max(p.can.points)
		p.whole = !slices.ContainsFunc(p.can.points, func(x float64) bool { return x != math.Trunc(x) })
		if part.Reverse {
			turned := make([]float64, len(p.can.points))
			for i, x := range p.can.points {
				turned[i] = p.low + p.high - x
			}
			p.can = oneOf(turned)
		}
	}
	return p
}

// points is what an item can be worth.
func points(item *questionnaire.Item) values {
	if len(item.Options) == 0 {
		return answerRange(item)
	}
	all := make([]float64, len(item.Options))
	whole := true
	for i, o := range item.Options {
		all[i] = o.Points
		whole = whole && o.Points == math.Trunc(o.Points)
	}
	if item.Kind != questionnaire.Multiple {
		return oneOf(all)
	}
	low, high := item.Extent()
	return between(low, high, whole)
}

// counted turns parts into what they contribute to a count: 1 or 0. False means
// that none can ever count.
func counted(parts []ingredient, when questionnaire.Comparison) bool {
	some := false
	for i := range parts {
		p := &parts[i]
		if !p.can.known {
			some = true
			continue
		}
		passing := p.can.pass(when)
		p.low, p.high, p.whole = oneIf(p.can.within(passing)), oneIf(!passing.impossible()), true
		some = some || p.high > 0
	}
	return some || len(parts) == 0
}

// rangeOf is the range of a score. It is not known when that of a part is not.
func rangeOf(method questionnaire.Method, parts []ingredient, share float64) values {
	whole := method != questionnaire.Mean
	for i := range parts {
		p := &parts[i]
		if !p.can.known {
			return values{}
		}
		whole = whole && p.whole && isWhole(p.weight)
	}
	if len(parts) == 0 {
		return values{}
	}
	switch method {
	case questionnaire.Product:
		low, high := product(parts)
		return between(low, high, whole)
	case questionnaire.Min, questionnaire.Max:
		low, high := extremes(method, parts)
		return between(low, high, whole)
	case questionnaire.WeightedSum:
		if share > 0 {
			return proratedWeights(parts)
		}
		for i := range parts {
			p := &parts[i]
			p.low, p.high = min(p.low*p.weight, p.high*p.weight), max(p.low*p.weight, p.high*p.weight)
		}
	case questionnaire.Sum, questionnaire.Mean, questionnaire.Count:
	default:
		return values{}
	}
	low, high := totals(parts, share, method == questionnaire.Mean)
	return between(low, high, whole && share == 0)
}
