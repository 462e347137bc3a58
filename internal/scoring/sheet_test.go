package scoring_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

func TestASheetThatIsUsedAgainScoresAsAFreshOneDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuestionnaire(t)
		program := drawn(t, q)
		sheet := program.NewSheet()
		var again scoring.Result
		for range 3 {
			in := anyInput(t, q, program)
			want, err := program.Score(in)
			if err != nil {
				t.Fatal(err)
			}
			sheet.Clear()
			fill(program, sheet, in)
			if err := program.ScoreSheet(sheet, &again); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, again, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("the sheet scores otherwise (-map +sheet):\n%s", diff)
			}
		}
	})
}

func TestASheetOfAnotherQuestionnaireIsRefused(t *testing.T) {
	var result scoring.Result
	other := compiled(t, asking(often("a"))).NewSheet()
	err := compiled(t, evening()).ScoreSheet(other, &result)
	if refused := (scoring.AnswerErrors{}); err == nil || errors.As(err, &refused) {
		t.Errorf("the sheet is taken, or its answers are said to be wrong: %v", err)
	}
}

func TestScoringASheetIntoAnEarlierResultAllocatesNothing(t *testing.T) {
	q, in := long()
	program := compiled(t, q)
	sheet := program.NewSheet()
	fill(program, sheet, in)
	var result scoring.Result
	allocations := testing.AllocsPerRun(100, func() {
		if err := program.ScoreSheet(sheet, &result); err != nil {
			t.Error(err)
		}
	})
	if allocations > 0 || len(result.Flags) != 2 {
		t.Errorf("there are %v allocations for %+v", allocations, result)
	}
}

func TestUnknownItemsAreNamedInOrder(t *testing.T) {
	want := scoring.AnswerErrors{{Item: "a", Reason: scoring.UnknownItem}, {Item: "b", Reason: scoring.UnknownItem}}
	if diff := cmp.Diff(want, scoring.UnknownItems([]questionnaire.ItemID{"b", "a"})); diff != "" {
		t.Error(diff)
	}
}

// fill writes the answers onto the sheet.
func fill(program *scoring.Program, sheet *scoring.Sheet, in scoring.Input) {
	sheet.Age, sheet.Sex = in.Age, in.Sex
	for id, answer := range in.Answers {
		place, _ := program.Place(id)
		sheet.Answer(place, answer)
	}
}
