package scoring_test

import (
	"math"
	"strings"
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

func TestAQuestionnaireThatIsNotConsistentIsRefused(t *testing.T) {
	contained := &questionnaire.Condition{}
	contained.All = []*questionnaire.Condition{contained, contained}

	tests := []struct {
		name  string
		spoil func(*questionnaire.Questionnaire)
		want  string
	}{
		{"an item twice", func(q *questionnaire.Questionnaire) { q.Items = append(q.Items, often("late")) }, "item `late`: the id is there twice"},
		{"an item without id", func(q *questionnaire.Questionnaire) { q.Items[0].ID = "" }, "it has no id"},
		{"a kind that does not exist", func(q *questionnaire.Questionnaire) { q.Items[0].Kind = "drawing" }, "no kind `drawing`"},
		{"free text in a score", func(q *questionnaire.Questionnaire) { q.Items[0].Kind = questionnaire.Text }, "free text, which is never scored"},
		{"free text in a condition", func(q *questionnaire.Questionnaire) { q.Items[0].Kind = questionnaire.Text }, "free text, which nothing may depend on"},
		{"more decimals than can be told apart", func(q *questionnaire.Questionnaire) { q.Items[3].Decimals = 5 }, "cannot have 5 decimals"},
		{"no options", func(q *questionnaire.Questionnaire) { q.Items[0].Options = nil }, "no options"},
		{"a code twice", func(q *questionnaire.Questionnaire) {
			q.Items[0].Options = append(options(1), options(2)...)
		}, "the code 0 is there twice"},
		{"points that are no number", func(q *questionnaire.Questionnaire) { q.Items[0].Options = options(math.NaN()) }, "NaN"},
		{"bounds that cross", func(q *questionnaire.Questionnaire) { q.Items[3].Bounds.Min = 99 }, "leave no number"},
		{"show-when on a later item", func(q *questionnaire.Questionnaire) {
			q.Items[0].ShowWhen = item("tired", questionnaire.Is, 1)
		}, "no item `tired` to ask about here"},
		{"show-when on itself", func(q *questionnaire.Questionnaire) {
			q.Items[0].ShowWhen = item("late", questionnaire.Is, 1)
		}, "no item `late` to ask about here"},
		{"show-when on a score", func(q *questionnaire.Questionnaire) {
			q.Items[1].ShowWhen = points("rest", questionnaire.Is, 1)
		}, "no score `rest` to ask about here"},

		{"a method that does not exist", func(q *questionnaire.Questionnaire) { q.Scores[0].Method = "median" }, "no method `median`"},
		{"a score of nothing", func(q *questionnaire.Questionnaire) { q.Scores[0].Of = nil }, "made of nothing"},
		{"a score of an item that is not there", func(q *questionnaire.Questionnaire) { q.Scores[0].Of = of("sleep") }, "no item `sleep`"},
		{"a score of itself", func(q *questionnaire.Questionnaire) {
			q.Scores[0].Of = []questionnaire.Part{{Score: "rest"}}
		}, "score `rest`: it is made of itself"},
		{"scores of each other", func(q *questionnaire.Questionnaire) {
			q.Scores[0].Of = []questionnaire.Part{{Score: "screen-time"}}
			q.Scores[1].Of = []questionnaire.Part{{Score: "rest"}}
		}, "it is made of itself"},
		{"a score of a score that is not there", func(q *questionnaire.Questionnaire) {
			q.Scores[0].Of = []questionnaire.Part{{Score: "sleep"}}
		}, "no score `sleep`"},
		{"a part that is two things", func(q *questionnaire.Questionnaire) {
			q.Scores[0].Of = []questionnaire.Part{{Item: "late", Score: "screen-time"}}
		}, "both item"},
		{"a count of nothing in particular", func(q *questionnaire.Questionnaire) { q.Scores[0].Method = questionnaire.Count }, "which parts count"},
		{"a weight of nothing", func(q *questionnaire.Questionnaire) {
			q.Scores[0] = questionnaire.Score{ID: "rest", Method: questionnaire.WeightedSum, Of: []questionnaire.Part{{Item: "late"}}}
		}, "no weight"},
		{"a share above all", func(q *questionnaire.Questionnaire) { q.Scores[0].ProrateUpTo = 1.1 }, "not from 0 to 1"},
		{"a range that is upside down", func(q *questionnaire.Questionnaire) { q.Scores[0].Min = 99 }, "lowest value is above its highest"},
		{"a range without end", func(q *questionnaire.Questionnaire) { q.Scores[0].Max = math.Inf(1) }, "+Inf"},

		{"a condition that is missing", func(q *questionnaire.Questionnaire) { q.Criteria[0].When = nil }, "criterion `burdened`: its condition: it is missing"},
		{"a condition that is empty", func(q *questionnaire.Questionnaire) { q.Flags[0].When = &questionnaire.Condition{} }, "flag `despair`: its condition: it takes 0 forms"},
		{"a condition that is two things", func(q *questionnaire.Questionnaire) {
			q.Flags[0].When.Score = "rest"
		}, "2 forms"},
		{"a condition that contains itself", func(q *questionnaire.Questionnaire) { q.Flags[0].When = contained }, "contains itself"},
		{"all of nothing", func(q *questionnaire.Questionnaire) {
			q.Flags[0].When = all([]*questionnaire.Condition{}...)
		}, "0 of 0 conditions"},
		{"three of two", func(q *questionnaire.Questionnaire) {
			q.Flags[0].When = atLeast(3, met("low"), met("low"))
		}, "3 of 2 conditions"},
		{"a missing condition inside", func(q *questionnaire.Questionnaire) { q.Flags[0].When = all(nil, nil) }, "it is missing"},
		{"a criterion about itself", func(q *questionnaire.Questionnaire) { q.Criteria[0].When = not(met("burdened")) }, "criterion `burdened`: it asks about itself"},
		{"a criterion that is not there", func(q *questionnaire.Questionnaire) { q.Flags[0].When = met("high") }, "no criterion `high`"},
		{"an operator that does not exist", func(q *questionnaire.Questionnaire) {
			q.Flags[0].When = item("late", "like", 1)
		}, "`like` cannot be asked of this"},
		{"includes of one choice", func(q *questionnaire.Questionnaire) {
			q.Flags[0].When = item("late", questionnaire.Includes, 1)
		}, "`includes` cannot be asked of this"},
		{"at least of several choices", func(q *questionnaire.Questionnaire) {
			q.Items[1] = several("tired")
		}, "`at-least` cannot be asked of this"},
		{"a comparison with nothing", func(q *questionnaire.Questionnaire) { q.Flags[0].When = item("late", questionnaire.In) }, "0 values"},
		{"is, with two values", func(q *questionnaire.Questionnaire) {
			q.Flags[0].When = item("late", questionnaire.Is, 1, 2)
		}, "2 values"},
		{"answered, with neither yes nor no", func(q *questionnaire.Questionnaire) {
			q.Flags[0].When = item("late", questionnaire.Answered, 2)
		}, "0 or 1"},
		{"a comparison with no number", func(q *questionnaire.Questionnaire) {
			q.Flags[0].When = age(questionnaire.AtLeast, math.NaN())
		}, "NaN"},

		{"advice that is not there", func(q *questionnaire.Questionnaire) { q.Bands[0].Advice = []string{"swim"} }, "band `talk`: there is no advice `swim`"},
		{"a band by a score that is not there", func(q *questionnaire.Questionnaire) {
			q.Bands[0] = questionnaire.Band{ID: "talk", Score: "sleep"}
		}, "no score `sleep`"},
		{"a band by both score and condition", func(q *questionnaire.Questionnaire) { q.Bands[0].Score = "rest" }, "both a score and a condition"},
		{"a band for all that is left before the last", func(q *questionnaire.Questionnaire) { q.Bands[0].When = nil }, "leaves nothing"},
		{"a flag twice", func(q *questionnaire.Questionnaire) { q.Flags[1].ID = "despair" }, "twice"},
		{"several things at once, all of them told", func(q *questionnaire.Questionnaire) {
			q.Scores[0] = questionnaire.Score{ID: "rest", Method: questionnaire.Sum, Of: of("sleep")}
			q.Flags[0].When = met("high")
		}, "no criterion `high`"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := evening()
			test.spoil(q)
			_, err := scoring.Compile(q)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("the error does not say %q: %v", test.want, err)
			}
		})
	}
}

func TestNoQuestionnaireIsAnErrorToo(t *testing.T) {
	if _, err := scoring.Compile(nil); err == nil {
		t.Error("nothing was compiled")
	}
}

func TestAnEmptyQuestionnaireHasAnEmptyResult(t *testing.T) {
	result := scored(t, &questionnaire.Questionnaire{}, scoring.Input{})
	if result.Band.ID != "" || len(result.Scores)+len(result.Criteria)+len(result.Flags)+len(result.Advice) != 0 {
		t.Errorf("the result is %+v", result)
	}
}
