package load

import (
	"predah/internal/questionnaire"
)

// checkCriteria makes the criteria, which may refer to each other in any order but not in a circle.
func (f *folder) checkCriteria() {
	for i, raw := range f.raw.Criteria {
		f.define(f.criteria, raw.ID, to("criteria", i, "id"))
	}
	index := map[questionnaire.CriterionID]int{}
	for i, raw := range f.raw.Criteria {
		criterion := questionnaire.Criterion{
			ID:     questionnaire.CriterionID(raw.ID),
			Hidden: raw.Hidden,
			When:   f.rule(raw.When, to("criteria", i, "when")),
		}
		index[criterion.ID] = i
		f.q.Criteria = append(f.q.Criteria, criterion)
	}
	next := func(i int) []int {
		var named []int
		each(f.q.Criteria[i].When, func(c *questionnaire.Condition) {
			if j, ok := index[c.Criterion]; ok && c.Criterion != "" {
				named = append(named, j)
			}
		})
		return named
	}
	order, cycles := sequence(len(f.q.Criteria), next)
	for _, cycle := range cycles {
		id := func(i int) string { return string(f.q.Criteria[i].ID) }
		f.report(to("criteria", cycle[0], "when"), "the criterion `%s` refers to itself: %s", id(cycle[0]), circle(cycle, id))
	}
	for _, i := range order { // a criterion in a circle stays unknown to all reasoning
		f.ruleOf[f.q.Criteria[i].ID] = f.q.Criteria[i].When
	}
}

// each calls do for a condition and all within it.
func each(c *questionnaire.Condition, do func(*questionnaire.Condition)) {
	if c == nil {
		return
	}
	do(c)
	for _, within := range children(c) {
		each(within, do)
	}
}

// children are the conditions directly within one.
func children(c *questionnaire.Condition) []*questionnaire.Condition {
	switch {
	case c.All != nil:
		return c.All
	case c.Any != nil:
		return c.Any
	case c.Of != nil:
		return c.Of
	case c.Not != nil:
		return []*questionnaire.Condition{c.Not}
	default:
		return nil
	}
}
