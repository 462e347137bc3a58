package proof

import (
	"fmt"
	"slices"
	"strings"

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
// every test that a rule is made of, wherever it stands. Whether a test holds is for package
// scoring to say.
func Cover(q *questionnaire.Questionnaire) (Coverage, error) {
	tests := testsOf(q)
	conditions := make([]*questionnaire.Condition, len(tests))
	for i, test := range tests {
		conditions[i] = test.when
	}
	probe, err := scoring.NewProbe(q, conditions)
	if err != nil {
		return Coverage{}, err
	}
	p := &prover{q: q}
	outcomes := make([]struct{ held, failed bool }, len(tests))
	for i := range q.Examples {
		result, read, err := probe.Read(scoring.InputOf(&q.Examples[i]))
		if err != nil {
			continue // reported with the worked examples
		}
		p.results = append(p.results, result)
		for j, test := range read {
			outcomes[j].held = outcomes[j].held || test.Holds
			outcomes[j].failed = outcomes[j].failed || !test.Holds
		}
	}
	var coverage Coverage
	for _, t := range p.targets() {
		if t.sought != nil {
			coverage.count(slices.ContainsFunc(p.results, t.sought), "%s", t.name)
		}
	}
	for i, test := range tests {
		coverage.count(outcomes[i].held, "%s: {%s} holding", test.name, written(test.when))
		coverage.count(outcomes[i].failed, "%s: {%s} not holding", test.name, written(test.when))
	}
	return coverage, nil
}

// testsOf lists every test that the rules are made of, in the order of the file.
func testsOf(q *questionnaire.Questionnaire) []rule {
	var tests []rule
	for _, r := range rules(q) {
		eachLeaf(r.when, func(c *questionnaire.Condition) { tests = append(tests, rule{r.name, c}) })
	}
	return tests
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
	case c.Sex != "":
		return fmt.Sprintf("subject: sex, is: %s", c.Sex)
	}
	return "subject: age, " + comparison(c.Test)
}

func comparison(test questionnaire.Comparison) string {
	numbers := make([]string, len(test.Values))
	for i, value := range test.Values {
		numbers[i] = plainly(value)
	}
	values := strings.Join(numbers, ", ")
	switch {
	case test.Other != "":
		values = fmt.Sprintf("{score: %s}", test.Other)
	case test.Operator == questionnaire.In:
		values = "[" + values + "]"
	case test.Operator == questionnaire.Answered && len(test.Values) > 0:
		values = map[bool]string{true: "true", false: "false"}[test.Values[0] == 1]
	}
	return fmt.Sprintf("%s: %s", test.Operator, values)
}
