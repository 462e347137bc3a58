package proof

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

func TestCoverageNamesWhatNoExampleReaches(t *testing.T) {
	q := pain(t)
	q.Examples = []questionnaire.Example{
		{Name: "pain and no sleep", Answers: map[questionnaire.ItemID]questionnaire.Answer{
			"pain": {Number: 4}, "sleep": {Number: 3}, "help": {Number: 1}, "who": {Codes: []int{2}},
		}},
		{Name: "a little", Answers: map[questionnaire.ItemID]questionnaire.Answer{"pain": {Number: 2}, "sleep": {Number: 2}, "help": {}}},
	}
	got, err := Cover(q)
	if err != nil {
		t.Fatal(err)
	}
	// 10 results, and both outcomes of 10 tests.
	want := Coverage{Total: 30, Reached: 25, Missing: []string{
		"the band `fine`",
		"the step `walk` of the guidance `first`",
		"criterion `much`: {item: sleep, at-least: 2} not holding",
		"band `watch`: {item: pain, at-least: 2} not holding",
		"guidance `first`, step `lie`: {item: pain, at-least: 1} not holding",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if share := got.Share(); share < 0.83 || share > 0.84 {
		t.Errorf("the share is %v", share)
	}
}

func TestNothingToReachIsCovered(t *testing.T) {
	if share := (Coverage{}).Share(); share != 1 {
		t.Errorf("the share is %v", share)
	}
}

// TestAWitnessSaysWhatScoringSays holds the tests that coverage makes against package scoring.
func TestAWitnessSaysWhatScoringSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuestionnaire(t)
		program, err := scoring.Compile(q)
		if err != nil {
			t.Fatal(err)
		}
		someone := rapid.SampledFrom(everyone(t, q, program)).Draw(t, "someone")
		w := newWitness(q, someone.in, someone.result, program.Visible(someone.in))
		for i, c := range q.Criteria {
			if met := w.holds(c.When); met != someone.result.Criteria[i].Met {
				t.Fatalf("criterion `%s`: %v, scoring says %v", c.ID, met, !met)
			}
		}
		if raised := slices.Contains(someone.result.Flags, "flag"); raised != w.holds(q.Flags[0].When) {
			t.Fatalf("the flag is raised: %v", raised)
		}
	})
}
