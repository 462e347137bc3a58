package translation

import (
	"errors"
	"fmt"
	"slices"
	"strings"
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
	line = strings.TrimRight(line, " \t\r")
	keyword, rest, _ := strings.Cut(line, " ")
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
	text, err := unquote(strings.TrimSpace(quoted))
	*d.field += text
	return err
}

// unquote takes a text out of its quotes.
func unquote(quoted string) (string, error) {
	if len(quoted) < 2 || quoted[0] != '"' || quoted[len(quoted)-1] != '"' {
		return "", errors.New("a text stands between quotation marks on its line")
	}
	var text strings.Builder
	inner := quoted[1 : len(quoted)-1]
	for i := 0; i < len(inner); i++ {
		switch {
		case inner[i] == '"':
			return "", errors.New(`a quotation mark within a text is written \"`)
		case inner[i] != '\\':
			text.WriteByte(inner[i])
		case i+1 == len(inner):
			return "", errors.New("the text ends in a single backslash")
		default:
			i++
			at := strings.IndexByte(`nrt"\`, inner[i])
			if at < 0 {
				return "", fmt.Errorf(`\%c means nothing; a backslash within a text is written \\`, inner[i])
			}
			text.WriteByte("\n\r\t\"\\"[at])
		}
	}
	return text.String(), nil
}

// finish ends the entry that is being read, if there is one.
func (d *decoder) finish() error {
	entry, parts := d.entry, d.parts
	if parts == [3]bool{} {
		return nil // comments may stand apart from what they are about
	}
	d.entry, d.parts, d.field = Entry{}, [3]bool{}, nil
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
