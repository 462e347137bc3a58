package proof

import (
	"fmt"
	"math"

	"pgregory.net/rapid"

	"predah/internal/questionnaire"
)

// anyQuestionnaire draws a questionnaire small enough to go through all answers to it.
func anyQuestionnaire(t *rapid.T) *questionnaire.Questionnaire {
	q := &questionnaire.Questionnaire{ID: "drawn", Ages: questionnaire.Range{Min: 12, Max: 13}}
	for i := range rapid.IntRange(1, 4).Draw(t, "items") {
		item := anyItem(t, questionnaire.ItemID(fmt.Sprintf("item-%d", i)))
		if i > 0 && rapid.IntRange(0, 2).Draw(t, "depends") == 0 {
			item.ShowWhen = anyCondition(t, &questionnaire.Questionnaire{Items: q.Items}, 1)
		}
		q.Items = append(q.Items, item)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "scores") {
		q.Scores = append(q.Scores, anyScore(t, q, questionnaire.ScoreID(fmt.Sprintf("score-%d", i))))
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "criteria") {
		q.Criteria = append(q.Criteria, questionnaire.Criterion{
			ID: questionnaire.CriterionID(fmt.Sprintf("criterion-%d", i)), When: anyCondition(t, q, 2),
		})
	}
	for i := range 5 {
		advice := questionnaire.Advice{ID: fmt.Sprintf("advice-%d", i)}
		if i > 0 {
			advice.When = anyCondition(t, q, 1)
		}
		q.Advice = append(q.Advice, advice)
	}
	q.Flags = []questionnaire.Flag{{ID: "flag", When: anyCondition(t, q, 2)}}
	q.Guidance = []questionnaire.Section{{ID: "section", Place: questionnaire.BeforeAdvice, AtMost: 1, Steps: []questionnaire.Step{
		{ID: "first", When: anyCondition(t, q, 1)}, {ID: "second", When: anyCondition(t, q, 1)},
	}}}
	q.Suggest = []questionnaire.Suggestion{{Check: "other", When: anyCondition(t, q, 1)}}
	q.Bands = anyBands(t, q)
	if rapid.Bool().Draw(t, "an exception") {
		q.Exceptions = []questionnaire.Exception{{
			Item:  rapid.SampledFrom(q.Items).Draw(t, "excepted").ID,
			Worse: rapid.SampledFrom([]questionnaire.Worse{questionnaire.WorseLower, questionnaire.WorseHigher, questionnaire.WorseNeither}).Draw(t, "excepted as"),
		}}
	}
	return q
}

func anyBands(t *rapid.T, q *questionnaire.Questionnaire) []questionnaire.Band {
	advice := []string{"advice-1", "advice-2", "advice-3", "advice-4", "advice-0"}
	if len(q.Scores) > 0 && rapid.IntRange(0, 2).Draw(t, "ranges") == 0 {
		s := q.Scores[0]
		middle := math.Trunc((s.Min + s.Max) / 2)
		return []questionnaire.Band{
			{ID: "low", Level: 1, Score: s.ID, From: s.Min, To: middle, Advice: advice},
			{ID: "high", Level: 2, Score: s.ID, From: middle + 1, To: s.Max, Advice: advice[2:]},
		}
	}
	levels := rapid.SampledFrom([][]questionnaire.Level{{3, 2, 1}, {2, 1, 1}, {1, 3, 2}, {0, 2, 1}, {2, 1, 0}}).Draw(t, "levels")
	return []questionnaire.Band{
		{ID: "first", Level: levels[0], When: anyCondition(t, q, 2), Advice: advice},
		{ID: "second", Level: levels[1], When: anyCondition(t, q, 2), Advice: advice[2:]},
		{ID: "rest", Level: levels[2], Advice: advice[1:]},
	}
}

func anyItem(t *rapid.T, id questionnaire.ItemID) questionnaire.Item {
	item := questionnaire.Item{
		ID: id,
		Kind: rapid.SampledFrom([]questionnaire.Kind{
			questionnaire.Single, questionnaire.Single, questionnaire.Multiple, questionnaire.Number, questionnaire.YesNo,
		}).Draw(t, "kind"),
		Optional: rapid.Bool().Draw(t, "optional"),
	}
	item.Harm = item.Kind != questionnaire.Multiple && rapid.Bool().Draw(t, "harm")
	points := rapid.SampledFrom([]float64{-1, 0, 0.5, 1, 2, 3})
	switch item.Kind {
	case questionnaire.Number:
		item.Bounds = questionnaire.Bounds{Min: 0, Max: float64(rapid.IntRange(1, 4).Draw(t, "highest"))}
	case questionnaire.YesNo:
		item.Options = []questionnaire.Option{{Code: 1, Points: 1}, {Code: 0}}
	default:
		for code := range rapid.IntRange(2, 3).Draw(t, "options") {
			item.Options = append(item.Options, questionnaire.Option{Code: code, Points: points.Draw(t, "points")})
		}
	}
	return item
}

// anyScore draws a score. Its limits are wide, but for a reversed score they matter.
func anyScore(t *rapid.T, q *questionnaire.Questionnaire, id questionnaire.ScoreID) questionnaire.Score {
	s := questionnaire.Score{
		ID: id,
		Method: rapid.SampledFrom([]questionnaire.Method{
			questionnaire.Sum, questionnaire.Mean, questionnaire.WeightedSum, questionnaire.Count, questionnaire.Min, questionnaire.Max,
		}).Draw(t, "method"),
		ProrateUpTo: rapid.SampledFrom([]float64{0, 0, 0.25, 0.5, 1}).Draw(t, "prorate"),
		Min:         -4, Max: 8,
		Worse:  rapid.SampledFrom([]questionnaire.Worse{"", questionnaire.WorseLower}).Draw(t, "worse"),
		Hidden: rapid.Bool().Draw(t, "hidden"),
	}
	if s.Method == questionnaire.Count {
		s.CountWhen = &questionnaire.Comparison{Operator: anyOperator(t), Values: []float64{float64(rapid.IntRange(0, 2).Draw(t, "counted from"))}}
		if s.CountWhen.Operator == questionnaire.Answered {
			s.CountWhen.Operator = questionnaire.AtLeast
		}
	}
	if rapid.IntRange(0, 2).Draw(t, "counts what was not asked") == 0 {
		points := rapid.SampledFrom([]float64{0, 1, -1, 0.5}).Draw(t, "not asked")
		s.NotAsked = &points
	}
	ofScores := len(q.Scores) > 0 && rapid.IntRange(0, 2).Draw(t, "of scores") == 0
	for range rapid.IntRange(1, 4).Draw(t, "parts") {
		part := questionnaire.Part{Reverse: rapid.Bool().Draw(t, "reverse"), Weight: rapid.SampledFrom([]float64{1, 2, 0.5, -1}).Draw(t, "weight")}
		if ofScores {
			part.Score = rapid.SampledFrom(q.Scores).Draw(t, "score").ID
		} else {
			part.Item = rapid.SampledFrom(q.Items).Draw(t, "item").ID
		}
		s.Of = append(s.Of, part)
	}
	return s
}

func anyOperator(t *rapid.T) questionnaire.Operator {
	return rapid.SampledFrom([]questionnaire.Operator{
		questionnaire.AtLeast, questionnaire.AtLeast, questionnaire.AtMost, questionnaire.MoreThan, questionnaire.LessThan,
		questionnaire.Is, questionnaire.In, questionnaire.Answered,
	}).Draw(t, "operator")
}

// anyCondition draws a condition about what the questionnaire has so far.
func anyCondition(t *rapid.T, q *questionnaire.Questionnaire, depth int) *questionnaire.Condition {
	if depth > 0 && rapid.Bool().Draw(t, "nested") {
		parts := []*questionnaire.Condition{anyCondition(t, q, depth-1), anyCondition(t, q, depth-1), anyCondition(t, q, depth-1)}
		return rapid.SampledFrom([]*questionnaire.Condition{
			{All: parts[:2]}, {Any: parts}, {Not: parts[0]}, {Of: parts, AtLeast: 2},
		}).Draw(t, "form")
	}
	test := questionnaire.Comparison{Operator: anyOperator(t), Values: []float64{float64(rapid.IntRange(0, 3).Draw(t, "constant"))}}
	if test.Operator == questionnaire.Answered {
		test.Values[0] = min(test.Values[0], 1)
	}
	switch about := rapid.IntRange(0, 5).Draw(t, "about"); {
	case about == 0:
		if test.Operator != questionnaire.Answered {
			test.Values[0] += 11
		}
		return &questionnaire.Condition{Age: true, Test: test}
	case about == 1 && len(q.Criteria) > 0:
		return &questionnaire.Condition{Criterion: rapid.SampledFrom(q.Criteria).Draw(t, "criterion").ID}
	case about <= 3 && len(q.Scores) > 0:
		return &questionnaire.Condition{Score: rapid.SampledFrom(q.Scores).Draw(t, "score").ID, Test: test}
	}
	item := rapid.SampledFrom(q.Items).Draw(t, "item")
	if item.Kind == questionnaire.Multiple && test.Operator != questionnaire.Answered {
		test.Operator = questionnaire.Includes
	}
	return &questionnaire.Condition{Item: item.ID, Test: test}
}
