package main

import (
	"cmp"
	"slices"

	"predah/internal/questionnaire"
)

// figures is what the rules of a check do under one model.
type figures struct {
	levels []questionnaire.Level // of each person, by the rules of the levels alone
	apart  []bool                // of each person, whether the result has no level, because something is more urgent
}

// measure scores everybody of a crowd.
func (all *crowd) measure(m model) (figures, error) {
	c := all.check
	s := newScorer(c, c.ranking)
	var f figures
	for i := range all.people {
		a := c.answered(m, all.people[i], all.ages[i])
		level, err := s.score(&a)
		if err != nil {
			return f, err
		}
		shown := level
		if c.silent {
			if shown, err = s.level(c.program); err != nil {
				return f, err
			}
		}
		f.levels, f.apart = append(f.levels, level), append(f.apart, shown == 0)
	}
	return f, nil
}

// shares is how many of some people have each level, and how many have none, from 0 to 1.
type shares struct {
	level map[questionnaire.Level]float64
	apart float64
}

// of is the shares among some of the people.
func (f figures) of(some []int) shares {
	s, one := shares{level: map[questionnaire.Level]float64{}}, 1/float64(max(len(some), 1))
	for _, i := range some {
		s.level[f.levels[i]] += one
		if f.apart[i] {
			s.apart += one
		}
	}
	return s
}

// worst lists the people by their cause, the highest first.
func (all *crowd) worst() []int {
	order := make([]int, len(all.people))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(all.people[b].cause, all.people[a].cause) })
	return order
}

// top is those of the people who have most of the cause, from one share to another.
func top(order []int, from, to float64) []int {
	n := float64(len(order))
	return order[int(from*n):int(to*n)]
}

// again is how two sittings agree: the share of the same level, and of those with the highest that have
// it again.
func (c *check) again(first, second figures) (same, highest float64) {
	alike, both, once := 0, 0, 0
	for i, level := range first.levels {
		if level == second.levels[i] {
			alike++
		}
		if level == c.highest {
			once++
			if second.levels[i] == level {
				both++
			}
		}
	}
	return float64(alike) / float64(len(first.levels)), float64(both) / float64(max(once, 1))
}

// steps is the share of steps from an answer to the next better or worse one that change the level, of
// the items that the rules ask about.
func (all *crowd) steps(m model, levels []questionnaire.Level) (float64, error) {
	c := all.check
	s := newScorer(c, c.ranking)
	made, changed := 0, 0
	for p := range all.people {
		a := c.answered(m, all.people[p], all.ages[p])
		asked := s.asked(&a)
		for i := range c.drawers {
			d := &c.drawers[i]
			if d.kind == context || d.rungs == nil || !asked[i] {
				continue
			}
			before := a.answers[i]
			on := slices.IndexFunc(d.rungs, func(r rung) bool { return slices.Contains(r.codes, int(before.Number)) })
			for _, to := range []int{on - 1, on + 1} {
				if on < 0 || to < 0 || to >= len(d.rungs) {
					continue
				}
				a.answers[i].Number = float64(d.rungs[to].codes[0])
				level, err := s.score(&a)
				if err != nil {
					return 0, err
				}
				made++
				if level != levels[p] {
					changed++
				}
			}
			a.answers[i] = before
		}
	}
	return float64(changed) / float64(max(made, 1)), nil
}
