package proof

import (
	"io/fs"
	"os"
	"testing"

	"predah/internal/questionnaire/load"
	"predah/questionnaires"
)

// TestPublishedInstrumentsAreProvedAndCovered goes through rules as manuals have them: cut-offs by sex,
// scores against scores, tables, transforms.
func TestPublishedInstrumentsAreProvedAndCovered(t *testing.T) {
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := load.Load(load.Options{Schemas: schemas, Roots: []fs.FS{os.DirFS("../scoring/testdata/instruments")}})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range loaded.Questionnaires {
		if _, err := Prove(q); err != nil {
			t.Errorf("%s: %v", q.ID, err)
		}
		coverage, err := Cover(q)
		if err != nil {
			t.Errorf("%s: %v", q.ID, err)
		}
		if q.ID == "kidscreen-10" && coverage.Share() < 1 {
			t.Errorf("of %s, whose examples say the sex, only %.2f is covered: %v", q.ID, coverage.Share(), coverage.Missing)
		}
	}
}
