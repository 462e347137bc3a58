package batch

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// jsonRow is one line of JSON lines. A null is a skipped item.
type jsonRow struct {
	Subject struct {
		Age *questionnaire.Whole `json:"age"`
		Sex *string              `json:"sex"`
	} `json:"subject"`
	Answers map[questionnaire.ItemID]*questionnaire.Answer `json:"answers"`
}

// jsonRows reads the rows of one chunk after another.
type jsonRows struct {
	program *scoring.Program
	row     *row
	read    jsonRow
}

// each calls score for every row of the chunk that can be read and reject for every other.
func (j *jsonRows) each(chunk *chunk, score func(*row), reject func(Rejected)) {
	line := chunk.line - 1
	for text := range bytes.Lines(chunk.data) {
		line++
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		if err := j.take(line, text); err != nil {
			reject(Rejected{line, err.Error()})
			continue
		}
		score(j.row)
	}
}

// take reads one line.
func (j *jsonRows) take(line int, text []byte) error {
	j.row.begin(line)
	j.read.Subject.Age, j.read.Subject.Sex = nil, nil
	clear(j.read.Answers)
	err := json.Unmarshal(text, &j.read, json.RejectUnknownMembers(true))
	if semantic, ok := errors.AsType[*json.SemanticError](err); ok {
		return fmt.Errorf("not answers in JSON: %s: %s", semantic.JSONPointer, why(semantic))
	}
	if err != nil {
		return fmt.Errorf("not answers in JSON: %w", err)
	}
	if err := j.subject(); err != nil {
		return fmt.Errorf("not answers in JSON: /subject/%w", err)
	}
	for id, answer := range j.read.Answers {
		place, ok := j.program.Place(id)
		switch {
		case !ok:
			j.row.strangers = append(j.row.strangers, scoring.AnswerError{Item: id, Reason: scoring.UnknownItem})
		case answer != nil:
			j.row.sheet.Entries[place] = scoring.Entry{Answer: *answer, Given: true}
		}
	}
	return nil
}

// subject notes whom the answers are about.
func (j *jsonRows) subject() error {
	if age := j.read.Subject.Age; age != nil {
		if err := j.row.aged(int(*age)); err != nil {
			return fmt.Errorf("age: %w", err)
		}
	}
	if sex := j.read.Subject.Sex; sex != nil {
		if err := j.row.sexed(*sex); err != nil {
			return fmt.Errorf("sex: %w", err)
		}
	}
	return nil
}

// why says what is wrong with a value, without saying what it is.
func why(err *json.SemanticError) string {
	switch {
	case errors.Is(err, json.ErrUnknownName):
		return "there is no such member"
	case err.Err != nil:
		return err.Err.Error()
	}
	return fmt.Sprintf("a %s can't stand here", err.JSONKind)
}
