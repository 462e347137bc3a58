package explain

import (
	"fmt"
	"strings"
)

// Markdown writes the rules as one document: a heading for the questionnaire, one for
// each section, paragraphs and lists.
func (r Rules) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", plain(r.Title))
	for _, section := range r.Sections {
		fmt.Fprintf(&b, "\n## %s\n", plain(section.Title))
		for _, paragraph := range section.Paragraphs {
			fmt.Fprintf(&b, "\n%s\n", plain(paragraph))
		}
		if len(section.Items) > 0 {
			b.WriteByte('\n')
		}
		for _, item := range section.Items {
			fmt.Fprintf(&b, "- %s\n", plain(item))
		}
	}
	return b.String()
}

// marks are what Markdown would take for more than a letter.
var marks = strings.NewReplacer(
	`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", `\<`, "#", `\#`, "\n", " ",
)

// plain keeps a text on one line and takes from it what Markdown would read as a mark.
func plain(text string) string { return marks.Replace(strings.TrimSpace(text)) }
