// Package measured writes figures into documents, each beside the command it came from. It
// knows no measurement.
package measured

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// ErrNoSection says that a document has no place for a figure, or more than one.
var ErrNoSection = errors.New("the document does not have exactly one such section")

// Section replaces what stands between the lines <!-- NAME: begin --> and <!-- NAME: end -->
// of a Markdown file. The text gets an empty line on either side. A file without exactly one
// pair of these lines, in this order, is left as it is with ErrNoSection.
func Section(file, name, text string) error {
	document, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("write the section %s: %w", name, err)
	}
	begin, end := "<!-- "+name+": begin -->\n", "<!-- "+name+": end -->\n"
	before, rest, begun := strings.Cut(string(document), begin)
	_, after, ended := strings.Cut(rest, end)
	if !begun || !ended || strings.Contains(rest, begin) || strings.Contains(before+after, end) {
		return fmt.Errorf("write the section %s of %s: %w", name, file, ErrNoSection)
	}
	written := before + begin + "\n" + strings.TrimSpace(text) + "\n\n" + end + after
	if err := os.WriteFile(file, []byte(written), 0o644); err != nil {
		return fmt.Errorf("write the section %s: %w", name, err)
	}
	return nil
}
