package source

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"predah/internal/questionnaire"
)

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
	bare     bool // of a mapping in braces: the key stands between commas, without a colon and a value
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
func (b *builder) build(syntax *yaml.Node, near place) *node {
	n := &node{place: placeOf(syntax)}
	if isNothing(syntax) {
		n.place = near
	}
	switch syntax.Kind {
	case yaml.MappingNode:
		b.buildMapping(n, syntax.Content, syntax.Style&yaml.FlowStyle != 0)
	case yaml.SequenceNode:
		n.kind = sequence
		n.entries = make([]entry, len(syntax.Content))
		for i, v := range syntax.Content {
			n.entries[i] = entry{value: b.build(v, n.place)}
		}
	default:
		n.scalar = b.scalar(syntax, n.place)
	}
	return n
}

// buildMapping fills n from keys and values in turn, which are written in braces or in lines.
func (b *builder) buildMapping(n *node, content []*yaml.Node, inBraces bool) {
	n.kind = mapping
	n.entries = make([]entry, 0, len(content)/2)
	n.index = make(map[string]int, len(content)/2)
	for pair := range slices.Chunk(content, 2) {
		key, at := pair[0].Value, placeOf(pair[0])
		if pair[0].Kind != yaml.ScalarNode || isNothing(pair[0]) {
			b.report(at, "a key must be a word or a number, written plainly before the colon")
			continue
		}
		b.checkSigns(key, at)
		value := b.build(pair[1], at)
		if first, twice := n.index[key]; twice {
			b.report(at, "`%s` is here twice; it is already on line %d", key, n.entries[first].keyPlace.line)
			continue
		}
		n.index[key] = len(n.entries)
		n.entries = append(n.entries, entry{key: key, keyPlace: at, value: value, bare: inBraces && isNothing(pair[1])})
	}
}

// plainNumber is what JSON takes for a number.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?$`)

// scalar is the value of syntax as JSON knows it.
func (b *builder) scalar(syntax *yaml.Node, at place) any {
	switch syntax.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(syntax.Value, "true")
	case "!!int", "!!float":
		if !plainNumber.MatchString(syntax.Value) {
			b.report(at, "write this number plainly, with digits and at most a decimal point, as in 12 or 0.5; if it is text, put it in quotes")
			return nil
		}
		return json.Number(syntax.Value)
	default:
		b.checkSigns(syntax.Value, at)
		return syntax.Value
	}
}

// checkSigns refuses signs that nobody sees in a value, where an escape such as "\x1b" made them. Those in
// the file itself have been refused before.
func (b *builder) checkSigns(text string, at place) {
	if what := questionnaire.HiddenSign(text); what != "" {
		b.report(at, "%s is in this text, made by an escape in quotes; take it out", what)
	}
}

func placeOf(n *yaml.Node) place { return place{n.Line, n.Column} }
