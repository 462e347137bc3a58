package proof

import (
	"errors"
	"fmt"

	"predah/internal/questionnaire"
)

// translator turns the rules of one questionnaire into formulas of one pool.
type translator struct {
	q         *questionnaire.Questionnaire
	pool      *pool
	variable  map[questionnaire.ItemID]int
	shows     map[questionnaire.ItemID]show
	score     map[questionnaire.ScoreID]*questionnaire.Score
	scoreAt   map[questionnaire.ScoreID]int
	criterion map[questionnaire.CriterionID]*questionnaire.Condition
	problem   string // why what is being translated cannot be carried along, "" while it can
}

func newTranslator(q *questionnaire.Questionnaire, splitFrom int) *translator {
	return translatorInto(newPool(newVariables(splitFrom, q)), q)
}

// translatorInto makes a translator of a pool whose variables know the rules of q.
func translatorInto(pool *pool, q *questionnaire.Questionnaire) *translator {
	t := &translator{
		q:         q,
		pool:      pool,
		variable:  map[questionnaire.ItemID]int{},
		shows:     map[questionnaire.ItemID]show{},
		score:     map[questionnaire.ScoreID]*questionnaire.Score{},
		scoreAt:   map[questionnaire.ScoreID]int{},
		criterion: map[questionnaire.CriterionID]*questionnaire.Condition{},
	}
	for i := range t.pool.variables {
		if v := &t.pool.variables[i]; v.item != nil && v.kind != chosen {
			t.variable[v.item.ID] = i
		}
	}
	for i := range q.Scores {
		t.score[q.Scores[i].ID] = &q.Scores[i]
	}
	for i := range q.Criteria {
		t.criterion[q.Criteria[i].ID] = q.Criteria[i].When
	}
	return t
}

// translate makes the formula of what build builds. The error says why it cannot be proved.
func (t *translator) translate(build func() formula) (formula, error) {
	t.problem = ""
	f := build()
	if t.problem != "" {
		return never, errors.New(t.problem)
	}
	return f, nil
}

// refuse notes why the formula cannot be made.
func (t *translator) refuse(reason string) formula {
	if t.problem == "" {
		t.problem = reason
	}
	return never
}

// reading says what a formula takes a skipped answer for. Criteria and bands hold when they certainly
// do; for all other rules a test of what is missing does not hold, and not around it does.
type reading uint8

const (
	asMissing  reading = iota // a test of it does not hold
	ifCertain                 // the rule holds whatever it would have been
	ifPossible                // the rule holds for something that it could have been
)

// against is the reading of what must not hold.
func (r reading) against() reading {
	return [...]reading{asMissing: asMissing, ifCertain: ifPossible, ifPossible: ifCertain}[r]
}

// rule is the formula of a condition; one that is absent always holds.
func (t *translator) rule(c *questionnaire.Condition) formula { return t.read(c, asMissing) }

// certainly is the formula of a criterion or of a band.
func (t *translator) certainly(c *questionnaire.Condition) formula { return t.read(c, ifCertain) }

// read is the formula of a condition in a reading.
func (t *translator) read(c *questionnaire.Condition, how reading) formula {
	if c == nil {
		return always
	}
	if strange := unknownOf("a condition", *c); strange != "" {
		return t.refuse(strange)
	}
	switch {
	case c.All != nil:
		return t.pool.all(t.rules(c.All, how)...)
	case c.Any != nil:
		return t.pool.any(t.rules(c.Any, how)...)
	case c.Of != nil:
		return t.pool.several(c.AtLeast, t.rules(c.Of, how))
	case c.Not != nil:
		return t.pool.not(t.read(c.Not, how.against()))
	case c.Criterion != "":
		return t.read(t.criterion[c.Criterion], max(how, ifCertain))
	case !knownOperator(c.Test):
		return t.refuse(fmt.Sprintf("`%s` is a comparison that the proof does not know", c.Test.Operator))
	case c.Score != "":
		return t.scoreTestAs(c.Score, c.Test, how)
	case c.Item != "":
		return t.pool.any(t.itemTest(c.Item, c.Test), t.openItem(c, how))
	case c.Age:
		return t.pool.atom(0, t.holding(&t.pool.variables[0], c.Test))
	}
	return t.refuse("a condition asks about something that the proof does not know")
}

// openItem holds when a test of an item could hold because it was skipped, or was not shown for
// what was skipped.
func (t *translator) openItem(c *questionnaire.Condition, how reading) formula {
	if how != ifPossible || c.Test.Operator == questionnaire.Answered {
		return never
	}
	given := questionnaire.Comparison{Operator: questionnaire.Answered, Values: []float64{1}}
	item := t.pool.variables[t.variable[c.Item]].item
	return t.pool.all(t.pool.not(t.itemTest(c.Item, given)), t.read(item.ShowWhen, ifPossible))
}

func (t *translator) rules(cs []*questionnaire.Condition, how reading) []formula {
	made := make([]formula, len(cs))
	for i, c := range cs {
		made[i] = t.read(c, how)
	}
	return made
}

// holding marks the classes that pass a comparison.
func (t *translator) holding(v *variable, test questionnaire.Comparison) []byte {
	holds := make([]byte, len(v.classes))
	for i, class := range v.classes {
		if class.passes(test) {
			holds[i] = 1
		}
	}
	return holds
}

// itemTest is the test of an item, which is missing while it is hidden.
func (t *translator) itemTest(id questionnaire.ItemID, test questionnaire.Comparison) formula {
	v := &t.pool.variables[t.variable[id]]
	if v.opaque != "" {
		return t.refuse(v.opaque)
	}
	shown := t.shown(v.item)
	if v.kind == split && test.Operator == questionnaire.Includes {
		return t.pool.all(shown, t.answered(t.variable[id]), t.includes(t.variable[id], int(test.Values[0])))
	}
	visible := t.pool.all(shown, t.pool.atom(t.variable[id], t.holding(v, test)))
	if (class{}).passes(test) {
		return t.pool.any(t.pool.not(shown), visible)
	}
	return visible
}

// answered holds when a split item has an answer.
func (t *translator) answered(at int) formula {
	return t.pool.atom(at, t.holding(&t.pool.variables[at], questionnaire.Comparison{Operator: questionnaire.Answered, Values: []float64{1}}))
}

// includes holds when an option of the split item at a variable was chosen.
func (t *translator) includes(at, code int) formula {
	for i := at + 1; i < len(t.pool.variables) && t.pool.variables[i].kind == chosen; i++ {
		if t.pool.variables[i].option == code {
			return t.pool.atom(i, []byte{0, 1})
		}
	}
	return never
}

// possible is a goal together with what makes the answers to split items possible: one that was
// answered has at least one option chosen.
func (t *translator) possible(goal formula) formula {
	parts := []formula{goal}
	for _, at := range members(t.pool.nodes[goal].vars) {
		for t.pool.variables[at].kind == chosen {
			at--
		}
		v := &t.pool.variables[at]
		if v.kind != split || v.other != nil {
			continue
		}
		some := []formula{t.pool.not(t.answered(at))}
		for _, o := range v.item.Options {
			some = append(some, t.includes(at, o.Code))
		}
		parts = append(parts, t.pool.any(some...))
	}
	return t.pool.all(parts...)
}

// show is when an item is shown, or why that cannot be carried along.
type show struct {
	when    formula
	problem string
}

// shown holds when the item is shown.
func (t *translator) shown(item *questionnaire.Item) formula {
	s, ok := t.shows[item.ID]
	if !ok {
		before := t.problem
		t.problem = ""
		s = show{t.rule(item.ShowWhen), ""}
		s.problem = t.problem
		t.problem = before
		t.shows[item.ID] = s
	}
	if s.problem != "" {
		return t.refuse(s.problem)
	}
	return s.when
}

// openlyHidden holds when the item is not shown only because what decides about it was skipped.
func (t *translator) openlyHidden(item *questionnaire.Item) formula {
	if !t.mayBeUndecided(item.ShowWhen) {
		return never
	}
	return t.pool.all(t.pool.not(t.shown(item)), t.read(item.ShowWhen, ifPossible))
}

// mayBeUndecided tells whether an item that a condition asks about may be skipped.
func (t *translator) mayBeUndecided(when *questionnaire.Condition) bool {
	found := false
	when.Each(func(c *questionnaire.Condition) {
		if at, ok := t.variable[c.Item]; ok && !found {
			item := t.pool.variables[at].item
			found = item.Optional || t.mayBeUndecided(item.ShowWhen)
		}
	})
	return found
}

// scoreTest is the test of a score, which does not hold where there is none.
func (t *translator) scoreTest(id questionnaire.ScoreID, test questionnaire.Comparison) formula {
	return t.scoreTestAs(id, test, asMissing)
}

// scoreTestAs is the test of a score in a reading.
func (t *translator) scoreTestAs(id questionnaire.ScoreID, test questionnaire.Comparison, how reading) formula {
	at, ok := t.scoreAt[id]
	if !ok {
		form := t.newScoreForm(t.score[id])
		at = len(t.pool.scores)
		t.pool.scores = append(t.pool.scores, form)
		t.scoreAt[id] = at
	}
	if opaque := t.pool.scores[at].opaque; opaque != "" {
		return t.refuse(opaque)
	}
	if test.Operator == questionnaire.Answered {
		how = asMissing // asks what there is, not what there could be
	}
	return t.pool.begin(at, test, how)
}
