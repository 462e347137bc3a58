package scoring_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// everyKind has an item of each kind, one that may be skipped and one that depends on another.
func everyKind() *questionnaire.Questionnaire {
	return asking(
		often("late"),
		yesNo("spends"),
		shownWhen(item("spends", questionnaire.Is, 1), often("boxes")),
		several("who"),
		hours("day"),
		optional(often("mood")),
	)
}

// complete are answers to it that are right.
func complete() answers {
	return answers{"late": code(2), "spends": code(1), "boxes": code(0), "who": codes(0, 2), "day": code(24)}
}

func TestAnAnswerThatIsNotRightIsRefusedWithItsReason(t *testing.T) {
	codes0to4 := []int{0, 1, 2, 3, 4}
	tests := []struct {
		name   string
		item   questionnaire.ItemID
		answer questionnaire.Answer
		want   scoring.AnswerError
	}{
		{"a code that is no option", "late", code(5), scoring.AnswerError{Reason: scoring.UnknownOption, Kind: questionnaire.Single, Codes: codes0to4}},
		{"one of several codes that is no option", "who", codes(0, 9), scoring.AnswerError{Reason: scoring.UnknownOption, Kind: questionnaire.Multiple, Codes: []int{0, 1, 2, 3}}},
		{"more hours than a day has", "day", code(25), scoring.AnswerError{Reason: scoring.OutOfBounds, Kind: questionnaire.Number, Bounds: questionnaire.Bounds{Max: 24}}},
		{"fewer hours than none", "day", code(-1), scoring.AnswerError{Reason: scoring.OutOfBounds, Kind: questionnaire.Number, Bounds: questionnaire.Bounds{Max: 24}}},
		{"a list for one choice", "late", codes(2), scoring.AnswerError{Reason: scoring.WrongKind, Kind: questionnaire.Single}},
		{"an empty list for one choice", "late", questionnaire.Answer{Codes: []int{}}, scoring.AnswerError{Reason: scoring.WrongKind, Kind: questionnaire.Single}},
		{"a list for a number", "day", codes(2), scoring.AnswerError{Reason: scoring.WrongKind, Kind: questionnaire.Number}},
		{"a number for several choices", "who", code(2), scoring.AnswerError{Reason: scoring.WrongKind, Kind: questionnaire.Multiple}},
		{"an empty list", "who", questionnaire.Answer{Codes: []int{}}, scoring.AnswerError{Reason: scoring.WrongKind, Kind: questionnaire.Multiple}},
		{"a code twice in a list", "who", codes(1, 2, 1), scoring.AnswerError{Reason: scoring.WrongKind, Kind: questionnaire.Multiple}},
		{"an item that is not there", "lat", code(1), scoring.AnswerError{Reason: scoring.UnknownItem}},
	}
	program := compiled(t, everyKind())
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			given := complete()
			given[test.item] = test.answer
			test.want.Item = test.item
			_, err := program.Score(scoring.Input{Answers: given})
			if diff := cmp.Diff(scoring.AnswerErrors{test.want}, refusals(t, err)); diff != "" {
				t.Errorf("the answers are refused otherwise (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNumbersTimesDatesAndTextsTakeWhatIsMeant(t *testing.T) {
	money := questionnaire.Item{ID: "money", Kind: questionnaire.Number, Decimals: 2, Bounds: questionnaire.Bounds{Max: 1000}, Optional: true}
	bedtime := questionnaire.Item{ID: "bedtime", Kind: questionnaire.Time, Bounds: questionnaire.Bounds{Max: questionnaire.LastMinute}, Optional: true}
	since := questionnaire.Item{ID: "since", Kind: questionnaire.Date, Bounds: questionnaire.Bounds{Min: 0, Max: 19_999}, Optional: true}
	words := questionnaire.Item{ID: "words", Kind: questionnaire.Text, Length: 200}
	program := compiled(t, asking(money, bedtime, since, words))
	at := func(text string) questionnaire.Answer {
		answer, ok := questionnaire.ParseAnswer(text)
		if !ok {
			t.Fatalf("%q is no time and no date", text)
		}
		return answer
	}
	for _, test := range []struct {
		item   questionnaire.ItemID
		answer questionnaire.Answer
		want   scoring.Reason
	}{
		{"money", questionnaire.Answer{Number: 12.34}, ""},
		{"money", questionnaire.Answer{Number: 12.345}, scoring.WrongKind},
		{"money", questionnaire.Answer{Number: 1000.01}, scoring.OutOfBounds},
		{"money", questionnaire.Answer{Number: math.NaN()}, scoring.OutOfBounds},
		{"money", at("12:34"), scoring.WrongKind},
		{"bedtime", at("00:00"), ""},
		{"bedtime", at("23:59"), ""},
		{"bedtime", questionnaire.Answer{Number: 60}, scoring.WrongKind},
		{"bedtime", questionnaire.Answer{Number: 1440, Form: questionnaire.Clock}, scoring.OutOfBounds},
		{"since", at("2024-10-03"), ""},
		{"since", at("2024-10-04"), scoring.OutOfBounds},
		{"since", at("07:00"), scoring.WrongKind},
		{"words", questionnaire.Answer{}, scoring.WrongKind},
	} {
		_, err := program.Score(scoring.Input{Answers: answers{test.item: test.answer}})
		var got scoring.Reason
		if err != nil {
			got = refusals(t, err)[0].Reason
		}
		if got != test.want {
			t.Errorf("%s answered with %+v: %q, not %q", test.item, test.answer, got, test.want)
		}
	}
}

func TestTheLimitsOfATimeAreSaidAsATime(t *testing.T) {
	refused := scoring.AnswerError{Kind: questionnaire.Date, Bounds: questionnaire.Bounds{Min: 0, Max: 20_000}}
	if least, most := refused.Limits(); least != "1970-01-01" || most != "2024-10-04" {
		t.Errorf("from %s to %s", least, most)
	}
}

func TestOnlyAnOptionalOrHiddenItemMayBeLeftOut(t *testing.T) {
	program := compiled(t, everyKind())
	if _, err := program.Score(scoring.Input{Answers: complete()}); err != nil {
		t.Errorf("the optional item is missed: %v", err)
	}
	_, err := program.Score(scoring.Input{Answers: answers{"spends": code(0), "who": codes(1), "day": code(0)}})
	want := scoring.AnswerErrors{{Item: "late", Reason: scoring.MissingAnswer, Kind: questionnaire.Single}}
	if diff := cmp.Diff(want, refusals(t, err)); diff != "" {
		t.Errorf("the answers are refused otherwise (-want +got):\n%s", diff)
	}
}

func TestAnAnswerToAHiddenItemIsRefused(t *testing.T) {
	given := complete()
	given["spends"] = code(0)
	_, err := compiled(t, everyKind()).Score(scoring.Input{Answers: given})
	want := scoring.AnswerErrors{{Item: "boxes", Reason: scoring.HiddenItem, Kind: questionnaire.Single}}
	if diff := cmp.Diff(want, refusals(t, err)); diff != "" {
		t.Errorf("the answers are refused otherwise (-want +got):\n%s", diff)
	}
}

func TestARefusedAnswerCountsAsNoneForWhatDependsOnIt(t *testing.T) {
	given := complete()
	given["spends"] = code(2) // neither yes nor no, so the item about boxes is not shown
	_, err := compiled(t, everyKind()).Score(scoring.Input{Answers: given})
	want := scoring.AnswerErrors{
		{Item: "spends", Reason: scoring.UnknownOption, Kind: questionnaire.YesNo, Codes: []int{1, 0}},
		{Item: "boxes", Reason: scoring.HiddenItem, Kind: questionnaire.Single},
	}
	if diff := cmp.Diff(want, refusals(t, err)); diff != "" {
		t.Errorf("the answers are refused otherwise (-want +got):\n%s", diff)
	}
}

func TestAllErrorsAreReturnedAtOnceByItemAndThenByName(t *testing.T) {
	_, err := compiled(t, everyKind()).Score(scoring.Input{Answers: answers{
		"zebra": code(1), "day": code(77), "boxes": code(1), "spends": code(0), "who": codes(1, 1), "aardvark": codes(3),
	}})
	var got []string
	for _, e := range refusals(t, err) {
		got = append(got, string(e.Item)+" "+string(e.Reason))
	}
	want := []string{
		"late missing-answer", "boxes hidden-item", "who wrong-kind", "day out-of-bounds",
		"aardvark unknown-item", "zebra unknown-item",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the errors are others (-want +got):\n%s", diff)
	}
}

func TestAnErrorSaysWhatIsAllowedAndNotWhatWasSent(t *testing.T) {
	_, err := compiled(t, everyKind()).Score(scoring.Input{Answers: answers{
		"late": code(4711), "spends": codes(4711), "who": codes(4711), "day": code(4711), "mood": code(4711), "x": code(4711),
	}})
	text := err.Error()
	if strings.Contains(text, "4711") {
		t.Errorf("the error repeats what was sent:\n%s", text)
	}
	for _, want := range []string{"[0 1 2 3 4]", "from 0 to 24", "of kind yes-no", "item `x`: unknown-item"} {
		if !strings.Contains(text, want) {
			t.Errorf("the error does not say %q:\n%s", want, text)
		}
	}
}

// refusals are the errors of answers that are not right.
func refusals(t *testing.T, err error) scoring.AnswerErrors {
	t.Helper()
	var errs scoring.AnswerErrors
	if !errors.As(err, &errs) {
		t.Fatalf("the error is not of answers: %v", err)
	}
	return errs
}
