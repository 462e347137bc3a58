package explain_test

import (
	"io/fs"
	"testing"

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
