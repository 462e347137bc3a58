package scoring

import (
	"errors"
	"fmt"
	"math"

	"predah/internal/questionnaire"
)

// maxConditions is how many conditions one rule may be made of. No author needs
// as many, and one that contains itself is found out by it.
const maxConditions = 1000

// ruleOrAlways resolves a condition that may be absent and then always holds.
func (c *compiler) ruleOrAlways(of *questionnaire.Condition) rule {
	if of == nil {
		return rule{}
	}
	return c.rule(of)
}

// rule resolves a condition of the subject.
func (c *compiler) rule(of *questionnaire.Condition) rule {
	left := maxConditions
	r, err := c.resolve(of, &left)
	if err != nil {
		c.refuse("its condition: %w", err)
	}
	return r
}

// resolve turns a condition and all within it into a rule, as long as any are left to be taken.
func (c *compiler) resolve(of *questionnaire.Condition, left *int) (rule, error) {
	if *left--; *left < 0 {
		return rule{}, fmt.Errorf("it has more than %d parts or contains itself", maxConditions)
	}
	if err := checkForm(of); err != nil {
		return rule{}, err
	}
	switch {
	case of.All != nil:
		return c.resolveSeveral(of.All, len(of.All), left)
	case of.Any != nil:
		return c.resolveSeveral(of.Any, 1, left)
	case of.Of != nil:
		return c.resolveSeveral(of.Of, of.AtLeast, left)
	case of.Not != nil:
		not, err := c.resolve(of.Not, left)
		return rule{kind: negation, rules: []rule{not}}, err
	}
	return c.resolveTest(of)
}

// checkForm refuses a condition that is not exactly one of its forms.
func checkForm(of *questionnaire.Condition) error {
	if of == nil {
		return errors.New("it is missing")
	}
	forms := 0
	for _, set := range []bool{
		of.All != nil, of.Any != nil, of.Not != nil, of.Of != nil,
		of.Item != "", of.Score != "", of.Criterion != "", of.Age, of.Sex != "",
	} {
		if set {
			forms++
		}
	}
	if forms != 1 {
		return fmt.Errorf("it takes %d forms at once, not one", forms)
	}
	return nil
}

// resolveSeveral makes the rule that at least need of the conditions hold.
func (c *compiler) resolveSeveral(of []*questionnaire.Condition, need int, left *int) (rule, error) {
	if need < 1 || need > len(of) {
		return rule{}, fmt.Errorf("%d of %d conditions cannot be asked for", need, len(of))
	}
	several := rule{kind: several, need: need, rules: make([]rule, len(of))}
	for i := range of {
		var err error
		if several.rules[i], err = c.resolve(of[i], left); err != nil {
			return rule{}, err
		}
	}
	return several, nil
}

// resolveTest makes the rule about one item, score or criterion, or the age.
func (c *compiler) resolveTest(of *questionnaire.Condition) (rule, error) {
	if of.Criterion != "" {
		index, found := c.criteria[of.Criterion]
		if !found {
			return rule{}, fmt.Errorf("there is no criterion `%s` to ask about here", of.Criterion)
		}
		return rule{kind: inRange, cell: c.program.layout.criteria + index, test: comparison{low: 1, high: 1}}, nil
	}
	if of.Sex != "" {
		return c.resolveSex(of.Sex)
	}
	r := rule{kind: compared, cell: c.program.layout.age}
	operators := append(numeric(), questionnaire.Answered)
	var found bool
	switch {
	case of.Item != "":
		if r.cell, found = c.items[of.Item]; !found {
			return r, fmt.Errorf("there is no item `%s` to ask about here", of.Item)
		}
		switch c.program.items[r.cell].Kind {
		case questionnaire.Multiple:
			operators = []questionnaire.Operator{questionnaire.Includes, questionnaire.Answered}
		case questionnaire.Text:
			return r, fmt.Errorf("the item `%s` is free text, which nothing may depend on", of.Item)
		}
	case of.Score != "":
		index, found := c.scores[of.Score]
		if !found {
			return r, fmt.Errorf("there is no score `%s` to ask about here", of.Score)
		}
		r.cell = c.program.layout.scores + index
	}
	if of.Test.Other != "" {
		return c.resolveVersus(of, r)
	}
	test := of.Test
	if of.Score != "" {
		test = settled(test)
	}
	var err error
	if r.test, err = compileComparison(test, operators); r.test.kind == within {
		r.kind = inRange
	}
	return r, err
}

// resolveSex makes the rule that the subject is of a sex.
func (c *compiler) resolveSex(sex questionnaire.Sex) (rule, error) {
	is := comparison{low: 1, high: 1}
	switch sex {
	case questionnaire.Female:
		return rule{kind: inRange, cell: c.program.layout.female, test: is}, nil
	case questionnaire.Male:
		return rule{kind: inRange, cell: c.program.layout.male, test: is}, nil
	}
	return rule{}, fmt.Errorf("there is no sex `%s` that norms are published for", sex)
}

// resolveVersus makes the rule that compares a score with another.
func (c *compiler) resolveVersus(of *questionnaire.Condition, r rule) (rule, error) {
	index, found := c.scores[of.Test.Other]
	switch {
	case of.Score == "":
		return r, errors.New("only a score can be compared with a score")
	case !found:
		return r, fmt.Errorf("there is no score `%s` to compare with here", of.Test.Other)
	case len(of.Test.Values) > 0:
		return r, fmt.Errorf("`%s` compares with a score and with numbers at once", of.Test.Operator)
	}
	r.kind, r.other = versus, c.program.layout.scores+index
	lowest, highest := math.Inf(-1), math.Inf(1)
	switch of.Test.Operator { // by how much it is above the other
	case questionnaire.Is:
		r.test = comparison{}
	case questionnaire.AtLeast:
		r.test = comparison{high: highest}
	case questionnaire.AtMost:
		r.test = comparison{low: lowest}
	case questionnaire.MoreThan:
		r.test = comparison{low: math.SmallestNonzeroFloat64, high: highest}
	case questionnaire.LessThan:
		r.test = comparison{low: lowest, high: -math.SmallestNonzeroFloat64}
	default:
		return r, fmt.Errorf("`%s` does not compare with a score", of.Test.Operator)
	}
	return r, nil
}
