package translation

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"predah/internal/questionnaire"
)

// The fields of the header that are read back.
const (
	fieldID       = "X-Predah-Questionnaire"
	fieldVersion  = "X-Predah-Version"
	fieldLanguage = "Language"
	fieldSource   = "X-Source-Language"
	fieldRevised  = "PO-Revision-Date"
)

const timeOfPO = "2006-01-02 15:04-0700"

// Encode writes the catalogue as PO.
func (c Catalogue) Encode(w io.Writer) error {
	out := bufio.NewWriter(w)
	// gettext misses the fields of a translator and a team, even where there is nobody to name.
	var header strings.Builder
	for _, field := range [][2]string{
		{"Project-Id-Version", fmt.Sprintf("%s %s", c.ID, c.Version)}, {fieldID, string(c.ID)}, {fieldVersion, c.Version},
		{fieldRevised, c.Revised.Format(timeOfPO)}, {"Last-Translator", ""}, {"Language-Team", ""},
		{fieldLanguage, string(c.To)}, {fieldSource, string(c.From)},
		{"MIME-Version", "1.0"}, {"Content-Type", "text/plain; charset=UTF-8"}, {"Content-Transfer-Encoding", "8bit"},
	} {
		fmt.Fprintf(&header, "%s: %s\n", field[0], field[1])
	}
	writeField(out, "msgid", "")
	writeField(out, "msgstr", header.String())
	for _, e := range c.Entries {
		out.WriteByte('\n')
		if e.Note != "" {
			fmt.Fprintf(out, "#. %s\n", strings.ReplaceAll(e.Note, "\n", " "))
		}
		if e.Fuzzy {
			out.WriteString("#, fuzzy\n")
		}
		writeField(out, "msgctxt", e.Path)
		writeField(out, "msgid", e.Source)
		writeField(out, "msgstr", e.Target)
	}
	return out.Flush()
}

// writeField writes a keyword with its text; one with line breaks takes a line for each.
func writeField(out *bufio.Writer, keyword, text string) {
	lines := strings.SplitAfter(text, "\n")
	if len(lines) > 1 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	if len(lines) > 1 || strings.Contains(text, "\n") {
		lines = append([]string{""}, lines...)
	}
	out.WriteString(keyword + " ")
	for _, line := range lines {
		out.WriteString(`"` + escape.Replace(line) + "\"\n")
	}
}

var escape = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`)

// Decode reads PO. The error names the line.
func Decode(r io.Reader) (Catalogue, error) {
	d := decoder{seen: make(map[string]bool)}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		d.line++
		if err := d.read(strings.TrimPrefix(lines.Text(), "\ufeff")); err != nil {
			return Catalogue{}, fmt.Errorf("line %d: %w", d.line, err)
		}
	}
	if err := lines.Err(); err != nil {
		return Catalogue{}, fmt.Errorf("line %d: %w", d.line+1, err)
	}
	if err := d.finish(); err != nil {
		return Catalogue{}, fmt.Errorf("line %d: %w", d.line, err)
	}
	return d.catalogue()
}

// catalogue makes the catalogue of what was read, by its header.
func (d *decoder) catalogue() (Catalogue, error) {
	fields := make(map[string]string)
	for line := range strings.Lines(d.header) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		fields[name] = value
	}
	if charset := fields["Content-Type"]; charset != "" && !strings.Contains(strings.ToLower(charset), "charset=utf-8") {
		return Catalogue{}, fmt.Errorf("the header says %q; save the file as UTF-8", charset)
	}
	for _, name := range []string{fieldID, fieldLanguage, fieldSource} {
		if fields[name] == "" {
			return Catalogue{}, fmt.Errorf("the header has no %s; is this file from predah questionnaires export?", name)
		}
	}
	revised, err := time.Parse(timeOfPO, fields[fieldRevised])
	if err != nil {
		revised = time.Time{} // nothing depends on it
	}
	return Catalogue{
		ID: questionnaire.ID(fields[fieldID]), Version: fields[fieldVersion], Revised: revised.UTC(),
		From: questionnaire.Language(fields[fieldSource]), To: questionnaire.Language(fields[fieldLanguage]),
		Entries: d.entries,
	}, nil
}
