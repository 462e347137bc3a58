package scoring

// rule is a condition with its ids resolved to indexes. The zero rule asks for
// nothing and always holds.
type rule struct {
	kind  ruleKind
	rules []rule     // of several and negation
	need  int        // of several: how many of rules must hold
	index int        // of the item, score or criterion asked about
	test  comparison // of an item, a score or the age
}

// ruleKind is what a rule asks about.
type ruleKind uint8

const (
	several  ruleKind = iota // at least need of rules hold; all and any are this too
	negation                 // the only one of rules does not hold
	aboutItem
	aboutScore
	aboutCriterion
	aboutAge
)

// holds says whether the rule holds in what has been evaluated so far.
func (r *rule) holds(e *evaluation) bool {
	switch r.kind {
	case negation:
		return !r.rules[0].holds(e)
	case aboutItem:
		return r.test.holdsFor(&e.responses[r.index])
	case aboutScore:
		score := &e.scores[r.index]
		return r.test.holds(number{score.Value, score.OK})
	case aboutCriterion:
		return e.criteria[r.index].Met
	case aboutAge:
		return r.test.holds(e.age)
	}
	return r.severalHold(e)
}

// severalHold says whether enough of the rules hold, and looks at no more of them
// than it takes to know.
func (r *rule) severalHold(e *evaluation) bool {
	missing, spare := r.need, len(r.rules)-r.need
	for i := 0; missing > 0 && spare >= 0; i++ {
		if r.rules[i].holds(e) {
			missing--
		} else {
			spare--
		}
	}
	return missing <= 0
}

// criteria lists the criteria that the rule asks about, after those listed before.
func (r *rule) criteria(before []int) []int {
	if r.kind == aboutCriterion {
		return append(before, r.index)
	}
	for i := range r.rules {
		before = r.rules[i].criteria(before)
	}
	return before
}
