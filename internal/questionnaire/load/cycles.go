package load

import (
	"slices"
	"strings"
)

// sequence orders 0 to n-1 so that each comes after those that next names for it. The members
// of a cycle come last, and each cycle is given once, beginning with its lowest member.
func sequence(n int, next func(int) []int) (order []int, cycles [][]int) {
	const (
		untouched = iota
		open
		done
	)
	state := make([]int, n)
	var path, circular []int
	var visit func(i int)
	visit = func(i int) {
		switch state[i] {
		case done:
			return
		case open:
			cycle := slices.Clone(path[slices.Index(path, i):])
			lowest := slices.Index(cycle, slices.Min(cycle))
			cycles = append(cycles, append(cycle[lowest:], cycle[:lowest]...))
			circular = append(circular, cycle...)
			return
		}
		state[i] = open
		path = append(path, i)
		for _, j := range next(i) {
			visit(j)
		}
		path = path[:len(path)-1]
		state[i] = done
		order = append(order, i)
	}
	for i := range n {
		visit(i)
	}
	order = slices.DeleteFunc(order, func(i int) bool { return slices.Contains(circular, i) })
	return order, cycles
}

// circle names the members of a cycle one after another, the first again at the end.
func circle(cycle []int, id func(int) string) string {
	ids := make([]string, 0, len(cycle)+1)
	for _, i := range cycle {
		ids = append(ids, id(i))
	}
	return strings.Join(append(ids, ids[0]), " -> ")
}
