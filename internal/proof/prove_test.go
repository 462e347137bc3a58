package proof

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
)

type (
	condition = questionnaire.Condition
)

func test(operator questionnaire.Operator, value float64) questionnaire.Comparison {
	return questionnaire.Comparison{Operator: operator, Values: []float64{value}}
}

func item(id questionnaire.ItemID, operator questionnaire.Operator, value float64) *condition {
	return &condition{Item: id, Test: test(operator, value)}
}

func score(id questionnaire.ScoreID, operator questionnaire.Operator, value float64) *condition {
	return &condition{Score: id, Test: test(operator, value)}
}

func all(parts ...*condition) *condition { return &condition{All: parts} }
func some(parts ...*condition) *condition {
	return &condition{Any: parts}
}

// pain is a questionnaire without a fault.
func pain(t testing.TB) *questionnaire.Questionnaire {
	t.Helper()
	often := []questionnaire.Option{{Code: 0}, {Code: 1, Points: 1}, {Code: 2, Points: 2}, {Code: 3, Points: 3}, {Code: 4, Points: 4}}
	return &questionnaire.Questionnaire{
		ID: "pain", Version: "1.0.0", Ages: questionnaire.Range{Min: 12, Max: 25},
		Items: []questionnaire.Item{
			{ID: "pain", Kind: questionnaire.Single, Options: often, Harm: true},
			{ID: "sleep", Kind: questionnaire.Single, Options: often, Optional: true, Harm: true},
			{ID: "help", Kind: questionnaire.YesNo, Options: []questionnaire.Option{{Code: 1, Points: 1}, {Code: 0}}},
			{ID: "who", Kind: questionnaire.Multiple, Options: []questionnaire.Option{{Code: 1}, {Code: 2}}, ShowWhen: item("help", questionnaire.Is, 1)},
		},
		Scores: []questionnaire.Score{{ID: "total", Method: questionnaire.Sum, Max: 8, ProrateUpTo: 0.5, Of: []questionnaire.Part{
			{Item: "pain", Weight: 1}, {Item: "sleep", Weight: 1},
		}}},
		Criteria: []questionnaire.Criterion{{ID: "much", When: all(item("pain", questionnaire.AtLeast, 3), item("sleep", questionnaire.AtLeast, 2))}},
		Bands: []questionnaire.Band{
			{ID: "talk", Level: 3, When: &condition{Criterion: "much"}, Advice: []string{"call", "rest"}},
			{ID: "watch", Level: 2, When: some(item("pain", questionnaire.AtLeast, 2), item("sleep", questionnaire.AtLeast, 3)), Advice: []string{"rest"}},
			{ID: "fine", Level: 1, Advice: []string{"rest"}},
		},
		Flags:    []questionnaire.Flag{{ID: "strong", When: item("pain", questionnaire.AtLeast, 3)}},
		Advice:   []questionnaire.Advice{{ID: "call", When: item("who", questionnaire.Includes, 2)}, {ID: "rest"}},
		Guidance: []questionnaire.Section{{ID: "first", Place: questionnaire.BeforeAdvice, AtMost: 1, Steps: []questionnaire.Step{{ID: "lie", When: item("pain", questionnaire.AtLeast, 1)}, {ID: "walk"}}}},
		Suggest:  []questionnaire.Suggestion{{Check: "mood", When: score("total", questionnaire.AtLeast, 5)}},
	}
}

// told is what a proof finds, as check prints it.
func told(t *testing.T, q *questionnaire.Questionnaire) string {
	t.Helper()
	report, err := Prove(q)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, statement := range report.NotProved {
		text.WriteString("not proved: " + statement + "\n")
	}
	for _, fault := range append(report.Faults, report.Notes...) {
		text.WriteString(fault.Message + "\n")
		WriteCases(&text, q, fault.Cases)
	}
	return text.String()
}

func TestAQuestionnaireWithoutAFaultIsProved(t *testing.T) {
	report, err := Prove(pain(t))
	if err != nil {
		t.Fatal(err)
	}
	// One item that can be hidden, a criterion, 3 bands, a flag, 2 pieces of advice, 2 steps, a suggestion,
	// a band for everyone, 2 items whose worse answers count, 2 harms.
	if want := (&Report{Proved: 16}); !cmp.Equal(want, report) {
		t.Error(cmp.Diff(want, report))
	}
}

func TestEachFaultIsFoundWithTheShortestAnswersThatShowIt(t *testing.T) {
	tests := []struct {
		name    string
		mistake func(*questionnaire.Questionnaire)
		want    string
	}{
		{"a band behind another", func(q *questionnaire.Questionnaire) {
			q.Bands[1].When = some(item("pain", questionnaire.AtLeast, 4), item("sleep", questionnaire.AtLeast, 2))
			q.Bands[0], q.Bands[1] = q.Bands[1], q.Bands[0]
			q.Bands[0].Level, q.Bands[1].Level = 3, 2
			q.Items[0].Harm = false
		}, `the band ` + "`talk`" + ` is never reached: whenever its rule holds, an earlier band comes first, as with these answers
  - name: "Near to the band ` + "`talk`" + `"
    answers: {pain: 3, sleep: 2, help: no}
    expect:
      scores: {total: 5}
      criteria: [much]
      band: watch
      flags: [strong]
      advice: [rest]
      guidance: {first: [lie]}
      suggest: [mood]
the advice ` + "`call`" + ` is never given: where its condition holds, the band is always one that does not list it, as with these answers
  - name: "Near to the advice ` + "`call`" + `"
    answers: {pain: 0, help: yes, who: [2]}
    expect:
      scores: {total: 0}
      criteria: []
      band: fine
      flags: []
      advice: [rest]
      guidance: {first: [walk]}
      suggest: []
`},
		{"a flag that no answers raise", func(q *questionnaire.Questionnaire) {
			q.Flags[0].When = all(item("pain", questionnaire.AtMost, 1), score("total", questionnaire.AtLeast, 6))
		}, "the flag `strong` is never raised: no answers meet its rule\n"},
		{"advice behind three others", func(q *questionnaire.Questionnaire) {
			q.Advice = append(q.Advice, questionnaire.Advice{ID: "one"}, questionnaire.Advice{ID: "two"})
			q.Bands[0].Advice = []string{"one", "two", "rest", "call"}
		}, `the advice ` + "`call`" + ` is never given: where it fits, 3 others always come before it, as with these answers
  - name: "Near to the advice ` + "`call`" + `"
    answers: {pain: 3, sleep: 2, help: yes, who: [2]}
    expect:
      scores: {total: 5}
      criteria: [much]
      band: talk
      flags: [strong]
      advice: [one, two, rest]
      guidance: {first: [lie]}
      suggest: [mood]
`},
		{"a step behind another that always holds", func(q *questionnaire.Questionnaire) {
			q.Guidance[0].Steps[0], q.Guidance[0].Steps[1] = q.Guidance[0].Steps[1], q.Guidance[0].Steps[0]
		}, `the step ` + "`lie` of the guidance `first`" + ` is never shown: where it fits, 1 others always come before it, as with these answers
  - name: "Near to the step ` + "`lie` of the guidance `first`" + `"
    answers: {pain: 1, help: no}
    expect:
      scores: {total: 2}
      criteria: []
      band: fine
      flags: []
      advice: [rest]
      guidance: {first: [walk]}
      suggest: []
`},
		{"a suggestion out of reach of the score", func(q *questionnaire.Questionnaire) {
			q.Suggest[0].When = all(score("total", questionnaire.AtLeast, 7), item("pain", questionnaire.AtMost, 2), item("sleep", questionnaire.AtMost, 3))
		}, "the suggestion `mood` is never made: no answers meet its rule\n"},
		{"an item that is never shown", func(q *questionnaire.Questionnaire) {
			q.Items[3].ShowWhen = all(item("pain", questionnaire.AtLeast, 3), item("pain", questionnaire.LessThan, 3))
			q.Advice[0].When = nil
		}, "the item `who` is never shown: no answers meet its rule\n"},
		{"answers that get no band", func(q *questionnaire.Questionnaire) {
			q.Bands[2].When = item("sleep", questionnaire.AtMost, 2)
		}, `these answers get no band
  - name: "all answers get a band?"
    answers: {pain: 0, help: no}
    expect:
      scores: {total: 0}
      criteria: []
      band: null
      flags: []
      advice: []
      guidance: {first: [walk]}
      suggest: []
`},
		{"a worse answer that lowers the level", func(q *questionnaire.Questionnaire) {
			q.Bands[1].When = some(item("pain", questionnaire.Is, 2), item("sleep", questionnaire.AtLeast, 3))
			q.Items[0].Harm = false
		}, `a worse answer gives a lower level: ` + "`pain` from 2 to 3 takes the level from 2 (`watch`) to 1 (`fine`); if that is right, declare it under `exceptions`" + ` and say why
  - name: "With ` + "`pain`" + ` at 2"
    answers: {pain: 2, help: no}
    expect:
      scores: {total: 4}
      criteria: []
      band: watch
      flags: []
      advice: [rest]
      guidance: {first: [lie]}
      suggest: []
  - name: "With ` + "`pain`" + ` at 3, which is worse"
    answers: {pain: 3, help: no}
    expect:
      scores: {total: 6}
      criteria: []
      band: fine
      flags: [strong]
      advice: [rest]
      guidance: {first: [lie]}
      suggest: [mood]
`},
		{"harm in the lowest level", func(q *questionnaire.Questionnaire) {
			q.Bands[1].When = item("pain", questionnaire.AtLeast, 2)
		}, `harm at its worst ends in the lowest level: ` + "`sleep` at 4 with the band `fine`" + `
  - name: "Harm at its worst: ` + "`sleep`" + `"
    answers: {pain: 0, sleep: 4, help: no}
    expect:
      scores: {total: 4}
      criteria: []
      band: fine
      flags: []
      advice: [rest]
      guidance: {first: [walk]}
      suggest: []
`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := pain(t)
			test.mistake(q)
			if diff := cmp.Diff(test.want, told(t, q)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnExceptionTurnsTheProofRound(t *testing.T) {
	q := pain(t)
	q.Items[0].Harm = false
	for _, c := range []*condition{q.Criteria[0].When.All[0], q.Bands[1].When.Any[0], q.Flags[0].When} {
		c.Test.Operator = questionnaire.AtMost
	}
	falls := "a worse answer gives a lower level: `pain`"
	if got := told(t, q); !strings.HasPrefix(got, falls) {
		t.Errorf("without an exception: %s", got)
	}
	for _, worse := range []questionnaire.Worse{questionnaire.WorseLower, questionnaire.WorseNeither} {
		q.Exceptions = []questionnaire.Exception{{Item: "pain", Worse: worse, Reason: "A high number is comfort here."}}
		if got := told(t, q); got != "" {
			t.Errorf("with an exception (%s): %s", worse, got)
		}
	}
	q.Items[0].Harm = true // now at 0, which is the worst
	q.Exceptions[0].Worse = questionnaire.WorseLower
	if got := told(t, q); got != "" {
		t.Errorf("harm at its worst is at 0: %s", got)
	}
}

// TestAnOptionOutsideTheOrderIsNoWorstAnswer: an answer such as "does not apply" has the highest code and says
// nothing, and the proof of the others stays.
func TestAnOptionOutsideTheOrderIsNoWorstAnswer(t *testing.T) {
	q := pain(t)
	pain := &q.Items[0]
	last := pain.Options[len(pain.Options)-1].Code
	pain.Options = append(slices.Clone(pain.Options), questionnaire.Option{Code: last + 1, Points: 0})
	for _, c := range []*condition{q.Criteria[0].When.All[0], q.Bands[1].When.Any[0], q.Flags[0].When} {
		c.Test.Operator, c.Test.Values = questionnaire.In, []float64{3, 4}
	}
	if got, want := told(t, q), "a worse answer gives a lower level: `pain`"; !strings.HasPrefix(got, want) {
		t.Errorf("without an exception: %s", got)
	}
	q.Exceptions = []questionnaire.Exception{{Item: "pain", Codes: []int{last + 1}, Worse: questionnaire.WorseNeither, Reason: "It does not apply."}}
	if got := told(t, q); got != "" {
		t.Errorf("with an exception for the option: %s", got)
	}
	q.Bands[1].When.Any[0].Test.Values = []float64{3}
	if got, want := told(t, q), "a worse answer gives a lower level: `pain` from 3 to 4"; !strings.HasPrefix(got, want) {
		t.Errorf("with a fall among the others: %s", got)
	}
}

// TestTheUrgentBandStandsAboveEveryLevel: coming to it is no fall, and a worse answer never leads out of it.
func TestTheUrgentBandStandsAboveEveryLevel(t *testing.T) {
	q := pain(t)
	urgent := func(when *condition) {
		q.Flags[0] = questionnaire.Flag{ID: "strong", Urgency: questionnaire.Now, When: when}
		q.Bands = append([]questionnaire.Band{{ID: "first", Urgent: true, When: some(when), Advice: []string{"rest"}}}, pain(t).Bands...)
	}
	urgent(item("sleep", questionnaire.AtLeast, 4))
	if got := told(t, q); got != "" {
		t.Error(got)
	}
	urgent(item("sleep", questionnaire.Is, 3))
	want := "a worse answer takes the urgent band away: `sleep` from 3 to 4 leads from `first` to level 2 (`watch`);"
	if got := told(t, q); !strings.HasPrefix(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAReversedItemIsWorseWhenLower(t *testing.T) {
	q := pain(t)
	q.Items[0].Harm, q.Items[1].Harm = false, false
	q.Scores[0].Of[1].Reverse = true
	q.Bands = []questionnaire.Band{
		{ID: "talk", Level: 2, Score: "total", From: 5, To: 8, Advice: []string{"call", "rest"}},
		{ID: "fine", Level: 1, Score: "total", From: 0, To: 4, Advice: []string{"rest"}},
	}
	q.Scores[0].ProrateUpTo = 0
	want := `without enough answers there is no score and no band, as here
  - name: "Too little for a score"
    answers: {pain: 0, help: no}
    expect:
      scores: {total: null}
      criteria: []
      band: null
      flags: []
      advice: []
      guidance: {first: [walk]}
      suggest: []
`
	if diff := cmp.Diff(want, told(t, q)); diff != "" {
		t.Error(diff)
	}
}

func TestWhatTheSearchCannotCarryIsNotProved(t *testing.T) {
	for weight, want := range map[float64]string{
		0.1234567: "not proved: the suggestion `mood` can be reached: score `total` adds up fractions with too many places\n",
		0.1:       "the suggestion `mood` is never made: no answers meet its rule\n",
	} {
		q := pain(t)
		q.Scores[0].Method, q.Scores[0].Of[0].Weight = questionnaire.WeightedSum, weight
		if diff := cmp.Diff(want, told(t, q)); diff != "" {
			t.Errorf("weighed with %v: %s", weight, diff)
		}
	}
}

func TestAConstructOfTomorrowIsNamed(t *testing.T) {
	type tomorrow struct{ ID, Table string }
	knows[reflect.TypeFor[tomorrow]()] = fields("ID", "")
	defer delete(knows, reflect.TypeFor[tomorrow]())
	if got := unknownOf("score `t`", tomorrow{"t", ""}); got != "" {
		t.Error(got)
	}
	if got := unknownOf("score `t`", tomorrow{"t", "norms"}); got != "score `t` uses Table, which the proof does not know" {
		t.Error(got)
	}
}

// TestNoFieldOfTheFormatIsForgotten fails when the format has a field of which nobody has said
// whether the proof takes it into account.
func TestNoFieldOfTheFormatIsForgotten(t *testing.T) {
	for kind, said := range knows {
		for i := range kind.NumField() {
			if _, ok := said[kind.Field(i).Name]; !ok {
				t.Errorf("%v.%s: say in rules.go whether the proof knows it", kind, kind.Field(i).Name)
			}
		}
		for name := range said {
			if _, ok := kind.FieldByName(name); !ok {
				t.Errorf("%v has no field %s any more", kind, name)
			}
		}
	}
}

func TestTooManyCasesAreGivenUp(t *testing.T) {
	q := pain(t)
	p := &prover{q: q, left: 3, splitFrom: splitFrom}
	if _, err := p.search(func(t *translator) formula { return t.rule(q.Suggest[0].When) }); err != errTooMany {
		t.Errorf("the error is %v", err)
	}
}
