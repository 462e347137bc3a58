package load

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"predah/internal/questionnaire"
)

// numbers draws a set of the kind that answers, scores and comparisons make.
func numbers() *rapid.Generator[values] {
	return rapid.Custom(func(t *rapid.T) values {
		end := rapid.Float64Range(-3, 3)
		if rapid.Bool().Draw(t, "whole ends") {
			end = rapid.Map(rapid.IntRange(-3, 3), func(i int) float64 { return float64(i) })
		}
		if rapid.Bool().Draw(t, "finite") {
			return oneOf(rapid.SliceOfN(end, 0, 4).Draw(t, "points"))
		}
		v := between(end.Draw(t, "low"), end.Draw(t, "high"), rapid.Bool().Draw(t, "whole"))
		v.openLow, v.openHigh = rapid.Bool().Draw(t, "open low"), rapid.Bool().Draw(t, "open high")
		return v.tighten()
	})
}

func TestSetsOfNumbersAreWhatTheirMembersSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := numbers().Draw(t, "a"), numbers().Draw(t, "b")
		both := a.meet(b)
		for x := -3.25; x <= 3.25; x += 0.25 {
			if both.has(x) != (a.has(x) && b.has(x)) {
				t.Fatalf("%v in %v meet %v", x, a, b)
			}
			if a.has(x) && a.within(b) && !b.has(x) {
				t.Fatalf("%v is within %v, but %v is not", a, b, x)
			}
			if a.impossible() && a.has(x) {
				t.Fatalf("%v is empty and has %v", a, x)
			}
		}
	})
}

// person is one way to answer two items with the codes 0 to 3, -1 when missing; and an age.
type person struct{ values map[string]float64 }

// everyone is every person there can be.
func everyone() []person {
	var all []person
	for x := -1; x <= 3; x++ {
		for y := -1; y <= 3; y++ {
			for age := 11; age <= 14; age++ {
				all = append(all, person{map[string]float64{"x": float64(x), "y": float64(y), "age": float64(age)}})
			}
		}
	}
	return all
}

// holds evaluates a condition as the documentation of the format says.
func (p person) holds(f *folder, c *questionnaire.Condition) bool {
	holding := 0
	for _, within := range children(c) {
		if p.holds(f, within) {
			holding++
		}
	}
	switch {
	case c.All != nil:
		return holding == len(c.All)
	case c.Any != nil:
		return holding > 0
	case c.Of != nil:
		return holding >= c.AtLeast
	case c.Not != nil:
		return holding == 0
	case c.Criterion != "":
		return p.holds(f, f.ruleOf[c.Criterion])
	}
	name := string(c.Item)
	if c.Age {
		name = "age"
	}
	x := p.values[name]
	missing := x == -1 || c.Age && x == 11
	if c.Test.Operator == questionnaire.Answered {
		return missing == (c.Test.Values[0] == 0)
	}
	return !missing && oneOf([]float64{x}).pass(c.Test).has(x)
}

// conditions draws conditions over the two items, the age (11 stands for not known) and,
// unless they make one, the criteria c0 and c1.
func conditions(depth int, criteria bool) *rapid.Generator[*questionnaire.Condition] {
	return rapid.Custom(func(t *rapid.T) *questionnaire.Condition {
		form := rapid.IntRange(0, 7).Draw(t, "form")
		if depth == 0 {
			form = max(form, 4)
		}
		within := func() []*questionnaire.Condition {
			return rapid.SliceOfN(conditions(depth-1, criteria), 1, 3).Draw(t, "within")
		}
		switch form {
		case 0:
			return &questionnaire.Condition{All: within()}
		case 1:
			return &questionnaire.Condition{Any: within()}
		case 2:
			of := within()
			return &questionnaire.Condition{Of: of, AtLeast: rapid.IntRange(1, len(of)).Draw(t, "at least")}
		case 3:
			return &questionnaire.Condition{Not: conditions(depth-1, criteria).Draw(t, "not")}
		case 4:
			if criteria {
				return &questionnaire.Condition{Criterion: questionnaire.CriterionID(rapid.SampledFrom([]string{"c0", "c1"}).Draw(t, "criterion"))}
			}
		case 5:
			return &questionnaire.Condition{Age: true, Test: comparisons(12).Draw(t, "test")}
		}
		item := questionnaire.ItemID(rapid.SampledFrom([]string{"x", "y"}).Draw(t, "item"))
		return &questionnaire.Condition{Item: item, Test: comparisons(0).Draw(t, "test")}
	})
}

func comparisons(low int) *rapid.Generator[questionnaire.Comparison] {
	return rapid.Custom(func(t *rapid.T) questionnaire.Comparison {
		operator := rapid.SampledFrom([]questionnaire.Operator{
			questionnaire.Is, questionnaire.In, questionnaire.AtLeast, questionnaire.AtMost,
			questionnaire.MoreThan, questionnaire.LessThan, questionnaire.Answered,
		}).Draw(t, "operator")
		if operator == questionnaire.Answered {
			return questionnaire.Comparison{Operator: operator, Values: []float64{float64(rapid.IntRange(0, 1).Draw(t, "answered"))}}
		}
		n := 1
		if operator == questionnaire.In {
			n = 2
		}
		x := rapid.SliceOfN(rapid.IntRange(low, low+3), n, n).Draw(t, "values")
		test := questionnaire.Comparison{Operator: operator}
		for _, v := range x {
			test.Values = append(test.Values, float64(v))
		}
		return test
	})
}

// TestWhatIsClaimedOfConditionsIsTrue: a condition said never to hold holds for nobody, and
// one said to imply another never holds without it.
func TestWhatIsClaimedOfConditionsIsTrue(t *testing.T) {
	people := everyone()
	claims := map[string]int{}
	tryOut := func(t *rapid.T) {
		f := &folder{
			ranges:   map[string]values{"x": oneOf([]float64{0, 1, 2, 3}), "y": between(0, 3, true)},
			ruleOf:   map[questionnaire.CriterionID]*questionnaire.Condition{},
			broken:   map[*questionnaire.Condition]bool{},
			hopeless: map[questionnaire.CriterionID]verdict{},
			raw:      rawQuestionnaire{Ages: rawRange{Min: 12, Max: 14}},
		}
		for i := range 2 {
			f.ruleOf[questionnaire.CriterionID(fmt.Sprintf("c%d", i))] = conditions(1, false).Draw(t, "rule")
		}
		a, b := conditions(2, true).Draw(t, "a"), conditions(2, true).Draw(t, "b")
		steps := effort
		never, implied := f.never(a), f.implies(a, b, &steps)
		if never {
			claims["never"]++
		}
		if implied {
			claims["implied"]++
		}
		for _, p := range people {
			if !p.holds(f, a) {
				continue
			}
			if never {
				t.Fatalf("said never to hold, but holds for %v", p.values)
			}
			if implied && !p.holds(f, b) {
				t.Fatalf("said to imply the other, but holds alone for %v", p.values)
			}
		}
	}
	for range 20 { // few conditions can never hold, so one round may meet none
		if rapid.Check(t, tryOut); claims["never"] > 0 && claims["implied"] > 0 {
			break
		}
	}
	if claims["never"] == 0 || claims["implied"] == 0 {
		t.Errorf("nothing was claimed: %v", claims)
	}
}
