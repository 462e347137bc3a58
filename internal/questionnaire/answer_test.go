package questionnaire_test

import (
	"encoding/json"
	"math"
	"strings"
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
			rapid.Map(rapid.SliceOf(rapid.IntRange(-1<<53, 1<<53)), func(codes []int) questionnaire.Answer {
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
	for _, text := range []string{`"3"`, `"7:30"`, `"24:00"`, `"2026-02-30"`, `"23:15:00"`, `true`, `{}`, `[1, "2"]`, `[[1]]`, `[1,]`, `[,1]`, `[1.5]`, `[1`, `+1`, `01`, `-01`, `.5`, `1.`, `1e`, `1e+`, `0x1`, `1_0`, `NaN`, `Infinity`, `-`, ``, `null`, `[null]`, `[1, null]`} {
		var answer questionnaire.Answer
		if answer.UnmarshalJSON([]byte(text)) == nil {
			t.Errorf("%s was taken as %v", text, answer)
		}
	}
}

// A number in JSON is a number, however it is written.
func TestOneValueHasOneReading(t *testing.T) {
	for text, want := range map[string]questionnaire.Answer{
		`15`: {Number: 15}, `15.0`: {Number: 15}, `1.5e1`: {Number: 15}, `150E-1`: {Number: 15}, `-0`: {}, `0.50`: {Number: 0.5},
		`[1, 2]`: {Codes: []int{1, 2}}, `[1.0,2e0]`: {Codes: []int{1, 2}}, ` [ ] `: {Codes: []int{}},
		`1e9999`: {Number: math.MaxFloat64}, `-1e9999`: {Number: -math.MaxFloat64}, `[1e9999]`: {Codes: []int{1 << 53}}, `[-99999999999999999999]`: {Codes: []int{-1 << 53}},
		`"07:05"`: {Number: 425, Form: questionnaire.Clock}, `"\u0030\u0037:05"`: {Number: 425, Form: questionnaire.Clock},
	} {
		var answer questionnaire.Answer
		if err := answer.UnmarshalJSON([]byte(text)); err != nil || !cmp.Equal(answer, want) {
			t.Errorf("%s is read as %+v, %v; want %+v", text, answer, err, want)
		}
	}
}

// FuzzNumbersAreThoseOfJSON: what is read as a number is one in JSON, and the other way round.
func FuzzNumbersAreThoseOfJSON(f *testing.F) {
	for _, seed := range []string{"0", "-0", "01", "1.", ".1", "1e5", "1E+05", "+1", "1e", "0x1p3", "1_000", "NaN", "inf", "--1", "1 2", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		trimmed := strings.TrimSpace(text)
		if trimmed == "" || strings.ContainsAny(trimmed[:1], `"[`) {
			return
		}
		var number json.Number
		isNumber := json.Unmarshal([]byte(trimmed), &number) == nil && number != "" // null is none
		if err := new(questionnaire.Answer).UnmarshalJSON([]byte(text)); (err == nil) != isNumber {
			t.Errorf("%q is a number: %v; read: %v", text, isNumber, err)
		}
	})
}
