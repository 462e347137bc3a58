package batch

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// What a column of a CSV file holds besides an item, whose number it then is.
const (
	ageColumn   = -1 - iota // the age of the subject in full years
	sexColumn               // the sex of the subject
	otherColumn             // nothing that is scored
)

// The headings of the columns that say whom the answers are about.
const (
	ageName = "age"
	sexName = "sex"
)

// columns is the heading of a CSV file.
type columns struct {
	separator byte
	targets   []int    // by column: the place of an item, or one of the constants
	keptAt    []int    // by column: its place among those kept, -1 for none
	names     []string // by column
	width     int
}

// readHeading reads the first row. Every column is an item, the age, the sex, or one that is to be
// kept, or both; the separator is the comma, semicolon or tab that the heading has most of.
func readHeading(line []byte, items []questionnaire.Item, keep []string) (columns, error) {
	separator := separatorOf(line)
	reader := csv.NewReader(bytes.NewReader(line))
	reader.Comma = rune(separator)
	names, err := reader.Read()
	if err != nil {
		return columns{}, fmt.Errorf("line 1: %w", plain(err))
	}
	c := columns{separator: separator, width: len(names), names: names}
	for at, name := range names {
		name = strings.TrimSpace(name)
		c.names[at] = name
		if slices.Contains(names[:at], name) {
			return columns{}, fmt.Errorf("line 1: there are two columns %q", name)
		}
		keptAt := slices.Index(keep, name)
		target, err := targetOf(name, items)
		if err != nil && keptAt < 0 {
			return columns{}, fmt.Errorf("line 1: column %q is %w; to carry it over, keep it", name, err)
		}
		c.targets, c.keptAt = append(c.targets, target), append(c.keptAt, keptAt)
	}
	for _, name := range keep {
		if !slices.Contains(c.names, name) {
			return columns{}, fmt.Errorf("line 1: there is no column %q to keep", name)
		}
	}
	return c, nil
}

// targetOf tells what the column holds; the error says why it is nothing that is scored.
func targetOf(name string, items []questionnaire.Item) (int, error) {
	place := slices.IndexFunc(items, func(item questionnaire.Item) bool { return string(item.ID) == name })
	switch {
	case place >= 0 && items[place].Kind == questionnaire.Text:
		return otherColumn, errors.New("free text, which is never scored")
	case place >= 0:
		return place, nil
	case name == ageName:
		return ageColumn, nil
	case name == sexName:
		return sexColumn, nil
	}
	return otherColumn, errors.New("no item of this questionnaire")
}

// separatorOf gives the separator that the heading has most of.
func separatorOf(line []byte) byte {
	separator, most := byte(','), 0
	for _, candidate := range []byte{',', ';', '\t'} {
		if n := bytes.Count(line, []byte{candidate}); n > most {
			separator, most = candidate, n
		}
	}
	return separator
}

// csvRows reads the rows of one chunk after another.
type csvRows struct {
	columns
	items  []questionnaire.Item
	row    *row
	digits []bool // by item: whether one digit is an answer
}

func newCSVRows(of columns, items []questionnaire.Item, row *row) *csvRows {
	c := &csvRows{columns: of, items: items, row: row}
	for i := range items {
		kinds := []questionnaire.Kind{questionnaire.Single, questionnaire.YesNo, questionnaire.Number}
		c.digits = append(c.digits, slices.Contains(kinds, items[i].Kind))
	}
	return c
}

// each calls score for every row of the chunk that can be read and reject for every other.
func (c *csvRows) each(chunk *chunk, score func(*row), reject func(Rejected)) {
	if bytes.IndexByte(chunk.data, '"') >= 0 {
		c.eachQuoted(chunk, score, reject)
		return
	}
	line := chunk.line
	for rest := chunk.data; len(rest) > 0; line++ {
		var text []byte
		text, rest, _ = bytes.Cut(rest, []byte{'\n'})
		if text = bytes.TrimSuffix(text, []byte{'\r'}); len(text) > 0 {
			c.take(line, text, score, reject)
		}
	}
}

// take reads a row without quotes.
func (c *csvRows) take(line int, text []byte, score func(*row), reject func(Rejected)) {
	c.row.begin(line)
	var wrong error
	column := 0
	for start := 0; start <= len(text); column++ {
		end := start
		for end < len(text) && text[end] != c.separator {
			end++
		}
		if column < c.width && wrong == nil {
			wrong = c.cell(column, text[start:end])
		}
		start = end + 1
	}
	c.finish(column, wrong, score, reject)
}

// finish passes on the row if it has as many cells as the heading and nothing is wrong with any.
func (c *csvRows) finish(cells int, wrong error, score func(*row), reject func(Rejected)) {
	switch {
	case cells != c.width:
		reject(Rejected{c.row.line, fmt.Sprintf("%d cells where the heading has %d", cells, c.width)})
	case wrong != nil:
		reject(Rejected{c.row.line, wrong.Error()})
	default:
		score(c.row)
	}
}

// eachQuoted is each for a chunk in which cells are quoted.
func (c *csvRows) eachQuoted(chunk *chunk, score func(*row), reject func(Rejected)) {
	reader := csv.NewReader(bytes.NewReader(chunk.data))
	reader.Comma, reader.FieldsPerRecord, reader.ReuseRecord = rune(c.separator), -1, true
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			line, reason := chunk.line, plain(err)
			if parse, ok := errors.AsType[*csv.ParseError](err); ok {
				line += parse.StartLine - 1
			}
			reject(Rejected{Line: line, Reason: reason.Error()})
			continue
		}
		line, _ := reader.FieldPos(0)
		c.row.begin(chunk.line + line - 1)
		var wrong error
		for column, cell := range cells[:min(len(cells), c.width)] {
			if wrong = c.cell(column, []byte(cell)); wrong != nil {
				break
			}
		}
		c.finish(len(cells), wrong, score, reject)
	}
}

// plain is a CSV error without its place in the chunk.
func plain(err error) error {
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		return fmt.Errorf("not CSV: %w", parse.Err)
	}
	return err
}

// cell reads one cell into the row. An empty cell, or NA as R writes it, is no answer.
func (c *csvRows) cell(column int, cell []byte) error {
	if at := c.keptAt[column]; at >= 0 {
		c.row.kept[at] = string(cell)
	}
	target := c.targets[column]
	if target >= 0 && len(cell) == 1 && '0' <= cell[0] && cell[0] <= '9' && c.digits[target] {
		entry := &c.row.sheet.Entries[target] // the common case, without a detour
		entry.Number, entry.Given = float64(cell[0]-'0'), true
		return nil
	}
	if cell = bytes.TrimSpace(cell); target == otherColumn || len(cell) == 0 || string(cell) == "NA" {
		return nil
	}
	if err := c.value(target, cell); err != nil {
		return fmt.Errorf("column `%s`: %w", c.names[column], err)
	}
	return nil
}

// value reads the age, the sex or an answer.
func (c *csvRows) value(target int, text []byte) error {
	switch target {
	case ageColumn:
		age, ok := wholeNumber(text)
		if !ok {
			return errNoWhole
		}
		return c.row.aged(age)
	case sexColumn:
		return c.row.sexed(string(text))
	}
	answer, err := c.answer(c.items[target].Kind, text)
	c.row.sheet.Entries[target] = scoring.Entry{Answer: answer, Given: true}
	return err
}

var (
	errNoWhole   = errors.New("not a whole number")
	errNoNumber  = errors.New("not a number")
	errNoNumbers = errors.New("not whole numbers with spaces between them")
	errNoTime    = errors.New("not a time such as 23:15")
	errNoDate    = errors.New("not a date such as 2026-11-23")
)

// answer reads the answer to an item of the kind as it is written in a cell: a number, codes
// with spaces between them, a clock time or a date.
func (c *csvRows) answer(kind questionnaire.Kind, cell []byte) (questionnaire.Answer, error) {
	switch kind {
	case questionnaire.Multiple:
		return c.several(cell)
	case questionnaire.Time:
		return written(cell, questionnaire.Clock, errNoTime)
	case questionnaire.Date:
		return written(cell, questionnaire.Day, errNoDate)
	case questionnaire.Number:
		number, err := c.number(cell)
		return questionnaire.Answer{Number: number}, err
	}
	code, ok := wholeNumber(cell)
	if !ok {
		return questionnaire.Answer{}, errNoWhole
	}
	return questionnaire.Answer{Number: float64(code)}, nil
}

// several reads the codes of several options.
func (c *csvRows) several(cell []byte) (questionnaire.Answer, error) {
	start := len(c.row.codes)
	for code := range bytes.FieldsSeq(cell) {
		number, ok := wholeNumber(code)
		if !ok {
			return questionnaire.Answer{}, errNoNumbers
		}
		c.row.codes = append(c.row.codes, number)
	}
	return questionnaire.Answer{Codes: c.row.codes[start:len(c.row.codes):len(c.row.codes)]}, nil
}

// written reads an answer of the form.
func written(cell []byte, form questionnaire.Form, otherwise error) (questionnaire.Answer, error) {
	answer, ok := questionnaire.ParseAnswer(string(cell))
	if !ok || answer.Form != form {
		return questionnaire.Answer{}, otherwise
	}
	return answer, nil
}

// number reads a number. Where semicolons separate cells, it may have a decimal comma.
func (c *csvRows) number(cell []byte) (float64, error) {
	if whole, ok := wholeNumber(cell); ok {
		return float64(whole), nil
	}
	text := string(cell)
	if c.separator == ';' {
		text = strings.Replace(text, ",", ".", 1)
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || strings.Trim(text, "-0123456789.") != "" {
		return 0, errNoNumber
	}
	return number, nil
}

// wholeNumber reads a whole number of at most nine digits, which no answer is longer than.
func wholeNumber(text []byte) (int, bool) {
	digits := bytes.TrimPrefix(text, []byte{'-'})
	if len(digits) == 0 || len(digits) > 9 {
		return 0, false
	}
	number := 0
	for _, digit := range digits {
		if digit < '0' || digit > '9' {
			return 0, false
		}
		number = number*10 + int(digit-'0')
	}
	if len(digits) < len(text) {
		number = -number
	}
	return number, true
}
