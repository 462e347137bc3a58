package measured_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"predah/internal/measured"
)

func TestASectionIsReplacedAndNothingElse(t *testing.T) {
	const page = "# Page\n\n<!-- One: begin -->\nold\n<!-- One: end -->\n\n<!-- Two: begin -->\nkept\n<!-- Two: end -->\n"
	const want = "# Page\n\n<!-- One: begin -->\n\nnew\n\n<!-- One: end -->\n\n<!-- Two: begin -->\nkept\n<!-- Two: end -->\n"
	file := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time changes nothing
		if err := measured.Section(file, "One", "new\n"); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != want {
			t.Errorf("%v, it says %q, want %q", err, got, want)
		}
	}
}

func TestADocumentWithoutTheSectionIsLeftAsItIs(t *testing.T) {
	for name, page := range map[string]string{
		"none":        "# Page\n",
		"no end":      "<!-- One: begin -->\nold\n",
		"backwards":   "<!-- One: end -->\n<!-- One: begin -->\n",
		"twice":       "<!-- One: begin -->\n<!-- One: end -->\n<!-- One: begin -->\n<!-- One: end -->\n",
		"another one": "<!-- Two: begin -->\nold\n<!-- Two: end -->\n",
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "page.md")
			if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := measured.Section(file, "One", "new"); !errors.Is(err, measured.ErrNoSection) {
				t.Errorf("the error is %v", err)
			}
			if got, _ := os.ReadFile(file); string(got) != page {
				t.Errorf("it was changed to %q", got)
			}
		})
	}
}
