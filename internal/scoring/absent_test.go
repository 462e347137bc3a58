package scoring_test

import (
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

func TestWhatWasNotAskedCountsWhatTheScoreSays(t *testing.T) {
	gate := optional(yesNo("spends"))
	boxes, coins := shownWhen(item("spends", questionnaire.Is, 1), often("boxes")), shownWhen(item("spends", questionnaire.Is, 1), optional(often("coins")))
	zero, two := 0.0, 2.0
	tests := []struct {
		name    string
		score   questionnaire.Score
		answers answers
		want    string
	}{
		{"nothing was asked", questionnaire.Score{Method: questionnaire.Sum, Of: of("boxes", "coins"), NotAsked: &zero}, answers{"late": code(1), "spends": code(0)}, "0"},
		{"each part counts", questionnaire.Score{Method: questionnaire.Sum, Of: of("boxes", "coins"), NotAsked: &two}, answers{"late": code(1), "spends": code(0)}, "4"},
		{"beside what was asked", questionnaire.Score{Method: questionnaire.Mean, Of: of("late", "boxes"), NotAsked: &two}, answers{"late": code(1), "spends": code(0)}, "1.5"},
		{"after reversing", questionnaire.Score{Method: questionnaire.Sum, Of: reversed(of("boxes")), NotAsked: &zero}, answers{"late": code(1), "spends": code(0)}, "0"},
		{"what was asked is scored as ever", questionnaire.Score{Method: questionnaire.Sum, Of: of("boxes", "coins"), NotAsked: &two}, answers{"late": code(1), "spends": code(1), "boxes": code(3), "coins": code(0)}, "3"},
		{"what is skipped was asked", questionnaire.Score{Method: questionnaire.Sum, Of: of("boxes", "coins"), NotAsked: &zero}, answers{"late": code(1), "spends": code(1), "boxes": code(3)}, "none"},
		{"nobody knows when what decides was skipped", questionnaire.Score{Method: questionnaire.Sum, Of: of("boxes", "coins"), NotAsked: &zero}, answers{"late": code(1)}, "none"},
		{"which is made up for as what is skipped", questionnaire.Score{Method: questionnaire.Sum, Of: of("late", "boxes"), NotAsked: &zero, ProrateUpTo: 0.5}, answers{"late": code(1)}, "2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := check(test.score, often("late"), gate, boxes, coins)
			if got := total(scored(t, q, scoring.Input{Answers: test.answers})); got != test.want {
				t.Errorf("the score is %s, not %s", got, test.want)
			}
		})
	}
}

func TestWhatNothingCouldChangeIsKnown(t *testing.T) {
	for _, test := range []struct {
		method  questionnaire.Method
		parts   []questionnaire.Part
		answers answers
		want    string
	}{
		{questionnaire.Max, of("a", "b"), answers{"a": code(4)}, "4"},
		{questionnaire.Max, of("a", "b"), answers{"a": code(3)}, "none"},
		{questionnaire.Max, of("a", "b"), answers{}, "none"},
		{questionnaire.Max, reversed(of("a", "b")), answers{"b": code(0)}, "4"},
		{questionnaire.Min, of("a", "b"), answers{"b": code(0)}, "0"},
		{questionnaire.Min, of("a", "b"), answers{"b": code(1)}, "none"},
		{questionnaire.Sum, of("a", "b"), answers{"b": code(4)}, "none"},
	} {
		q := check(questionnaire.Score{Method: test.method, Of: test.parts}, optional(often("a")), optional(often("b")))
		if got := total(scored(t, q, scoring.Input{Answers: test.answers})); got != test.want {
			t.Errorf("%s of %v: %s, not %s", test.method, test.answers, got, test.want)
		}
	}
}

func TestTheMedianIsFilledInRoundedUp(t *testing.T) {
	for _, test := range []struct {
		least   int
		answers answers
		want    string
	}{
		{0, answers{"a": code(1), "b": code(4)}, "8"}, // 2.5 is 3
		{2, answers{"a": code(0), "b": code(1)}, "2"}, // 0.5 is 1
		{0, answers{"a": code(2)}, "6"},               // twice 2
		{2, answers{"a": code(2)}, "none"},            // too few
		{0, answers{}, "none"},                        // nothing to take a median of
	} {
		q := check(questionnaire.Score{Method: questionnaire.Sum, Of: of("a", "b", "c"), Missing: questionnaire.MissingMedian, AnsweredAtLeast: test.least},
			optional(often("a")), optional(often("b")), optional(often("c")))
		if got := total(scored(t, q, scoring.Input{Answers: test.answers})); got != test.want {
			t.Errorf("of %v: %s, not %s", test.answers, got, test.want)
		}
	}
}

func TestAHiddenScoreIsNotShown(t *testing.T) {
	q := check(questionnaire.Score{Method: questionnaire.Sum, Of: of("a")}, often("a"))
	hidden := q.Scores[0]
	hidden.ID, hidden.Hidden = "inner", true
	q.Scores = append([]questionnaire.Score{hidden}, q.Scores...)
	result := scored(t, q, scoring.Input{Answers: answers{"a": code(3)}})
	scoring.NewView(q, nil).Show(&result, nil)
	if len(result.Scores) != 1 || result.Scores[0].ID == "inner" || !result.Scores[0].OK {
		t.Errorf("shown are %v", result.Scores)
	}
	if shown := scoring.ShownScores(q); len(shown) != 1 || shown[0].ID == "inner" {
		t.Errorf("shown would be %v", shown)
	}
}
