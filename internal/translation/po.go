package translation

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"predah/internal/questionnaire"
)

// The fields of the header that are read back.
const (
	fieldID       = "X-Predah-Questionnaire"
	fieldVersion  = "X-Predah-Version"
	fieldLanguage = "Language"
	fieldSource   = "X-Source-Language"
)

// Encode writes the catalogue as PO.
func (c Catalogue) Encode(w io.Writer) error {
	out := bufio.NewWriter(w)
	header := fmt.Sprintf("Project-Id-Version: %s %s\n%s: %s\n%s: %s\n%s: %s\n%s: %s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n",
		c.ID, c.Version, fieldID, c.ID, fieldVersion, c.Version, fieldLanguage, c.To, fieldSource, c.From)
	writeField(out, "msgid", "")
	writeField(out, "msgstr", header)
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
	return Catalogue{
		ID: questionnaire.ID(fields[fieldID]), Version: fields[fieldVersion],
		From: questionnaire.Language(fields[fieldSource]), To: questionnaire.Language(fields[fieldLanguage]),
		Entries: d.entries,
	}, nil
}
