package source

import (
	"encoding/json"
	"fmt"
	"regexp"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"predah/internal/questionnaire"
)

// maxDepth is how deep mappings and lists may be nested.
const maxDepth = 40

type nodeKind int

const (
	scalar nodeKind = iota
	sequence
	mapping
)

// place is a line and a column, from 1.
type place struct{ line, column int }

// node is a value of a file with its place.
type node struct {
	place
	kind    nodeKind
	scalar  any            // string, json.Number, bool or nil
	entries []entry        // of a mapping or sequence, in order
	index   map[string]int // of a mapping: key to entry
}

// entry is one pair of a mapping, or, without a key, one entry of a sequence.
type entry struct {
	key      string
	keyPlace place
	value    *node
}

// value is the node as the plain values that JSON knows.
func (n *node) value() any {
	switch n.kind {
	case mapping:
		m := make(map[string]any, len(n.entries))
		for _, e := range n.entries {
			m[e.key] = e.value.value()
		}
		return m
	case sequence:
		s := make([]any, len(n.entries))
		for i, e := range n.entries {
			s[i] = e.value.value()
		}
		return s
	default:
		return n.scalar
	}
}

// builder makes nodes of the parser's syntax tree and collects what is not allowed.
type builder struct {
	name     string
	problems questionnaire.Problems
}

func (b *builder) report(at place, format string, args ...any) {
	b.problems = append(b.problems, questionnaire.Problem{
		At:      questionnaire.Position{File: b.name, Line: at.line, Column: at.column},
		Message: fmt.Sprintf(format, args...),
	})
}

// build makes the node of syntax; near is its place when it has none of its own.
func (b *builder) build(syntax ast.Node, near place, depth int) *node {
	n := &node{place: placeOf(syntax, near)}
	if depth > maxDepth {
		b.report(n.place, "this is nested more than %d levels deep", maxDepth)
		return n
	}
	switch syntax := syntax.(type) {
	case *ast.MappingNode:
		b.buildMapping(n, syntax.Values, depth)
	case *ast.MappingValueNode:
		b.buildMapping(n, []*ast.MappingValueNode{syntax}, depth)
	case *ast.SequenceNode:
		n.kind = sequence
		n.entries = make([]entry, len(syntax.Values))
		for i, v := range syntax.Values {
			n.entries[i] = entry{value: b.build(v, n.place, depth+1)}
		}
	case *ast.StringNode:
		n.scalar = syntax.Value
	case *ast.LiteralNode:
		n.scalar = syntax.Value.Value
	case *ast.BoolNode:
		n.scalar = syntax.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		n.scalar = b.number(syntax.GetToken(), n.place)
	case *ast.NullNode, nil:
	default:
		b.report(n.place, "this kind of YAML is not used here; write plain `key: value` lines and lists")
	}
	return n
}

func (b *builder) buildMapping(n *node, pairs []*ast.MappingValueNode, depth int) {
	n.kind = mapping
	n.index = make(map[string]int, len(pairs))
	for _, pair := range pairs {
		at := placeOf(pair.Key, n.place)
		key, ok := keyText(pair.Key)
		if !ok {
			b.report(at, "a key must be a word or a number, written plainly before the colon")
			continue
		}
		value := b.build(pair.Value, at, depth+1)
		if first, twice := n.index[key]; twice {
			b.report(at, "`%s` is here twice; it is already on line %d", key, n.entries[first].keyPlace.line)
			continue
		}
		n.index[key] = len(n.entries)
		n.entries = append(n.entries, entry{key: key, keyPlace: at, value: value})
	}
}

// keyText is a key as text; a number stays as it is written.
func keyText(key ast.MapKeyNode) (string, bool) {
	switch key := key.(type) {
	case *ast.StringNode:
		return key.Value, true
	case *ast.IntegerNode, *ast.BoolNode, *ast.FloatNode, *ast.NullNode:
		return key.GetToken().Value, true
	default:
		return "", false
	}
}

// plainNumber is what JSON takes for a number.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?$`)

func (b *builder) number(t *token.Token, at place) any {
	if t == nil || !plainNumber.MatchString(t.Value) {
		b.report(at, "write this number plainly, with digits and at most a decimal point, as in 12 or 0.5; if it is text, put it in quotes")
		return nil
	}
	return json.Number(t.Value)
}

func placeOf(syntax ast.Node, near place) place {
	if m, ok := syntax.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return placeOf(m.Values[0].Key, near)
	}
	if m, ok := syntax.(*ast.MappingValueNode); ok {
		return placeOf(m.Key, near)
	}
	if syntax == nil {
		return near
	}
	t := syntax.GetToken()
	if t == nil || t.Position == nil || t.Position.Line < 1 || t.Type == token.ImplicitNullType {
		return near
	}
	return place{t.Position.Line, max(t.Position.Column, 1)}
}
