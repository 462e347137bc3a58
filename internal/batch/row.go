package batch

import (
	"errors"
	"fmt"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// row is one person's answers. It is filled again for each row of a chunk.
type row struct {
	line  int
	sheet *scoring.Sheet
	age   int      // what the sheet's age points to
	codes []int    // room for the codes of all answers to Multiple items
	kept  []string // the cells of the columns kept, in order
	// strangers are answers to items that there are none of.
	strangers scoring.AnswerErrors
}

// begin forgets the row before.
func (r *row) begin(line int) {
	r.line, r.codes, r.strangers = line, r.codes[:0], nil
	r.sheet.Age, r.sheet.Sex = nil, ""
	clear(r.sheet.Entries)
	clear(r.kept)
}

var (
	errNoAge = fmt.Errorf("not an age from 0 to %d", questionnaire.MaxAge)
	errNoSex = errors.New("not female, male or other")
)

// aged notes the subject's age.
func (r *row) aged(age int) error {
	if age < 0 || age > questionnaire.MaxAge {
		return errNoAge
	}
	r.age = age
	r.sheet.Age = &r.age
	return nil
}

// sexed notes the subject's sex.
func (r *row) sexed(text string) error {
	sex, ok := questionnaire.ParseSex(text)
	if !ok {
		return errNoSex
	}
	r.sheet.Sex = sex
	return nil
}

// Rejected is a row that cannot be scored. The reason never repeats what was answered.
type Rejected struct {
	Line   int // of the input, from 1
	Reason string
}

// String is the row as a line of a report.
func (r Rejected) String() string { return fmt.Sprintf("line %d: %s", r.Line, r.Reason) }
