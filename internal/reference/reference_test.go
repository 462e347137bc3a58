package reference_test

import (
	"flag"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/reference"
	"predah/questionnaires"
)

var update = flag.Bool("update", false, "write the reference anew")

const file = "../../docs/questionnaires-reference.md"

func written(t *testing.T) string {
	t.Helper()
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	markdown, err := reference.Markdown(schemas)
	if err != nil {
		t.Fatal(err)
	}
	return markdown
}

func TestTheReferenceIsCurrent(t *testing.T) {
	want := written(t)
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("go test ./internal/reference -update writes it anew (-schemas +reference):\n%s", diff)
	}
}

func TestTheReferenceNamesWhatAuthorsWrite(t *testing.T) {
	markdown := written(t)
	for _, row := range []string{
		"## questionnaire.yaml", "| **`id`** | id |", "| `result` | `levels`, `guide`, `scores` |", "| **`ages.min`** | integer, at least 0, at most 120 |",
		"### condition, in questionnaire.yaml", "| `at-least` |", "| `guidance[].steps[].when` | condition |", "### transform, in questionnaire.yaml",
		"| `items.‹id›.card` |", "## examples.yaml", "## tables.yaml",
	} {
		if !strings.Contains(markdown, row) {
			t.Errorf("%q is not in it", row)
		}
	}
}
