package scoring_test

import (
	"io/fs"
	"os"
	"slices"
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/scoring"
	"predah/questionnaires"
)

// TestPublishedInstrumentsScoreAsTheirPublicationsSay loads rules of published instruments, with
// placeholder texts, and scores worked examples that were computed by hand from them. Each
// folder names its publication, and what in it was not seen there.
func TestPublishedInstrumentsScoreAsTheirPublicationsSay(t *testing.T) {
	want := []questionnaire.ID{
		"acsid-11", "audit", "bbgs", "bsas", "bsmas", "eat-26", "gad-7", "gadis-a", "gdt", "igds9-sf", "igdt-10",
		"kidscreen-10", "pgsi", "psqi", "rses", "sdq-parent", "sdq-self", "smds", "somedis-a", "tds", "who-5",
	}
	loaded := instruments(t)
	var got []questionnaire.ID
	for _, q := range loaded.Questionnaires {
		got = append(got, q.ID)
		t.Run(string(q.ID), func(t *testing.T) {
			for _, problem := range scoring.VerifyExamples(q) {
				t.Error(problem)
			}
		})
	}
	if !slices.Equal(got, want) {
		t.Errorf("the instruments are %v, not %v", got, want)
	}
}

func TestOnlyInstrumentsWithNormsBySexNeedIt(t *testing.T) {
	for _, q := range instruments(t).Questionnaires {
		if q.NeedsSex() != (q.ID == "kidscreen-10") {
			t.Errorf("%s: needs the sex: %v", q.ID, q.NeedsSex())
		}
	}
}

// TestAScoreThatCannotBeSaysWhy: what is missing is told apart, and never guessed.
func TestAScoreThatCannotBeSaysWhy(t *testing.T) {
	loaded := instruments(t)
	for _, test := range []struct {
		instrument questionnaire.ID
		example    string
		score      questionnaire.ScoreID
		want       scoring.NoScore
	}{
		{"kidscreen-10", "sex not said", "t-value", scoring.SexNotSaid},
		{"psqi", "no time in bed", "efficiency-percent", scoring.DividedByZero},
		{"psqi", "no time in bed", "total", scoring.DividedByZero},
		{"sdq-self", "too few of one scale", "total", scoring.Skipped},
		{"eat-26", "two missing", "total", scoring.Skipped},
	} {
		q, _ := loaded.Questionnaire(test.instrument)
		at := slices.IndexFunc(q.Examples, func(e questionnaire.Example) bool { return e.Name == test.example })
		if at < 0 {
			t.Fatalf("%s has no example %q", test.instrument, test.example)
		}
		e := q.Examples[at]
		result := scored(t, q, scoring.Input{Age: e.Age, Sex: e.Sex, Answers: e.Answers})
		for _, score := range result.Scores {
			if score.ID == test.score && score.Missing != test.want {
				t.Errorf("%s, %s: %s is missing because of %q, not %q", test.instrument, test.example, test.score, score.Missing, test.want)
			}
		}
	}
}

// instruments loads the fixtures as the service loads its content.
func instruments(t *testing.T) *load.Catalogue {
	t.Helper()
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := load.Load(load.Options{Schemas: schemas, Roots: []fs.FS{os.DirFS("testdata/instruments")}})
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}
