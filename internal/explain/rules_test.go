package explain_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/explain"
	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/questionnaires"
)

// builtIn loads the built-in questionnaires.
func builtIn(t *testing.T) *load.Catalogue {
	t.Helper()
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := load.Load(load.Options{Schemas: schemas, Roots: []fs.FS{questionnaires.FS}})
	if err != nil {
		t.Fatal(err)
	}
	return catalogue
}

func TestEveryQuestionnaireIsSaidInEveryLanguage(t *testing.T) {
	for _, q := range builtIn(t).Questionnaires {
		for _, language := range questionnaire.Languages() {
			rules := explain.In(q, language, explain.Names{})
			seen := make(map[string]bool)
			for _, section := range rules.Sections {
				if seen[section.ID] || section.Title == "" || len(section.Paragraphs) == 0 {
					t.Errorf("%s in %s: the section %s has no title, no words or comes twice", q.ID, language, section.ID)
				}
				seen[section.ID] = true
			}
			for _, band := range q.Bands {
				if !seen["band-"+band.ID] {
					t.Errorf("%s in %s: nothing is said of the band %s", q.ID, language, band.ID)
				}
			}
		}
	}
}

var update = flag.Bool("update", false, "write the golden files anew")

func TestEveryFormOfARuleReadsAsItDid(t *testing.T) {
	for _, language := range questionnaire.Languages() {
		got := explain.In(walks(), language, explain.Names{
			Services: map[string]string{"tom": "TOM telefon", "police": "Policija"},
			Checks:   map[questionnaire.ID]string{"sleep": "Spanje"},
			Areas:    map[questionnaire.AreaID]string{"outdoors": "Zunaj"},
		}).Markdown()
		golden := filepath.Join("testdata", "walks."+string(language)+".md")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s reads otherwise; go test ./internal/explain -update if it is meant (-want +got):\n%s", golden, diff)
		}
	}
}
