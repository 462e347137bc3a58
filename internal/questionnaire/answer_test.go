package questionnaire_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"predah/internal/questionnaire"
)

func TestAnswersSurviveJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		answer := rapid.OneOf(
			rapid.Map(rapid.Float64(), func(x float64) questionnaire.Answer { return questionnaire.Answer{Number: x} }),
			rapid.Map(rapid.IntRange(0, questionnaire.LastMinute), func(n int) questionnaire.Answer {
				return questionnaire.Answer{Number: float64(n), Form: questionnaire.Clock}
			}),
			rapid.Map(rapid.IntRange(-30_000, 60_000), func(n int) questionnaire.Answer {
				return questionnaire.Answer{Number: float64(n), Form: questionnaire.Day}
			}),
			rapid.Map(rapid.SliceOf(rapid.Int()), func(codes []int) questionnaire.Answer {
				return questionnaire.Answer{Codes: append([]int{}, codes...)}
			}),
		).Draw(t, "answer")
		data, err := json.Marshal(answer)
		if err != nil {
			t.Fatal(err)
		}
		var back questionnaire.Answer
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(answer, back); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWhatIsNoAnswerIsRefused(t *testing.T) {
	for _, text := range []string{`"3"`, `"7:30"`, `"24:00"`, `"2026-02-30"`, `"23:15:00"`, `true`, `{}`, `[1, "2"]`, `[[1]]`, `1e400`, `null`, `[null]`, `[1, null]`} {
		var answer questionnaire.Answer
		if err := json.Unmarshal([]byte(text), &answer); err == nil {
			t.Errorf("%s was taken as %v", text, answer)
		}
	}
}
