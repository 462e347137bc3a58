package proof

import (
	"slices"

	"predah/internal/questionnaire"
)

// grows tells that a formula can be seen, from how it is built, to go on holding when the class
// of a variable climbs a ladder. False means only that it cannot be seen.
func (t *translator) grows(f formula, at int, ladder []rung, seen map[formula]bool) bool {
	if known, ok := seen[f]; ok {
		return known
	}
	n := &t.pool.nodes[f]
	result := true
	switch {
	case !has(n.vars, at):
	case n.kind == atom:
		for i := range len(ladder) - 1 {
			result = result && n.holds[ladder[i].class] <= n.holds[ladder[i+1].class]
		}
	case n.kind == several:
		for _, part := range n.parts {
			result = result && t.grows(part, at, ladder, seen)
		}
	default:
		result = t.tallyGrows(&n.tally, at, ladder)
	}
	seen[f] = result
	return result
}

// tallyGrows tells the same of a comparison of a score.
func (t *translator) tallyGrows(tally *tally, at int, ladder []rung) bool {
	form := &t.pool.scores[tally.score]
	if len(form.scores) > 1 || isExtreme(form.scores[0].Method) && form.maySkip() {
		return false // of those, an answer may decide too whether there is a value
	}
	wantsMore, values := false, true
	switch tally.test.Operator {
	case questionnaire.Answered:
		values = false
	case questionnaire.AtLeast, questionnaire.MoreThan:
		wantsMore = !tally.negated
	case questionnaire.AtMost, questionnaire.LessThan:
		wantsMore = tally.negated
	default:
		return false
	}
	for _, r := range tally.remaining {
		item := &form.items[r.place]
		if has(t.pool.nodes[r.shown].vars, at) || has(t.pool.nodes[r.open].vars, at) {
			return false
		}
		if values && item.variable == at && !item.rises(ladder, wantsMore) {
			return false
		}
	}
	return true
}

// maySkip tells that an item of the form may count as skipped.
func (f *scoreForm) maySkip() bool {
	return slices.ContainsFunc(f.items, func(it scoreItem) bool { return it.skippable || it.counts && it.open != never })
}

// rises tells that every part that the item is never adds less, or never adds more, on a higher rung.
func (it *scoreItem) rises(ladder []rung, more bool) bool {
	for _, part := range it.worth[0] {
		for i := range len(ladder) - 1 {
			step := (part.points[ladder[i+1].class] - part.points[ladder[i].class]) * part.weight
			if more && step < 0 || !more && step > 0 {
				return false
			}
		}
	}
	return true
}
