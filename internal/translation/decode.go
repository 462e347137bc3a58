package translation

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"predah/internal/questionnaire"
)

// decoder reads PO line by line.
type decoder struct {
	line    int
	header  string
	entries []Entry
	seen    map[string]bool // contexts

	entry  Entry   // the one that is being read
	field  *string // the text that a further line in quotes goes on
	parts  [3]bool // whether it has msgctxt, msgid, msgstr
	hasHad bool    // whether a header was read
}

const (
	partContext = iota
	partID
	partText
)

// read takes one line.
func (d *decoder) read(line string) error {
	line = strings.Trim(line, " \t\r")
	keyword, rest := line, ""
	if at := strings.IndexAny(line, " \t\""); at >= 0 {
		keyword, rest = line[:at], line[at:]
	}
	switch {
	case line == "":
		return d.finish()
	case strings.HasPrefix(line, "#~"): // an entry that the tool has put aside
		return nil
	case strings.HasPrefix(line, "#"):
		return d.comment(line)
	case strings.HasPrefix(line, `"`):
		return d.goOn(line)
	case keyword == "msgctxt":
		return d.begin(partContext, &d.entry.Path, rest)
	case keyword == "msgid":
		return d.begin(partID, &d.entry.Source, rest)
	case keyword == "msgstr":
		return d.begin(partText, &d.entry.Target, rest)
	case strings.HasPrefix(keyword, "msgid_plural"), strings.HasPrefix(keyword, "msgstr["):
		return errors.New("there are no plural forms in questionnaires")
	}
	return fmt.Errorf("neither a comment nor msgctxt, msgid or msgstr: %q", keyword)
}

// comment takes a line of comment. One after a translation begins the next entry.
func (d *decoder) comment(line string) error {
	if d.parts[partText] {
		if err := d.finish(); err != nil {
			return err
		}
	}
	switch {
	case strings.HasPrefix(line, "#. "):
		d.entry.Note = strings.TrimSpace(d.entry.Note + " " + line[len("#. "):])
	case strings.HasPrefix(line, "#,"):
		flags := strings.Split(line[len("#,"):], ",")
		d.entry.Fuzzy = slices.ContainsFunc(flags, func(flag string) bool { return strings.TrimSpace(flag) == "fuzzy" })
	}
	return nil
}

// begin takes the first line of a part of an entry.
func (d *decoder) begin(part int, field *string, quoted string) error {
	if d.parts[partText] {
		if err := d.finish(); err != nil {
			return err
		}
	}
	names := [...]string{"msgctxt", "msgid", "msgstr"}
	for later := part; later <= partText; later++ {
		if d.parts[later] {
			return fmt.Errorf("%s comes after %s of the same entry", names[part], names[later])
		}
	}
	if part == partText && !d.parts[partID] {
		return errors.New("msgstr comes before msgid")
	}
	d.parts[part], d.field = true, field
	return d.goOn(quoted)
}

// goOn adds a line in quotes to the part that is being read.
func (d *decoder) goOn(quoted string) error {
	if d.field == nil {
		return errors.New("a text stands here without msgctxt, msgid or msgstr before it")
	}
	text, err := unquote(strings.Trim(quoted, " \t"))
	*d.field += text
	return err
}

// unquote takes a text out of its quotes. Its escapes are those of C, as gettext writes them: bytes too,
// of which a letter may have several.
func unquote(quoted string) (string, error) {
	if len(quoted) < 2 || quoted[0] != '"' || quoted[len(quoted)-1] != '"' {
		return "", errors.New("a text stands between quotation marks on its line")
	}
	var text strings.Builder
	for inner := quoted[1 : len(quoted)-1]; inner != ""; {
		switch inner[0] {
		case '"':
			return "", errors.New(`a quotation mark within a text is written \"`)
		case '\\':
			sign, size, err := unescape(inner[1:])
			if err != nil {
				return "", err
			}
			text.WriteByte(sign)
			inner = inner[1+size:]
		default:
			text.WriteByte(inner[0])
			inner = inner[1:]
		}
	}
	return text.String(), nil
}

// unescape gives the byte that an escape stands for, and how long it is without its backslash.
func unescape(escaped string) (sign byte, size int, err error) {
	if escaped == "" {
		return 0, 0, errors.New("the text ends in a single backslash")
	}
	if at := strings.IndexByte(`abfnrtv"\`, escaped[0]); at >= 0 {
		return "\a\b\f\n\r\t\v\"\\"[at], 1, nil
	}
	number, base := digits(escaped, "01234567", 3), 8
	if escaped[0] == 'x' {
		number, base, size = digits(escaped[1:], "0123456789abcdefABCDEF", 2), 16, 1
	}
	code, err := strconv.ParseUint(number, base, 8)
	if err != nil {
		return 0, 0, fmt.Errorf(`\%c means nothing; a backslash within a text is written \\`, escaped[0])
	}
	return byte(code), size + len(number), nil
}

// digits is how a text begins with digits of a kind, at most so many.
func digits(text, kind string, most int) string {
	n := 0
	for n < min(most, len(text)) && strings.IndexByte(kind, text[n]) >= 0 {
		n++
	}
	return text[:n]
}

// finish ends the entry that is being read, if there is one.
func (d *decoder) finish() error {
	entry, parts := d.entry, d.parts
	if parts == [3]bool{} {
		return nil // comments may stand apart from what they are about
	}
	d.entry, d.parts, d.field = Entry{}, [3]bool{}, nil
	for _, text := range []string{entry.Path, entry.Source, entry.Target} {
		if what := questionnaire.HiddenSign(text); what != "" {
			return fmt.Errorf("%s is in the entry before this line; take it out", what)
		}
	}
	switch {
	case !parts[partText]:
		return errors.New("the entry before this line has no msgstr")
	case !parts[partContext] && entry.Source == "" && !d.hasHad:
		d.header, d.hasHad = entry.Target, true
		return nil
	case !parts[partContext]:
		return errors.New("the entry before this line has no msgctxt, so its place is not known")
	case d.seen[entry.Path]:
		return fmt.Errorf("there are two entries with the msgctxt %q", entry.Path)
	}
	d.seen[entry.Path] = true
	d.entries = append(d.entries, entry)
	return nil
}
