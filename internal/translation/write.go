package translation

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"predah/internal/questionnaire/source"
)

// ErrNotWritten is why a file was not made: what was written would not read as meant.
var ErrNotWritten = errors.New("the texts cannot be put into the file")

// Write returns the file of a language with these texts in it, by path. Where they are
// as the file has them already, it is the same byte by byte; where the file has every
// path, only what differs is written anew; else the file is written in the order of the
// source, without comments except those at its top, and what only the file has is kept.
func Write(file []byte, wanted map[string]string, sources []source.Leaf) ([]byte, error) {
	present, err := leavesOf(file)
	if err != nil {
		return nil, err
	}
	all := texts(present)
	isComplete := true
	changed := make(map[string]string)
	for path, text := range wanted {
		current, ok := all[path]
		isComplete = isComplete && ok
		if current != text {
			changed[path] = text
		}
		all[path] = text
	}
	written := file
	if isComplete {
		written = patch(file, present, changed)
	}
	if !isComplete || !reads(written, all) {
		written = anew(file, all, slices.Concat(sources, present))
	}
	if !reads(written, all) {
		return nil, ErrNotWritten
	}
	return written, nil
}

// leavesOf reads the texts of a file; an empty one has none.
func leavesOf(file []byte) ([]source.Leaf, error) {
	if len(bytes.TrimSpace(file)) == 0 {
		return nil, nil
	}
	read, problems := source.ReadBytes("", file, nil, &struct{}{})
	if read == nil {
		return nil, problems
	}
	return read.Leaves(), nil
}

// reads reports whether a file has exactly these texts.
func reads(file []byte, wanted map[string]string) bool {
	leaves, err := leavesOf(file)
	return err == nil && maps.Equal(texts(leaves), wanted)
}

// patch replaces the texts that changed, each from its key to the line before the next
// thing, and leaves every other line as it is.
func patch(file []byte, present []source.Leaf, changed map[string]string) []byte {
	lines := strings.SplitAfter(string(file), "\n")
	for _, leaf := range slices.Backward(present) {
		text, ok := changed[strings.Join(leaf.Path, ".")]
		if !ok {
			continue
		}
		first := leaf.KeyAt.Line - 1
		indent := len(lines[first]) - len(strings.TrimLeft(lines[first], " "))
		end := first + 1
		for end < len(lines) && isWithin(lines[end], indent) {
			end++
		}
		for end > first+1 && strings.TrimSpace(lines[end-1]) == "" {
			end--
		}
		line := strings.Repeat(" ", indent) + leaf.Path[len(leaf.Path)-1] + ": " + scalar(text) + "\n"
		lines = slices.Replace(lines, first, end, line)
	}
	return []byte(strings.Join(lines, ""))
}

// isWithin reports whether a line goes on the text of a key that is indented so far.
func isWithin(line string, indent int) bool {
	return strings.TrimSpace(line) == "" || len(line)-len(strings.TrimLeft(line, " ")) > indent
}

// anew writes every text in the order of these leaves, after the comments that the file
// begins with.
func anew(file []byte, all map[string]string, order []source.Leaf) []byte {
	var out strings.Builder
	for line := range strings.Lines(string(file)) {
		if !strings.HasPrefix(line, "#") {
			break
		}
		out.WriteString(line)
	}
	if out.Len() == 0 {
		out.WriteString("# yaml-language-server: $schema=../schemas/texts.schema.json\n")
	}
	root := &branch{}
	for _, leaf := range order {
		if text, ok := all[strings.Join(leaf.Path, ".")]; ok {
			root.put(leaf.Path, text)
		}
	}
	root.write(&out, "")
	return []byte(out.String())
}

// branch is a mapping that is to be written.
type branch struct {
	keys     []string
	branches map[string]*branch
	texts    map[string]string
}

// put keeps a text at a path; the first one put there stays.
func (b *branch) put(path []string, text string) {
	key := path[0]
	if !slices.Contains(b.keys, key) {
		b.keys = append(b.keys, key)
	}
	if len(path) == 1 {
		if b.texts == nil {
			b.texts = make(map[string]string)
		}
		b.texts[key] = text
		return
	}
	if b.branches == nil {
		b.branches = make(map[string]*branch)
	}
	if b.branches[key] == nil {
		b.branches[key] = &branch{}
	}
	b.branches[key].put(path[1:], text)
}

func (b *branch) write(out *strings.Builder, indent string) {
	for _, key := range b.keys {
		if below := b.branches[key]; below != nil {
			if indent == "" {
				out.WriteByte('\n')
			}
			out.WriteString(indent + key + ":\n")
			below.write(out, indent+"  ")
			continue
		}
		out.WriteString(indent + key + ": " + scalar(b.texts[key]) + "\n")
	}
}

// plainText is what YAML reads as the text it is, without quotes.
var plainText = regexp.MustCompile(`^\pL[\pL\d]*( [\pL\d(»][\pL\d»«(),.'’!?;/-]*)+$`)

// scalar writes a text as YAML: as it is where that is plain, else as JSON, which YAML
// reads too.
func scalar(text string) string {
	if plainText.MatchString(text) {
		return text
	}
	var quoted strings.Builder
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return `""` // a string always encodes
	}
	return strings.TrimSuffix(quoted.String(), "\n")
}
