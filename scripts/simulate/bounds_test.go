package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"predah/internal/questionnaire"
)

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

// inBounds is boundedOf for tests.
func inBounds(t *testing.T, q *questionnaire.Questionnaire) bounded {
	t.Helper()
	b, err := boundedOf(q)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLevelsComeOutAboutAsOftenAsBefore(t *testing.T) {
	for _, q := range present(t) {
		for _, broken := range inBounds(t, q).against(inBounds(t, released(t, q.ID))) {
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

// TestThePageSaysWhatComesOut: the page comes from 20,000 people, here are fewer, so two points may lie between.
func TestThePageSaysWhatComesOut(t *testing.T) {
	_, now, _ := strings.Cut(page(t, "simulation.md"), "<!-- Now: begin -->")
	for _, q := range present(t) {
		_, row, there := strings.Cut(now, fmt.Sprintf("| %s %s | ", q.ID, q.Version))
		c, err := newCheck(q)
		if err != nil {
			t.Fatal(err)
		}
		people := c.draw(4000, false)
		for _, m := range []model{base, mild} {
			f, err := people.measure(m)
			if err != nil {
				t.Fatal(err)
			}
			var said [5]float64
			cell, rest, _ := strings.Cut(row, " | ")
			row = rest
			if _, err := fmt.Sscanf(cell, "%g / %g / %g / %g", &said[1], &said[2], &said[3], &said[4]); err != nil || !there {
				t.Fatalf("docs/simulation.md has no row for %s %s: go run ./scripts/simulate --write", q.ID, q.Version)
			}
			for level, share := range f.of(people.worst()).level {
				if math.Abs(100*share-said[level]) > 2 {
					t.Errorf("%s: level %d comes out in %.1f %% under %s, the page says %.1f: go run ./scripts/simulate --write", q.ID, level, 100*share, m.name, said[level])
				}
			}
		}
	}
}

// TestABrokenRuleIsNoticed breaks the rules of one check in the ways that the bounds are for.
func TestABrokenRuleIsNoticed(t *testing.T) {
	before := inBounds(t, released(t, "gaming"))
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
			if broken := strings.Join(inBounds(t, &q).against(before), "; "); !strings.Contains(broken, test.says) {
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
