package main

import (
	"maps"
	"slices"

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
// what else is asked every answer is taken that a condition tells from the others.
func longest(q *questionnaire.Questionnaire, program *scoring.Program) path {
	w := walker{q: q, program: program, telling: map[questionnaire.ItemID][]questionnaire.Comparison{}}
	for i := range q.Items {
		w.listen(q.Items[i].ShowWhen)
	}
	w.ages = append(w.ages, nil)
	for age := q.Ages.Min; age <= q.Ages.Max; age++ {
		w.ages = append(w.ages, &age)
	}
	for _, age := range w.ages {
		for _, sex := range []questionnaire.Sex{"", questionnaire.Female, questionnaire.Male} {
			w.from(0, scoring.Input{Age: age, Sex: sex, Answers: map[questionnaire.ItemID]questionnaire.Answer{}})
			if !w.bySex {
				break
			}
		}
		if !w.byAge {
			break
		}
	}
	return w.found
}

// walker goes all paths through a questionnaire.
type walker struct {
	q            *questionnaire.Questionnaire
	program      *scoring.Program
	telling      map[questionnaire.ItemID][]questionnaire.Comparison // what conditions ask about an item
	ages         []*int
	byAge, bySex bool
	found        path
}

func (w *walker) listen(c *questionnaire.Condition) {
	if c == nil {
		return
	}
	for _, under := range slices.Concat(c.All, c.Any, c.Of, []*questionnaire.Condition{c.Not}) {
		w.listen(under)
	}
	if c.Item != "" {
		w.telling[c.Item] = append(w.telling[c.Item], c.Test)
	}
	w.byAge, w.bySex = w.byAge || c.Age, w.bySex || c.Sex != ""
}

// from goes on at an item in every way that makes a difference.
func (w *walker) from(i int, in scoring.Input) {
	for ; i < len(w.q.Items); i++ {
		it := &w.q.Items[i]
		if tests := w.telling[it.ID]; tests != nil && slices.Contains(w.program.Visible(in), it.ID) {
			for _, answer := range different(it, tests) {
				next := in
				next.Answers = maps.Clone(in.Answers)
				next.Answers[it.ID] = answer
				w.from(i+1, next)
			}
			if !it.Optional {
				return
			}
		}
	}
	if n := len(w.program.Visible(in)); n > w.found.questions {
		w.found = path{Input: in, questions: n}
	}
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
		for chosen := 1; chosen < 1<<len(it.Options); chosen++ {
			var codes []int
			for i, o := range it.Options {
				if chosen>>i&1 == 1 {
					codes = append(codes, o.Code)
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
		key := make([]byte, len(tests))
		for i, test := range tests {
			if holds(test, a) {
				key[i] = 1
			}
		}
		known := seen[string(key)]
		seen[string(key)] = true
		return known
	})
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
