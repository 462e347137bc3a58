package scoring_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// TestAnEdgeIsWhereOneStepOfOneAnswerGivesAnotherLevel compares with scoring every such set of answers anew.
func TestAnEdgeIsWhereOneStepOfOneAnswerGivesAnotherLevel(t *testing.T) {
	edges, others := 0, 0
	compare := func(t *rapid.T) {
		q := anyQuestionnaire(t)
		program := drawn(t, q)
		in := anyInput(t, q, program)
		result, err := program.Score(in)
		if err != nil {
			t.Fatal(err)
		}
		sheet := program.NewSheet()
		sheet.Age, sheet.Sex = in.Age, in.Sex
		for id, answer := range in.Answers {
			place, _ := program.Place(id)
			sheet.Answer(place, answer)
		}
		got, want := program.Edge(sheet, &result), hasOtherNeighbour(program, q, in, result)
		if got != want {
			t.Fatalf("edge: %v, but a step gives another level: %v", got, want)
		}
		if got {
			edges++
		} else {
			others++
		}
		var again scoring.Result
		if err := program.ScoreSheet(sheet, &again); err != nil || again.Band != result.Band {
			t.Fatalf("looking for edges changed the sheet: %v, %v", again.Band, err)
		}
	}
	for range 20 { // few results lie at an edge, so one round may meet none
		if rapid.Check(t, compare); edges > 0 && others > 0 {
			break
		}
	}
	if edges == 0 || others == 0 {
		t.Errorf("%d results at an edge and %d elsewhere were compared", edges, others)
	}
}

// hasOtherNeighbour tries every step with answers of its own.
func hasOtherNeighbour(program *scoring.Program, q *questionnaire.Questionnaire, in scoring.Input, of scoring.Result) bool {
	for i := range q.Items {
		item := &q.Items[i]
		from, given := in.Answers[item.ID]
		if !given || of.Band.Level == 0 {
			continue
		}
		var steps []float64
		switch item.Kind {
		case questionnaire.Number:
			steps = []float64{from.Number - 1, from.Number + 1}
		case questionnaire.Single:
			for at, option := range item.Options {
				if float64(option.Code) == from.Number {
					for _, beside := range []int{at - 1, at + 1} {
						if beside >= 0 && beside < len(item.Options) {
							steps = append(steps, float64(item.Options[beside].Code))
						}
					}
				}
			}
		}
		for _, step := range steps {
			near := scoring.Input{Age: in.Age, Sex: in.Sex, Answers: map[questionnaire.ItemID]questionnaire.Answer{}}
			for id, answer := range in.Answers {
				near.Answers[id] = answer
			}
			near.Answers[item.ID] = questionnaire.Answer{Number: step}
			shown := map[questionnaire.ItemID]bool{}
			for _, id := range program.Visible(near) {
				shown[id] = true
			}
			for id := range near.Answers {
				if !shown[id] {
					delete(near.Answers, id)
				}
			}
			if result, err := program.Score(near); err == nil && result.Band.Level != 0 && result.Band.Level != of.Band.Level && slices.Equal(result.Flags, of.Flags) {
				return true
			}
		}
	}
	return false
}

// TestWhatIsNoEdge: from "often" one step down is another level, which other answers near a level are not.
func TestWhatIsNoEdge(t *testing.T) {
	q := asking(often("late"), yesNo("owes"), often("dark"))
	q.Items[2].Options = options(0, 1, 2, 3, 0)
	q.Flags = []questionnaire.Flag{{ID: "dark", Urgency: questionnaire.Soon, When: item("dark", questionnaire.Is, 1)}}
	q.Bands = []questionnaire.Band{
		{ID: "high", Level: 2, When: either(item("late", questionnaire.AtLeast, 3), item("owes", questionnaire.Is, 1), item("dark", questionnaire.In, 1, 3))},
		{ID: "low", Level: 1},
	}
	q.Exceptions = []questionnaire.Exception{{Item: "dark", Codes: []int{4}, Worse: questionnaire.WorseNeither}}
	program := compiled(t, q)
	for _, test := range []struct {
		name             string
		late, owes, dark int
		want             bool
	}{
		{"a step down is the other level", 3, 0, 0, true},
		{"a step up is the other level", 2, 0, 0, true},
		{"two steps away", 4, 0, 0, false},
		{"no instead of yes is no step", 0, 1, 0, false},
		{"a step that raises a flag speaks for itself", 0, 0, 0, false},
		{"an option outside the order is no step away", 0, 0, 4, false},
		{"the same step inside the order", 0, 0, 2, true},
	} {
		sheet := program.NewSheet()
		for i, n := range []int{test.late, test.owes, test.dark} {
			sheet.Answer(i, code(n))
		}
		var result scoring.Result
		if err := program.ScoreSheet(sheet, &result); err != nil {
			t.Fatal(err)
		}
		if got := program.Edge(sheet, &result); got != test.want {
			t.Errorf("%s: an edge: %v", test.name, got)
		}
	}
}
