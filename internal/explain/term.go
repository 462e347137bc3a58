package explain

import (
	"slices"

	"predah/internal/questionnaire"
)

// term is a condition brought into the shape in which it is said.
type term struct {
	form form
	need int    // of a group, of equal answers and of criteria: how many must hold
	of   []term // of a group, and the one that a negation turns round

	answer saying   // of equal answers: what each is
	quoted []string // of equal answers the questions, of criteria the labels; at least one
	clause clause   // of everything else
}

type form int

const (
	single   form = iota // one clause
	answers              // the same answer to at least need of the quoted questions
	criteria             // at least need of the quoted criteria are met
	group                // at least need of several
	negation             // the one in of does not hold
)

// saying is what is said of a question's answer: a verb and what follows it.
type saying struct{ verb, rest string }

// clause is one statement. Where a language turns it round after "when", the verb comes
// first, and the subject last if late is set.
type clause struct {
	subject, verb, rest string
	late                bool
}

// isAll and isAny tell the groups that have a name of their own.
func (t term) isAll() bool { return t.need == t.size() }
func (t term) isAny() bool { return t.need == 1 && t.size() > 1 }

func (t term) size() int {
	if t.form == group {
		return len(t.of)
	}
	return len(t.quoted)
}

// isSimple tells what is said in one clause.
func (t term) isSimple() bool { return t.form != group && t.form != negation }

// term makes the shape of a condition.
func (w *writer) term(c *questionnaire.Condition) term {
	switch {
	case c.All != nil:
		return w.together(len(c.All), c.All)
	case c.Any != nil:
		return w.together(1, c.Any)
	case c.Of != nil:
		return w.together(c.AtLeast, c.Of)
	case c.Not != nil:
		return w.negated(w.term(c.Not))
	case c.Criterion != "":
		return w.criterionTerm(c.Criterion)
	case c.Item != "":
		return term{form: answers, need: 1, answer: w.answerTo(c), quoted: []string{w.short[c.Item]}}
	case c.Score != "" && c.Test.Other != "":
		return term{clause: w.scoreIsToScore(w.scoreName(c.Score), c.Test.Operator, w.scoreName(c.Test.Other))}
	case c.Score != "":
		return term{clause: w.scoreIs(w.scoreName(c.Score), c.Test)}
	case c.Sex != "":
		return term{clause: w.sexIs(c.Sex)}
	}
	return term{clause: w.ageIs(w.q.Source, c.Test)}
}

// criterionTerm is a criterion by its label; a hidden one by its rule, or its letter when
// the rule is long.
func (w *writer) criterionTerm(id questionnaire.CriterionID) term {
	rule := w.rules[id]
	switch letter, told := w.letter[id]; {
	case told:
		return term{clause: w.ruleHolds(letter)}
	case rule.Hidden:
		return w.term(rule.When)
	}
	return term{form: criteria, need: 1, quoted: []string{w.quote(w.texts.Criteria[id].Label)}}
}

// negated turns a term round; what is turned round twice is as it was.
func (w *writer) negated(t term) term {
	switch {
	case t.form == negation:
		return t.of[0]
	case t.form == criteria && len(t.quoted) == 1:
		return term{clause: w.criterionNotMet(t.quoted[0])}
	}
	return term{form: negation, of: []term{t}}
}

// together makes a group of which at least need hold, as flat as it can be.
func (w *writer) together(need int, conditions []*questionnaire.Condition) term {
	if need == len(conditions) {
		conditions = joinRanges(conditions)
		need = len(conditions)
	}
	t := term{form: group, need: need}
	for _, c := range conditions {
		child := w.term(c)
		switch {
		case child.form == group && child.isAll() && need == len(conditions), child.form == group && child.isAny() && need == 1:
			t.of = append(t.of, child.of...)
		default:
			t.of = append(t.of, child)
		}
	}
	if need == len(conditions) {
		t.need = len(t.of)
	}
	return t.merged()
}

// merged says equal tests once: of all or any of a group where some are equal, of any
// other group only when all are.
func (t term) merged() term {
	if len(t.of) == 1 {
		return t.of[0]
	}
	all, any := t.isAll(), t.isAny()
	var kept []term
	var open []bool // which of them take equal ones in
	for _, child := range t.of {
		at := -1
		joins := child.joins(all, any)
		if joins {
			at = slices.IndexFunc(kept, child.sameTest)
		}
		if at < 0 || !open[at] {
			kept, open = append(kept, child), append(open, joins)
			continue
		}
		kept[at].quoted = slices.Concat(kept[at].quoted, child.quoted)
		if all {
			kept[at].need = len(kept[at].quoted)
		}
	}
	switch {
	case len(kept) == 1:
		kept[0].need = t.need
		return kept[0]
	case all:
		t.of, t.need = kept, len(kept)
	case any:
		t.of = kept
	}
	return t
}

// joins reports whether the term may be said together with an equal one in a group of
// which all, or any, or another number must hold.
func (t term) joins(all, any bool) bool {
	n := len(t.quoted)
	return n == 1 || n > 1 && (any && t.need == 1 || all && t.need == n)
}

// sameTest reports whether both ask for the same of what they quote.
func (t term) sameTest(other term) bool { return t.form == other.form && t.answer == other.answer }

// between is an operator of this package's own: from the first value to the second.
const between questionnaire.Operator = "between"

// joinRanges makes one condition of two that bound the same value from both sides.
func joinRanges(conditions []*questionnaire.Condition) []*questionnaire.Condition {
	var joined []*questionnaire.Condition
	for _, c := range conditions {
		at := slices.IndexFunc(joined, func(j *questionnaire.Condition) bool { return bound(j, c) || bound(c, j) })
		if at < 0 {
			joined = append(joined, c)
			continue
		}
		low, high := joined[at], c
		if low.Test.Operator == questionnaire.AtMost {
			low, high = high, low
		}
		both := *low
		both.Test = questionnaire.Comparison{Operator: between, Values: []float64{low.Test.Values[0], high.Test.Values[0]}}
		joined[at] = &both
	}
	return joined
}

// bound reports whether the two bound the same value, low from below and high from above.
func bound(low, high *questionnaire.Condition) bool {
	return low.Test.Operator == questionnaire.AtLeast && high.Test.Operator == questionnaire.AtMost &&
		low.Item == high.Item && low.Score == high.Score && low.Age == high.Age && low.Test.Other == "" && high.Test.Other == ""
}
