package proof

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// variable is what can differ between two people: the age, which is the first variable, or
// the answer to an item, in the order asked.
//
// A multiple item with many options is several variables: whether it was answered, and then
// whether each option that a rule asks about was chosen.
type variable struct {
	item    *questionnaire.Item // nil for the age
	option  int                 // the code of a variable about one option
	kind    variableKind
	other   *int           // the code of an option that no rule asks about, of a split item
	classes []class        // the first is that of the shortest answers
	ladder  []rung         // of an item whose answers have an order
	alike   map[string]int // the class by what rules and scores see of it
	opaque  string         // why there are no classes, "" when there are
}

// rung is one answer of a ladder from the lowest to the highest. Neighbours of the same
// class are one rung.
type rung struct {
	class  int
	answer float64 // the lowest of its answers
	top    float64 // the highest
}

// variableKind tells the variables of a split item from all others.
type variableKind uint8

const (
	plain  variableKind = iota
	split               // whether a multiple item was answered
	chosen              // whether one option of the split item before was chosen
)

// class is a set of answers that no rule and no score tells apart.
type class struct {
	answered bool // false: skipped, or an age that was not said
	answer   questionnaire.Answer
	value    float64 // the age, code or number that conditions compare
	points   float64
	step     int // how far up it is, for the shortest answers: 0 is the lowest
}

// maxClasses is how many classes an item may have.
const maxClasses = 1 << 13

// maxAnswers is how many answers of one item are gone through to find the classes.
const maxAnswers = 1 << 17

// splitFrom is how many options make a multiple item several variables.
const splitFrom = 7

// newVariables makes the variables of a questionnaire, the age first. Multiple items of as
// many options as splitFrom are split, unless a score counts them.
// The rules of the others see the same answers.
func newVariables(splitFrom int, q *questionnaire.Questionnaire, others ...*questionnaire.Questionnaire) []variable {
	tests := comparisons(q)
	for _, other := range others {
		for id, more := range comparisons(other) {
			tests[id] = append(tests[id], more...)
		}
	}
	scored := map[questionnaire.ItemID]bool{}
	for _, s := range q.Scores {
		for _, part := range s.Of {
			scored[part.Item] = true
		}
	}
	age := variable{classes: []class{{}}}
	for years := q.Ages.Min; years <= q.Ages.Max; years++ {
		age.take(class{answered: true, value: float64(years)}, tests[""], false)
	}
	all := []variable{age}
	for i := range q.Items {
		item := &q.Items[i]
		v := variable{item: item, opaque: unknownOf("item `"+string(item.ID)+"`", *item)}
		switch {
		case v.opaque != "":
		case item.Kind == questionnaire.Multiple && len(item.Options) >= splitFrom && !scored[item.ID]:
			all = append(all, splitUp(item, tests[item.ID])...)
			continue
		default:
			v.takeAll(q.Exception(item.ID), tests[item.ID], scored[item.ID])
		}
		all = append(all, v)
	}
	return all
}

// splitUp makes the variables of a multiple item with many options.
func splitUp(item *questionnaire.Item, tests []questionnaire.Comparison) []variable {
	whole := variable{item: item, kind: split}
	if item.Optional {
		whole.classes = append(whole.classes, class{})
	}
	whole.classes = append(whole.classes, class{answered: true, step: 1})
	all := []variable{whole}
	for i, o := range item.Options {
		isTested := slices.ContainsFunc(tests, func(test questionnaire.Comparison) bool {
			return test.Operator == questionnaire.Includes && test.Values[0] == float64(o.Code)
		})
		if isTested {
			all = append(all, variable{
				item: item, kind: chosen, option: o.Code, classes: []class{{}, {answered: true, step: i + 1}},
			})
		} else if all[0].other == nil {
			all[0].other = &item.Options[i].Code
		}
	}
	return all
}

// takeAll finds the classes of an item. Options that the exception puts outside the order of the others are on no ladder.
func (v *variable) takeAll(exception questionnaire.Exception, tests []questionnaire.Comparison, scored bool) {
	if v.item.Optional {
		v.classes = append(v.classes, class{})
	}
	switch v.item.Kind {
	case questionnaire.Single, questionnaire.YesNo:
		options := slices.Clone(v.item.Options)
		slices.SortFunc(options, func(a, b questionnaire.Option) int { return a.Code - b.Code })
		for _, o := range options {
			code := float64(o.Code)
			c := class{answered: true, answer: questionnaire.Answer{Number: code}, value: code, points: o.Points}
			if exception.Outside(o.Code) {
				v.take(c, tests, scored)
			} else {
				v.climb(c, tests, scored)
			}
		}
	case questionnaire.Number:
		v.takeNumbers(questionnaire.Plain, tests, scored)
	case questionnaire.Time:
		v.takeNumbers(questionnaire.Clock, tests, scored)
	case questionnaire.Date:
		v.takeNumbers(questionnaire.Day, tests, scored)
	case questionnaire.Multiple:
		v.takeSubsets(tests, scored)
	case questionnaire.Text: // no rule knows what is written, and nobody must write
		v.classes = []class{{}}
	default:
		v.opaque = fmt.Sprintf("item `%s` is of kind %s", v.item.ID, v.item.Kind)
	}
}

// takeNumbers finds the classes of an item that takes the numbers within its bounds.
func (v *variable) takeNumbers(form questionnaire.Form, tests []questionnaire.Comparison, scored bool) {
	low, high := v.item.Bounds.Min, v.item.Bounds.Max
	if form == questionnaire.Clock {
		low, high = 0, questionnaire.LastMinute
	}
	scale := math.Pow10(v.item.Decimals)
	first, last := math.Ceil(low*scale), math.Floor(high*scale)
	if last-first >= maxAnswers {
		v.opaque = fmt.Sprintf("item `%s` takes more than %d numbers", v.item.ID, maxAnswers)
		return
	}
	for n := first; n <= last && v.opaque == ""; n++ {
		x := n / scale
		v.climb(class{answered: true, answer: questionnaire.Answer{Number: x, Form: form}, value: x, points: x}, tests, scored)
	}
}

// takeSubsets finds the classes of a multiple item, those with few codes first.
func (v *variable) takeSubsets(tests []questionnaire.Comparison, scored bool) {
	options := v.item.Options
	if 1<<len(options) > maxAnswers {
		v.opaque = fmt.Sprintf("item `%s` has too many options to choose several from", v.item.ID)
		return
	}
	for size := 1; size <= len(options); size++ {
		for chosen := 1; chosen < 1<<len(options); chosen++ {
			c := class{answered: true}
			for i, o := range options {
				if chosen>>i&1 == 1 {
					c.answer.Codes = append(c.answer.Codes, o.Code)
					c.points += o.Points
				}
			}
			if len(c.answer.Codes) == size {
				v.take(c, tests, scored)
			}
		}
	}
}

// climb takes the next higher answer.
func (v *variable) climb(c class, tests []questionnaire.Comparison, scored bool) {
	at, n := v.take(c, tests, scored), len(v.ladder)
	if n > 0 && v.ladder[n-1].class == at {
		v.ladder[n-1].top = c.value
		return
	}
	v.ladder = append(v.ladder, rung{at, c.value, c.value})
}

// take gives the class that cannot be told from c, and adds c when there is none.
func (v *variable) take(c class, tests []questionnaire.Comparison, scored bool) int {
	seen := []byte{bit(c.answered)}
	for _, test := range tests {
		seen = append(seen, bit(c.passes(test)))
	}
	if scored && c.answered {
		seen = binary.LittleEndian.AppendUint64(seen, math.Float64bits(c.points+0))
	}
	if i, ok := v.alike[string(seen)]; ok || v.opaque != "" {
		return i
	}
	if len(v.classes) == maxClasses {
		v.opaque = fmt.Sprintf("item `%s` has more than %d answers that differ", v.item.ID, maxClasses)
		return 0
	}
	c.step = len(v.classes)
	if v.alike == nil {
		v.alike = map[string]int{}
	}
	v.alike[string(seen)] = len(v.classes)
	v.classes = append(v.classes, c)
	return len(v.classes) - 1
}

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// passes tells whether the answers of the class pass a comparison.
func (c class) passes(test questionnaire.Comparison) bool {
	if test.Operator == questionnaire.Includes {
		return slices.ContainsFunc(c.answer.Codes, func(code int) bool { return float64(code) == test.Values[0] })
	}
	return compares(test, c.value, c.answered)
}

// compares tells whether a number passes a comparison. One that is not there passes none
// but the question whether it is missing.
func compares(test questionnaire.Comparison, value float64, there bool) bool {
	x := test.Values[0]
	switch test.Operator {
	case questionnaire.Answered:
		return there == (x == 1)
	case questionnaire.Is:
		return there && value == x
	case questionnaire.In:
		return there && slices.Contains(test.Values, value)
	case questionnaire.AtLeast:
		return there && value >= x
	case questionnaire.AtMost:
		return there && value <= x
	case questionnaire.MoreThan:
		return there && value > x
	case questionnaire.LessThan:
		return there && value < x
	}
	return false
}

// knownOperator tells whether compares knows the operator of a comparison.
func knownOperator(test questionnaire.Comparison) bool {
	switch test.Operator {
	case questionnaire.Answered, questionnaire.Is, questionnaire.In, questionnaire.AtLeast, questionnaire.AtMost,
		questionnaire.MoreThan, questionnaire.LessThan, questionnaire.Includes:
		return len(test.Values) > 0
	}
	return false
}

// comparisons lists what conditions compare with each item, and with the age under "".
func comparisons(q *questionnaire.Questionnaire) map[questionnaire.ItemID][]questionnaire.Comparison {
	all := map[questionnaire.ItemID][]questionnaire.Comparison{}
	for _, r := range rules(q) {
		eachLeaf(r.when, func(c *questionnaire.Condition) {
			if (c.Item != "" || c.Age) && knownOperator(c.Test) {
				all[c.Item] = append(all[c.Item], c.Test)
			}
		})
	}
	return all
}

// cost is how much an answer of the class makes answers longer. An answer other than the
// shortest outweighs any number of steps.
func (v *variable) cost(c int) int64 {
	if c == 0 {
		return 0
	}
	return 1<<32 + int64(v.classes[c].step)
}
