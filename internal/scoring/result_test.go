package scoring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// evening is a small questionnaire with one of everything a result is made of.
func evening() *questionnaire.Questionnaire {
	return ranged(&questionnaire.Questionnaire{
		ID:    "evening",
		Items: []questionnaire.Item{often("late"), often("tired"), optional(often("mood")), optional(hours("screen"))},
		Scores: []questionnaire.Score{
			{ID: "rest", Method: questionnaire.Sum, Of: of("late", "tired")},
			{ID: "screen-time", Method: questionnaire.Sum, Of: of("screen")},
		},
		Criteria: []questionnaire.Criterion{
			{ID: "burdened", When: all(met("often-late"), item("tired", questionnaire.AtLeast, 3))},
			{ID: "often-late", Hidden: true, When: item("late", questionnaire.AtLeast, 3)},
			{ID: "low", When: item("mood", questionnaire.AtLeast, 3)},
		},
		Bands: []questionnaire.Band{
			{ID: "talk", Level: 3, When: met("burdened"), Advice: []string{"tell-one", "bedtime-phone"}},
			{ID: "try", Level: 2, When: points("rest", questionnaire.AtLeast, 4), Advice: []string{"bedtime-phone", "walk", "tell-one", "read", "stretch"}},
			{ID: "steady", Level: 1, Advice: []string{"walk"}},
		},
		Flags: []questionnaire.Flag{
			{ID: "despair", Urgency: questionnaire.Now, When: item("mood", questionnaire.Is, 4)},
			{ID: "exhausted", Urgency: questionnaire.Soon, When: item("tired", questionnaire.Is, 4)},
		},
		Advice: []questionnaire.Advice{
			{ID: "bedtime-phone", When: item("late", questionnaire.AtLeast, 2)},
			{ID: "tell-one"}, {ID: "walk"}, {ID: "read"}, {ID: "stretch"},
		},
	})
}

func TestAResultHasScoresCriteriaBandFlagsAndAdvice(t *testing.T) {
	got := scored(t, evening(), scoring.Input{Answers: answers{"late": code(3), "tired": code(4), "mood": code(4)}})
	want := scoring.Result{
		Scores: []scoring.ScoreValue{
			{ID: "rest", Value: 7, OK: true, Max: 8},
			{ID: "screen-time", Max: 24, Missing: scoring.Skipped},
		},
		Criteria: []scoring.CriterionValue{{ID: "burdened", Met: true}, {ID: "low", Met: true}},
		Band:     scoring.Band{ID: "talk", Level: 3},
		Levels:   3,
		Flags:    []string{"despair", "exhausted"},
		Advice:   []string{"tell-one", "bedtime-phone"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the result is another (-want +got):\n%s", diff)
	}
}

func TestTheFirstBandThatHoldsIsTheResult(t *testing.T) {
	tests := []struct {
		name        string
		late, tired int
		want        scoring.Band
	}{
		{"both criteria and score hold, the criteria come first", 4, 4, scoring.Band{ID: "talk", Level: 3}},
		{"only the score holds", 2, 2, scoring.Band{ID: "try", Level: 2}},
		{"nothing holds, the last band takes it", 0, 1, scoring.Band{ID: "steady", Level: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result := scored(t, evening(), scoring.Input{Answers: answers{"late": code(test.late), "tired": code(test.tired)}})
			if result.Band != test.want || result.Levels != 3 {
				t.Errorf("the band is %v of %d, not %v of 3", result.Band, result.Levels, test.want)
			}
		})
	}
}

func TestABandMayBeARangeOfAScore(t *testing.T) {
	q := check(questionnaire.Score{Method: questionnaire.Sum, Of: of("late", "tired")}, optional(often("late")), optional(often("tired")))
	q.Bands = []questionnaire.Band{
		{ID: "low", Level: 1, Score: "total", From: 0, To: 3, Advice: []string{"walk"}},
		{ID: "high", Level: 2, Score: "total", From: 4, To: 8, Advice: []string{"walk"}},
	}
	q.Advice = []questionnaire.Advice{{ID: "walk"}}
	tests := []struct {
		name    string
		answers answers
		want    scoring.Band
		advice  []string
	}{
		{"the lowest value", answers{"late": code(0), "tired": code(0)}, scoring.Band{ID: "low", Level: 1}, []string{"walk"}},
		{"the upper edge of the lower band", answers{"late": code(3), "tired": code(0)}, scoring.Band{ID: "low", Level: 1}, []string{"walk"}},
		{"the lower edge of the upper band", answers{"late": code(3), "tired": code(1)}, scoring.Band{ID: "high", Level: 2}, []string{"walk"}},
		{"no score, so no band and no advice", answers{"late": code(3)}, scoring.Band{}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result := scored(t, q, scoring.Input{Answers: test.answers})
			if result.Band != test.want || !cmp.Equal(result.Advice, test.advice) {
				t.Errorf("the result is %v with %v, not %v with %v", result.Band, result.Advice, test.want, test.advice)
			}
		})
	}
}

func TestAdviceIsTheFirstThreeOfTheBandThatFit(t *testing.T) {
	tests := []struct {
		name        string
		late, tired int
		want        []string
	}{
		{"all fit, three are shown", 2, 2, []string{"bedtime-phone", "walk", "tell-one"}},
		{"the first does not fit, the next move up", 1, 4, []string{"walk", "tell-one", "read"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result := scored(t, evening(), scoring.Input{Answers: answers{"late": code(test.late), "tired": code(test.tired)}})
			if diff := cmp.Diff(test.want, result.Advice); diff != "" {
				t.Errorf("the advice is another (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFlagsDoNotDependOnTheBand(t *testing.T) {
	result := scored(t, evening(), scoring.Input{Answers: answers{"late": code(0), "tired": code(0), "mood": code(4)}})
	if diff := cmp.Diff([]string{"despair"}, result.Flags); result.Band.ID != "steady" || diff != "" {
		t.Errorf("in band %s the flags are others (-want +got):\n%s", result.Band.ID, diff)
	}
}

func TestCriteriaAskAboutEachOtherInWhateverOrderTheyStand(t *testing.T) {
	q := asking(often("late"))
	q.Criteria = []questionnaire.Criterion{
		{ID: "third", When: not(met("second"))},
		{ID: "second", Hidden: true, When: not(met("first"))},
		{ID: "first", When: item("late", questionnaire.AtLeast, 3)},
	}
	want := []scoring.CriterionValue{{ID: "third", Met: true}, {ID: "first", Met: true}}
	if diff := cmp.Diff(want, scored(t, q, scoring.Input{Answers: answers{"late": code(3)}}).Criteria); diff != "" {
		t.Errorf("the criteria are others (-want +got):\n%s", diff)
	}
}

// TestTheUrgentBandComesWithItsFlags: also where a flag is raised by what is missing, which leaves the rule of any
// other band open. Neither leaves the result open.
func TestTheUrgentBandComesWithItsFlags(t *testing.T) {
	silent := not(item("heavy", questionnaire.AtMost, 3))
	q := &questionnaire.Questionnaire{
		Items: []questionnaire.Item{optional(often("heavy"))},
		Flags: []questionnaire.Flag{{ID: "much", Urgency: questionnaire.Now, When: silent}},
		Bands: []questionnaire.Band{
			{ID: "first", Urgent: true, When: either(silent)},
			{ID: "fine", Level: 1},
		},
	}
	for _, test := range []struct {
		given answers
		want  string
	}{{answers{"heavy": code(4)}, "first"}, {answers{"heavy": code(3)}, "fine"}, {answers{}, "first"}} {
		result := scored(t, q, scoring.Input{Answers: test.given})
		if result.Band.ID != test.want || result.Open || (len(result.Flags) > 0) != (test.want == "first") {
			t.Errorf("%v: the band is %v (open: %t) with the flags %v, want %s", test.given, result.Band, result.Open, result.Flags, test.want)
		}
	}
}
