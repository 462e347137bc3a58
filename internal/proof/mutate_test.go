package proof

import (
	"fmt"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// mutation is one small mistake in a questionnaire.yaml.
type mutation struct {
	kind  string                // "threshold moved by one"
	where string                // "criteria/3/when/any/0"
	apply func(tree *yaml.Node) // makes the mistake in a tree of the same file
}

// mutationsOf lists every mistake that the kinds allow, in the order of the file.
func mutationsOf(tree *yaml.Node) []mutation {
	m := &mutator{}
	m.walk(tree, nil)
	return m.found
}

type mutator struct{ found []mutation }

// add notes a mistake that changes the node at a place: keys, and positions in lists.
func (m *mutator) add(kind string, at []any, change func(*yaml.Node)) {
	at = slices.Clone(at)
	where := ""
	for _, step := range at {
		where += fmt.Sprintf("/%v", step)
	}
	m.found = append(m.found, mutation{kind, where[min(1, len(where)):], func(n *yaml.Node) {
		for _, step := range at {
			switch step := step.(type) {
			case string:
				n = valueOf(n, step)
			case int:
				n = n.Content[step]
			}
		}
		change(n)
	}})
}

// walk looks for what can be mistaken in a value.
func (m *mutator) walk(n *yaml.Node, at []any) {
	switch n.Kind {
	case yaml.MappingNode:
		m.walkMap(n, at)
	case yaml.SequenceNode:
		for i, part := range n.Content {
			m.walk(part, append(slices.Clone(at), i))
		}
	}
}

func (m *mutator) walkMap(n *yaml.Node, at []any) {
	counts := valueOf(n, "of") != nil
	for entry := range slices.Chunk(n.Content, 2) {
		key, value := entry[0].Value, entry[1]
		place := append(slices.Clone(at), key)
		switch key {
		case "ages", "minutes", "bounds", "options", "option-sets", "groups", "provenance", "exceptions":
			continue
		case "at-least", "at-most", "more-than", "less-than", "is", "from", "to":
			kind := "threshold moved by one"
			if counts && key == "at-least" {
				kind = "another number of `at-least … of`"
			}
			if value.Tag == "!!int" || value.Tag == "!!float" {
				m.add(kind, place, func(n *yaml.Node) { move(n, 1) })
				m.add(kind, place, func(n *yaml.Node) { move(n, -1) })
			}
		case "all", "any":
			m.renamed("all and any exchanged", at, key, map[string]string{"all": "any", "any": "all"}[key])
			m.dropOne(value, place)
		case "of":
			if valueOf(n, "method") == nil {
				m.dropOne(value, place)
			}
		case "reverse":
			m.loseReversal(value, at)
		case "not":
			m.add("lost `not`", at, func(n *yaml.Node) { *n = *valueOf(n, "not") })
		case "bands":
			m.swapBands(value, place)
		}
		if !counts && (key == "at-least" || key == "at-most") {
			m.renamed("comparison turned round", at, key, map[string]string{"at-least": "at-most", "at-most": "at-least"}[key])
		}
		m.walk(value, place)
	}
}

func move(n *yaml.Node, by float64) {
	was, _ := strconv.ParseFloat(n.Value, 64)
	n.Value = strconv.FormatFloat(was+by, 'f', -1, 64)
}

// keyIndex is where a key stands in a mapping, -1 when it does not.
func keyIndex(n *yaml.Node, key string) int {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return i
		}
	}
	return -1
}

// valueOf is what stands under a key, nil when nothing does.
func valueOf(n *yaml.Node, key string) *yaml.Node {
	if i := keyIndex(n, key); i >= 0 {
		return n.Content[i+1]
	}
	return nil
}

func (m *mutator) renamed(kind string, at []any, from, to string) {
	m.add(kind, at, func(n *yaml.Node) { n.Content[keyIndex(n, from)].Value = to })
}

// dropOne leaves one of several conditions out.
func (m *mutator) dropOne(list *yaml.Node, at []any) {
	for i := range list.Content {
		if len(list.Content) > 1 {
			m.add("condition left out", at, func(n *yaml.Node) { n.Content = slices.Delete(n.Content, i, i+1) })
		}
	}
}

// loseReversal counts a reversed item as it is.
func (m *mutator) loseReversal(list *yaml.Node, score []any) {
	for i := range list.Content {
		m.add("lost reversal", score, func(n *yaml.Node) {
			k := keyIndex(n, "reverse")
			list := n.Content[k+1]
			list.Content = slices.Delete(list.Content, i, i+1)
			if len(list.Content) == 0 {
				n.Content = slices.Delete(n.Content, k, k+2)
			}
		})
	}
}

// swapBands exchanges the rules of two bands that follow each other.
func (m *mutator) swapBands(list *yaml.Node, at []any) {
	for i := range len(list.Content) - 1 {
		for _, key := range []string{"when", "level"} {
			if valueOf(list.Content[i], key) == nil || valueOf(list.Content[i+1], key) == nil {
				continue
			}
			m.add("bands swapped", at, func(n *yaml.Node) {
				a, b := valueOf(n.Content[i], key), valueOf(n.Content[i+1], key)
				*a, *b = *b, *a
			})
		}
	}
}
