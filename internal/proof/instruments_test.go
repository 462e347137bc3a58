package proof

import (
	"io/fs"
	"os"
	"slices"
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/questionnaires"
)

// holdDirection: without being told that less self-esteem is worse, the proof finds a fault in every item.
func holdDirection(t *testing.T, q *questionnaire.Questionnaire) {
	turned := *q
	turned.Scores = slices.Clone(q.Scores)
	turned.Scores[0].Worse = ""
	report, err := Prove(&turned)
	if err != nil || len(report.Faults) != len(q.Items) {
		t.Errorf("turned round: %v, %v", report.Faults, err)
	}
	for _, item := range q.Items { // and the exceptions can say all of it too
		worse := questionnaire.WorseLower
		if slices.ContainsFunc(q.Scores[0].Of, func(p questionnaire.Part) bool { return p.Item == item.ID && p.Reverse }) {
			worse = questionnaire.WorseHigher
		}
		turned.Exceptions = append(turned.Exceptions, questionnaire.Exception{Item: item.ID, Worse: worse})
	}
	if report, err = Prove(&turned); err != nil || len(report.Faults) > 0 {
		t.Errorf("with exceptions: %v, %v", report.Faults, err)
	}
}

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
		report, err := Prove(q)
		if err != nil {
			t.Errorf("%s: %v", q.ID, err)
		}
		for _, fault := range report.Faults {
			t.Errorf("%s: %s", q.ID, fault.Message)
		}
		if q.ID == "rses" {
			holdDirection(t, q)
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
