package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"predah/internal/questionnaire"
)

// The bounds, in points of a hundred.
const (
	mostMore = 2.0  // so much more often than in version 1.0.0 level 3 or level 4 may come out
	mostLost = 3.0  // so much less often than there those with most of the cause may have the highest level: what chance does
	mostMove = 16.0 // of the steps from an answer to the next may change the level
)

// lonely is the mild model where nothing happens that is no part of a score: what is left is the habit.
// Version 1.0.0 gave the highest level for what others did, which later versions say without a level.
var lonely = model{name: "mild, alone", loading: loading, halved: true, alone: true}

// bounded is what the bounds are about.
type bounded struct {
	check        *check
	mild, lonely shares
	severe       float64 // share at the highest level of the top 2 % of the cause, alone
}

func boundedOf(t *testing.T, q *questionnaire.Questionnaire) bounded {
	t.Helper()
	c, err := newCheck(q)
	if err != nil {
		t.Fatal(err)
	}
	people := c.draw(10_000, false)
	order := people.worst()
	b := bounded{check: c}
	for m, to := range map[model]*shares{mild: &b.mild, lonely: &b.lonely} {
		f, err := people.measure(m)
		if err != nil {
			t.Fatal(err)
		}
		*to = f.of(order)
		if m == lonely {
			b.severe = f.of(top(order, 0, 0.02)).level[c.highest]
		}
	}
	return b
}

// against says in which ways one version goes beyond what an earlier one allows.
func (b bounded) against(before bounded) (broken []string) {
	say := func(format string, args ...any) { broken = append(broken, fmt.Sprintf(format, args...)) }
	for level := questionnaire.Level(1); level <= b.check.highest; level++ {
		if b.mild.level[level] == 0 {
			say("nobody has level %d", level)
		}
		for name, pair := range map[string][2]shares{mild.name: {before.mild, b.mild}, lonely.name: {before.lonely, b.lonely}} {
			was, is := 100*pair[0].level[level], 100*pair[1].level[level]
			if level > 2 && is > was+mostMore {
				say("under %s %.1f %% have level %d, where %.1f %% had", name, is, level, was)
			}
		}
	}
	if was, is := 100*before.severe, 100*b.severe; is < was-mostLost {
		say("of the top 2 %% only %.0f %% have the highest level, where %.0f %% had", is, was)
	}
	return broken
}

// present are the checks as they are.
func present(t *testing.T) []*questionnaire.Questionnaire {
	t.Helper()
	all, err := asTheyAre()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var asTheyAre = sync.OnceValues(func() ([]*questionnaire.Questionnaire, error) { return checks(os.DirFS("../../questionnaires"), "") })

func TestLevelsComeOutAboutAsOftenAsBefore(t *testing.T) {
	for _, q := range present(t) {
		for _, broken := range boundedOf(t, q).against(boundedOf(t, released(t, q.ID))) {
			t.Errorf("%s: %s", q.ID, broken)
		}
	}
}

func TestFewSingleAnswersChangeTheLevel(t *testing.T) {
	for _, q := range present(t) {
		c, err := newCheck(q)
		if err != nil {
			t.Fatal(err)
		}
		people := c.draw(1000, false)
		f, err := people.measure(base)
		if err != nil {
			t.Fatal(err)
		}
		steps, err := people.steps(base, f.levels)
		if err != nil {
			t.Fatal(err)
		}
		if 100*steps > mostMove {
			t.Errorf("%s: %.1f %% of the steps change the level", q.ID, 100*steps)
		}
	}
}

// TestABrokenRuleIsNoticed breaks the rules of one check in the ways that the bounds are for.
func TestABrokenRuleIsNoticed(t *testing.T) {
	before := boundedOf(t, released(t, "gaming"))
	if broken := before.against(before); broken != nil {
		t.Errorf("the same rules: %v", broken)
	}
	always := &questionnaire.Condition{Item: "sleep-lost", Test: questionnaire.Comparison{Operator: questionnaire.AtLeast, Values: []float64{1}}}
	tests := []struct {
		name, says string
		breaks     func(q *questionnaire.Questionnaire)
	}{
		{"one bad night is enough", "have level 3", func(q *questionnaire.Questionnaire) {
			band(q, 3).When = &questionnaire.Condition{Any: []*questionnaire.Condition{band(q, 3).When, always}}
		}},
		{"the gate to the highest level is narrower", "have the highest level", func(q *questionnaire.Questionnaire) {
			for i := range q.Criteria {
				if q.Criteria[i].ID == "impaired-control" {
					when := *q.Criteria[i].When
					when.AtLeast = 3
					q.Criteria[i].When = &when
				}
			}
		}},
		{"a level is behind one that takes everybody", "nobody has level 2", func(q *questionnaire.Questionnaire) {
			band(q, 2).When = &questionnaire.Condition{All: []*questionnaire.Condition{always, {Not: always}}}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := *released(t, "gaming")
			q.Bands, q.Criteria = slices.Clone(q.Bands), slices.Clone(q.Criteria)
			test.breaks(&q)
			if broken := strings.Join(boundedOf(t, &q).against(before), "; "); !strings.Contains(broken, test.says) {
				t.Errorf("it is said: %q", broken)
			}
		})
	}
}

// band is the band with a level.
func band(q *questionnaire.Questionnaire, level questionnaire.Level) *questionnaire.Band {
	i := slices.IndexFunc(q.Bands, func(b questionnaire.Band) bool { return b.Level == level })
	return &q.Bands[i]
}
