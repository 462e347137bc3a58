package source

import (
	"slices"

	"predah/internal/questionnaire"
)

// Leaf is one text of a file.
type Leaf struct {
	Path  []string // the keys that lead to it
	Text  string
	KeyAt questionnaire.Position // of its last key
}

// Leaves lists every text that stands under keys, in the order of the file. What is in a
// list is left out.
func (f *File) Leaves() []Leaf {
	return f.leavesOf(f.root, nil, nil)
}

func (f *File) leavesOf(n *node, path []string, before []Leaf) []Leaf {
	for _, e := range n.entries {
		here := append(slices.Clone(path), e.key)
		switch text, isText := e.value.scalar.(string); {
		case e.value.kind == mapping:
			before = f.leavesOf(e.value, here, before)
		case e.value.kind == scalar && isText:
			before = append(before, Leaf{Path: here, Text: text, KeyAt: f.position(e.keyPlace)})
		}
	}
	return before
}
