package scoring_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// TestComparisonsAreThoseOfExactArithmetic draws scores of decimals and holds every comparison
// against fractions that are exact. Cut-offs lie where they are missed: at the exact value, or at a
// neighbour of few places. Apart are only values nearer to the cut-off than settling tells, and not
// the cut-off itself.
func TestComparisonsAreThoseOfExactArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, in, exact := exactScore(t)
		cutOff, _ := new(big.Rat).SetString(exact.FloatString(rapid.IntRange(0, 6).Draw(t, "places")))
		if rapid.Bool().Draw(t, "beside") {
			cutOff.Add(cutOff, big.NewRat(int64(rapid.IntRange(-1, 1).Draw(t, "step")), 1_000_000))
		}
		apart := new(big.Rat).Sub(exact, cutOff)
		if near := big.NewRat(1, 1_000_000_000); apart.Sign() != 0 && apart.Cmp(near) < 0 && apart.Cmp(near.Neg(near)) > 0 {
			t.Skip("nearer than settling tells")
		}
		constant, _ := cutOff.Float64()
		order := apart.Sign()
		want := map[questionnaire.Operator]bool{
			questionnaire.Is: order == 0, questionnaire.In: order == 0,
			questionnaire.AtLeast: order >= 0, questionnaire.AtMost: order <= 0,
			questionnaire.MoreThan: order > 0, questionnaire.LessThan: order < 0,
		}
		for operator := range want {
			q.Criteria = append(q.Criteria, questionnaire.Criterion{ID: questionnaire.CriterionID(operator), When: points("total", operator, constant)})
		}
		result, err := drawn(t, q).Score(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range result.Criteria {
			if c.Met != want[questionnaire.Operator(c.ID)] {
				t.Fatalf("%s %s %v is %v; the exact value is %s, the computed %v", q.Scores[0].Method, c.ID, constant, c.Met, exact.FloatString(15), result.Scores[0].Value)
			}
		}
	})
}

// decimal draws a number of up to three places, as a float64 and exactly.
func decimal(t *rapid.T, low, high int, label string) (float64, *big.Rat) {
	places := rapid.IntRange(0, 3).Draw(t, label+" places")
	scale := []int64{1, 10, 100, 1000}[places]
	exact := big.NewRat(int64(rapid.IntRange(low*int(scale), high*int(scale)).Draw(t, label)), scale)
	near, _ := exact.Float64()
	return near, exact
}

// exactScore draws a score of items, answers to them, and what it comes to exactly.
func exactScore(t *rapid.T) (*questionnaire.Questionnaire, scoring.Input, *big.Rat) {
	q := &questionnaire.Questionnaire{ID: "check"}
	in := scoring.Input{Answers: answers{}}
	total := questionnaire.Score{
		ID: "total", Method: rapid.SampledFrom([]questionnaire.Method{questionnaire.Sum, questionnaire.Mean, questionnaire.WeightedSum}).Draw(t, "method"),
		ProrateUpTo: 0.5, Min: -largest, Max: largest, Raw: questionnaire.Bounds{Min: -largest, Max: largest},
	}
	sum, shown, there, n := new(big.Rat), new(big.Rat), new(big.Rat), rapid.IntRange(1, 40).Draw(t, "items")
	answered := int64(0)
	for i := range n {
		worth, exact := decimal(t, 0, 9, "points")
		it := optional(questionnaire.Item{ID: questionnaire.ItemID(fmt.Sprint("i", i)), Kind: questionnaire.Single, Options: options(0, worth)})
		weight, exactWeight := 1.0, big.NewRat(1, 1)
		if total.Method == questionnaire.WeightedSum {
			if weight, exactWeight = decimal(t, -2, 2, "weight"); weight == 0 {
				weight, exactWeight = 0.1, big.NewRat(1, 10)
			}
		}
		q.Items = append(q.Items, it)
		total.Of = append(total.Of, questionnaire.Part{Item: it.ID, Weight: weight})
		shown.Add(shown, new(big.Rat).Abs(exactWeight))
		if 2*(i-int(answered)+1) <= n && rapid.Bool().Draw(t, "skipped") {
			continue
		}
		answered++
		in.Answers[it.ID] = code(1)
		there.Add(there, new(big.Rat).Abs(exactWeight))
		sum.Add(sum, new(big.Rat).Mul(exact, exactWeight))
	}
	if total.Method == questionnaire.Mean {
		sum.Quo(sum, big.NewRat(answered, 1))
	} else {
		sum.Quo(sum.Mul(sum, shown), there)
	}
	total.Then = exactSteps(t, sum)
	q.Scores = []questionnaire.Score{total}
	return q, in, sum
}

// exactSteps draws what is done with a value, and does it exactly.
func exactSteps(t *rapid.T, value *big.Rat) (steps []questionnaire.Transform) {
	for range rapid.IntRange(0, 3).Draw(t, "steps") {
		by, exact := decimal(t, -3, 3, "by")
		switch rapid.IntRange(0, 3).Draw(t, "step") {
		case 0:
			steps = append(steps, questionnaire.Transform{Kind: questionnaire.Multiply, By: by})
			value.Mul(value, exact)
		case 1:
			steps = append(steps, questionnaire.Transform{Kind: questionnaire.Add, By: by})
			value.Add(value, exact)
		case 2:
			deviation, exactly := decimal(t, 1, 20, "deviation")
			steps = append(steps, questionnaire.Transform{Kind: questionnaire.Standardise, Mean: by, SD: deviation})
			value.Quo(value.Sub(value, exact), exactly)
		default:
			steps = append(steps, questionnaire.Transform{Kind: questionnaire.ZToT})
			value.Add(value.Mul(value, big.NewRat(10, 1)), big.NewRat(50, 1))
		}
	}
	return steps
}
