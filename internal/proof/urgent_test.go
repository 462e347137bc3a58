package proof

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
)

// alarmed is pain with an urgent flag, the band that answers it, and a piece of advice that sends the phone away.
func alarmed(t *testing.T, raised *condition) *questionnaire.Questionnaire {
	q := pain(t)
	q.Flags[0] = questionnaire.Flag{ID: "strong", Urgency: questionnaire.Now, When: raised}
	q.Advice = append(q.Advice, questionnaire.Advice{ID: "away", PhoneAway: true, When: item("sleep", questionnaire.AtLeast, 1)})
	for i := range q.Bands {
		q.Bands[i].Advice = append(q.Bands[i].Advice, "away")
	}
	q.Bands = append([]questionnaire.Band{{ID: "first", Urgent: true, When: some(raised), Advice: []string{"rest"}}}, q.Bands...)
	return q
}

func TestNothingOfAnOrdinaryDayComesBesideAnUrgentFlag(t *testing.T) {
	raised := item("who", questionnaire.Includes, 1)
	if got := told(t, alarmed(t, raised)); got != "" {
		t.Errorf("without a mistake: %s", got)
	}
	q := alarmed(t, raised)
	q.Bands = q.Bands[1:]
	want := []string{
		"an urgent flag comes with the lowest level, as here; a band with `urgent: true` goes before all levels\n" +
			"  - name: \"an urgent flag never comes with the lowest level?\"\n    answers: {pain: 0, help: yes, who: [1]}\n",
		"the advice `away` sends the phone away beside an urgent flag, as here\n" +
			"  - name: \"the advice `away` never comes with an urgent flag?\"\n    answers: {pain: 0, sleep: 1, help: yes, who: [1]}\n",
	}
	safety, err := ProveSafety(q)
	if err != nil || len(safety.Faults) != len(want) {
		t.Errorf("of safety alone: %v, %v", safety, err)
	}
	got := told(t, q)
	for _, part := range want {
		if !strings.Contains(got, part) {
			t.Errorf("%q is not in:\n%s", part, got)
		}
	}
}

func TestLeavingTheAgeOutTakesNoFlagAway(t *testing.T) {
	age := func(operator questionnaire.Operator, years float64) *condition {
		return &condition{Age: true, Test: test(operator, years)}
	}
	much := item("pain", questionnaire.AtLeast, 3)
	young, adult := all(age(questionnaire.LessThan, 18), much), all(age(questionnaire.AtLeast, 18), much)
	notAdult := all(&condition{Not: age(questionnaire.AtLeast, 18)}, much)
	flag := func(id string, when *condition, about ...questionnaire.Topic) questionnaire.Flag {
		return questionnaire.Flag{ID: id, Urgency: questionnaire.Soon, When: when, About: about}
	}
	for name, c := range map[string]struct {
		flags []questionnaire.Flag
		lost  string
	}{
		"asked of those said to be young": {[]questionnaire.Flag{flag("strong", young)}, "strong"},
		"asked unless said to be grown":   {[]questionnaire.Flag{flag("strong", notAdult)}, ""},
		"two that share the people":       {[]questionnaire.Flag{flag("strong", notAdult), flag("grown", adult)}, "grown"},
		"two that are about the same":     {[]questionnaire.Flag{flag("strong", notAdult, questionnaire.Money), flag("grown", adult, questionnaire.Money)}, ""},
		"two about other things":          {[]questionnaire.Flag{flag("strong", notAdult, questionnaire.Money), flag("grown", adult, questionnaire.Threats)}, "grown"},
	} {
		q := pain(t)
		q.Flags = c.flags
		got := told(t, q)
		if c.lost == "" && got != "" || c.lost != "" && !strings.HasPrefix(got, fmt.Sprintf("who leaves the age out loses the flag `%s`, as here;", c.lost)) {
			t.Errorf("%s: lost is %q, want %q", name, got, c.lost)
		}
	}
}

// TestTheAgesOfAFlagAreThoseThatCanRaiseIt: with those of an item that is shown at some ages only.
func TestTheAgesOfAFlagAreThoseThatCanRaiseIt(t *testing.T) {
	q := pain(t)
	q.Ages = questionnaire.Range{Min: 15, Max: 19}
	q.Items[3].ShowWhen = &condition{Age: true, Test: test(questionnaire.AtLeast, 18)}
	q.Flags = append(q.Flags, questionnaire.Flag{ID: "grown", When: item("who", questionnaire.Includes, 2)})
	said := map[string]string{}
	for id, ages := range FlagAges(q) {
		for _, age := range ages {
			if age == nil {
				said[id] += "? "
			} else {
				said[id] += fmt.Sprint(*age, " ")
			}
		}
	}
	if diff := cmp.Diff(map[string]string{"strong": "? 15 16 17 18 19 ", "grown": "18 19 "}, said); diff != "" {
		t.Error(diff)
	}
}
