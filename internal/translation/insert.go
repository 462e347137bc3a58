package translation

import (
	"slices"
	"strings"

	"predah/internal/questionnaire/source"
)

// Add puts texts at paths that the file does not have yet, each after what comes before it in order, and
// leaves every other line as it is. What stands on one line in braces gets lines of its own. A file in which
// that cannot be done is written as Write does.
func Add(file []byte, added map[string]string, order [][]string) ([]byte, error) {
	written := file
	var leaves []source.Leaf
	for _, path := range order {
		leaves = append(leaves, source.Leaf{Path: path})
		text, ok := added[strings.Join(path, ".")]
		if !ok {
			continue
		}
		inserted, err := insert(written, path, text, order)
		if err != nil {
			return nil, err
		}
		written = inserted
	}
	present, err := leavesOf(file)
	if err != nil {
		return nil, err
	}
	all := texts(present)
	for path, text := range added {
		all[path] = text
	}
	if reads(written, all) {
		return written, nil
	}
	return Write(file, added, leaves)
}

// Missing lists the paths that a file has no text at, in the order given.
func Missing(file []byte, paths [][]string) (missing [][]string, err error) {
	present, err := leavesOf(file)
	if err != nil {
		return nil, err
	}
	all := texts(present)
	for _, path := range paths {
		if _, ok := all[strings.Join(path, ".")]; !ok {
			missing = append(missing, path)
		}
	}
	return missing, nil
}

// inserter puts one text into a file.
type inserter struct {
	lines  []string
	leaves []source.Leaf
	file   *source.File
}

// insert puts one text into a file, which then may not read as meant.
func insert(file []byte, path []string, text string, order [][]string) ([]byte, error) {
	leaves, err := leavesOf(file)
	if err != nil {
		return nil, err
	}
	if len(leaves) == 0 {
		return anew(file, map[string]string{strings.Join(path, "."): text}, []source.Leaf{{Path: path}}), nil
	}
	read, _ := source.ReadBytes("", file, nil, &struct{}{})
	in := inserter{lines: strings.SplitAfter(string(file), "\n"), leaves: leaves, file: read}
	if last := len(in.lines) - 1; in.lines[last] != "" {
		in.lines[last] += "\n"
	}
	above := path[:len(path)-1]
	for len(above) > 0 && !in.has(above) {
		above = above[:len(above)-1]
	}
	for at := range above { // the outermost mapping in braces is opened
		if whole := above[:at+1]; in.isInBraces(whole) {
			in.open(whole, path, text)
			return in.bytes(), nil
		}
	}
	in.put(above, path, text, order)
	return in.bytes(), nil
}

func (in *inserter) bytes() []byte { return []byte(strings.Join(in.lines, "")) }

// has tells whether a mapping stands at a path.
func (in *inserter) has(path []string) bool { return len(in.under(path)) > 0 }

// under lists the texts below a path.
func (in *inserter) under(path []string) (below []source.Leaf) {
	for _, leaf := range in.leaves {
		if len(leaf.Path) > len(path) && slices.Equal(leaf.Path[:len(path)], path) {
			below = append(below, leaf)
		}
	}
	return below
}

// line is the place of the line on which the key at a path stands.
func (in *inserter) line(path []string) int { return in.file.KeyAt(steps(path)...).Line - 1 }

func steps(path []string) []any {
	all := make([]any, len(path))
	for i, key := range path {
		all[i] = key
	}
	return all
}

// isInBraces tells whether the mapping at a path is written as {a: b}.
func (in *inserter) isInBraces(path []string) bool {
	at := in.file.KeyAt(steps(path)...)
	_, value, _ := strings.Cut(string([]rune(in.lines[at.Line-1])[at.Column-1:]), ":")
	return strings.HasPrefix(strings.TrimSpace(value), "{")
}

// indent is how far the line at a place is indented.
func (in *inserter) indent(line int) int {
	return len(in.lines[line]) - len(strings.TrimLeft(in.lines[line], " "))
}

// end is the place behind the last line of what begins on a line.
func (in *inserter) end(first int) int {
	indent, end := in.indent(first), first+1
	for end < len(in.lines) && isWithin(in.lines[end], indent) {
		end++
	}
	for end > first+1 && strings.TrimSpace(in.lines[end-1]) == "" {
		end--
	}
	return end
}

// open writes a mapping in braces in lines, with the new text in it.
func (in *inserter) open(whole, path []string, text string) {
	root := &branch{}
	key := len(whole) - 1
	for _, leaf := range in.under(whole) {
		root.put(leaf.Path[key:], leaf.Text)
	}
	root.put(path[key:], text)
	first := in.line(whole)
	var out strings.Builder
	indent := strings.Repeat(" ", in.indent(first))
	root.write(&out, indent)
	in.lines = slices.Replace(in.lines, first, in.end(first), strings.TrimPrefix(out.String(), "\n"))
}

// put writes a new entry of the mapping at above, behind the one that comes before it in order.
func (in *inserter) put(above, path []string, text string, order [][]string) {
	key := len(above)
	root := &branch{}
	root.put(path[key:], text)
	indent, at := 0, len(in.lines)
	if key > 0 {
		first := in.line(above)
		indent, at = in.indent(in.line(in.under(above)[0].Path[:key+1])), in.end(first)
	}
	place := slices.IndexFunc(order, func(other []string) bool { return slices.Equal(other, path) })
	for i := place - 1; i >= 0; i-- {
		other := order[i]
		if len(other) <= key || !slices.Equal(other[:key], above) || other[key] == path[key] {
			continue
		}
		if before := other[:key+1]; in.has(before) || slices.ContainsFunc(in.leaves, func(l source.Leaf) bool { return slices.Equal(l.Path, before) }) {
			at = in.end(in.line(before))
			break
		}
	}
	var out strings.Builder
	root.write(&out, strings.Repeat(" ", indent))
	in.lines = slices.Insert(in.lines, at, out.String())
}
