package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"predah/internal/questionnaire"
)

// MaxSize is the largest file that is read, in bytes.
const MaxSize = 1 << 20

// File is a file that was read, kept to tell where in it something stands.
type File struct {
	name string
	root *node
}

// Read reads the YAML file at path, checks it against schema, if one is given, and decodes it into
// the value that into points to by its json tags. Mapping keys that are numbers
// decode into maps with integer keys.
//
// Telephone numbers come out with no-break spaces between their groups; see wholeNumbers.
//
// All problems are returned, in order of position. A file that cannot be parsed
// gives a nil File. One that does not fit the schema gives a File all the same,
// and into is filled as far as it fits, so that a caller may go on to look
// for problems of meaning; it must expect any field to be empty.
func Read(fsys fs.FS, path string, schema *Schema, into any) (*File, questionnaire.Problems) {
	data, err := readLimited(fsys, path)
	if err != nil {
		return nil, questionnaire.Problems{{At: questionnaire.Position{File: NameIn(fsys, path)}, Message: err.Error()}}
	}
	return ReadBytes(NameIn(fsys, path), data, schema, into)
}

// Folder is a folder of files that problems name by Path too, so that a person
// finds them from where they are.
type Folder struct {
	fs.FS
	Path string
}

// NameIn is what problems call the file at path.
func NameIn(fsys fs.FS, path string) string {
	if folder, ok := fsys.(Folder); ok {
		return filepath.Join(folder.Path, filepath.FromSlash(path))
	}
	return path
}

// ReadBytes is Read for a file that is already in memory; name is used in positions.
func ReadBytes(name string, data []byte, schema *Schema, into any) (*File, questionnaire.Problems) {
	root, problems := parse(name, data)
	if root == nil {
		problems.Sort()
		return nil, problems
	}
	file := &File{name: name, root: root}
	value := root.value()
	problems = append(problems, schema.check(file, value)...)
	if err := decode(wholeNumbers(value), into, len(problems) > 0); err != nil {
		problems = append(problems, questionnaire.Problem{At: file.At(), Message: "the file does not decode: " + err.Error()})
	}
	problems.Sort()
	return file, problems
}

// IsForeign tells the names of files and folders that a system puts beside those of an author, such as
// ._sl.yaml, .DS_Store and __MACOSX from a Mac. Nothing reads them, whatever they hold.
func IsForeign(name string) bool { return strings.HasPrefix(name, ".") || name == "__MACOSX" }

func readLimited(fsys fs.FS, path string) ([]byte, error) {
	f, err := fsys.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("the file is missing")
	}
	if err != nil {
		return nil, fmt.Errorf("the file cannot be opened: %w", err)
	}
	defer func() { _ = f.Close() }() // was only read
	data, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("the file cannot be read: %w", err)
	}
	return data, nil
}

// decode fills into from value. What does not fit is left out; when the file is
// already known to be wrong, that is no news.
func decode(value, into any, known bool) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(into); err != nil && !known {
		return err
	}
	return nil
}

// checkText refuses what is too large, is no UTF-8 text or has signs that nobody sees, and gives the text
// with plain line ends. Lines and columns stay the same.
func checkText(name string, data []byte) ([]byte, *questionnaire.Problem) {
	if len(data) > MaxSize {
		return nil, &questionnaire.Problem{
			At:      questionnaire.Position{File: name},
			Message: "the file is larger than 1 MiB",
		}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	text := string(data)
	what, offset := questionnaire.FindHiddenSign(text)
	if what == "" {
		return data, nil
	}
	before := text[:offset]
	at := questionnaire.Position{
		File: name, Line: 1 + strings.Count(before, "\n"),
		Column: 1 + utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:]),
	}
	if _, size := utf8.DecodeRuneInString(text[offset:]); size == 1 && text[offset] >= utf8.RuneSelf {
		return nil, &questionnaire.Problem{At: at, Message: "the file is not UTF-8 text from here on; save it as UTF-8"}
	}
	return nil, &questionnaire.Problem{At: at, Message: what + " stands here; delete it"}
}

// At is the place of the value at path: keys of mappings (strings) and positions in
// lists (integers, from 0); an integer also names the key of that number. When
// there is no such value it is the place of the key or entry nearest above it.
func (f *File) At(path ...any) questionnaire.Position {
	return f.find(path, false)
}

// KeyAt is the place of the key that holds the value at path, or, for a list entry,
// of the entry itself.
func (f *File) KeyAt(path ...any) questionnaire.Position {
	return f.find(path, true)
}

func (f *File) find(path []any, key bool) questionnaire.Position {
	at, keyAt := f.root, f.root.place
	for i, step := range path {
		child, childKey := at.child(step)
		if child == nil {
			if i == 0 {
				return f.position(place{1, 1})
			}
			return f.position(keyAt)
		}
		at, keyAt = child, childKey
	}
	if key {
		return f.position(keyAt)
	}
	return f.position(at.place)
}

// isList tells whether the value at a location is a list.
func (f *File) isList(location []string) bool {
	n := f.root
	for _, step := range location {
		if n, _ = n.child(step); n == nil {
			return false
		}
	}
	return n.kind == sequence
}

// isBare tells whether a key of the mapping at a location stands between commas, without a value.
func (f *File) isBare(location []string, key string) bool {
	n := f.root
	for _, step := range location {
		if n, _ = n.child(step); n == nil {
			return false
		}
	}
	i, ok := n.index[key]
	return ok && n.entries[i].bare
}

func (f *File) position(p place) questionnaire.Position {
	return questionnaire.Position{File: f.name, Line: p.line, Column: p.column}
}

// child finds the value under a key or in a list, and the place of its key.
func (n *node) child(step any) (*node, place) {
	switch step := step.(type) {
	case string:
		if n.kind == sequence {
			i, err := strconv.Atoi(step)
			if err != nil {
				return nil, place{}
			}
			return n.child(i)
		}
		if i, ok := n.index[step]; ok {
			return n.entries[i].value, n.entries[i].keyPlace
		}
	case int:
		if n.kind == mapping {
			return n.child(strconv.Itoa(step))
		}
		if n.kind == sequence && step >= 0 && step < len(n.entries) {
			return n.entries[step].value, n.entries[step].value.place
		}
	}
	return nil, place{}
}
