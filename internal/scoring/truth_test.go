package scoring_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// six is a questionnaire of six items that may be skipped, up to 5 points each, and criteria of
// their sum, which does without none of them.
func six(when ...*questionnaire.Condition) *questionnaire.Questionnaire {
	var items []questionnaire.Item
	var ids []questionnaire.ItemID
	for i := range 6 {
		id := questionnaire.ItemID(fmt.Sprint("i", i))
		items = append(items, optional(questionnaire.Item{ID: id, Kind: questionnaire.Single, Options: options(0, 1, 2, 3, 4, 5)}))
		ids = append(ids, id)
	}
	q := check(questionnaire.Score{Method: questionnaire.Sum, Of: of(ids...)}, items...)
	for i, one := range when {
		q.Criteria = append(q.Criteria, questionnaire.Criterion{ID: questionnaire.CriterionID(fmt.Sprint("c", i)), When: one})
	}
	return q
}

// told says of each criterion whether it is met.
func told(result scoring.Result) string {
	text := ""
	for _, c := range result.Criteria {
		switch {
		case c.Met:
			text += "+"
		case c.Open:
			text += "?"
		default:
			text += "-"
		}
	}
	return text
}

func TestASumThatCanOnlyGrowSettlesWhatItHasReached(t *testing.T) {
	q := six(points("total", questionnaire.AtLeast, 24), points("total", questionnaire.AtLeast, 28), points("total", questionnaire.AtLeast, 33))
	for i := range q.Items {
		q.Items[i].Options = options(0, 1, 2, 3, 4, 5, 6)
	}
	ranged(q)
	result := scored(t, q, scoring.Input{Answers: answers{"i0": code(5), "i1": code(5), "i2": code(5), "i3": code(5), "i4": code(6)}})
	if score := result.Scores[0]; score.OK || score.Missing != scoring.Skipped {
		t.Errorf("with one of six skipped there is a score: %+v", score)
	}
	if got, want := told(result), "+?-"; got != want {
		t.Errorf("26 points and 0 to 6 more are told as %s, not %s", got, want)
	}
}

func TestACriterionIsOpenWhereTheAnswersDoNotSettleIt(t *testing.T) {
	q := six(
		points("total", questionnaire.AtLeast, 24),
		points("total", questionnaire.AtLeast, 28),
		points("total", questionnaire.AtLeast, 30.5),
		not(points("total", questionnaire.LessThan, 24)),
		atLeast(5, item("i0", questionnaire.Is, 5), item("i1", questionnaire.Is, 5), item("i2", questionnaire.Is, 5),
			item("i3", questionnaire.Is, 5), item("i4", questionnaire.Is, 5), item("i5", questionnaire.Is, 5)),
		item("i5", questionnaire.Answered, 0),
		met("c1"), not(met("c1")), either(met("c0"), met("c1")), all(met("c2"), met("c1")),
	)
	in := scoring.Input{Answers: answers{"i0": code(5), "i1": code(5), "i2": code(5), "i3": code(5)}}
	for _, test := range []struct {
		last *questionnaire.Answer
		i4   int
		want string
	}{
		{nil, 5, "+?-+++??+-"},                     // 25, and 0 to 5 more
		{nil, 1, "?--??+-+?-"},                     // 21, and 0 to 5 more
		{&questionnaire.Answer{}, 5, "+--++--++-"}, // 25
	} {
		in.Answers["i4"] = code(test.i4)
		delete(in.Answers, "i5")
		if test.last != nil {
			in.Answers["i5"] = *test.last
		}
		if got := told(scored(t, q, in)); got != test.want {
			t.Errorf("with %d and %v the criteria are %s, not %s", test.i4, test.last, got, test.want)
		}
	}
}

func TestABandThatIsOpenIsNotGivenAndSaysSo(t *testing.T) {
	q := six(points("total", questionnaire.AtLeast, 24))
	q.Bands = []questionnaire.Band{
		{ID: "talk", Level: 2, When: met("c0")},
		{ID: "steady", Level: 1},
	}
	q.BandSets = []questionnaire.BandSet{{ID: "denied", Bands: []questionnaire.Band{{ID: "low", When: not(met("c0"))}, {ID: "rest"}}}}
	for answered, want := range map[int]string{
		0: "steady true rest true", 4: "steady true rest true", 5: "talk false rest false", 6: "talk false rest false",
	} {
		in := scoring.Input{Answers: answers{}}
		for i := range answered {
			in.Answers[questionnaire.ItemID(fmt.Sprint("i", i))] = code(5)
		}
		r := scored(t, q, in)
		if got := fmt.Sprint(r.Band.ID, " ", r.Open, " ", r.BandSets[0].Band.ID, " ", r.BandSets[0].Open); got != want {
			t.Errorf("%d answers give %s, not %s", answered, got, want)
		}
	}
}

// TestWhatIsSettledStaysSo draws questionnaires, and answers of which some are then taken back: a
// criterion that was settled without them is the same with them.
func TestWhatIsSettledStaysSo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "items")
		method := rapid.SampledFrom([]questionnaire.Method{questionnaire.Sum, questionnaire.Mean, questionnaire.WeightedSum, questionnaire.Count, questionnaire.Min}).Draw(t, "method")
		total := questionnaire.Score{Method: method, CountWhen: &questionnaire.Comparison{Operator: questionnaire.AtLeast, Values: []float64{2}}}
		if method != questionnaire.Count {
			total.CountWhen = nil
		}
		var items []questionnaire.Item
		full, part := answers{}, answers{}
		for i := range n {
			id := questionnaire.ItemID(fmt.Sprint("i", i))
			items = append(items, optional(often(id)))
			weight := 1.0
			if method == questionnaire.WeightedSum {
				weight = rapid.SampledFrom([]float64{-1.5, 0.1, 2}).Draw(t, "weight")
			}
			total.Of = append(total.Of, questionnaire.Part{Item: id, Weight: weight, Reverse: rapid.Bool().Draw(t, "reverse")})
			full[id] = code(rapid.IntRange(0, 4).Draw(t, "answer"))
			if rapid.Bool().Draw(t, "skipped") {
				part[id] = full[id]
			}
		}
		for range rapid.IntRange(0, 2).Draw(t, "steps") {
			total.Then = append(total.Then, rapid.SampledFrom([]questionnaire.Transform{
				{Kind: questionnaire.Multiply, By: -0.5}, {Kind: questionnaire.Add, By: 1.1}, {Kind: questionnaire.Round, Rounding: questionnaire.HalfEven},
			}).Draw(t, "step"))
		}
		q := check(total, items...)
		if len(total.Then) > 0 {
			q.Scores[0].Min, q.Scores[0].Max = -largest, largest
		}
		operator := rapid.SampledFrom([]questionnaire.Operator{questionnaire.AtLeast, questionnaire.LessThan, questionnaire.Is}).Draw(t, "operator")
		leaf := points("total", operator, float64(rapid.IntRange(-8, 16).Draw(t, "cut-off")))
		q.Criteria = []questionnaire.Criterion{
			{ID: "c0", When: leaf}, {ID: "c1", When: not(leaf)},
			{ID: "c2", When: atLeast(2, leaf, item("i0", questionnaire.AtLeast, 2), not(item("i1", questionnaire.Is, 1)))},
		}
		before, after := partly(t, q, part), partly(t, q, full)
		for i, c := range before.Criteria {
			if now := after.Criteria[i]; now.Open || !c.Open && c.Met != now.Met {
				t.Fatalf("criterion %s was %s and is %s\n%s", c.ID, told(before), told(after), cmp.Diff(part, full))
			}
		}
	})
}

func partly(t *rapid.T, q *questionnaire.Questionnaire, given answers) scoring.Result {
	result, err := drawn(t, q).Score(scoring.Input{Answers: given})
	if err != nil {
		t.Fatal(err)
	}
	return result
}
