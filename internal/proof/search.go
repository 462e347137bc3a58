package proof

import (
	"errors"
	"slices"
)

// errTooMany says that a search met more cases than it may look at.
var errTooMany = errors.New("there are too many cases to go through")

// maxSteps is how many steps one search may take. A step is one class taken into one
// formula.
const maxSteps = 600_000

// choice is the class of each variable, by index; 0 where it does not matter.
type choice []int

// state is one formula met on the way, with the cheapest classes that lead to it.
type state struct {
	left     formula
	cost     int64
	previous int // index of the state it came from, -1 for the first
	class    int // of the variable before
}

// find gives the cheapest choice that a formula holds for, and false when it never does. It
// takes what it needs off steps, and gives up when none are left.
func (p *pool) find(goal formula, steps *int) (choice, bool, error) {
	best := make(choice, len(p.variables))
	switch goal {
	case never:
		return nil, false, nil
	case always:
		return best, true, nil
	}
	var path [][]state
	order := members(p.nodes[goal].vars)
	states := []state{{left: goal, previous: -1}}
	bestCost, bestLayer, bestState := int64(-1), 0, 0
	for layer, v := range order {
		path = append(path, states)
		next, err := p.step(states, v, steps)
		if err != nil {
			return nil, false, err
		}
		// A state that holds already needs nothing more: what is left may be the shortest.
		states = states[:0:0]
		for _, s := range next {
			switch {
			case bestCost >= 0 && s.cost >= bestCost:
			case s.left == always:
				bestCost, bestLayer, bestState = s.cost, layer, s.previous
				best[v] = s.class
			default:
				states = append(states, s)
			}
		}
		states = slices.DeleteFunc(states, func(s state) bool { return bestCost >= 0 && s.cost >= bestCost })
	}
	if bestCost < 0 {
		return nil, false, nil
	}
	for v := range best {
		if v != order[bestLayer] {
			best[v] = 0
		}
	}
	for layer, at := bestLayer, bestState; layer > 0; layer-- {
		s := path[layer][at]
		best[order[layer-1]], at = s.class, s.previous
	}
	return best, true, nil
}

// step takes every class of a variable into every state and keeps the cheapest way to each.
func (p *pool) step(states []state, v int, steps *int) ([]state, error) {
	var next []state
	index := map[formula]int{}
	for at, s := range states {
		for c := range p.variables[v].classes {
			if *steps--; *steps < 0 {
				return nil, errTooMany
			}
			left := p.assign(s.left, v, c)
			if left == never {
				continue
			}
			cost := s.cost + p.variables[v].cost(c)
			i, met := index[left]
			if !met {
				index[left] = len(next)
				next = append(next, state{left, cost, at, c})
			} else if cost < next[i].cost {
				next[i] = state{left, cost, at, c}
			}
			if left == s.left {
				break // it does not ask about the variable
			}
		}
	}
	return next, nil
}
