package difference_test

import (
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"predah/internal/difference"
	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/questionnaire/source"
	"predah/questionnaires"
)

// gaming loads a fresh copy of a built-in questionnaire, to be changed.
func gaming(t *testing.T) *questionnaire.Questionnaire {
	t.Helper()
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	alone := fstest.MapFS{}
	for _, name := range []string{
		"areas/areas.yaml", "areas/sl.yaml", "areas/en.yaml", "gaming/questionnaire.yaml", "gaming/sl.yaml", "gaming/en.yaml", "gaming/examples.yaml",
	} {
		data, err := fs.ReadFile(questionnaires.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		alone[name] = &fstest.MapFile{Data: data}
	}
	catalogue, err := load.Load(load.Options{Schemas: schemas, BuiltIn: alone})
	if err != nil {
		t.Fatal(err)
	}
	q, _ := catalogue.Questionnaire("gaming")
	return q
}

func TestTheSameHasNoDifference(t *testing.T) {
	if got := difference.Of(gaming(t), gaming(t)); len(got.Scoring)+len(got.Asking) > 0 || got.NeedsVersion() {
		t.Errorf("%+v", got)
	}
}

func TestWhatCanChangeAResultIsScoring(t *testing.T) {
	tests := map[string]struct {
		change func(*questionnaire.Questionnaire)
		want   string
	}{
		"points of an option": {
			func(q *questionnaire.Questionnaire) {
				q.Items[4].Options = slices.Clone(q.Items[4].Options)
				q.Items[4].Options[1].Points = 5
			},
			"item `tries-less`: option `1`: points: was 1, is 5",
		},
		"an item that may be skipped": {
			func(q *questionnaire.Questionnaire) { q.Items[4].Optional = true },
			"item `tries-less`: optional: was no, is yes",
		},
		"a condition": {
			func(q *questionnaire.Questionnaire) { q.Criteria[4].When.Test.Values[0] = 4 },
			"criterion `distress`: when: was (when the answer to ",
		},
		"a part of a score": {
			func(q *questionnaire.Questionnaire) { q.Scores[1].Of = q.Scores[1].Of[1:] },
			"score `harm`: part `sleep-lost` is gone",
		},
		"the share that may be skipped": {
			func(q *questionnaire.Questionnaire) { q.Scores[0].ProrateUpTo = 0.5 },
			"score `total`: prorate-up-to: was 0.1, is 0.5",
		},
		"the order of bands": {
			func(q *questionnaire.Questionnaire) { q.Bands[1], q.Bands[2] = q.Bands[2], q.Bands[1] },
			"the order of the bands is now first-you, change, talk, ",
		},
		"advice of a band": {
			func(q *questionnaire.Questionnaire) { q.Bands[1].Advice = []string{"tell-one"} },
			"band `talk`: advice: was [tell-one, loud-at-home, without-school, ",
		},
		"a flag": {
			func(q *questionnaire.Questionnaire) { q.Flags = q.Flags[:2] },
			"flag `others-money` is gone",
		},
		"a suggestion": {
			func(q *questionnaire.Questionnaire) {
				q.Suggest = append(q.Suggest, questionnaire.Suggestion{Check: "digital-balance"})
			},
			"suggestion of `digital-balance` is new",
		},
		"what was not asked": {
			func(q *questionnaire.Questionnaire) { points := 0.5; q.Scores[0].NotAsked = &points },
			"score `total`: not-asked: was not there, is 0.5",
		},
		"what is filled in": {
			func(q *questionnaire.Questionnaire) { q.Scores[0].Missing = questionnaire.MissingMedian },
			"score `total`: missing: was ``, is `median`",
		},
		"a hidden score": {
			func(q *questionnaire.Questionnaire) { q.Scores[0].Hidden = true },
			"score `total`: hidden: was no, is yes",
		},
		"a band without a result": {
			func(q *questionnaire.Questionnaire) { q.Bands[1].Level = 0 },
			"band `talk`: level: was 4, is 0",
		},
		"the kind of result": {
			func(q *questionnaire.Questionnaire) { q.Result = questionnaire.Guide },
			"result: was `levels`, is `guide`",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			after := gaming(t)
			test.change(after)
			got := difference.Of(gaming(t), after)
			if len(got.Scoring) != 1 || !strings.HasPrefix(got.Scoring[0], test.want) || len(got.Asking) > 0 {
				t.Errorf("%+v; want %s", got, test.want)
			}
			if !got.NeedsVersion() {
				t.Error("it needs no new version")
			}
			after.Version = "10.0.0"
			if difference.Of(gaming(t), after).NeedsVersion() {
				t.Error("a new version is not enough")
			}
			after.Version = "0.9.0"
			if !difference.Of(gaming(t), after).NeedsVersion() {
				t.Error("an older version is enough")
			}
		})
	}
}

func TestWhatCannotIsNot(t *testing.T) {
	after := gaming(t)
	after.Minutes.Max = 9
	after.Scores[0].Worse = questionnaire.WorseLower
	after.Items[0], after.Items[1] = after.Items[1], after.Items[0]
	after.Suggest[0].At.Line = 7
	after.Provenance.Authorship = "Somebody"
	got := difference.Of(gaming(t), after)
	if len(got.Scoring) > 0 || len(got.Asking) != 4 || got.NeedsVersion() {
		t.Errorf("%+v", got)
	}
}

// TestEveryFieldIsCompared changes one field after the other and wants to hear of each.
func TestEveryFieldIsCompared(t *testing.T) {
	silent := map[string]bool{"ID": true, "Version": true, "Hash": true, "Texts": true, "Examples": true}
	for i := range reflect.TypeFor[questionnaire.Questionnaire]().NumField() {
		name := reflect.TypeFor[questionnaire.Questionnaire]().Field(i).Name
		after := gaming(t)
		reflect.ValueOf(after).Elem().Field(i).SetZero()
		if reflect.ValueOf(gaming(t)).Elem().Field(i).IsZero() {
			continue // gaming has none of it
		}
		got := difference.Of(gaming(t), after)
		if heard := len(got.Scoring)+len(got.Asking) > 0; heard == silent[name] {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestTextsAreComparedByTheirKeys(t *testing.T) {
	leaf := func(text string, path ...string) source.Leaf { return source.Leaf{Path: path, Text: text} }
	got := difference.Texts(
		[]source.Leaf{leaf("A", "title"), leaf("B", "items", "b", "text"), leaf("C", "items", "c", "text")},
		[]source.Leaf{leaf("C", "items", "c", "text"), leaf("A!", "title"), leaf("D", "items", "d", "text")},
	)
	want := []string{`title: was "A", is "A!"`, `items.b.text is gone: "B"`, `items.d.text is new: "D"`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
