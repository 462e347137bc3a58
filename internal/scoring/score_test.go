package scoring_test

import (
	"fmt"
	"sync"
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

func TestEachMethodMakesItsScoreOfTheSameAnswers(t *testing.T) {
	items := []questionnaire.Item{often("a"), often("b"), often("c")}
	given := answers{"a": code(1), "b": code(4), "c": code(4)}
	weighted := []questionnaire.Part{{Item: "a", Weight: 2}, {Item: "b", Weight: 0.5}, {Item: "c", Weight: -1}}
	tests := []struct {
		name  string
		score questionnaire.Score
		want  string
	}{
		{"sum", questionnaire.Score{Method: questionnaire.Sum, Of: of("a", "b", "c")}, "9"},
		{"mean", questionnaire.Score{Method: questionnaire.Mean, Of: of("a", "b", "c")}, "3"},
		{"weighted sum", questionnaire.Score{Method: questionnaire.WeightedSum, Of: weighted}, "0"},
		{"least", questionnaire.Score{Method: questionnaire.Min, Of: of("a", "b", "c")}, "1"},
		{"greatest", questionnaire.Score{Method: questionnaire.Max, Of: of("a", "b", "c")}, "4"},
		{"count of those at least 3", questionnaire.Score{
			Method: questionnaire.Count, Of: of("a", "b", "c"),
			CountWhen: &questionnaire.Comparison{Operator: questionnaire.AtLeast, Values: []float64{3}},
		}, "2"},
		{"sum of reversed items", questionnaire.Score{Method: questionnaire.Sum, Of: reversed(of("a", "b", "c"))}, "3"},
		{"least of reversed items", questionnaire.Score{Method: questionnaire.Min, Of: reversed(of("a", "b"))}, "0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result := scored(t, check(test.score, items...), scoring.Input{Answers: given})
			if got := total(result); got != test.want {
				t.Errorf("the score is %s, not %s", got, test.want)
			}
		})
	}
}

func TestAnItemIsWorthThePointsOfWhatWasChosen(t *testing.T) {
	steep := often("steep")
	steep.Options = options(0, 1, 2, 4, 8)
	tests := []struct {
		name   string
		item   questionnaire.Item
		answer questionnaire.Answer
		parts  []questionnaire.Part
		want   string
	}{
		{"an option is worth its points, not its code", steep, code(3), of("steep"), "4"},
		{"reversed points count from the other end", steep, code(3), reversed(of("steep")), "4"},
		{"several options are worth their sum", several("who"), codes(1, 3), of("who"), "5"},
		{"several options reversed count from the most they can be worth", several("who"), codes(1, 3), reversed(of("who")), "2"},
		{"a number is worth itself", hours("day"), code(7), of("day"), "7"},
		{"a number reversed counts down from its upper bound", hours("day"), code(7), reversed(of("day")), "17"},
		{"yes is worth one", yesNo("spends"), code(1), of("spends"), "1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := check(questionnaire.Score{Method: questionnaire.Sum, Of: test.parts}, test.item)
			result := scored(t, q, scoring.Input{Answers: answers{test.item.ID: test.answer}})
			if got := total(result); got != test.want {
				t.Errorf("the score is %s, not %s", got, test.want)
			}
		})
	}
}

func TestCountComparesPointsAfterReversal(t *testing.T) {
	q := check(questionnaire.Score{
		Method: questionnaire.Count, Of: reversed(of("a", "b")),
		CountWhen: &questionnaire.Comparison{Operator: questionnaire.In, Values: []float64{3, 4}},
	}, often("a"), often("b"))
	if got := total(scored(t, q, scoring.Input{Answers: answers{"a": code(0), "b": code(4)}})); got != "1" {
		t.Errorf("the count is %s: only the item answered 0 is worth 4 when reversed", got)
	}
}

func TestSkippedItemsAreProratedUpToTheShareAllowed(t *testing.T) {
	items := []questionnaire.Item{
		optional(often("a")), optional(often("b")), optional(often("c")), optional(often("d")), optional(often("e")),
	}
	oneSkipped := answers{"a": code(1), "b": code(2), "c": code(3), "d": code(4)}
	twoSkipped := answers{"a": code(1), "b": code(2), "c": code(3)}
	atLeastTwo := &questionnaire.Comparison{Operator: questionnaire.AtLeast, Values: []float64{2}}
	heavyLast := append(of("a", "b", "c", "d"), questionnaire.Part{Item: "e", Weight: 4})
	tests := []struct {
		name    string
		score   questionnaire.Score
		answers answers
		want    string
	}{
		{"one of five is exactly one fifth", questionnaire.Score{Method: questionnaire.Sum, ProrateUpTo: 0.2}, oneSkipped, "12.5"},
		{"two of five are more than one fifth", questionnaire.Score{Method: questionnaire.Sum, ProrateUpTo: 0.2}, twoSkipped, "none"},
		{"nothing may be skipped unless it is said", questionnaire.Score{Method: questionnaire.Sum}, oneSkipped, "none"},
		{"a mean is of those answered", questionnaire.Score{Method: questionnaire.Mean, ProrateUpTo: 0.2}, oneSkipped, "2.5"},
		{"the least is of those answered", questionnaire.Score{Method: questionnaire.Min, ProrateUpTo: 0.4}, twoSkipped, "1"},
		{"the greatest is of those answered", questionnaire.Score{Method: questionnaire.Max, ProrateUpTo: 0.4}, twoSkipped, "3"},
		{"a count is scaled up", questionnaire.Score{Method: questionnaire.Count, CountWhen: atLeastTwo, ProrateUpTo: 0.2}, oneSkipped, "3.75"},
		{"a weighted sum is scaled by weights", questionnaire.Score{Method: questionnaire.WeightedSum, Of: heavyLast, ProrateUpTo: 0.2}, oneSkipped, "20"},
		{"none answered is no score, even when all may be skipped", questionnaire.Score{Method: questionnaire.Sum, ProrateUpTo: 1}, answers{}, "none"},
		{"one answered is a score when all may be skipped", questionnaire.Score{Method: questionnaire.Sum, ProrateUpTo: 1}, answers{"a": code(2)}, "10"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.score.Of == nil {
				test.score.Of = of("a", "b", "c", "d", "e")
			}
			result := scored(t, check(test.score, items...), scoring.Input{Answers: test.answers})
			if got := total(result); got != test.want {
				t.Errorf("the score is %s, not %s", got, test.want)
			}
		})
	}
}

func TestProratingNeverLeavesTheRangeOfTheScore(t *testing.T) {
	wide := optional(often("wide"))
	wide.Options = options(0, 10)
	q := check(questionnaire.Score{Method: questionnaire.Sum, Of: of("narrow", "wide"), ProrateUpTo: 0.5}, optional(yesNo("narrow")), wide)
	if got := total(scored(t, q, scoring.Input{Answers: answers{"wide": code(1)}})); got != "11" {
		t.Errorf("the score is %s: twice 10 is more than the 11 that can be reached", got)
	}
}

func TestHiddenPartsDoNotCountAsSkipped(t *testing.T) {
	boxes := shownWhen(item("spends", questionnaire.Is, 1), often("boxes"))
	tests := []struct {
		name    string
		method  questionnaire.Method
		of      []questionnaire.Part
		answers answers
		want    string
	}{
		{"a sum is of what was shown", questionnaire.Sum, of("late", "boxes"), answers{"late": code(3), "spends": code(0)}, "3"},
		{"a mean is of what was shown", questionnaire.Mean, of("late", "boxes"), answers{"late": code(3), "spends": code(0)}, "3"},
		{"what is shown counts", questionnaire.Mean, of("late", "boxes"), answers{"late": code(3), "spends": code(1), "boxes": code(0)}, "1.5"},
		{"all hidden is no score", questionnaire.Sum, of("boxes"), answers{"late": code(3), "spends": code(0)}, "none"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := check(questionnaire.Score{Method: test.method, Of: test.of}, often("late"), yesNo("spends"), boxes)
			if got := total(scored(t, q, scoring.Input{Answers: test.answers})); got != test.want {
				t.Errorf("the score is %s, not %s", got, test.want)
			}
		})
	}
}

func TestAScoreOfWhatWasHiddenDoesNotCountAsSkipped(t *testing.T) {
	boxes := shownWhen(item("spends", questionnaire.Is, 1), optional(often("boxes")))
	q := ranged(&questionnaire.Questionnaire{
		Items: []questionnaire.Item{often("late"), yesNo("spends"), boxes},
		Scores: []questionnaire.Score{
			{ID: "money", Method: questionnaire.Sum, Of: of("boxes")},
			{ID: "total", Method: questionnaire.Sum, Of: append(of("late"), questionnaire.Part{Score: "money", Weight: 1})},
		},
	})
	for _, c := range []struct {
		name    string
		answers answers
		want    string
	}{
		{"hidden", answers{"late": code(3), "spends": code(0)}, "3"},
		{"skipped", answers{"late": code(3), "spends": code(1)}, "none"},
		{"answered", answers{"late": code(3), "spends": code(1), "boxes": code(2)}, "5"},
	} {
		if got := total(scored(t, q, scoring.Input{Answers: c.answers})); got != c.want {
			t.Errorf("%s: the total is %s, not %s", c.name, got, c.want)
		}
	}
}

func TestAScoreIsMadeOfOtherScoresInWhateverOrderTheyStand(t *testing.T) {
	q := ranged(&questionnaire.Questionnaire{
		Items: []questionnaire.Item{often("a"), often("b"), optional(often("c"))},
		Scores: []questionnaire.Score{
			{ID: "control", Method: questionnaire.Mean, Of: of("a", "b")},
			{ID: "mood", Method: questionnaire.Sum, Of: of("c")},
			{ID: "total", Method: questionnaire.Sum, Of: []questionnaire.Part{{Score: "control"}, {Score: "mood", Reverse: true}}, ProrateUpTo: 0.5},
		},
	})
	q.Scores[0], q.Scores[2] = q.Scores[2], q.Scores[0]

	all := answers{"a": code(1), "b": code(2), "c": code(1)}
	if got := total(scored(t, q, scoring.Input{Answers: all})); got != "4.5" {
		t.Errorf("the total is %s, not the mean 1.5 and the reversed 3", got)
	}
	delete(all, "c")
	if got := total(scored(t, q, scoring.Input{Answers: all})); got != "3" {
		t.Errorf("the total is %s, though the score without a value counts as skipped and is prorated", got)
	}
}

func TestAQuestionnaireMayHaveAnyNumberOfItems(t *testing.T) {
	var items []questionnaire.Item
	var ids []questionnaire.ItemID
	given := answers{}
	for i := range 100 {
		id := questionnaire.ItemID(fmt.Sprintf("item-%d", i))
		ids, items, given[id] = append(ids, id), append(items, often(id)), code(2)
	}
	q := check(questionnaire.Score{Method: questionnaire.Sum, Of: of(ids...)}, items...)
	if got := total(scored(t, q, scoring.Input{Answers: given})); got != "200" {
		t.Errorf("the score is %s, not a hundred times 2", got)
	}
}

func TestAProgramScoresForManyAtOnce(t *testing.T) {
	program := compiled(t, evening())
	var people sync.WaitGroup
	for late := range 5 {
		people.Go(func() {
			result, err := program.Score(scoring.Input{Answers: answers{"late": code(late), "tired": code(0)}})
			if err != nil || result.Scores[0].Value != float64(late) {
				t.Errorf("someone who answered %d has the scores %v: %v", late, result.Scores, err)
			}
		})
	}
	people.Wait()
}
