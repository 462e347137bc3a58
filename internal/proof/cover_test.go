package proof

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
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

// The sex of a worked example decides in which norm a score is looked up, and so which band is reached.
func TestTheSexOfAnExampleCounts(t *testing.T) {
	q := pain(t)
	q.Flags[0].When = &questionnaire.Condition{Sex: questionnaire.Female}
	answers := map[questionnaire.ItemID]questionnaire.Answer{"pain": {Number: 2}, "sleep": {Number: 2}, "help": {}}
	q.Examples = []questionnaire.Example{{Name: "hers", Sex: questionnaire.Female, Answers: answers}, {Name: "unsaid", Answers: answers}}
	got, err := Cover(q)
	if err != nil {
		t.Fatal(err)
	}
	for _, missing := range got.Missing {
		if strings.Contains(missing, "flag") {
			t.Error(missing)
		}
	}
	report, err := Prove(q)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range report.NotProved {
		if strings.Contains(statement, "flag") {
			t.Error(statement)
		}
	}
}
