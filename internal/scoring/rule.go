package scoring

import "slices"

// rule is a condition with what it asks about resolved to a cell. The zero rule
// asks for nothing and always holds.
type rule struct {
	kind  ruleKind
	need  int        // of several: how many of rules must hold
	rules []rule     // of several and negation
	cell  int        // of all others: what is asked about
	other int        // of versus: what it is compared with
	test  comparison // of all others; of versus, of how much it is above the other
}

// ruleKind is how a rule is evaluated.
type ruleKind uint8

const (
	several  ruleKind = iota // at least need of rules hold; all and any are this too
	negation                 // the only one of rules does not hold
	inRange                  // the cell is within the range of test: what nearly all rules come to
	compared                 // the cell passes test
	versus                   // the cell less the other is within the range of test
)

// holds says whether the rule holds in what has been evaluated so far.
func (r *rule) holds(e *evaluation) bool {
	switch r.kind {
	case inRange:
		value := e.cells[r.cell].value
		return value >= r.test.low && value <= r.test.high
	case compared:
		if r.test.kind == including {
			return e.includes(r.cell, r.test.low)
		}
		return r.test.holds(e.cells[r.cell].value)
	case versus:
		value := e.cells[r.cell].value - e.cells[r.other].value
		return value >= r.test.low && value <= r.test.high
	case negation:
		return !r.rules[0].holds(e)
	}
	return r.severalHold(e)
}

// severalHold says whether enough of the rules hold, and looks at no more of them
// than it takes to know.
func (r *rule) severalHold(e *evaluation) bool {
	missing, spare := r.need, len(r.rules)-r.need
	for i := range r.rules {
		one := &r.rules[i]
		var holds bool
		if one.kind == inRange { // not worth a call
			value := e.cells[one.cell].value
			holds = value >= one.test.low && value <= one.test.high
		} else {
			holds = one.holds(e)
		}
		if holds {
			if missing--; missing <= 0 {
				return true
			}
		} else if spare--; spare < 0 {
			return false
		}
	}
	return missing <= 0
}

// includes says whether the code is among those answered to the item of a cell.
func (e *evaluation) includes(cell int, code float64) bool {
	return e.cells[cell].presence == answered &&
		slices.ContainsFunc(e.entries[cell].Codes, func(c int) bool { return float64(c) == code })
}

// asked lists the cells that the rule asks about, after those listed before.
func (r *rule) asked(before []int) []int {
	switch r.kind {
	case inRange, compared:
		return append(before, r.cell)
	case versus:
		return append(before, r.cell, r.other)
	}
	for i := range r.rules {
		before = r.rules[i].asked(before)
	}
	return before
}
