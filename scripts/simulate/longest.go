package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// path is a way through a questionnaire: who goes it, what they answer to the items that decide what else
// is asked, and how many questions they are asked.
type path struct {
	scoring.Input
	questions int
}

// longest is the path with the most questions, found by going all of them: of each item that decides
// what else is asked every answer is taken that a condition tells from the others. Of paths that are
// the same to everything that comes later only the longest is followed.
func longest(q *questionnaire.Questionnaire, program *scoring.Program) path {
	paths := starts(q)
	for i := range q.Items {
		it := &q.Items[i]
		later, rest := testsOf(q.Items[i+1:]), q.Items[i+1:]
		open := map[questionnaire.ItemID]bool{}
		for j := range rest {
			open[rest[j].ID] = true
		}
		best := map[string]path{}
		for _, p := range paths {
			for _, next := range p.over(it, program, later[it.ID]) {
				key := next.key(rest, open)
				if known, is := best[key]; !is || next.questions > known.questions {
					best[key] = next
				}
			}
		}
		paths = paths[:0]
		for _, key := range slices.Sorted(maps.Keys(best)) {
			paths = append(paths, best[key])
		}
	}
	return slices.MaxFunc(paths, func(a, b path) int { return cmp.Compare(a.questions, b.questions) })
}

// starts are the paths before the first question: one for everybody whom no condition tells apart.
func starts(q *questionnaire.Questionnaire) []path {
	ages, sexes := []questionnaire.Comparison{}, []questionnaire.Sex{""}
	for i := range q.Items {
		each(q.Items[i].ShowWhen, func(c *questionnaire.Condition) {
			if c.Age {
				ages = append(ages, c.Test)
			}
			if c.Sex != "" && !slices.Contains(sexes, c.Sex) {
				sexes = append(sexes, c.Sex)
			}
		})
	}
	var paths []path
	for _, sex := range sexes {
		paths = append(paths, path{Input: scoring.Input{Sex: sex}})
		seen := map[string]bool{}
		for age := q.Ages.Min; age <= q.Ages.Max; age++ {
			key := string(outcomes(nil, ages, questionnaire.Answer{Number: float64(age)}))
			if !seen[key] && len(ages) > 0 {
				paths = append(paths, path{Input: scoring.Input{Age: &age, Sex: sex}})
			}
			seen[key] = true
		}
	}
	return paths
}

// each visits a condition and all that is in it.
func each(c *questionnaire.Condition, visit func(*questionnaire.Condition)) {
	if c == nil {
		return
	}
	visit(c)
	for _, under := range slices.Concat(c.All, c.Any, c.Of, []*questionnaire.Condition{c.Not}) {
		each(under, visit)
	}
}

// testsOf is what the conditions of some items ask about which others.
func testsOf(items []questionnaire.Item) map[questionnaire.ItemID][]questionnaire.Comparison {
	tests := map[questionnaire.ItemID][]questionnaire.Comparison{}
	for i := range items {
		each(items[i].ShowWhen, func(c *questionnaire.Condition) {
			if c.Item != "" {
				tests[c.Item] = append(tests[c.Item], c.Test)
			}
		})
	}
	return tests
}

// over is the path past an item, in every way that later conditions tell from the others.
func (p path) over(it *questionnaire.Item, program *scoring.Program, tests []questionnaire.Comparison) []path {
	if !slices.Contains(program.Visible(p.Input), it.ID) {
		return []path{p}
	}
	p.questions++
	if tests == nil {
		return []path{p}
	}
	var paths []path
	for _, answer := range different(it, tests) {
		next := p
		next.Answers = maps.Clone(p.Answers)
		if next.Answers == nil {
			next.Answers = map[questionnaire.ItemID]questionnaire.Answer{}
		}
		next.Answers[it.ID] = answer
		paths = append(paths, next)
	}
	if it.Optional {
		paths = append(paths, p)
	}
	return paths
}

// key is the same for paths that no condition of the rest of the items tells apart. Open are the rest.
func (p path) key(rest []questionnaire.Item, open map[questionnaire.ItemID]bool) string {
	key := []byte(p.Sex)
	if p.Age != nil {
		key = append(key, byte(*p.Age))
	}
	for i := range rest {
		if rest[i].ShowWhen != nil {
			key = append(key, p.left(rest[i].ShowWhen, open)...)
		}
	}
	return string(key)
}

// left is what a condition still asks of a path: "+" where it holds, "-" where it does not, and else what
// is open, in a form that is the same for the same.
func (p path) left(c *questionnaire.Condition, open map[questionnaire.ItemID]bool) string {
	switch {
	case open[c.Item]:
		return "?"
	case c.Item != "":
		answer, given := p.Answers[c.Item]
		return plusMinus(given && holds(c.Test, answer) || !given && c.Test.Operator == questionnaire.Answered && c.Test.Values[0] == 0)
	case c.Age:
		return plusMinus(p.Age != nil && holds(c.Test, questionnaire.Answer{Number: float64(*p.Age)}))
	case c.Sex != "":
		return plusMinus(p.Sex == c.Sex)
	case c.Not != nil:
		under := p.left(c.Not, open)
		if len(under) == 1 && under != "?" {
			return plusMinus(under == "-")
		}
		return "!" + under
	}
	under, needed := slices.Concat(c.All, c.Any, c.Of), c.AtLeast
	switch {
	case c.All != nil:
		needed = len(under)
	case c.Any != nil:
		needed = 1
	}
	var parts strings.Builder
	undecided := 0
	for _, each := range under {
		switch left := p.left(each, open); left {
		case "+":
			needed--
			parts.WriteByte('.')
		case "-":
			parts.WriteByte('.')
		default:
			undecided++
			parts.WriteString(left)
		}
	}
	if needed <= 0 || undecided < needed {
		return plusMinus(needed <= 0)
	}
	return fmt.Sprintf("%d(%s)", needed, parts.String())
}

func plusMinus(is bool) string {
	if is {
		return "+"
	}
	return "-"
}

// outcomes writes which tests an answer passes behind what there is.
func outcomes(key []byte, tests []questionnaire.Comparison, answer questionnaire.Answer) []byte {
	for _, test := range tests {
		if holds(test, answer) {
			key = append(key, '+')
		} else {
			key = append(key, '-')
		}
	}
	return key
}

// different are answers to an item of which no two are the same to all of the tests.
func different(it *questionnaire.Item, tests []questionnaire.Comparison) []questionnaire.Answer {
	var answers []questionnaire.Answer
	switch it.Kind {
	case questionnaire.Single, questionnaire.YesNo:
		for _, o := range it.Options {
			answers = append(answers, questionnaire.Answer{Number: float64(o.Code)})
		}
	case questionnaire.Multiple:
		asked := telling(it, tests)
		for chosen := 1; chosen < 1<<len(asked); chosen++ {
			var codes []int
			for i, code := range asked {
				if chosen>>i&1 == 1 {
					codes = append(codes, code)
				}
			}
			answers = append(answers, questionnaire.Answer{Codes: codes})
		}
	default:
		for _, value := range edges(it, tests) {
			answers = append(answers, questionnaire.Answer{Number: value})
		}
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(answers, func(a questionnaire.Answer) bool {
		key := string(outcomes(nil, tests, a))
		known := seen[key]
		seen[key] = true
		return known
	})
}

// telling are the codes that a test asks about, and one of the others, if there are any.
func telling(it *questionnaire.Item, tests []questionnaire.Comparison) []int {
	var codes []int
	other := false
	for _, o := range it.Options {
		named := slices.ContainsFunc(tests, func(c questionnaire.Comparison) bool { return slices.Contains(c.Values, float64(o.Code)) })
		if named || !other {
			codes = append(codes, o.Code)
		}
		other = other || !named
	}
	return codes
}

// edges are the numbers at which a test could turn, and those beside them.
func edges(it *questionnaire.Item, tests []questionnaire.Comparison) []float64 {
	values := []float64{it.Bounds.Min, it.Bounds.Max}
	for _, test := range tests {
		for _, value := range test.Values {
			values = append(values, value-1, value, value+1)
		}
	}
	return slices.DeleteFunc(values, func(v float64) bool { return v < it.Bounds.Min || v > it.Bounds.Max })
}

// holds tells whether an answer that was given passes a test.
func holds(test questionnaire.Comparison, a questionnaire.Answer) bool {
	value := func() float64 { return test.Values[0] }
	switch test.Operator {
	case questionnaire.Answered:
		return value() == 1
	case questionnaire.Includes:
		return slices.Contains(a.Codes, int(value()))
	case questionnaire.Is, questionnaire.In:
		return slices.Contains(test.Values, a.Number)
	case questionnaire.AtLeast:
		return a.Number >= value()
	case questionnaire.AtMost:
		return a.Number <= value()
	case questionnaire.MoreThan:
		return a.Number > value()
	}
	return a.Number < value()
}
