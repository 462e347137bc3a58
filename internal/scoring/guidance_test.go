package scoring_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// guided is the evening questionnaire as a guide, with two sections and suggestions.
func guided() *questionnaire.Questionnaire {
	q := evening()
	q.Result = questionnaire.Guide
	for i := range q.Bands {
		q.Bands[i].Level, q.Bands[i].Advice = 0, nil
	}
	q.Guidance = []questionnaire.Section{
		{ID: "first", Place: questionnaire.BeforeAdvice, AtMost: 2, Steps: []questionnaire.Step{
			{ID: "lie-down", When: item("tired", questionnaire.AtLeast, 3)},
			{ID: "breathe"},
			{ID: "switch-off", When: met("often-late")},
		}},
		{ID: "later", Place: questionnaire.AfterAdvice, Steps: []questionnaire.Step{
			{ID: "plan", When: points("rest", questionnaire.AtLeast, 5)},
			{ID: "breathe", When: item("late", questionnaire.AtLeast, 4)},
		}},
	}
	q.Suggest = []questionnaire.Suggestion{
		{Check: "sleep", When: item("tired", questionnaire.AtLeast, 2)},
		{Check: "games", When: item("screen", questionnaire.AtLeast, 8)},
		{Check: "well-being"},
	}
	return q
}

func TestGuidanceListsTheStepsThatHoldInOrderUpToItsLimit(t *testing.T) {
	first := func(steps ...string) scoring.SectionValue {
		return scoring.SectionValue{ID: "first", Place: questionnaire.BeforeAdvice, Steps: steps}
	}
	later := func(steps ...string) scoring.SectionValue {
		return scoring.SectionValue{ID: "later", Place: questionnaire.AfterAdvice, Steps: steps}
	}
	for _, c := range []struct {
		name        string
		late, tired int
		want        []scoring.SectionValue
	}{
		{"nothing to do later", 0, 0, []scoring.SectionValue{first("breathe")}},
		{"two of two", 3, 0, []scoring.SectionValue{first("breathe", "switch-off")}},
		{"cut after the second", 4, 4, []scoring.SectionValue{first("lie-down", "breathe"), later("plan", "breathe")}},
		{"one later", 2, 3, []scoring.SectionValue{first("lie-down", "breathe"), later("plan")}},
	} {
		got := scored(t, guided(), scoring.Input{Answers: answers{"late": code(c.late), "tired": code(c.tired)}})
		if diff := cmp.Diff(c.want, got.Guidance); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
		if got.Levels != 0 || got.Band.Level != 0 || got.Advice != nil {
			t.Errorf("%s: a guide has level %d of %d and advice %v", c.name, got.Band.Level, got.Levels, got.Advice)
		}
	}
}

func TestEverySuggestionThatHoldsIsGiven(t *testing.T) {
	for _, c := range []struct {
		tired, screen int
		want          []questionnaire.ID
	}{
		{4, 9, []questionnaire.ID{"sleep", "games", "well-being"}},
		{0, 8, []questionnaire.ID{"games", "well-being"}},
		{0, 0, []questionnaire.ID{"well-being"}},
	} {
		got := scored(t, guided(), scoring.Input{Answers: answers{"late": code(0), "tired": code(c.tired), "screen": code(c.screen)}})
		if diff := cmp.Diff(c.want, got.Suggest); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWorkedExamplesCompareGuidanceAndSuggestionsWhenGiven(t *testing.T) {
	example := func(expect questionnaire.Expectation) *questionnaire.Questionnaire {
		q := guided()
		expect.Band = "try"
		q.Examples = []questionnaire.Example{{Name: "tired", Answers: answers{"late": code(2), "tired": code(3)}, Expect: expect}}
		return q
	}
	for _, c := range []struct {
		name   string
		expect questionnaire.Expectation
		want   string // "" for nothing to say
	}{
		{"not compared", questionnaire.Expectation{}, ""},
		{"as they are", questionnaire.Expectation{
			Guidance: map[string][]string{"first": {"lie-down", "breathe"}, "later": {"plan"}},
			Suggest:  []questionnaire.ID{"sleep", "well-being"},
		}, ""},
		{"another order", questionnaire.Expectation{Guidance: map[string][]string{"first": {"breathe", "lie-down"}, "later": {"plan"}}},
			"guidance `first`: expected `breathe`, `lie-down`, got `lie-down`, `breathe`"},
		{"a section left out", questionnaire.Expectation{Guidance: map[string][]string{"first": {"lie-down", "breathe"}}},
			"guidance `later`: expected none, got `plan`"},
		{"a section too many", questionnaire.Expectation{Guidance: map[string][]string{"first": {"lie-down", "breathe"}, "later": {"plan"}, "last": {"rest"}}},
			"guidance `last`: expected `rest`, got none"},
		{"no suggestions", questionnaire.Expectation{Suggest: []questionnaire.ID{}}, "suggest: expected none, got `sleep`, `well-being`"},
		{"another suggestion", questionnaire.Expectation{Suggest: []questionnaire.ID{"well-being", "sleep"}},
			"suggest: expected `well-being`, `sleep`, got `sleep`, `well-being`"},
	} {
		var said []string
		for _, problem := range scoring.VerifyExamples(example(c.expect)) {
			if text, ok := strings.CutPrefix(problem.Message, "worked example `tired`: "); ok {
				said = append(said, text)
			}
		}
		if got := strings.Join(said, "\n"); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestGuidanceThatIsNotConsistentIsRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*questionnaire.Questionnaire)
		want  string
	}{
		{"a section twice", func(q *questionnaire.Questionnaire) { q.Guidance[1].ID = "first" }, "guidance `first`: the id is there twice"},
		{"a step twice", func(q *questionnaire.Questionnaire) { q.Guidance[1].Steps[0].ID = "breathe" }, "guidance `later`: the id is there twice"},
		{"no such place", func(q *questionnaire.Questionnaire) { q.Guidance[0].Place = "top" }, "there is no place `top`"},
		{"fewer than none", func(q *questionnaire.Questionnaire) { q.Guidance[0].AtMost = -1 }, "it cannot have -1 steps"},
		{"no such item", func(q *questionnaire.Questionnaire) { q.Guidance[0].Steps[0].When.Item = "tried" }, "no item `tried`"},
		{"a check twice", func(q *questionnaire.Questionnaire) { q.Suggest[1].Check = "sleep" }, "suggestion `sleep`: the id is there twice"},
		{"a check without id", func(q *questionnaire.Questionnaire) { q.Suggest[2].Check = "" }, "it has no id"},
	} {
		q := guided()
		c.spoil(q)
		if _, err := scoring.Compile(q); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
}
