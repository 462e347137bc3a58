package load_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire/load"
)

// with gives the fixture with replacements in some files: file, old, new, and so on.
func with(t testing.TB, changes ...string) fstest.MapFS {
	t.Helper()
	files := validFiles(t)
	for i := 0; i < len(changes); i += 3 {
		text := string(files[changes[i]].Data)
		if !strings.Contains(text, changes[i+1]) {
			t.Fatalf("%q is not in %s", changes[i+1], changes[i])
		}
		files[changes[i]] = &fstest.MapFile{Data: []byte(strings.Replace(text, changes[i+1], changes[i+2], 1))}
	}
	return files
}

func TestAllProblemsOfAllFilesAreSaidInOrder(t *testing.T) {
	files := with(t,
		walks, "version: 1.0.0", "version: one",
		walks, "kind: yes-no", "kind: yes-no\n    colour: red",
		walks, "of: [walk, climb, alone]", "of: [walk, climp, alone]",
		"walks/sl.yaml", runText, "",
		"rests/questionnaire.yaml", "from: 6, to: 10", "from: 7, to: 10",
		"areas/en.yaml", "title: Outdoors", "titel: Outdoors",
		"rests/en.yaml", "title: Rest", "title: [Rest",
	)
	files["walks/ls.yaml"] = files["walks/sl.yaml"]
	want := strings.Join([]string{
		"areas/en.yaml:2:14: unknown key `titel` (did you mean `title`?)",
		"rests/questionnaire.yaml:13:46: there is a gap between the bands: this one must begin at 6, not 7",
		"rests/en.yaml:2:8: this is not valid YAML: a comma or a closing bracket is missing here or before",
		"walks/questionnaire.yaml:3:10: `version` is three whole numbers with dots, such as 1.0.0",
		"walks/questionnaire.yaml:18:5: unknown key `colour`; known here: bounds, decimals, harm, id, kind, max-length, optional, options, show-when",
		"walks/questionnaire.yaml:36:41: there is no item or score `climp` (did you mean `climb`?)",
		"walks/ls.yaml: there is no use for this file here; known are questionnaire.yaml, examples.yaml, tables.yaml, sl.yaml, en.yaml (did you mean `sl.yaml`?)",
		"walks/sl.yaml:9:1: the text of the item `run` is missing",
	}, "\n")
	if diff := cmp.Diff(want, problemsOf(t, files).Error()); diff != "" {
		t.Error(diff)
	}
}

// TestTheRangeOfAScoreIsWhatItCanTake changes the first score of the fixture. Its items
// are alone (0 or 1), walk and run (0, 1 or 4), hours (0 to 24), with-whom (any of
// 1, 2 and -1) and climb (0 to 2); run and hours are optional, with-whom and climb may be hidden.
func TestTheRangeOfAScoreIsWhatItCanTake(t *testing.T) {
	for _, c := range []struct {
		score    string
		low, top float64
	}{
		{"method: sum, of: [walk, alone]", 0, 5},
		{"method: sum, of: [walk, run]", 0, 8},
		{"method: sum, of: [walk, hours], prorate-up-to: 0.5", 0, 28},
		{"method: sum, of: [alone, hours], prorate-up-to: 0.5", 0, 25},
		{"method: sum, of: [with-whom, alone]", -1, 4},
		{"method: sum, of: [with-whom]", -1, 3},
		{"method: sum, of: [with-whom, climb]", -1, 5},
		{"method: sum, of: [walk, run, hours], reverse: [run]", 0, 32},
		{"method: mean, of: [walk, alone]", 0, 2.5},
		{"method: mean, of: [walk, climb]", 0, 4},
		{"method: mean, of: [alone, climb]", 0, 1.5},
		{"method: mean, of: [alone, hours], prorate-up-to: 0.4", 0, 12.5},
		{"method: min, of: [walk, alone]", 0, 1},
		{"method: min, of: [walk, with-whom]", -1, 4},
		{"method: min, of: [with-whom, climb]", -1, 3},
		{"method: max, of: [walk, alone]", 0, 4},
		{"method: max, of: [alone, with-whom]", 0, 3},
		{"method: weighted-sum, of: [walk, alone], weights: {walk: 0.5, alone: -2}", -2, 2},
		{"method: weighted-sum, of: [walk, hours], weights: {walk: 1, hours: 1}, prorate-up-to: 0.5", 0, 48},
		{"method: count, of: [walk, run, alone], count-when: {at-least: 1}", 0, 3},
		{"method: count, of: [walk, run, alone], count-when: {at-least: 2}", 0, 2},
		{"method: count, of: [walk, run, alone], count-when: {less-than: 2}", 1, 3},
		{"method: count, of: [walk, climb], count-when: {at-most: 2}", 0, 2},
	} {
		t.Run(c.score, func(t *testing.T) {
			files := with(t,
				walks, "scores:\n", "scores:\n  - {id: it, "+c.score+"}\n",
				"walks/sl.yaml", "scores: {", "scores: {it: To, ",
				"walks/en.yaml", "scores: {", "scores: {it: It, ",
			)
			catalogue, err := load.Load(options(t, files))
			if err != nil {
				t.Fatal(err)
			}
			q, _ := catalogue.Questionnaire("walks")
			if it := q.Scores[0]; it.Min != c.low || it.Max != c.top {
				t.Errorf("from %v to %v, want %v to %v", it.Min, it.Max, c.low, c.top)
			}
		})
	}
}

// TestAScoreThatMayBeHiddenMayBeMissingFromASum: climb is sometimes hidden and, when shown,
// counts as 1, so that a sum of it and walk (0 to 4) goes from 0, not from 1.
func TestAScoreThatMayBeHiddenMayBeMissingFromASum(t *testing.T) {
	files := with(t,
		walks, "scores:\n", "scores:\n  - {id: it, method: sum, of: [walk, climbs]}\n  - {id: climbs, method: count, of: [climb], count-when: {at-most: 2}}\n",
		"walks/sl.yaml", "scores: {", "scores: {it: To, climbs: Plezanje, ",
		"walks/en.yaml", "scores: {", "scores: {it: It, climbs: Climbing, ",
	)
	catalogue, err := load.Load(options(t, files))
	if err != nil {
		t.Fatal(err)
	}
	q, _ := catalogue.Questionnaire("walks")
	if it, climbs := q.Scores[0], q.Scores[1]; it.Min != 0 || it.Max != 5 || climbs.Min != 1 || climbs.Max != 1 {
		t.Errorf("%v and %v", it, climbs)
	}
}

func TestRangesOfAScoreWithFractionsTouch(t *testing.T) {
	const rests = "rests/questionnaire.yaml"
	for name, c := range map[string]struct{ method, high, low, want string }{
		"mean": {"method: mean", "from: 2.5, to: 5", "from: 0, to: 2.5", ""},
		"mean with a gap": {"method: mean", "from: 3, to: 5", "from: 0, to: 2",
			rests + ":13:46: there is a gap between the bands: this one must begin at 2, not 3"},
		"mean that overlaps": {"method: mean", "from: 2, to: 5", "from: 0, to: 2.5",
			rests + ":13:46: the bands overlap: this one must begin at 2.5, not 2"},
		"weights with fractions": {"method: weighted-sum, weights: {naps: 0.1, nights: 0.2}", "from: 1, to: 1.5", "from: 0, to: 1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			files := with(t, rests, "method: sum", c.method, rests, "from: 6, to: 10", c.high, rests, "from: 0, to: 5", c.low,
				"rests/examples.yaml", "scores: {sleep: 6}, ", "")
			if got := problemsOf(t, files).Error(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestARangeOfFractionsEndsAtADecimal(t *testing.T) {
	const rests = "rests/questionnaire.yaml"
	files := with(t, rests, "method: sum", "method: weighted-sum, weights: {naps: 0.22, nights: 0.44}",
		rests, "from: 6, to: 10", "from: 1, to: 3.3", rests, "from: 0, to: 5", "from: 0, to: 1",
		"rests/examples.yaml", "scores: {sleep: 6}, ", "")
	catalogue, err := load.Load(options(t, files))
	if err != nil {
		t.Fatal(err)
	}
	q, _ := catalogue.Questionnaire("rests")
	if q.Bands[0].To != 3.3 || q.Scores[0].Max != 3.3 {
		t.Errorf("the band ends at %v, the score at %v", q.Bands[0].To, q.Scores[0].Max)
	}
}

func TestServicesAreNotCheckedWhenNoneAreGiven(t *testing.T) {
	files := with(t, walks, "support: [rescue, guide]", "support: [anyone]")
	if _, err := load.Load(load.Options{Schemas: schemas(t), Roots: []fs.FS{files}}); err != nil {
		t.Error(err)
	}
}
