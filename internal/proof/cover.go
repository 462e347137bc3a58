package proof

import (
	"fmt"
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// Coverage says how far the worked examples go.
type Coverage struct {
	Total   int      // bands, flags, advice, steps, suggestions, and both outcomes of every test
	Reached int      // of Total
	Missing []string // what no worked example reaches, in the order of the file
}

// Share is how much is reached, from 0 to 1; 1 when there is nothing to reach.
func (c Coverage) Share() float64 {
	if c.Total == 0 {
		return 1
	}
	return float64(c.Reached) / float64(c.Total)
}

// Cover goes through the worked examples of a questionnaire that was loaded and checked, and
// looks at every band, flag, piece of advice, step, suggestion, and at both outcomes of
// every test that a rule is made of, wherever it stands.
func Cover(q *questionnaire.Questionnaire) (Coverage, error) {
	program, err := scoring.Compile(q)
	if err != nil {
		return Coverage{}, err
	}
	var coverage Coverage
	p := &prover{q: q}
	var witnesses []*witness
	for _, example := range q.Examples {
		in := scoring.Input{Age: example.Age, Answers: example.Answers}
		result, err := program.Score(in)
		if err != nil {
			continue // reported with the worked examples
		}
		p.results = append(p.results, result)
		witnesses = append(witnesses, newWitness(q, in, result, program.Visible(in)))
	}
	for _, t := range p.targets() {
		if t.sought != nil {
			coverage.count(slices.ContainsFunc(p.results, t.sought), "%s", t.name)
		}
	}
	for _, r := range rules(q) {
		eachLeaf(r.when, func(c *questionnaire.Condition) {
			for _, outcome := range []bool{true, false} {
				met := slices.ContainsFunc(witnesses, func(w *witness) bool { return w.holds(c) == outcome })
				coverage.count(met, "%s: {%s} %s", r.name, written(c), map[bool]string{true: "holding", false: "not holding"}[outcome])
			}
		})
	}
	return coverage, nil
}

func (c *Coverage) count(reached bool, format string, args ...any) {
	c.Total++
	if reached {
		c.Reached++
		return
	}
	c.Missing = append(c.Missing, fmt.Sprintf(format, args...))
}

// written is a test as an author writes it.
func written(c *questionnaire.Condition) string {
	switch {
	case c.Criterion != "":
		return fmt.Sprintf("criterion: %s", c.Criterion)
	case c.Item != "":
		return fmt.Sprintf("item: %s, %s", c.Item, comparison(c.Test))
	case c.Score != "":
		return fmt.Sprintf("score: %s, %s", c.Score, comparison(c.Test))
	}
	return "subject: age, " + comparison(c.Test)
}

func comparison(test questionnaire.Comparison) string {
	values := joined(test.Values)
	switch {
	case test.Operator == questionnaire.In:
		values = "[" + values + "]"
	case test.Operator == questionnaire.Answered && len(test.Values) > 0:
		values = map[bool]string{true: "true", false: "false"}[test.Values[0] == 1]
	}
	return fmt.Sprintf("%s: %s", test.Operator, values)
}

// witness is someone whose result is known, for asking which tests hold.
type witness struct {
	in       scoring.Input
	isShown  map[questionnaire.ItemID]bool
	scores   map[questionnaire.ScoreID]float64 // of those that there are
	criteria map[questionnaire.CriterionID]*questionnaire.Condition
}

func newWitness(q *questionnaire.Questionnaire, in scoring.Input, result scoring.Result, shown []questionnaire.ItemID) *witness {
	w := &witness{
		in: in, isShown: map[questionnaire.ItemID]bool{}, scores: map[questionnaire.ScoreID]float64{},
		criteria: map[questionnaire.CriterionID]*questionnaire.Condition{},
	}
	for _, id := range shown {
		w.isShown[id] = true
	}
	for _, s := range result.Scores {
		if s.OK {
			w.scores[s.ID] = s.Value
		}
	}
	for i := range q.Criteria {
		w.criteria[q.Criteria[i].ID] = q.Criteria[i].When
	}
	return w
}

// holds tells whether a condition holds for the witness.
func (w *witness) holds(c *questionnaire.Condition) bool {
	switch {
	case c.All != nil:
		return !slices.ContainsFunc(c.All, func(part *questionnaire.Condition) bool { return !w.holds(part) })
	case c.Any != nil:
		return slices.ContainsFunc(c.Any, w.holds)
	case c.Of != nil:
		n := 0
		for _, part := range c.Of {
			if w.holds(part) {
				n++
			}
		}
		return n >= c.AtLeast
	case c.Not != nil:
		return !w.holds(c.Not)
	case c.Criterion != "":
		return w.holds(w.criteria[c.Criterion])
	}
	return w.passes(c)
}

// passes tells whether a test of an item, a score or the age holds.
func (w *witness) passes(c *questionnaire.Condition) bool {
	switch {
	case c.Score != "":
		value, there := w.scores[c.Score]
		return compares(c.Test, value, there)
	case c.Item != "":
		a, answered := w.in.Answers[c.Item]
		there := answered && w.isShown[c.Item]
		return class{answered: there, answer: a, value: a.Number}.passes(c.Test)
	case c.Age && w.in.Age != nil:
		return compares(c.Test, float64(*w.in.Age), true)
	}
	return compares(c.Test, 0, false)
}
