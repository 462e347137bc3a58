package scoring_test

import (
	"testing"

	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// TestAnEdgeIsWhereOneStepOfOneAnswerGivesAnotherLevel compares with scoring every such set of answers anew.
func TestAnEdgeIsWhereOneStepOfOneAnswerGivesAnotherLevel(t *testing.T) {
	edges, others := 0, 0
	rapid.Check(t, func(t *rapid.T) {
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
		got, want := program.Edge(sheet, &result), hasOtherNeighbour(program, q, in, result.Band.Level)
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
	})
	if edges == 0 || others == 0 {
		t.Errorf("%d results at an edge and %d elsewhere were compared", edges, others)
	}
}

// hasOtherNeighbour tries every step with answers of its own.
func hasOtherNeighbour(program *scoring.Program, q *questionnaire.Questionnaire, in scoring.Input, level questionnaire.Level) bool {
	for i := range q.Items {
		item := &q.Items[i]
		from, given := in.Answers[item.ID]
		if !given || level == 0 {
			continue
		}
		var steps []float64
		switch item.Kind {
		case questionnaire.YesNo:
			steps = []float64{1 - from.Number}
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
			if result, err := program.Score(near); err == nil && result.Band.Level != 0 && result.Band.Level != level {
				return true
			}
		}
	}
	return false
}
