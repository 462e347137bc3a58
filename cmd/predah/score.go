package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/go-json-experiment/json/jsontext"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// maxLine is the longest line of input that is read, in bytes.
const maxLine = 1 << 20

type scoreCommand struct {
	contentFlags
	ID   questionnaire.ID `arg:"" help:"Questionnaire, such as gaming."`
	File string           `arg:"" optional:"" type:"existingfile" help:"File of answers, one JSON object a line; standard input when not given."`
}

// Help is shown by predah score --help.
func (scoreCommand) Help() string {
	return `Each line in is {"subject": {"age": 15}, "answers": {"item-id": 3, "other-item": [1, 2]}}; subject may be left out.
Each line out is the result of that line, in ids and numbers. A line that cannot be scored
is reported with its number on standard error, the rest goes on, and the exit code is 1.`
}

// scoreLine is one line of input.
type scoreLine struct {
	Subject struct {
		Age *int `json:"age"`
	} `json:"subject"`
	Answers map[questionnaire.ItemID]*questionnaire.Answer `json:"answers"`
}

// resultLine is one line of output: ids and numbers, no texts.
type resultLine struct {
	Line     int                                `json:"line"` // of the input, from 1
	Scores   map[questionnaire.ScoreID]*float64 `json:"scores"`
	Criteria map[questionnaire.CriterionID]bool `json:"criteria"`
	Band     string                             `json:"band"`            // "" when too much was skipped for one
	Level    questionnaire.Level                `json:"level,omitempty"` // absent in a guide
	Flags    []string                           `json:"flags"`
	Advice   []string                           `json:"advice"`
	Guidance map[string][]string                `json:"guidance"` // steps by section
	Suggest  []questionnaire.ID                 `json:"suggest"`  // all that hold, in order
}

func (c scoreCommand) Run(std streams) error {
	loaded, err := c.load()
	if err != nil {
		return err
	}
	asked, found := loaded.catalogue.Questionnaire(c.ID)
	if !found {
		return fmt.Errorf("there is no questionnaire %q; see predah questionnaires list", c.ID)
	}
	program, err := scoring.Compile(asked)
	if err != nil {
		return fmt.Errorf("compile questionnaire %s: %w", c.ID, err)
	}
	input := std.in
	if c.File != "" {
		file, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer file.Close()
		input = file
	}
	return scoreLines(program, input, std)
}

// scoreLines scores each line of input and goes on after one that is wrong.
func scoreLines(program *scoring.Program, input io.Reader, std streams) error {
	lines := bufio.NewScanner(input)
	lines.Buffer(nil, maxLine)
	out := bufio.NewWriter(std.out)
	encoder := json.NewEncoder(out)
	isClean := true
	number := 0
	for lines.Scan() {
		number++
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		result, err := scoreOne(program, lines.Bytes())
		if err != nil {
			isClean = false
			fmt.Fprintf(std.err, "line %d: %v\n", number, err)
			continue
		}
		result.Line = number
		if err := encoder.Encode(result); err != nil {
			return fmt.Errorf("write a result: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write the results: %w", err)
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("line %d is longer than %d bytes", number+1, maxLine)
	case err != nil:
		return fmt.Errorf("read the answers: %w", err)
	case !isClean:
		return errReported
	}
	return nil
}

func scoreOne(program *scoring.Program, line []byte) (resultLine, error) {
	// encoding/json would take the last of two answers to one item.
	if _, err := jsontext.NewDecoder(bytes.NewReader(line)).ReadValue(); err != nil {
		return resultLine{}, fmt.Errorf("not answers in JSON: %w", err)
	}
	var read scoreLine
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&read); err != nil {
		return resultLine{}, fmt.Errorf("not answers in JSON: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return resultLine{}, errors.New("more than one JSON value")
	}
	input := scoring.Input{Age: read.Subject.Age, Answers: make(map[questionnaire.ItemID]questionnaire.Answer, len(read.Answers))}
	for id, answer := range read.Answers {
		if answer != nil { // null is a skipped item
			input.Answers[id] = *answer
		}
	}
	result, err := program.Score(input)
	if err != nil {
		return resultLine{}, err
	}
	return newResultLine(result), nil
}

func newResultLine(result scoring.Result) resultLine {
	line := resultLine{
		Scores:   make(map[questionnaire.ScoreID]*float64, len(result.Scores)),
		Criteria: make(map[questionnaire.CriterionID]bool, len(result.Criteria)),
		Band:     result.Band.ID,
		Level:    result.Band.Level,
		Flags:    append([]string{}, result.Flags...),
		Advice:   append([]string{}, result.Advice...),
		Guidance: make(map[string][]string, len(result.Guidance)),
		Suggest:  append([]questionnaire.ID{}, result.Suggest...),
	}
	for _, section := range result.Guidance {
		line.Guidance[section.ID] = section.Steps
	}
	for _, score := range result.Scores {
		line.Scores[score.ID] = nil
		if score.OK {
			line.Scores[score.ID] = &score.Value
		}
	}
	for _, criterion := range result.Criteria {
		line.Criteria[criterion.ID] = criterion.Met
	}
	return line
}
