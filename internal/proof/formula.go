package proof

import (
	"encoding/binary"
	"slices"
)

// formula is what is left of a rule, as an index into a pool. Equal formulas have
// equal indexes.
type formula int32

const (
	never  formula = 0
	always formula = 1
)

// nodeKind is what a formula asks.
type nodeKind uint8

const (
	constant nodeKind = iota
	atom              // the class of a variable is among some
	several           // at least need of parts hold
	scored            // a score passes a comparison
)

// node is one formula.
type node struct {
	kind     nodeKind
	variable int       // of atom
	holds    string    // of atom: a byte for each class, 1 where it holds
	need     int       // of several
	parts    []formula // of several, sorted
	tally    tally     // of scored
	vars     []uint64  // the set of variables it depends on
}

// pool holds every formula of one search, each once.
type pool struct {
	variables []variable
	scores    []scoreForm
	nodes     []node
	index     map[string]formula
	assigned  map[assignment]formula
	negated   map[formula]formula
	key       []byte
}

// assignment is a formula once a variable has a class.
type assignment struct {
	of              formula
	variable, class int
}

func newPool(variables []variable) *pool {
	return &pool{
		variables: variables,
		nodes:     []node{{vars: nil}, {vars: nil}},
		index:     map[string]formula{},
		assigned:  map[assignment]formula{},
		negated:   map[formula]formula{never: always, always: never},
	}
}

// intern gives the formula of a node whose key has been written to p.key.
func (p *pool) intern(make func() node) formula {
	if f, ok := p.index[string(p.key)]; ok {
		return f
	}
	f := formula(len(p.nodes))
	p.index[string(p.key)] = f
	p.nodes = append(p.nodes, make())
	return f
}

// atom holds when the class of a variable is one that holds has a 1 for.
func (p *pool) atom(v int, holds []byte) formula {
	if !slices.Contains(holds, 1) {
		return never
	}
	if !slices.Contains(holds, 0) {
		return always
	}
	p.key = append(binary.AppendUvarint(append(p.key[:0], byte(atom)), uint64(v)), holds...)
	return p.intern(func() node {
		return node{kind: atom, variable: v, holds: string(holds), vars: with(nil, v)}
	})
}

func (p *pool) all(parts ...formula) formula { return p.several(len(parts), parts) }
func (p *pool) any(parts ...formula) formula { return p.several(1, parts) }

// several holds when at least need of parts do.
func (p *pool) several(need int, parts []formula) formula {
	var kept []formula
	for _, part := range parts {
		switch part {
		case never:
		case always:
			need--
		default:
			kept = append(kept, part)
		}
	}
	if need > 0 && need <= len(kept) {
		kept, need = p.flatten(kept, need)
	}
	switch {
	case need <= 0:
		return always
	case need > len(kept):
		return never
	case len(kept) == 1:
		return kept[0]
	}
	slices.Sort(kept)
	p.key = binary.AppendUvarint(append(p.key[:0], byte(several)), uint64(need))
	for _, part := range kept {
		p.key = binary.AppendUvarint(p.key, uint64(part))
	}
	return p.intern(func() node {
		n := node{kind: several, need: need, parts: kept}
		for _, part := range kept {
			n.vars = union(n.vars, p.nodes[part].vars)
		}
		return n
	})
}

// flatten takes parts of the same kind in, and lists each once, where all or any are asked for.
func (p *pool) flatten(parts []formula, need int) ([]formula, int) {
	isAll, isAny := need == len(parts), need == 1
	if !isAll && !isAny {
		return parts, need
	}
	var flat []formula
	for _, part := range parts {
		n := &p.nodes[part]
		if n.kind == several && (isAll && n.need == len(n.parts) || isAny && !isAll && n.need == 1) {
			flat = append(flat, n.parts...)
		} else {
			flat = append(flat, part)
		}
	}
	slices.Sort(flat)
	flat = slices.Compact(flat)
	if isAll {
		need = len(flat)
	}
	return flat, need
}

// not holds when f does not.
func (p *pool) not(f formula) formula {
	if g, ok := p.negated[f]; ok {
		return g
	}
	var g formula
	switch n := p.nodes[f]; n.kind {
	case atom:
		holds := []byte(n.holds)
		for i := range holds {
			holds[i] = 1 - holds[i]
		}
		g = p.atom(n.variable, holds)
	case several:
		parts := make([]formula, len(n.parts))
		for i, part := range n.parts {
			parts[i] = p.not(part)
		}
		g = p.several(len(parts)-n.need+1, parts)
	case scored:
		t := n.tally
		t.negated = !t.negated
		g = p.tally(t)
	}
	p.negated[f], p.negated[g] = g, f
	return g
}

// assign is what is left of f when a variable has a class.
func (p *pool) assign(f formula, v, c int) formula {
	if !has(p.nodes[f].vars, v) {
		return f
	}
	key := assignment{f, v, c}
	if g, ok := p.assigned[key]; ok {
		return g
	}
	var g formula
	switch n := p.nodes[f]; n.kind {
	case atom:
		g = formula(n.holds[c])
	case several:
		parts := make([]formula, len(n.parts))
		for i, part := range n.parts {
			parts[i] = p.assign(part, v, c)
		}
		g = p.several(n.need, parts)
	case scored:
		g = p.advance(n.tally, v, c)
	}
	p.assigned[key] = g
	return g
}

// with, union and has treat a slice of words as a set of variables.
func with(set []uint64, v int) []uint64 {
	for len(set) <= v/64 {
		set = append(set, 0)
	}
	set[v/64] |= 1 << (v % 64)
	return set
}

func union(a, b []uint64) []uint64 {
	if len(a) < len(b) {
		a, b = b, a
	}
	a = slices.Clone(a)
	for i, word := range b {
		a[i] |= word
	}
	return a
}

func has(set []uint64, v int) bool { return v/64 < len(set) && set[v/64]>>(v%64)&1 == 1 }

// members lists a set of variables in order.
func members(set []uint64) []int {
	var all []int
	for v := range 64 * len(set) {
		if has(set, v) {
			all = append(all, v)
		}
	}
	return all
}
