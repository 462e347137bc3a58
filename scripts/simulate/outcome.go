package main

import (
	"fmt"

	"predah/internal/questionnaire"
)

// outcome is everything that is measured of one check.
type outcome struct {
	check  *check
	models []model // in the order of shares
	shares []shares
	top    map[string][2]shares // by model: the top 2 % of the cause, and the next 8 %
	steps  float64              // share of steps of one answer that change the level, under base
	same   float64              // share of the same level when answered again, under base
	again  float64              // share of those at the highest level who reach it again, under base
	items  []told               // under base
	path   path
}

// models is the models in the order of the table.
var models = []model{base, mild, raised, high, independent, uniform}

// simulate measures a check by n people. Of them a tenth are asked about every step and every item, which
// takes as many results as there are answers.
func simulate(q *questionnaire.Questionnaire, n int, models []model) (outcome, error) {
	c, err := newCheck(q)
	if err != nil {
		return outcome{}, err
	}
	o := outcome{check: c, models: models, top: map[string][2]shares{}, path: longest(q, c.program)}
	people := c.draw(n, false)
	order := people.worst()
	for _, m := range models {
		f, err := people.measure(m)
		if err != nil {
			return o, err
		}
		o.shares = append(o.shares, f.of(order))
		if m.mean == 0 && m.loading > 0 {
			o.top[m.name] = [2]shares{f.of(top(order, 0, 0.02)), f.of(top(order, 0.02, 0.10))}
		}
		if m == base {
			if err := o.closer(people, f, n/10); err != nil {
				return o, err
			}
		}
	}
	return o, nil
}

// closer measures what needs more than one result of a person, under base.
func (o *outcome) closer(people *crowd, f figures, n int) (err error) {
	if o.steps, err = people.first(n).steps(base, f.levels); err != nil {
		return err
	}
	if o.items, err = people.items(base, f, n); err != nil {
		return err
	}
	second, err := o.check.draw(len(people.people), true).measure(base)
	if err != nil {
		return err
	}
	o.same, o.again = o.check.again(f, second)
	return nil
}

// reached tells whether every level that the bands name has been given.
func (o outcome) missing() []string {
	var never []string
	for _, b := range o.check.q.Bands {
		seen := b.Level == 0
		for _, s := range o.shares {
			seen = seen || s.level[b.Level] > 0
		}
		if !seen {
			never = append(never, fmt.Sprintf("level %d (`%s`)", b.Level, b.ID))
		}
	}
	return never
}
