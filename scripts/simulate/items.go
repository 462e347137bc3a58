package main

import (
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// told is how much one item tells under one model.
type told struct {
	drawer *drawer
	asked  float64 // share of people who answer it
	// differs is the share of those people whose level would be another one without it.
	differs float64
	// lost is the share of those at the highest level among the top 2 % who would no longer be there.
	lost float64
	with float64 // correlation of the answer with the cause
}

// items leaves out each item in turn, of the first n people.
func (all *crowd) items(m model, f figures, n int) ([]told, error) {
	c := all.check
	s := newScorer(c, c.lenient)
	n = min(n, len(all.people))
	severe := map[int]bool{}
	for _, i := range top(all.worst(), 0, 0.02) {
		severe[i] = f.levels[i] == c.highest
	}
	var rows []told
	for i := range c.drawers {
		d := &c.drawers[i]
		if d.kind == context || d.must {
			continue
		}
		row, fit := told{drawer: d}, correlation{}
		asked, differs, at, lost := 0, 0, 0, 0
		for p := range all.people {
			if p >= n && !severe[p] {
				continue
			}
			a := c.answered(m, all.people[p], all.ages[p])
			if !s.asked(&a)[i] {
				continue
			}
			if d.rungs != nil && !slices.Contains(d.aside, int(a.answers[i].Number)) {
				fit.add(all.people[p].cause, d.at(a.answers[i]))
			}
			a.given[i] = false
			level, err := s.score(&a)
			if err != nil {
				return nil, err
			}
			other := level != f.levels[p]
			if p < n {
				asked++
				differs += count(other)
			}
			if severe[p] {
				at++
				lost += count(other)
			}
		}
		row.asked, row.differs, row.lost = part(asked, n), part(differs, asked), part(lost, at)
		row.with = fit.r()
		rows = append(rows, row)
	}
	return rows, nil
}

// at is how bad an answer is, from 0 to 4.
func (d *drawer) at(a questionnaire.Answer) float64 {
	for _, r := range d.rungs {
		for _, code := range r.codes {
			if code == int(a.Number) {
				return r.at
			}
		}
	}
	return 0
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// part is a share, 0 of nothing.
func part(some, of int) float64 { return float64(some) / float64(max(of, 1)) }

// correlation gathers pairs for Pearson's coefficient.
type correlation struct{ n, x, y, xx, yy, xy float64 }

func (c *correlation) add(x, y float64) {
	c.n, c.x, c.y = c.n+1, c.x+x, c.y+y
	c.xx, c.yy, c.xy = c.xx+x*x, c.yy+y*y, c.xy+x*y
}

// r is the coefficient, 0 where one side never changes.
func (c *correlation) r() float64 {
	spread := (c.n*c.xx - c.x*c.x) * (c.n*c.yy - c.y*c.y)
	if spread <= 0 {
		return 0
	}
	return (c.n*c.xy - c.x*c.y) / math.Sqrt(spread)
}
