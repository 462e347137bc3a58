package scoring_test

import (
	"math"

	"pgregory.net/rapid"

	"predah/internal/questionnaire"
)

// nonsense draws a questionnaire as nobody writes it, yet close enough to one that
// some of them compile: few ids, most of them there, and any number anywhere.
func nonsense(t *rapid.T) *questionnaire.Questionnaire {
	q := &questionnaire.Questionnaire{}
	for _, id := range someIDs(t, "items") {
		q.Items = append(q.Items, questionnaire.Item{
			ID:       questionnaire.ItemID(id),
			Kind:     rapid.SampledFrom([]questionnaire.Kind{"", questionnaire.Single, questionnaire.Multiple, questionnaire.Number, questionnaire.YesNo, questionnaire.Time, questionnaire.Date, questionnaire.Text}).Draw(t, "kind"),
			Options:  options(rapid.SliceOfN(wildNumber(), 0, 3).Draw(t, "points")...),
			Bounds:   questionnaire.Bounds{Min: wildNumber().Draw(t, "low"), Max: wildNumber().Draw(t, "high")},
			Decimals: rapid.IntRange(-1, 5).Draw(t, "decimals"),
			Optional: rapid.Bool().Draw(t, "optional"),
			ShowWhen: wildCondition(t),
		})
	}
	for _, id := range someIDs(t, "scores") {
		q.Scores = append(q.Scores, wildScore(t, questionnaire.ScoreID(id)))
	}
	for _, id := range someIDs(t, "criteria") {
		q.Criteria = append(q.Criteria, questionnaire.Criterion{ID: questionnaire.CriterionID(id), When: wildCondition(t)})
	}
	for _, id := range someIDs(t, "bands") {
		q.Bands = append(q.Bands, questionnaire.Band{
			ID: id, Score: questionnaire.ScoreID(wildID(t)), From: wildNumber().Draw(t, "from"), To: wildNumber().Draw(t, "to"),
			When: wildCondition(t), Advice: someIDs(t, "band's advice"),
		})
	}
	for _, id := range someIDs(t, "advice") {
		q.Advice = append(q.Advice, questionnaire.Advice{ID: id, When: wildCondition(t)})
	}
	for _, id := range someIDs(t, "sections") {
		section := questionnaire.Section{ID: id, AtMost: rapid.IntRange(-1, 2).Draw(t, "at most")}
		section.Place = rapid.SampledFrom([]questionnaire.Place{"", questionnaire.BeforeAdvice, questionnaire.AfterAdvice}).Draw(t, "place")
		for _, step := range someIDs(t, "steps") {
			section.Steps = append(section.Steps, questionnaire.Step{ID: step, When: wildCondition(t)})
		}
		q.Guidance = append(q.Guidance, section)
		q.Suggest = append(q.Suggest, questionnaire.Suggestion{Check: questionnaire.ID(id), When: wildCondition(t)})
	}
	q.Examples = []questionnaire.Example{{Answers: answers{"a": code(0), "b": codes(0)}}}
	return q
}

func wildScore(t *rapid.T, id questionnaire.ScoreID) questionnaire.Score {
	s := questionnaire.Score{
		ID: id,
		Method: rapid.SampledFrom([]questionnaire.Method{
			"", questionnaire.Sum, questionnaire.Mean, questionnaire.WeightedSum,
			questionnaire.Count, questionnaire.Min, questionnaire.Max, questionnaire.Product, questionnaire.Quotient,
		}).Draw(t, "method"),
		ProrateUpTo: wildNumber().Draw(t, "prorate"),
		Then:        rapid.SliceOfN(rapid.Custom(wildTransform), 0, 3).Draw(t, "then"),
		Raw:         questionnaire.Bounds{Min: wildNumber().Draw(t, "lowest"), Max: wildNumber().Draw(t, "highest")},
		Min:         wildNumber().Draw(t, "min"),
		Max:         wildNumber().Draw(t, "max"),
	}
	if test := wildComparison(t); len(test.Values) > 0 {
		s.CountWhen = &test
	}
	for range rapid.IntRange(0, 3).Draw(t, "parts") {
		part := questionnaire.Part{Reverse: rapid.Bool().Draw(t, "reverse"), Weight: wildNumber().Draw(t, "weight")}
		if rapid.Bool().Draw(t, "of a score") {
			part.Score = questionnaire.ScoreID(wildID(t))
		} else {
			part.Item = questionnaire.ItemID(wildID(t))
		}
		s.Of = append(s.Of, part)
	}
	return s
}

// wildTransform draws something that mostly cannot be done with a score.
func wildTransform(t *rapid.T) questionnaire.Transform {
	bounds := func() questionnaire.Bounds {
		return questionnaire.Bounds{Min: wildNumber().Draw(t, "from"), Max: wildNumber().Draw(t, "to")}
	}
	return questionnaire.Transform{
		Kind: rapid.SampledFrom([]questionnaire.TransformKind{
			"", questionnaire.Multiply, questionnaire.Add, questionnaire.ScaleTo, questionnaire.Standardise, questionnaire.ZToT,
			questionnaire.Round, questionnaire.Clamp, questionnaire.Points, questionnaire.Lookup,
		}).Draw(t, "kind"),
		By: wildNumber().Draw(t, "by"), Mean: wildNumber().Draw(t, "mean"), SD: wildNumber().Draw(t, "sd"),
		From: bounds(), To: bounds(), Places: rapid.IntRange(-1, 5).Draw(t, "places"), Table: wildID(t),
		Pieces: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) questionnaire.Piece {
			return questionnaire.Piece{End: wildNumber().Draw(t, "end"), Worth: wildNumber().Draw(t, "worth")}
		}), 0, 2).Draw(t, "pieces"),
	}
}

// wildCondition draws a condition that may be missing, two things at once, or contain itself.
func wildCondition(t *rapid.T) *questionnaire.Condition {
	of := &questionnaire.Condition{Test: wildComparison(t), AtLeast: rapid.IntRange(-1, 2).Draw(t, "at least")}
	switch rapid.IntRange(0, 9).Draw(t, "form") {
	case 0:
		return nil
	case 1:
		of.Age = true
	case 2:
		of.Score = questionnaire.ScoreID(wildID(t))
	case 3:
		of.Criterion = questionnaire.CriterionID(wildID(t))
	case 4:
		of.Not = wildCondition(t)
	case 5:
		of.Of = []*questionnaire.Condition{wildCondition(t), wildCondition(t)}
	case 6:
		of.All = []*questionnaire.Condition{of, of}
	case 7:
		of.Age, of.Item = true, "a"
	default:
		of.Item = questionnaire.ItemID(wildID(t))
	}
	return of
}

func wildComparison(t *rapid.T) questionnaire.Comparison {
	return questionnaire.Comparison{
		Operator: rapid.SampledFrom([]questionnaire.Operator{
			"", questionnaire.Is, questionnaire.In, questionnaire.AtLeast, questionnaire.AtMost,
			questionnaire.MoreThan, questionnaire.LessThan, questionnaire.Includes, questionnaire.Answered,
		}).Draw(t, "operator"),
		Values: rapid.SliceOfN(wildNumber(), 0, 2).Draw(t, "constants"),
	}
}

// wildNumber draws numbers from ordinary to impossible.
func wildNumber() *rapid.Generator[float64] {
	return rapid.OneOf(
		rapid.SampledFrom([]float64{0, 1, 0.5, -1, math.NaN(), math.Inf(1), math.SmallestNonzeroFloat64, 1e12}),
		rapid.Float64(),
	)
}

// wildID draws one of the few ids there are, sometimes none.
func wildID(t *rapid.T) string {
	return rapid.SampledFrom([]string{"a", "b", "c", ""}).Draw(t, "id")
}

// someIDs draws a few ids that may repeat.
func someIDs(t *rapid.T, label string) []string {
	return rapid.SliceOfN(rapid.SampledFrom([]string{"a", "a", "b", "c"}), 0, 3).Draw(t, label)
}
