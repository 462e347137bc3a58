package scoring_test

import (
	"fmt"
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// answers are written by item, as in a worked example.
type answers = map[questionnaire.ItemID]questionnaire.Answer

// code answers with one option or number, codes with several options.
func code(n int) questionnaire.Answer      { return questionnaire.Answer{Number: float64(n)} }
func codes(ns ...int) questionnaire.Answer { return questionnaire.Answer{Codes: ns} }
func years(n int) *int                     { return &n }
func value(x float64) *float64             { return &x }
func options(points ...float64) (all []questionnaire.Option) {
	for i, p := range points {
		all = append(all, questionnaire.Option{Code: i, Points: p})
	}
	return all
}

// often is an item answered from 0 (never) to 4 (very often), worth its code.
func often(id questionnaire.ItemID) questionnaire.Item {
	return questionnaire.Item{ID: id, Kind: questionnaire.Single, Options: options(0, 1, 2, 3, 4)}
}

// yesNo is an item answered with 1 for yes and 0 for no.
func yesNo(id questionnaire.ItemID) questionnaire.Item {
	return questionnaire.Item{ID: id, Kind: questionnaire.YesNo, Options: []questionnaire.Option{{Code: 1, Points: 1}, {Code: 0}}}
}

// hours is an item answered with a whole number from 0 to 24.
func hours(id questionnaire.ItemID) questionnaire.Item {
	return questionnaire.Item{ID: id, Kind: questionnaire.Number, Bounds: questionnaire.Bounds{Max: 24}}
}

// several is an item answered with any of four options that are worth 0, 1, 2 and 4.
func several(id questionnaire.ItemID) questionnaire.Item {
	return questionnaire.Item{ID: id, Kind: questionnaire.Multiple, Options: options(0, 1, 2, 4)}
}

// optional lets the item be skipped.
func optional(it questionnaire.Item) questionnaire.Item {
	it.Optional = true
	return it
}

// shownWhen hides the item unless the condition holds.
func shownWhen(when *questionnaire.Condition, it questionnaire.Item) questionnaire.Item {
	it.ShowWhen = when
	return it
}

// item, points and age are conditions with one comparison.
func item(id questionnaire.ItemID, operator questionnaire.Operator, values ...float64) *questionnaire.Condition {
	return &questionnaire.Condition{Item: id, Test: questionnaire.Comparison{Operator: operator, Values: values}}
}

func points(id questionnaire.ScoreID, operator questionnaire.Operator, values ...float64) *questionnaire.Condition {
	return &questionnaire.Condition{Score: id, Test: questionnaire.Comparison{Operator: operator, Values: values}}
}

func age(operator questionnaire.Operator, values ...float64) *questionnaire.Condition {
	return &questionnaire.Condition{Age: true, Test: questionnaire.Comparison{Operator: operator, Values: values}}
}

func met(id questionnaire.CriterionID) *questionnaire.Condition {
	return &questionnaire.Condition{Criterion: id}
}

func all(of ...*questionnaire.Condition) *questionnaire.Condition {
	return &questionnaire.Condition{All: of}
}

func either(of ...*questionnaire.Condition) *questionnaire.Condition {
	return &questionnaire.Condition{Any: of}
}

func not(of *questionnaire.Condition) *questionnaire.Condition {
	return &questionnaire.Condition{Not: of}
}

func atLeast(n int, of ...*questionnaire.Condition) *questionnaire.Condition {
	return &questionnaire.Condition{AtLeast: n, Of: of}
}

// of are the items as parts of a score, each with weight 1.
func of(items ...questionnaire.ItemID) (parts []questionnaire.Part) {
	for _, id := range items {
		parts = append(parts, questionnaire.Part{Item: id, Weight: 1})
	}
	return parts
}

// reversed turns the points of the parts round.
func reversed(parts []questionnaire.Part) (turned []questionnaire.Part) {
	for _, part := range parts {
		part.Reverse = !part.Reverse
		turned = append(turned, part)
	}
	return turned
}

// check is a questionnaire of these items with one score called total.
func check(total questionnaire.Score, items ...questionnaire.Item) *questionnaire.Questionnaire {
	total.ID = "total"
	return ranged(&questionnaire.Questionnaire{ID: "check", Items: items, Scores: []questionnaire.Score{total}})
}

// asking is a questionnaire of these items and nothing else.
func asking(items ...questionnaire.Item) *questionnaire.Questionnaire {
	return &questionnaire.Questionnaire{ID: "check", Items: items}
}

// compiled compiles a questionnaire that is right.
func compiled(t testing.TB, q *questionnaire.Questionnaire) *scoring.Program {
	t.Helper()
	program, err := scoring.Compile(q)
	if err != nil {
		t.Fatalf("the questionnaire does not compile: %v", err)
	}
	return program
}

// scored gives the result of answers that are right.
func scored(t testing.TB, q *questionnaire.Questionnaire, in scoring.Input) scoring.Result {
	t.Helper()
	result, err := compiled(t, q).Score(in)
	if err != nil {
		t.Fatalf("the answers are refused: %v", err)
	}
	return result
}

// total writes the score called total, "none" when there is no score.
func total(result scoring.Result) string {
	for _, score := range result.Scores {
		if score.ID == "total" && score.OK {
			return fmt.Sprint(score.Value)
		}
	}
	return "none"
}

// versus compares a score with another.
func versus(id questionnaire.ScoreID, operator questionnaire.Operator, other questionnaire.ScoreID) *questionnaire.Condition {
	return &questionnaire.Condition{Score: id, Test: questionnaire.Comparison{Operator: operator, Other: other}}
}
