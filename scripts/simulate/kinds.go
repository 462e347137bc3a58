package main

import (
	"slices"

	"predah/internal/questionnaire"
)

// kind is what an answer says, which decides how often it is assumed to be given.
type kind string

// The kinds, each with the share of people who are assumed to answer "often" or more.
const (
	habit   kind = "habit"   // much of it, which many who are well say too
	sign    kind = "sign"    // it goes before other things, or on although it does harm
	harm    kind = "harm"    // it costs something, or somebody does it to the person
	context kind = "context" // decides nothing about the level
)

// kinds reads from the questionnaire itself what each of its items is.
func kinds(q *questionnaire.Questionnaire) map[questionnaire.ItemID]kind {
	ruled, control, scored := uses{q: q}, uses{q: q}, uses{q: q}
	for _, c := range q.Criteria {
		ruled.add(c.When)
		if c.ID == "impaired-control" {
			control.add(c.When)
		}
	}
	for _, b := range q.Bands {
		ruled.add(b.When)
		ruled.addScore(b.Score)
	}
	for _, s := range q.Scores {
		scored.addScore(s.ID)
	}
	all := map[questionnaire.ItemID]kind{}
	for i := range q.Items {
		it := &q.Items[i]
		id, of := it.ID, context
		plain := !it.Harm && !flagged(q, id)
		switch {
		case plain && !ruled.items[id], plain && !scored.items[id] && unordered(q, it):
		case scored.items[id] && len(control.items) == 0: // of how the days are, where there is no habit
			of = sign
		case !plain, !scored.items[id]:
			of = harm
		case control.items[id]:
			of = habit
		default:
			of = sign
		}
		all[id] = of
	}
	return all
}

// unordered tells that no answer to an item is worse than another: it is declared so, or none of them
// says "not at all" or "none", which is 0.
func unordered(q *questionnaire.Questionnaire, it *questionnaire.Item) bool {
	switch it.Kind {
	case questionnaire.Single, questionnaire.YesNo, questionnaire.Multiple:
		return !slices.ContainsFunc(it.Options, func(o questionnaire.Option) bool { return o.Code == 0 }) ||
			q.Exception(it.ID).Unordered()
	}
	return true
}

// flagged tells that an item can raise a flag by itself or with others: whoever drops it loses that.
func flagged(q *questionnaire.Questionnaire, id questionnaire.ItemID) bool {
	raising := uses{q: q}
	for _, f := range q.Flags {
		raising.add(f.When)
	}
	return raising.items[id]
}

// uses collects the items that rules ask about, directly or by a criterion or a score.
type uses struct {
	q     *questionnaire.Questionnaire
	items map[questionnaire.ItemID]bool
}

func (u *uses) add(c *questionnaire.Condition) {
	if c == nil {
		return
	}
	for _, under := range slices.Concat(c.All, c.Any, c.Of, []*questionnaire.Condition{c.Not}) {
		u.add(under)
	}
	u.addItem(c.Item)
	u.addScore(c.Score)
	u.addScore(c.Test.Other)
	for _, criterion := range u.q.Criteria {
		if criterion.ID == c.Criterion {
			u.add(criterion.When)
		}
	}
}

func (u *uses) addScore(id questionnaire.ScoreID) {
	for _, s := range u.q.Scores {
		if s.ID != id {
			continue
		}
		for _, part := range s.Of {
			u.addItem(part.Item)
			u.addScore(part.Score)
		}
	}
}

func (u *uses) addItem(id questionnaire.ItemID) {
	if id == "" {
		return
	}
	if u.items == nil {
		u.items = map[questionnaire.ItemID]bool{}
	}
	u.items[id] = true
}
