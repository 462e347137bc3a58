package questionnaire

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Position is a place in a content file. Line and Column count from 1; 0 means not known.
type Position struct {
	File         string
	Line, Column int
}

// String gives file:line:column, as compilers do.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Problem is one thing that is wrong with a content file.
type Problem struct {
	At         Position
	Message    string // names what is wrong
	Suggestion string // what the author may have meant, "" when nothing is likely
}

// Error gives the problem on one line: file:line:column: message (did you mean …?).
func (p Problem) Error() string {
	text := p.At.String() + ": " + p.Message
	if p.Suggestion != "" {
		text += fmt.Sprintf(" (did you mean `%s`?)", p.Suggestion)
	}
	return text
}

// Problems is everything that is wrong, in the order of the files.
type Problems []Problem

// Error gives one line per problem.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Sort orders the problems by folder, file, line and column. The file that the others of
// a folder refer to comes first, because what is wrong there is often why they are.
func (ps Problems) Sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(
			strings.Compare(a.At.folder(), b.At.folder()),
			cmp.Compare(a.At.follows(), b.At.follows()),
			strings.Compare(a.At.File, b.At.File),
			cmp.Compare(a.At.Line, b.At.Line),
			cmp.Compare(a.At.Column, b.At.Column),
		)
	})
}

// folder is the part of the file's name up to its last separator.
func (p Position) folder() string { return p.File[:strings.LastIndexAny(p.File, `/\`)+1] }

// follows is 0 for the file of a folder that the others refer to, else 1.
func (p Position) follows() int {
	switch p.File[len(p.folder()):] {
	case "questionnaire.yaml", "areas.yaml", "services.yaml":
		return 0
	}
	return 1
}

// Err is the problems as an error, nil when there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}
