package explain_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"predah/internal/explain"
	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// What was not asked counts what the words say; where the question that decides was skipped, it was skipped.
func TestWhatIsSaidOfWhatWasNotAskedIsWhatTheEngineDoes(t *testing.T) {
	q := &questionnaire.Questionnaire{ID: "told", Texts: map[questionnaire.Language]*questionnaire.Texts{"sl": {}, "en": {}}}
	yes := []questionnaire.Option{{Code: 1, Points: 1}, {Code: 0}}
	q.Items = []questionnaire.Item{{ID: "gate", Kind: questionnaire.YesNo, Options: yes, Optional: true}}
	for i := range 3 {
		item := questionnaire.Item{ID: questionnaire.ItemID(fmt.Sprintf("item-%d", i)), Kind: questionnaire.Single, Optional: i < 2, Options: steps(4)}
		if i > 0 {
			item.ShowWhen = &questionnaire.Condition{Item: "gate", Test: test(is, 1)}
		}
		q.Items = append(q.Items, item)
	}
	for i, points := range []float64{0, 1, -2.5} {
		for j, missing := range []questionnaire.Missing{"", questionnaire.MissingZero, questionnaire.MissingMedian} {
			for from := range 2 { // the first item is always asked
				s := questionnaire.Score{ID: questionnaire.ScoreID(fmt.Sprintf("score-%d-%d-%d", i, j, from)), Method: questionnaire.Mean, NotAsked: &points, Missing: missing, Min: -9, Max: 9}
				for k := from; k < 3; k++ {
					s.Of = append(s.Of, questionnaire.Part{Item: questionnaire.ItemID(fmt.Sprintf("item-%d", k)), Weight: 1})
				}
				q.Scores = append(q.Scores, s)
			}
		}
	}
	program, err := scoring.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range questionnaire.Languages() {
		for _, section := range explain.In(q, language, explain.Names{}).Sections {
			at := slices.IndexFunc(q.Scores, func(s questionnaire.Score) bool { return "score-"+string(s.ID) == section.ID })
			if at < 0 {
				continue
			}
			read := readBack(t, language, section.Paragraphs)
			everyAnswer(3, func(answers []*float64) { compareNotAsked(t, program, at, &read, len(q.Scores[at].Of), answers) })
		}
	}
}

// compareNotAsked scores the answers with each answer to the question that decides.
func compareNotAsked(t *testing.T, program *scoring.Program, at int, read *readScore, parts int, answers []*float64) {
	for _, gate := range []float64{1, 0, -1} { // yes, no, skipped
		in := scoring.Input{Answers: map[questionnaire.ItemID]questionnaire.Answer{}}
		said := slices.Clone(answers)
		if gate >= 0 {
			in.Answers["gate"] = questionnaire.Answer{Number: gate}
		}
		for i, a := range answers {
			switch {
			case i == 2 && gate == 1 && a == nil:
				return // may not be skipped
			case i > 0 && gate == 0:
				said[i] = &read.notAsked
			case i > 0 && gate < 0:
				if said[i] = nil; !read.undecided {
					t.Fatal("it is not said what is skipped with the question that decides")
				}
			case a != nil:
				in.Answers[questionnaire.ItemID(fmt.Sprintf("item-%d", i))] = questionnaire.Answer{Number: *a}
			}
		}
		result, err := program.Score(in)
		if err != nil {
			t.Fatal(err)
		}
		got, want := math.NaN(), read.score(said[3-parts:])
		if value := result.Scores[at]; value.OK {
			got = value.Value
		}
		if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > 1e-6 {
			t.Fatalf("%s, gate %v, %v: the words come to %v, the engine to %v", result.Scores[at].ID, gate, shown(answers), want, got)
		}
	}
}

func steps(n int) (options []questionnaire.Option) {
	for code := range n {
		options = append(options, questionnaire.Option{Code: code, Points: float64(code)})
	}
	return options
}
