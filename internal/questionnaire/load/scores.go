package load

import (
	"maps"
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// checkScores makes the scores and computes the range of each.
func (f *folder) checkScores() {
	for i, raw := range f.raw.Scores {
		f.define(f.parts, raw.ID, to("scores", i, "id"))
		if raw.ID != "" && !f.items.has(raw.ID) {
			f.scores.add(raw.ID)
		}
	}
	for i := range f.raw.Scores {
		f.q.Scores = append(f.q.Scores, f.score(&f.raw.Scores[i], to("scores", i)))
	}
	f.computeRanges()
}

func (f *folder) score(raw *rawScore, where at) questionnaire.Score {
	score := questionnaire.Score{
		ID:        questionnaire.ScoreID(raw.ID),
		Method:    questionnaire.Method(raw.Method),
		CountWhen: f.countWhen(raw, where.to("count-when")),
		NotAsked:  settledOrNil(raw.NotAsked),
		Hidden:    raw.Hidden,
		Worse:     questionnaire.Worse(raw.Worse),
	}
	for i, id := range raw.Of {
		place := where.to("of", i)
		if !f.use(f.parts, id, place) {
			continue
		}
		if slices.Index(raw.Of, id) < i {
			f.report(place, "`%s` is in `of` twice", id)
			continue
		}
		part := questionnaire.Part{Weight: 1, Reverse: slices.Contains(raw.Reverse, id)}
		if score.Method == questionnaire.WeightedSum {
			part.Weight = raw.Weights[id]
		}
		if f.kindOf(id) == questionnaire.Text {
			f.report(place, "`%s` is free text, which is never scored", id)
			continue
		}
		if f.items.has(id) {
			part.Item = questionnaire.ItemID(id)
		} else {
			part.Score = questionnaire.ScoreID(id)
		}
		score.Of = append(score.Of, part)
	}
	f.checkPair(&score, raw, where.to("of"))
	f.checkReverse(raw, where.to("reverse"))
	f.checkWeights(raw, where.to("weights"))
	if raw.ProrateUpTo != nil {
		score.ProrateUpTo = *raw.ProrateUpTo
		f.checkSkippable(&score, score.ProrateUpTo > 0, where.to("prorate-up-to"))
	}
	f.takeMissing(&score, raw, where)
	if r := raw.Repeated; r != nil {
		measure := questionnaire.RepeatedMeasure(*r)
		score.Repeated = &measure
	}
	return score
}

// takeMissing fills in how many parts must be answered, and what those that are not count as.
func (f *folder) takeMissing(score *questionnaire.Score, raw *rawScore, where at) {
	score.Missing = questionnaire.Missing(raw.Missing)
	if raw.AnsweredAtLeast != nil {
		score.AnsweredAtLeast = *raw.AnsweredAtLeast
		place := where.to("answered-at-least")
		if score.AnsweredAtLeast > len(raw.Of) {
			f.report(place, "%d of %d parts can never be answered; `of` lists only %d", score.AnsweredAtLeast, len(raw.Of), len(raw.Of))
			score.AnsweredAtLeast = 0
		}
		f.checkSkippable(score, score.AnsweredAtLeast < len(raw.Of), place)
	}
	if raw.Missing != "" {
		f.checkSkippable(score, true, where.to("missing"))
	}
}

// checkReverse refuses turning round what is no part, or has no lowest and highest answer.
func (f *folder) checkReverse(raw *rawScore, where at) {
	of := f.newNames("part")
	for _, id := range raw.Of {
		of.add(id)
	}
	for i, id := range raw.Reverse {
		switch {
		case !of.has(id):
			f.reportLike(where.to(i), suggestOf(of, id), "`%s` is not among the parts of this score in `of`", id)
		case slices.Index(raw.Reverse, id) < i:
			f.report(where.to(i), "`%s` is in this list twice", id)
		case f.kindOf(id) == questionnaire.Multiple:
			f.report(where.to(i), "`%s` is a multiple item, which cannot be reversed", id)
		}
	}
}

// checkWeights wants one weight for every part.
func (f *folder) checkWeights(raw *rawScore, where at) {
	if raw.Weights == nil {
		return
	}
	of := f.newNames("part")
	for _, id := range raw.Of {
		of.add(id)
		if _, ok := raw.Weights[id]; !ok && f.parts.has(id) {
			f.reportKey(where, "", "`weights` has no weight for `%s`", id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(raw.Weights)) {
		if !of.has(id) {
			f.reportKey(where.to(id), suggestOf(of, id), "`%s` is not among the parts of this score in `of`", id)
		}
	}
}

// checkSkippable refuses rules for what is skipped where nothing can be.
func (f *folder) checkSkippable(score *questionnaire.Score, applies bool, where at) {
	for _, part := range score.Of {
		if part.Score != "" || f.mayMiss(f.q.Items[f.itemAt[part.Item]], score) {
			return
		}
	}
	if applies && len(score.Of) > 0 {
		f.report(where, "none of the parts of this score may be skipped, so there is nothing to make up for; take this line out or mark items as optional")
	}
}

// mayMiss tells whether an item may count as skipped in a score: one that may not be skipped does
// where it was not asked and that is to count something, but what decides about it was skipped.
func (f *folder) mayMiss(item questionnaire.Item, score *questionnaire.Score) bool {
	return item.Optional || item.ShowWhen != nil && score.NotAsked != nil
}

// countWhen makes the comparison that says which parts count. Yes and no may be
// written when all parts are yes-no items.
func (f *folder) countWhen(raw *rawScore, where at) *questionnaire.Comparison {
	if raw.CountWhen == nil {
		return nil
	}
	about := subject{what: "the number of points", kind: questionnaire.YesNo}
	for _, id := range raw.Of {
		if f.kindOf(id) != questionnaire.YesNo {
			about.kind = ""
		}
	}
	test, ok := f.comparison(raw.CountWhen, about, where)
	if !ok {
		return nil
	}
	return &test
}

func (f *folder) kindOf(id string) questionnaire.Kind {
	if !f.items.has(id) {
		return ""
	}
	return f.q.Items[f.itemAt[questionnaire.ItemID(id)]].Kind
}

// computeRanges gives every score its range, those it is made of first.
func (f *folder) computeRanges() {
	index := map[questionnaire.ScoreID]int{}
	for i := range f.q.Scores {
		index[f.q.Scores[i].ID] = i
	}
	next := func(i int) []int {
		var made []int
		for _, part := range f.q.Scores[i].Of {
			if j, ok := index[part.Score]; ok && part.Score != "" {
				made = append(made, j)
			}
		}
		return made
	}
	order, cycles := sequence(len(f.q.Scores), next)
	for _, cycle := range cycles {
		id := func(i int) string { return string(f.q.Scores[i].ID) }
		f.report(to("scores", cycle[0], "of"), "the score `%s` is made of itself: %s", id(cycle[0]), circle(cycle, id))
	}
	for _, i := range order {
		f.setRange(i)
	}
}

// setRange computes the range of a score whose parts have theirs.
func (f *folder) setRange(i int) {
	score, where := &f.q.Scores[i], to("scores", i)
	var parts []ingredient
	for _, part := range score.Of {
		parts = append(parts, f.ingredient(part, score))
	}
	if score.NotAsked != nil && len(parts) > 0 && !slices.ContainsFunc(parts, func(p ingredient) bool { return p.absent }) {
		f.report(where.to("not-asked"), "every part of this score is always asked, so there is nothing that was not; take this line out")
	}
	if score.Missing == questionnaire.MissingMedian {
		fillWithMedian(parts)
	}
	if score.CountWhen != nil && score.Method == questionnaire.Count {
		if !counted(parts, *score.CountWhen) {
			f.report(where.to("count-when"), "this can never hold: no part of the score can have such points")
			return
		}
	}
	isHideable := func(p ingredient) bool { return p.hideable }
	if score.Method.Pairs() { // both parts must be shown
		f.hideable[score.ID] = slices.ContainsFunc(parts, isHideable)
	} else {
		f.hideable[score.ID] = !slices.ContainsFunc(parts, func(p ingredient) bool { return !isHideable(p) })
	}
	var can values
	if score.Method.Pairs() {
		can = f.rangeOfPair(score.Method, parts, where.to("of"))
	} else {
		can = rangeOf(score.Method, parts, missingShare(score))
	}
	if can.known && max(math.Abs(can.low), math.Abs(can.high)) > largest {
		f.report(where, "this score can be as large as %s, which is more than is of use", plain(max(math.Abs(can.low), math.Abs(can.high))))
		return
	}
	score.Raw = questionnaire.Bounds{Min: questionnaire.Settle(can.low), Max: questionnaire.Settle(can.high)}
	score.Then, can = f.transformed(&f.raw.Scores[i], can, where.to("then"))
	f.computed[score.ID], f.ranges[string(score.ID)] = can, can.settled()
	if can.known {
		score.Min, score.Max = questionnaire.Settle(can.low), questionnaire.Settle(can.high)
	}
}

// largest is the largest number a score may be; package scoring takes no larger one.
const largest = 1e12
