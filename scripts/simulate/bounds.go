package main

import (
	"fmt"

	"predah/internal/questionnaire"
)

// The bounds, in points of a hundred.
const (
	mostMore = 2.0  // so much more often than in version 1.0.0 level 3 or level 4 may come out
	mostLost = 3.0  // so much less often than there those with most of the cause may have the highest level: what chance does
	mostMove = 14.0 // of the steps from an answer to the next may change the level
)

// lonely is the mild model where nothing happens that is no part of a score: what is left is the habit.
// Version 1.0.0 gave the highest level for what others did, which later versions say without a level.
var lonely = model{name: "mild, alone", loading: loading, halved: true, alone: true}

// bounded is what the bounds are about.
type bounded struct {
	check        *check
	mild, lonely shares
	severe       float64 // share at the highest level of the top 2 % of the cause, alone
}

// boundedOf measures what the bounds are about, in fewer people than simulate.
func boundedOf(q *questionnaire.Questionnaire) (bounded, error) {
	c, err := newCheck(q)
	if err != nil {
		return bounded{}, err
	}
	people := c.draw(8000, false)
	order := people.worst()
	b := bounded{check: c}
	for m, to := range map[model]*shares{mild: &b.mild, lonely: &b.lonely} {
		f, err := people.measure(m)
		if err != nil {
			return b, err
		}
		*to = f.of(order)
		if m == lonely {
			b.severe = f.of(top(order, 0, 0.02)).level[c.highest]
		}
	}
	return b, nil
}

// against says in which ways one version goes beyond what an earlier one allows.
func (b bounded) against(before bounded) (broken []string) {
	say := func(format string, args ...any) { broken = append(broken, fmt.Sprintf(format, args...)) }
	for level := questionnaire.Level(1); level <= b.check.highest; level++ {
		if b.mild.level[level] == 0 {
			say("nobody has level %d", level)
		}
		for name, pair := range map[string][2]shares{mild.name: {before.mild, b.mild}, lonely.name: {before.lonely, b.lonely}} {
			was, is := 100*pair[0].level[level], 100*pair[1].level[level]
			if level > 2 && is > was+mostMore {
				say("under %s %.1f %% have level %d, where %.1f %% had", name, is, level, was)
			}
		}
	}
	if was, is := 100*before.severe, 100*b.severe; is < was-mostLost {
		say("of the top 2 %% only %.0f %% have the highest level, where %.0f %% had", is, was)
	}
	return broken
}
