package proof

import (
	"testing"

	"predah/internal/questionnaire"
)

// TestScoresThatAreOpenAreReadAsTheyAreScored: what a score without a value could be is the same to
// the proof as to package scoring, also at the edges: one possible value, values that no option is
// worth, and the count of a score of which nothing is known.
func TestScoresThatAreOpenAreReadAsTheyAreScored(t *testing.T) {
	atLeast := func(x float64) questionnaire.Comparison {
		return questionnaire.Comparison{Operator: questionnaire.AtLeast, Values: []float64{x}}
	}
	among := func(x float64) questionnaire.Comparison {
		return questionnaire.Comparison{Operator: questionnaire.In, Values: []float64{x}}
	}
	count := func(when questionnaire.Comparison, of ...questionnaire.Part) questionnaire.Score {
		return questionnaire.Score{ID: "s", Method: questionnaire.Count, CountWhen: &when, Of: of, Min: -4, Max: 8}
	}
	x, y := questionnaire.Part{Item: "x", Weight: 1}, questionnaire.Part{Item: "y", Weight: 1}
	least := questionnaire.Score{ID: "least", Method: questionnaire.Min, Of: []questionnaire.Part{x, y}, Min: -4, Max: 8}
	for name, test := range map[string]struct {
		scores []questionnaire.Score
		when   questionnaire.Comparison
	}{
		"it can be one number only":            {[]questionnaire.Score{count(atLeast(-1), x, y)}, among(2)},
		"a number between what options give":   {[]questionnaire.Score{count(among(0), x, y)}, questionnaire.Comparison{Operator: questionnaire.LessThan, Values: []float64{1}}},
		"a count of what has no bounds":        {[]questionnaire.Score{least, count(atLeast(1), questionnaire.Part{Score: "least", Weight: 1})}, atLeast(0)},
		"a count of what has no bounds, above": {[]questionnaire.Score{least, count(atLeast(1), questionnaire.Part{Score: "least", Weight: 1})}, atLeast(1)},
	} {
		t.Run(name, func(t *testing.T) {
			asked := func(id questionnaire.ItemID) questionnaire.Item {
				return questionnaire.Item{ID: id, Kind: questionnaire.Single, Optional: id == "y",
					Options: []questionnaire.Option{{Code: 0, Points: -1}, {Code: 1, Points: 0.5}}}
			}
			when := &questionnaire.Condition{Score: "s", Test: test.when}
			q := &questionnaire.Questionnaire{
				ID: "drawn", Ages: questionnaire.Range{Min: 12, Max: 12},
				Items: []questionnaire.Item{asked("x"), asked("y")}, Scores: test.scores,
				Criteria: []questionnaire.Criterion{
					{ID: "is", When: when}, {ID: "is-not", When: &questionnaire.Condition{Not: when}},
				},
				Bands: []questionnaire.Band{
					{ID: "first", Level: 3, When: &questionnaire.Condition{Criterion: "is"}},
					{ID: "second", Level: 2, When: &questionnaire.Condition{Criterion: "is-not"}},
					{ID: "rest", Level: 1},
				},
			}
			expectWhatBruteForceFinds(t, q, splitFrom)
		})
	}
}
