package scoring_test

import (
	"fmt"
	"math"
	"slices"

	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// anyQuestionnaire draws a questionnaire that compiles: up to eight items of every
// kind that may depend on each other, scores of items and of scores, and rules.
func anyQuestionnaire(t *rapid.T) *questionnaire.Questionnaire {
	q := &questionnaire.Questionnaire{ID: "drawn", Tables: someTable()}
	for i := range rapid.IntRange(1, 8).Draw(t, "items") {
		it := anyItem(t, questionnaire.ItemID(fmt.Sprintf("item-%d", i)))
		for i == 0 && it.Kind == questionnaire.Text {
			it = anyItem(t, it.ID)
		}
		if i > 0 && rapid.Bool().Draw(t, "depends") {
			it.ShowWhen = anyCondition(t, q, 2)
		}
		q.Items = append(q.Items, it)
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "scores") {
		q.Scores = append(q.Scores, anyScore(t, q, questionnaire.ScoreID(fmt.Sprintf("score-%d", i))))
	}
	ranged(q)
	for i := range rapid.IntRange(0, 3).Draw(t, "criteria") {
		q.Criteria = append(q.Criteria, questionnaire.Criterion{
			ID:     questionnaire.CriterionID(fmt.Sprintf("criterion-%d", i)),
			Hidden: rapid.Bool().Draw(t, "hidden"),
			When:   anyCondition(t, q, 3),
		})
	}
	q.Advice = []questionnaire.Advice{{ID: "walk"}, {ID: "read", When: anyCondition(t, q, 2)}}
	q.Flags = []questionnaire.Flag{{ID: "flag", When: anyCondition(t, q, 3)}}
	q.Bands = []questionnaire.Band{
		{ID: "high", Level: 2, When: anyCondition(t, q, 3), Advice: []string{"read", "walk"}},
		{ID: "low", Level: 1, Advice: []string{"walk"}},
	}
	q.Guidance = []questionnaire.Section{{
		ID: "steps", Place: questionnaire.AfterAdvice, AtMost: rapid.IntRange(0, 3).Draw(t, "at most"),
		Steps: []questionnaire.Step{{ID: "rest", When: anyCondition(t, q, 2)}, {ID: "drink", When: anyCondition(t, q, 1)}},
	}}
	q.Suggest = []questionnaire.Suggestion{{Check: "other", When: anyCondition(t, q, 2)}}
	return q
}

func anyItem(t *rapid.T, id questionnaire.ItemID) questionnaire.Item {
	it := questionnaire.Item{
		ID:       id,
		Kind:     rapid.SampledFrom([]questionnaire.Kind{questionnaire.Single, questionnaire.Multiple, questionnaire.Number, questionnaire.YesNo, questionnaire.Time, questionnaire.Date, questionnaire.Text}).Draw(t, "kind"),
		Optional: rapid.Bool().Draw(t, "optional"),
	}
	switch it.Kind {
	case questionnaire.Number:
		low := float64(rapid.IntRange(-5, 5).Draw(t, "low"))
		it.Bounds = questionnaire.Bounds{Min: low, Max: low + float64(rapid.IntRange(0, 30).Draw(t, "width"))}
		it.Decimals = rapid.IntRange(0, 4).Draw(t, "decimals")
	case questionnaire.Time:
		it.Bounds = questionnaire.Bounds{Max: questionnaire.LastMinute}
	case questionnaire.Date:
		it.Bounds = questionnaire.Bounds{Min: 20_000, Max: 21_000}
	case questionnaire.Text:
		it.Optional, it.Length = true, 200
	case questionnaire.YesNo:
		it.Options = yesNo(id).Options
	default:
		it.Options = options(rapid.SliceOfN(anyNumber(), 1, 5).Draw(t, "points")...)
	}
	return it
}

func anyScore(t *rapid.T, q *questionnaire.Questionnaire, id questionnaire.ScoreID) questionnaire.Score {
	s := questionnaire.Score{
		ID: id,
		Method: rapid.SampledFrom([]questionnaire.Method{
			questionnaire.Sum, questionnaire.Mean, questionnaire.WeightedSum,
			questionnaire.Count, questionnaire.Min, questionnaire.Max, questionnaire.Product, questionnaire.Difference,
			questionnaire.Quotient, questionnaire.HoursBetween, questionnaire.DaysBetween,
		}).Draw(t, "method"),
		ProrateUpTo: rapid.SampledFrom([]float64{0, 0.2, 0.5, 1}).Draw(t, "prorate"),
		Missing:     rapid.SampledFrom([]questionnaire.Missing{"", questionnaire.MissingZero, questionnaire.MissingMedian}).Draw(t, "missing"),
		Then:        rapid.SliceOfN(rapid.Custom(anyTransform), 0, 3).Draw(t, "then"),
	}
	if s.Method == questionnaire.Count {
		s.CountWhen = &questionnaire.Comparison{Operator: questionnaire.AtLeast, Values: []float64{anyNumber().Draw(t, "from")}}
	}
	least, most := 1, 5
	if s.Method.Pairs() {
		least, most = 2, 2
	}
	for range rapid.IntRange(least, most).Draw(t, "parts") {
		part := questionnaire.Part{Reverse: rapid.Bool().Draw(t, "reverse"), Weight: rapid.SampledFrom([]float64{1, 2, 0.5, -1}).Draw(t, "weight")}
		if len(q.Scores) > 0 && rapid.Bool().Draw(t, "of a score") {
			part.Score = rapid.SampledFrom(q.Scores).Draw(t, "score").ID
		} else {
			part.Item = rapid.SampledFrom(scorable(q)).Draw(t, "item").ID
		}
		s.Of = append(s.Of, part)
	}
	if rapid.IntRange(0, 3).Draw(t, "counts what was not asked") == 0 {
		points := anyNumber().Draw(t, "not asked")
		s.NotAsked = &points
	}
	if s.ProrateUpTo == 0 {
		s.AnsweredAtLeast = rapid.IntRange(0, len(s.Of)).Draw(t, "answered at least")
	}
	return s
}

// anyTransform draws something to be done with a score.
func anyTransform(t *rapid.T) questionnaire.Transform {
	return rapid.SampledFrom([]questionnaire.Transform{
		{Kind: questionnaire.Multiply, By: -2.5},
		{Kind: questionnaire.Add, By: 0.1},
		{Kind: questionnaire.ScaleTo, From: questionnaire.Bounds{Min: -3, Max: 4}, To: questionnaire.Bounds{Max: 100}},
		{Kind: questionnaire.Standardise, Mean: 12.3, SD: 0.7},
		{Kind: questionnaire.ZToT},
		{Kind: questionnaire.Round, Rounding: questionnaire.HalfUp},
		{Kind: questionnaire.Round, Rounding: questionnaire.HalfEven, Places: 1},
		{Kind: questionnaire.Round, Rounding: questionnaire.Floor},
		{Kind: questionnaire.Clamp, To: questionnaire.Bounds{Min: 1, Max: 5}},
		{Kind: questionnaire.Points, Pieces: []questionnaire.Piece{{End: 1, Worth: 3}, {End: 2.5, Without: true}, {End: math.Inf(1), Worth: 1}}},
		{Kind: questionnaire.Lookup, Table: "by-age-and-sex"},
	}).Draw(t, "transform")
}

// someTable is the table that drawn questionnaires look things up in.
func someTable() []questionnaire.Table {
	rows := []questionnaire.Row{{Value: 0, Result: 30}, {Value: 2, Result: 45}, {Value: 9, Result: 70}}
	return []questionnaire.Table{{ID: "by-age-and-sex", Interpolate: true, Norms: []questionnaire.Norm{
		{Sex: questionnaire.Female, Ages: &questionnaire.AgeRange{Max: 1}, Rows: rows},
		{Sex: questionnaire.Male, Rows: rows[1:]},
	}}}
}

// scorable lists the items that are no free text; the first one never is.
func scorable(q *questionnaire.Questionnaire) []questionnaire.Item {
	return slices.DeleteFunc(slices.Clone(q.Items), func(it questionnaire.Item) bool { return it.Kind == questionnaire.Text })
}

// anyCondition draws a condition about what the questionnaire has so far.
func anyCondition(t *rapid.T, q *questionnaire.Questionnaire, depth int) *questionnaire.Condition {
	if depth > 0 && rapid.Bool().Draw(t, "nested") {
		a, b := anyCondition(t, q, depth-1), anyCondition(t, q, depth-1)
		return rapid.SampledFrom([]*questionnaire.Condition{all(a, b), either(a, b), not(a), atLeast(2, a, b)}).Draw(t, "form")
	}
	operator := rapid.SampledFrom([]questionnaire.Operator{
		questionnaire.Is, questionnaire.In, questionnaire.AtLeast, questionnaire.AtMost,
		questionnaire.MoreThan, questionnaire.LessThan, questionnaire.Answered,
	}).Draw(t, "operator")
	test := questionnaire.Comparison{Operator: operator, Values: []float64{float64(rapid.IntRange(0, 1).Draw(t, "constant"))}}
	switch about := rapid.IntRange(0, 5).Draw(t, "about"); {
	case about == 4:
		return &questionnaire.Condition{Sex: questionnaire.Female}
	case about == 5 && len(q.Scores) > 1:
		versus := questionnaire.Comparison{Operator: questionnaire.MoreThan, Other: q.Scores[0].ID}
		return &questionnaire.Condition{Score: q.Scores[1].ID, Test: versus}
	case about == 0:
		return &questionnaire.Condition{Age: true, Test: test}
	case about == 1 && len(q.Criteria) > 0:
		return met(rapid.SampledFrom(q.Criteria).Draw(t, "criterion").ID)
	case about == 2 && len(q.Scores) > 0:
		return &questionnaire.Condition{Score: rapid.SampledFrom(q.Scores).Draw(t, "score").ID, Test: test}
	}
	it := rapid.SampledFrom(scorable(q)).Draw(t, "item")
	if it.Kind == questionnaire.Multiple && operator != questionnaire.Answered {
		test.Operator = questionnaire.Includes
	}
	return &questionnaire.Condition{Item: it.ID, Test: test}
}

// anyNumber draws points: mostly the small numbers that authors write.
func anyNumber() *rapid.Generator[float64] {
	return rapid.OneOf(
		rapid.Map(rapid.IntRange(-2, 5), func(n int) float64 { return float64(n) }),
		rapid.Float64Range(-1000, 1000),
	)
}

// anyAnswer draws an answer that is right for the item.
func anyAnswer(t *rapid.T, it questionnaire.Item) questionnaire.Answer {
	switch it.Kind {
	case questionnaire.Number:
		fineness := math.Pow10(it.Decimals)
		steps := rapid.IntRange(0, int((it.Bounds.Max-it.Bounds.Min)*fineness)).Draw(t, string(it.ID))
		return questionnaire.Answer{Number: math.Round(it.Bounds.Min*fineness+float64(steps)) / fineness}
	case questionnaire.Time, questionnaire.Date:
		form := questionnaire.Clock
		if it.Kind == questionnaire.Date {
			form = questionnaire.Day
		}
		return questionnaire.Answer{Number: float64(rapid.IntRange(int(it.Bounds.Min), int(it.Bounds.Max)).Draw(t, string(it.ID))), Form: form}
	case questionnaire.Text:
		return questionnaire.Answer{}
	case questionnaire.Multiple:
		chosen := rapid.SliceOfNDistinct(rapid.SampledFrom(it.Options), 1, len(it.Options), func(o questionnaire.Option) int { return o.Code })
		var all []int
		for _, option := range chosen.Draw(t, string(it.ID)) {
			all = append(all, option.Code)
		}
		return codes(all...)
	}
	return code(rapid.SampledFrom(it.Options).Draw(t, string(it.ID)).Code)
}

// anyInput draws answers that are right: to all that must be answered, and to some that may.
func anyInput(t *rapid.T, q *questionnaire.Questionnaire, program *scoring.Program) scoring.Input {
	in := scoring.Input{Answers: answers{}, Sex: rapid.SampledFrom([]questionnaire.Sex{"", questionnaire.Female, questionnaire.Male}).Draw(t, "sex")}
	if rapid.Bool().Draw(t, "age is known") {
		in.Age = years(rapid.IntRange(0, 2).Draw(t, "age"))
	}
	for _, it := range q.Items {
		if it.Kind == questionnaire.Text || !shows(program, in, it.ID) || it.Optional && rapid.Bool().Draw(t, "skipped") {
			continue
		}
		in.Answers[it.ID] = anyAnswer(t, it)
	}
	return in
}

// anyNoise draws answers that are mostly wrong.
func anyNoise(t *rapid.T, q *questionnaire.Questionnaire) scoring.Input {
	in := scoring.Input{Answers: answers{}}
	for _, it := range q.Items {
		if it.Kind == questionnaire.Text {
			continue
		}
		switch rapid.IntRange(0, 3).Draw(t, "noise") {
		case 0:
			in.Answers[it.ID] = code(rapid.OneOf(rapid.IntRange(-1, 6), rapid.Int(), rapid.Just(math.MinInt)).Draw(t, "number"))
		case 1:
			in.Answers[it.ID] = codes(rapid.SliceOf(rapid.IntRange(-1, 5)).Draw(t, "codes")...)
		case 2:
			in.Answers[it.ID] = anyAnswer(t, it)
		}
	}
	if rapid.Bool().Draw(t, "stranger") {
		in.Answers[questionnaire.ItemID(rapid.String().Draw(t, "name"))] = code(0)
	}
	return in
}
