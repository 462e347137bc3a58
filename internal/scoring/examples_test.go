package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// illustrated is the evening questionnaire with worked examples that reach everything.
func illustrated() *questionnaire.Questionnaire {
	q := evening()
	at := func(line int) questionnaire.Position {
		return questionnaire.Position{File: "evening/examples.yaml", Line: line, Column: 3}
	}
	q.Examples = []questionnaire.Example{
		{
			Name: "burdened", At: at(2),
			Answers: answers{"late": code(3), "tired": code(4), "mood": code(4)},
			Expect: questionnaire.Expectation{
				Scores:   map[questionnaire.ScoreID]*float64{"rest": value(7), "screen-time": nil},
				Criteria: []questionnaire.CriterionID{"low", "burdened"},
				Band:     "talk",
				Flags:    []string{"exhausted", "despair"},
				Advice:   []string{"tell-one", "bedtime-phone"},
			},
		},
		{
			Name: "in between", At: at(9),
			Answers: answers{"late": code(2), "tired": code(2)},
			Expect:  questionnaire.Expectation{Band: "try"},
		},
		{
			Name: "calm", At: at(14),
			Answers: answers{"late": code(0), "tired": code(0)},
			Expect:  questionnaire.Expectation{Band: "steady"},
		},
	}
	return q
}

func TestWorkedExamplesThatComeOutLeaveNothingToSay(t *testing.T) {
	if problems := scoring.VerifyExamples(illustrated()); len(problems) > 0 {
		t.Errorf("there are problems:\n%v", problems)
	}
}

func TestAWorkedExampleThatDoesNotComeOutIsAProblemAtItsPlace(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(*questionnaire.Example)
		want  string
	}{
		{"another score", func(e *questionnaire.Example) { e.Expect.Scores["rest"] = value(6.5) }, "score `rest`: expected 6.5, got 7"},
		{"no score where one is expected", func(e *questionnaire.Example) { e.Expect.Scores["screen-time"] = value(0) }, "score `screen-time`: expected 0, got no score"},
		{"a score where none is expected", func(e *questionnaire.Example) { e.Expect.Scores["rest"] = nil }, "score `rest`: expected no score, got 7"},
		{"a score that is not there", func(e *questionnaire.Example) { e.Expect.Scores["sleep"] = nil }, "there is no score `sleep`"},
		{"a criterion not expected", func(e *questionnaire.Example) { e.Expect.Criteria = []questionnaire.CriterionID{"low"} }, "criteria: expected `low`, got `burdened`, `low`"},
		{"another band", func(e *questionnaire.Example) { e.Expect.Band = "steady" }, "band: expected `steady`, got `talk`"},
		{"a band not expected", func(e *questionnaire.Example) { e.Expect.Band = "" }, "band: expected none, got `talk`"},
		{"flags not expected", func(e *questionnaire.Example) { e.Expect.Flags = nil }, "flags: expected none, got `despair`, `exhausted`"},
		{"advice in another order", func(e *questionnaire.Example) {
			e.Expect.Advice = []string{"bedtime-phone", "tell-one"}
		}, "advice: expected `bedtime-phone`, `tell-one`, got `tell-one`, `bedtime-phone`"},
		{"an item that is asked", func(e *questionnaire.Example) {
			e.Expect.NotAsked = []questionnaire.ItemID{"tired"}
		}, "not asked: expected `tired`, got none"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := illustrated()
			test.spoil(&q.Examples[0])
			want := questionnaire.Problems{{At: q.Examples[0].At, Message: "worked example `burdened`: " + test.want}}
			if diff := cmp.Diff(want, scoring.VerifyExamples(q)); diff != "" {
				t.Errorf("the problems are others (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAScoreMayDifferFromAWorkedExampleInItsLastDigits(t *testing.T) {
	q := illustrated()
	q.Examples[0].Expect.Scores["rest"] = value(7 + 1e-12)
	if problems := scoring.VerifyExamples(q); len(problems) > 0 {
		t.Errorf("there are problems:\n%v", problems)
	}
}

func TestAWorkedExampleThatCannotBeScoredIsAProblem(t *testing.T) {
	q := illustrated()
	q.Examples[2].Answers = answers{"late": code(9)}
	want := []string{
		"evening/examples.yaml:14:3: worked example `calm`: it cannot be scored: item `late`: unknown-option, the codes are [0 1 2 3 4]",
		"evening/examples.yaml:14:3: worked example `calm`: it cannot be scored: item `tired`: missing-answer",
		"evening/examples.yaml: no worked example reaches band `steady`",
	}
	if diff := cmp.Diff(want, strings.Split(scoring.VerifyExamples(q).Error(), "\n")); diff != "" {
		t.Errorf("the problems are others (-want +got):\n%s", diff)
	}
}

func TestEveryBandAndFlagNeedsAWorkedExample(t *testing.T) {
	q := illustrated()
	q.Examples = q.Examples[2:]
	want := []string{
		"evening/examples.yaml: no worked example reaches band `talk`",
		"evening/examples.yaml: no worked example reaches band `try`",
		"evening/examples.yaml: no worked example reaches flag `despair`",
		"evening/examples.yaml: no worked example reaches flag `exhausted`",
	}
	if diff := cmp.Diff(want, strings.Split(scoring.VerifyExamples(q).Error(), "\n")); diff != "" {
		t.Errorf("the problems are others (-want +got):\n%s", diff)
	}
}

func TestWhatDoesNotCompileIsToldBeforeAnyExample(t *testing.T) {
	q := illustrated()
	q.Flags[0].When, q.Flags[1].When = nil, nil
	want := []string{
		"evening/examples.yaml: flag `despair`: its condition: it is missing",
		"evening/examples.yaml: flag `exhausted`: its condition: it is missing",
	}
	if diff := cmp.Diff(want, strings.Split(scoring.VerifyExamples(q).Error(), "\n")); diff != "" {
		t.Errorf("the problems are others (-want +got):\n%s", diff)
	}
}

func ExampleProgram_Score() {
	program, err := scoring.Compile(evening())
	if err != nil {
		panic(err)
	}
	result, err := program.Score(scoring.Input{Answers: answers{"late": code(3), "tired": code(1)}})
	if err != nil {
		panic(err)
	}
	fmt.Println(result.Band.ID, result.Advice)
	// Output: try [bedtime-phone walk tell-one]
}
