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
	"unicode"

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

// dialect is how the answers are written, zero when they are no table.
func (c columns) dialect() Dialect {
	if c.separator == 0 {
		return Dialect{}
	}
	return dialectOf(c.separator)
}

// readHeading reads the first row. Every column is an item, the age, the sex, or one that is to be
// kept, or both. The first may have no name, as that of R's and pandas' row names.
func readHeading(line []byte, separator byte, items []questionnaire.Item, keep []string) (columns, error) {
	reader := csv.NewReader(bytes.NewReader(line))
	reader.Comma = rune(separator)
	names, err := reader.Read()
	if err != nil {
		return columns{}, plain(err)
	}
	c := columns{separator: separator, width: len(names), names: names}
	var strange []string
	for at, name := range names {
		name = strings.TrimSpace(name)
		c.names[at] = name
		if slices.Contains(names[:at], name) {
			return columns{}, fmt.Errorf("there are two columns %q", name)
		}
		keptAt := slices.Index(keep, name)
		target, err := targetOf(name, items)
		if errors.Is(err, errFreeText) && keptAt < 0 {
			return columns{}, fmt.Errorf("column %q is %w; to carry it over, add --keep %[1]s", name, err)
		}
		if err != nil && keptAt < 0 && (name != "" || at > 0) {
			strange = append(strange, name)
		}
		c.targets, c.keptAt = append(c.targets, target), append(c.keptAt, keptAt)
	}
	if len(strange) > 0 {
		return columns{}, errStrange(strange)
	}
	for _, name := range keep {
		if !slices.Contains(c.names, name) {
			return columns{}, fmt.Errorf("there is no column %q to keep", name)
		}
	}
	return c, nil
}

// errStrange names all columns that are no items, and what to write to carry them over.
func errStrange(names []string) error {
	quoted, flags := make([]string, len(names)), ""
	for i, name := range names {
		quoted[i] = strconv.Quote(name)
		if strings.ContainsFunc(name, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.", r)
		}) {
			name = strconv.Quote(name)
		}
		flags += " --keep " + name
	}
	if len(names) == 1 {
		return fmt.Errorf("column %s is %w; to carry it over, add%s", quoted[0], errNoItem, flags)
	}
	return fmt.Errorf("columns %s are no items of this questionnaire; to carry them over, add%s", strings.Join(quoted, ", "), flags)
}

// lacking says which items there is no column of, "" when there are all.
func (c columns) lacking(q *questionnaire.Questionnaire) string {
	var names []string
	for i := range q.Items {
		if id := string(q.Items[i].ID); q.Items[i].Kind != questionnaire.Text && !slices.Contains(c.names, id) {
			names = append(names, "`"+id+"`")
		}
	}
	if q.NeedsSex() && !slices.Contains(c.names, sexName) {
		names = append(names, "`"+sexName+"`")
	}
	if len(names) == 0 {
		return ""
	}
	return "there is no column " + strings.Join(names, ", ") + ": it counts as not answered in every row"
}

var (
	errFreeText = errors.New("free text, which is never scored")
	errNoItem   = errors.New("no item of this questionnaire")
)

// targetOf tells what the column holds; the error says why it is nothing that is scored.
func targetOf(name string, items []questionnaire.Item) (int, error) {
	place := slices.IndexFunc(items, func(item questionnaire.Item) bool { return string(item.ID) == name })
	switch {
	case place >= 0 && items[place].Kind == questionnaire.Text:
		return otherColumn, errFreeText
	case place >= 0:
		return place, nil
	case name == ageName:
		return ageColumn, nil
	case name == sexName:
		return sexColumn, nil
	}
	return otherColumn, errNoItem
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
	digits []bool   // by item: whether one digit is an answer
	none   []string // cells that are no answer, beside the empty one
	fast   bool     // whether a single digit is an answer wherever it can be one
}

func newCSVRows(of columns, items []questionnaire.Item, none []string, row *row) *csvRows {
	c := &csvRows{columns: of, items: items, row: row, none: none}
	c.fast = !slices.ContainsFunc(none, func(cell string) bool { return len(cell) == 1 })
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
		if text = bytes.TrimSuffix(text, []byte{'\r'}); !c.isBlank(text) {
			c.take(line, text, score, reject)
		}
	}
}

// isBlank says whether all cells of a row are empty, as of the rows that spreadsheets write behind
// the last person.
func (c *csvRows) isBlank(text []byte) bool {
	for _, b := range text {
		if b != c.separator && b != ' ' && b != '\t' {
			return false
		}
	}
	return true
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
		if !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
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

// cell reads one cell into the row. An empty cell is no answer, and those that are said to be none.
func (c *csvRows) cell(column int, cell []byte) error {
	if at := c.keptAt[column]; at >= 0 {
		c.row.kept[at] = string(cell)
	}
	target := c.targets[column]
	if target >= 0 && c.fast && len(cell) == 1 && '0' <= cell[0] && cell[0] <= '9' && c.digits[target] {
		entry := &c.row.sheet.Entries[target] // the common case, without a detour
		entry.Number, entry.Given = float64(cell[0]-'0'), true
		return nil
	}
	if cell = bytes.TrimSpace(cell); target == otherColumn || len(cell) == 0 || slices.Contains(c.none, string(cell)) {
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
		age, ok := c.whole(text)
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
	errNoYes     = errors.New("not yes (1, yes, da, true) or no (0, no, ne, false)")
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
	code, ok := c.whole(cell)
	if kind == questionnaire.YesNo && !ok {
		if code, ok = yesNo(cell); !ok {
			return questionnaire.Answer{}, errNoYes
		}
	}
	if !ok {
		return questionnaire.Answer{}, errNoWhole
	}
	return questionnaire.Answer{Number: float64(code)}, nil
}

// several reads the codes of several options.
func (c *csvRows) several(cell []byte) (questionnaire.Answer, error) {
	start := len(c.row.codes)
	for code := range bytes.FieldsSeq(cell) {
		number, ok := c.whole(code)
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

// yesNo reads the words for yes and no, in English, Slovenian and as programs write them.
func yesNo(cell []byte) (code int, ok bool) {
	switch strings.ToLower(string(cell)) {
	case "yes", "da", "true":
		return 1, true
	case "no", "ne", "false":
		return 0, true
	}
	return 0, false
}

// whole reads a whole number, with decimals that are all zero too: R and pandas write 3.0 for 3 in
// a column with gaps.
func (c *csvRows) whole(cell []byte) (int, bool) {
	if at := bytes.LastIndexAny(cell, c.decimalSigns()); at > 0 && at < len(cell)-1 && len(bytes.Trim(cell[at+1:], "0")) == 0 {
		cell = cell[:at]
	}
	return wholeNumber(cell)
}

// decimalSigns are what may stand before decimals: the comma too, unless it separates cells.
func (c *csvRows) decimalSigns() string {
	if c.separator == ',' {
		return "."
	}
	return ".,"
}

// number reads a number.
func (c *csvRows) number(cell []byte) (float64, error) {
	if whole, ok := wholeNumber(cell); ok {
		return float64(whole), nil
	}
	text := string(cell)
	if c.separator != ',' {
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
