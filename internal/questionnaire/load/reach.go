package load

import (
	"slices"

	"predah/internal/questionnaire"
)

// What follows finds conditions that can never hold and bands that can never be reached.
// It only claims what it can prove: from what answers, scores and ages can be, and
// from how conditions are built. What it does not find may still be impossible.

// verdict is what is known about a criterion.
type verdict int

const (
	unexamined verdict = iota
	canHold
	neverHolds
)

// effort bounds how many steps one comparison of two conditions may take.
const effort = 20_000

// checkRules reports each smallest condition that can never hold.
func (f *folder) checkRules() {
	for _, r := range f.rules {
		each(r.when, func(c *questionnaire.Condition) {
			if c.All == nil || slices.ContainsFunc(c.All, f.never) {
				return
			}
			if clash := f.clash(c); clash != "" {
				f.report(f.placeOf[c], "these conditions can never all hold: %s", clash)
				f.broken[c] = true
			}
		})
	}
}

// never tells that a condition is proved never to hold.
func (f *folder) never(c *questionnaire.Condition) bool {
	if f.broken[c] {
		return true
	}
	switch {
	case c.All != nil:
		return slices.ContainsFunc(c.All, f.never) || f.clash(c) != ""
	case c.Any != nil:
		return !slices.ContainsFunc(c.Any, func(c *questionnaire.Condition) bool { return !f.never(c) })
	case c.Of != nil:
		possible := 0
		for _, one := range c.Of {
			if !f.never(one) {
				possible++
			}
		}
		return possible < c.AtLeast
	case c.Criterion != "":
		return f.neverMet(c.Criterion)
	default:
		return false
	}
}

func (f *folder) neverMet(id questionnaire.CriterionID) bool {
	if f.hopeless[id] == unexamined {
		f.hopeless[id] = canHold
		if when := f.ruleOf[id]; when != nil && f.never(when) {
			f.hopeless[id] = neverHolds
		}
	}
	return f.hopeless[id] == neverHolds
}

// clash says why conditions joined by all exclude each other, "" when they need not.
func (f *folder) clash(all *questionnaire.Condition) string {
	joined := f.conjuncts(all, map[questionnaire.CriterionID]bool{}, nil)
	left := map[string]values{}
	missing := map[string]bool{}
	for _, c := range joined {
		name, can := f.tested(c)
		if name == "" {
			continue
		}
		if c.Test.Operator == questionnaire.Answered && c.Test.Values[0] == 0 {
			missing[name] = true
			continue
		}
		if before, ok := left[name]; ok {
			can = before
		}
		left[name] = can.pass(c.Test)
		if left[name].impossible() {
			return "no value of " + name + " fits them all"
		}
	}
	for _, c := range joined {
		name, _ := f.tested(c)
		if _, ok := left[name]; ok && missing[name] {
			return name + " cannot be both missing and compared"
		}
	}
	return f.denial(joined)
}

// denial finds a condition joined with the denial of what follows from it.
func (f *folder) denial(joined []*questionnaire.Condition) string {
	steps := effort
	for _, denied := range joined {
		if denied.Not == nil {
			continue
		}
		for _, c := range joined {
			if c != denied && f.implies(c, denied.Not, &steps) {
				return "one of them is the denial (`not`) of another"
			}
		}
	}
	return ""
}

// conjuncts lists the conditions that all hold when c does, looking into criteria.
func (f *folder) conjuncts(c *questionnaire.Condition, seen map[questionnaire.CriterionID]bool, into []*questionnaire.Condition) []*questionnaire.Condition {
	switch {
	case c.All != nil:
		for _, one := range c.All {
			into = f.conjuncts(one, seen, into)
		}
		return into
	case c.Criterion != "" && !seen[c.Criterion]:
		seen[c.Criterion] = true
		if when := f.ruleOf[c.Criterion]; when != nil {
			into = f.conjuncts(when, seen, into)
		}
	}
	return append(into, c)
}

// tested is the name of what a test is about and what it can be; "" when it is no test.
func (f *folder) tested(c *questionnaire.Condition) (string, values) {
	switch {
	case len(c.Test.Values) == 0:
		return "", values{}
	case c.Item != "":
		return "`" + string(c.Item) + "`", f.ranges[string(c.Item)]
	case c.Score != "":
		return "`" + string(c.Score) + "`", f.ranges[string(c.Score)]
	case c.Age:
		return "the age", f.ages()
	default:
		return "", values{}
	}
}

// implies tells that b is proved to hold whenever a does.
func (f *folder) implies(a, b *questionnaire.Condition, steps *int) bool {
	if *steps--; *steps < 0 {
		return false
	}
	if a == b || same(a, b) {
		return true
	}
	impliesB := func(x *questionnaire.Condition) bool { return f.implies(x, b, steps) }
	impliedByA := func(y *questionnaire.Condition) bool { return f.implies(a, y, steps) }
	if a.Any != nil && all(a.Any, impliesB) || b.All != nil && all(b.All, impliedByA) {
		return true
	}
	if slices.ContainsFunc(a.All, impliesB) || slices.ContainsFunc(b.Any, impliedByA) {
		return true
	}
	if when := f.ruleOf[a.Criterion]; a.Criterion != "" && when != nil && f.implies(when, b, steps) {
		return true
	}
	if when := f.ruleOf[b.Criterion]; b.Criterion != "" && when != nil && f.implies(a, when, steps) {
		return true
	}
	if b.Of != nil {
		return f.impliesOf(a, b, steps)
	}
	return f.impliesTest(a, b)
}

// impliesOf: at least n of these hold when each of n is implied, or when at least as
// many hold of conditions that all imply one each.
func (f *folder) impliesOf(a, b *questionnaire.Condition, steps *int) bool {
	holding := 0
	for _, y := range b.Of {
		if f.implies(a, y, steps) {
			holding++
		}
	}
	if holding >= b.AtLeast {
		return true
	}
	if a.Of == nil || a.AtLeast < b.AtLeast || len(a.Of) > len(b.Of) {
		return false
	}
	free := slices.Clone(b.Of)
	for _, x := range a.Of {
		i := slices.IndexFunc(free, func(y *questionnaire.Condition) bool { return f.implies(x, y, steps) })
		if i < 0 {
			return false
		}
		free = slices.Delete(free, i, i+1)
	}
	return true
}

// impliesTest compares two tests of the same thing.
func (f *folder) impliesTest(a, b *questionnaire.Condition) bool {
	nameA, can := f.tested(a)
	nameB, _ := f.tested(b)
	if nameA == "" || nameA != nameB {
		return false
	}
	absent := func(c *questionnaire.Condition) bool {
		return c.Test.Operator == questionnaire.Answered && c.Test.Values[0] == 0
	}
	switch {
	case absent(a) || absent(b):
		return absent(a) && absent(b)
	case b.Test.Operator == questionnaire.Answered:
		return true
	case a.Test.Operator == questionnaire.Includes || b.Test.Operator == questionnaire.Includes:
		return a.Test.Operator == b.Test.Operator && a.Test.Values[0] == b.Test.Values[0]
	default:
		return can.pass(a.Test).within(can.pass(b.Test))
	}
}

// same tells that two conditions are written alike.
func same(a, b *questionnaire.Condition) bool {
	if a.Item != b.Item || a.Score != b.Score || a.Criterion != b.Criterion || a.Age != b.Age ||
		a.Sex != b.Sex || a.Test.Other != b.Test.Other ||
		a.AtLeast != b.AtLeast || a.Test.Operator != b.Test.Operator || !slices.Equal(a.Test.Values, b.Test.Values) {
		return false
	}
	return slices.EqualFunc(a.All, b.All, same) && slices.EqualFunc(a.Any, b.Any, same) && slices.EqualFunc(a.Of, b.Of, same) &&
		(a.Not == nil) == (b.Not == nil) && (a.Not == nil || same(a.Not, b.Not))
}

func all(cs []*questionnaire.Condition, hold func(*questionnaire.Condition) bool) bool {
	return !slices.ContainsFunc(cs, func(c *questionnaire.Condition) bool { return !hold(c) })
}
