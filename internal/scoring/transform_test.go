package scoring_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// decimalItem is a number item with two places after the point, from -100 to 100.
func decimalItem(id questionnaire.ItemID) questionnaire.Item {
	return questionnaire.Item{ID: id, Kind: questionnaire.Number, Decimals: 2, Bounds: questionnaire.Bounds{Min: -100, Max: 100}}
}

func clock(t *testing.T, text string) questionnaire.Answer {
	t.Helper()
	answer, ok := questionnaire.ParseAnswer(text)
	if !ok {
		t.Fatalf("%q is no time and no date", text)
	}
	return answer
}

func TestAValueIsTransformedAsItIsWritten(t *testing.T) {
	round := func(how questionnaire.Rounding, places int) questionnaire.Transform {
		return questionnaire.Transform{Kind: questionnaire.Round, Rounding: how, Places: places}
	}
	pieces := questionnaire.Transform{Kind: questionnaire.Points, Pieces: []questionnaire.Piece{
		{End: 15, Worth: 0}, {End: 30, Worth: 1}, {End: 60, Without: true, Worth: 2}, {End: math.Inf(1), Worth: 3},
	}}
	for _, test := range []struct {
		name string
		from float64
		then []questionnaire.Transform
		want string
	}{
		{"half up, above zero", 2.5, []questionnaire.Transform{round(questionnaire.HalfUp, 0)}, "3"},
		{"half up, below zero", -2.5, []questionnaire.Transform{round(questionnaire.HalfUp, 0)}, "-2"},
		{"half even, down", 2.5, []questionnaire.Transform{round(questionnaire.HalfEven, 0)}, "2"},
		{"half even, up", 3.5, []questionnaire.Transform{round(questionnaire.HalfEven, 0)}, "4"},
		{"floor, above zero", 2.99, []questionnaire.Transform{round(questionnaire.Floor, 0)}, "2"},
		{"floor, below zero", -2.01, []questionnaire.Transform{round(questionnaire.Floor, 0)}, "-3"},
		{"a half that binary fractions miss", 0.35, []questionnaire.Transform{round(questionnaire.HalfUp, 1)}, "0.4"},
		{"a whole number that they miss", 0.29, []questionnaire.Transform{{Kind: questionnaire.Multiply, By: 100}, round(questionnaire.Floor, 0)}, "29"},
		{"z and then T", 15, []questionnaire.Transform{{Kind: questionnaire.Standardise, Mean: 10, SD: 4}, {Kind: questionnaire.ZToT}}, "62.5"},
		{"to 0-100", -50, []questionnaire.Transform{{Kind: questionnaire.ScaleTo, From: questionnaire.Bounds{Min: -100, Max: 100}, To: questionnaire.Bounds{Max: 100}}}, "25"},
		{"clamped from below", -7, []questionnaire.Transform{{Kind: questionnaire.Clamp, To: questionnaire.Bounds{Min: 0, Max: 9}}}, "0"},
		{"one after the other", 2, []questionnaire.Transform{{Kind: questionnaire.Add, By: 1}, {Kind: questionnaire.Multiply, By: 4}}, "12"},
		{"a piece with its end", 15, []questionnaire.Transform{pieces}, "0"},
		{"just above it", 15.01, []questionnaire.Transform{pieces}, "1"},
		{"a piece without its end", 60, []questionnaire.Transform{pieces}, "3"},
		{"just below it", 59.99, []questionnaire.Transform{pieces}, "2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := check(questionnaire.Score{Method: questionnaire.Sum, Of: of("a"), Then: test.then}, decimalItem("a"))
			if got := total(scored(t, q, scoring.Input{Answers: answers{"a": {Number: test.from}}})); got != test.want {
				t.Errorf("%v becomes %s, not %s", test.from, got, test.want)
			}
		})
	}
}

func TestTwoPartsAreComparedDividedAndCounted(t *testing.T) {
	bed := questionnaire.Item{ID: "a", Kind: questionnaire.Time, Bounds: questionnaire.Bounds{Max: questionnaire.LastMinute}}
	up := bed
	up.ID = "b"
	for _, test := range []struct{ from, to, want string }{
		{"23:30", "07:00", "7.5"}, {"01:15", "09:00", "7.75"}, {"07:00", "07:00", "0"}, {"00:01", "00:00", "23.983333333"},
	} {
		q := check(questionnaire.Score{Method: questionnaire.HoursBetween, Of: of("a", "b")}, bed, up)
		if got := total(scored(t, q, scoring.Input{Answers: answers{"a": clock(t, test.from), "b": clock(t, test.to)}})); got != test.want {
			t.Errorf("from %s to %s it is %s hours, not %s", test.from, test.to, got, test.want)
		}
	}
	first := questionnaire.Item{ID: "a", Kind: questionnaire.Date, Bounds: questionnaire.Bounds{Max: 30_000}}
	last := first
	last.ID = "b"
	days := check(questionnaire.Score{Method: questionnaire.DaysBetween, Of: of("a", "b")}, first, last)
	if got := total(scored(t, days, scoring.Input{Answers: answers{"a": clock(t, "2024-02-28"), "b": clock(t, "2024-03-01")}})); got != "2" {
		t.Errorf("over a leap day it is %s days, not 2", got)
	}
	for _, test := range []struct {
		method questionnaire.Method
		want   string
	}{{questionnaire.Difference, "7.5"}, {questionnaire.Quotient, "-4"}, {questionnaire.Product, "-9"}} {
		q := check(questionnaire.Score{Method: test.method, Of: of("a", "b")}, decimalItem("a"), decimalItem("b"))
		if got := total(scored(t, q, scoring.Input{Answers: answers{"a": {Number: 6}, "b": {Number: -1.5}}})); got != test.want {
			t.Errorf("the %s of 6 and -1.5 is %s, not %s", test.method, got, test.want)
		}
	}
}

func TestWhatIsMissingCountsAsItIsWritten(t *testing.T) {
	items := []questionnaire.Item{optional(often("a")), optional(often("b")), optional(often("c")), optional(often("d"))}
	two := answers{"a": code(4), "b": code(2)}
	for _, test := range []struct {
		name  string
		score questionnaire.Score
		given answers
		want  string
	}{
		{"zero in a sum", questionnaire.Score{Method: questionnaire.Sum, Missing: questionnaire.MissingZero}, two, "6"},
		{"zero in a mean", questionnaire.Score{Method: questionnaire.Mean, Missing: questionnaire.MissingZero}, two, "1.5"},
		{"zero as the least", questionnaire.Score{Method: questionnaire.Min, Missing: questionnaire.MissingZero}, two, "0"},
		{"zero, but not of nothing at all", questionnaire.Score{Method: questionnaire.Sum, Missing: questionnaire.MissingZero}, answers{}, "none"},
		{"zero, with a least number", questionnaire.Score{Method: questionnaire.Sum, Missing: questionnaire.MissingZero, AnsweredAtLeast: 3}, two, "none"},
		{"exactly the least number", questionnaire.Score{Method: questionnaire.Sum, AnsweredAtLeast: 2}, two, "12"},
		{"one fewer", questionnaire.Score{Method: questionnaire.Sum, AnsweredAtLeast: 3}, two, "none"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.score.Of = of("a", "b", "c", "d")
			if got := total(scored(t, check(test.score, items...), scoring.Input{Answers: test.given})); got != test.want {
				t.Errorf("the score is %s, not %s", got, test.want)
			}
		})
	}
}

func TestATableIsReadByAgeAndSexAndBetweenItsRows(t *testing.T) {
	q := check(questionnaire.Score{Method: questionnaire.Sum, Of: of("a"), Then: []questionnaire.Transform{{Kind: questionnaire.Lookup, Table: "by-age-and-sex"}}}, decimalItem("a"))
	q.Tables = someTable() // girls up to 1: 0, 2 and 9 give 30, 45 and 70; boys: 2 and 9
	for _, test := range []struct {
		name  string
		value float64
		age   *int
		sex   questionnaire.Sex
		want  string
		why   scoring.NoScore
	}{
		{"a row", 2, years(1), questionnaire.Female, "45", 0},
		{"between two rows", 1, years(1), questionnaire.Female, "37.5", 0},
		{"a norm without ages", 9, nil, questionnaire.Male, "70", 0},
		{"below the rows", 1, nil, questionnaire.Male, "none", scoring.NotInTable},
		{"beyond the ages", 2, years(2), questionnaire.Female, "none", scoring.NotInTable},
		{"no age", 2, nil, questionnaire.Female, "none", scoring.AgeNotSaid},
		{"no sex", 2, years(1), "", "none", scoring.SexNotSaid},
		{"another sex", 2, years(1), "other", "none", scoring.NotInTable},
	} {
		t.Run(test.name, func(t *testing.T) {
			result := scored(t, q, scoring.Input{Age: test.age, Sex: test.sex, Answers: answers{"a": {Number: test.value}}})
			if got := total(result); got != test.want || result.Scores[0].Missing != test.why {
				t.Errorf("it is %s (%s), not %s (%s)", got, result.Scores[0].Missing, test.want, test.why)
			}
		})
	}
}

func TestTwoScoresAreCompared(t *testing.T) {
	q := ranged(&questionnaire.Questionnaire{
		Items:  []questionnaire.Item{decimalItem("a"), decimalItem("b")},
		Scores: []questionnaire.Score{{ID: "a-sum", Method: questionnaire.Sum, Of: of("a", "b")}, {ID: "b-sum", Method: questionnaire.Sum, Of: of("b")}},
	})
	for _, operator := range []questionnaire.Operator{questionnaire.MoreThan, questionnaire.AtLeast, questionnaire.Is, questionnaire.AtMost, questionnaire.LessThan} {
		q.Flags = append(q.Flags, questionnaire.Flag{ID: string(operator), When: &questionnaire.Condition{
			Score: "a-sum", Test: questionnaire.Comparison{Operator: operator, Other: "b-sum"},
		}})
	}
	for a, want := range map[float64]string{1: "[more-than at-least]", 0: "[at-least is at-most]", -1: "[at-most less-than]"} {
		result := scored(t, q, scoring.Input{Answers: answers{"a": {Number: a}, "b": {Number: 0.1}}})
		if got := fmt.Sprint(result.Flags); got != want {
			t.Errorf("with %v more: %s, not %s", a, got, want)
		}
	}
}

func TestRoundingMovesAValueByHalfAPlaceAtMost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := float64(rapid.IntRange(-10_000, 10_000).Draw(t, "hundredths")) / 100
		places := rapid.IntRange(0, 2).Draw(t, "places")
		how := rapid.SampledFrom([]questionnaire.Rounding{questionnaire.HalfUp, questionnaire.HalfEven}).Draw(t, "how")
		q := check(questionnaire.Score{Method: questionnaire.Sum, Of: of("a"), Then: []questionnaire.Transform{
			{Kind: questionnaire.Round, Rounding: how, Places: places},
		}}, decimalItem("a"))
		got := mustScore(t, q, scoring.Input{Answers: answers{"a": {Number: value}}}).Scores[0].Value
		if half := 0.5 * math.Pow10(-places); math.Abs(got-value) > half+1e-9 {
			t.Fatalf("%v became %v", value, got)
		}
	})
}
