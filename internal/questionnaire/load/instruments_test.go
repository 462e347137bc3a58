package load_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire/load"
)

// restScore writes another score into the questionnaire about rest, whose items naps and nights
// are numbers from 0 to 5, of which naps may be skipped here. With a bed and a rise of a clock time,
// a day, and a score that is always 0.
func restScore(t *testing.T, score, tables string) fstest.MapFS {
	t.Helper()
	files := with(t,
		rests, "{id: naps, kind: number, bounds: {min: 0, max: 5}}", "{id: naps, kind: number, bounds: {min: 0, max: 5}, optional: true}",
		rests, "items:\n", "items:\n  - {id: bed, kind: time}\n  - {id: rise, kind: time}\n  - {id: day, kind: date, bounds: {min: 2026-01-01, max: 2026-01-31}}\n  - {id: words, kind: text}\n",
		rests, "scores:\n", "scores:\n  - {id: sleep2, method: sum, of: [nights], then: [{clamp: {min: 0, max: 0}}]}\n  - {id: it, "+score+"}\n",
	)
	for _, language := range []string{"sl", "en"} {
		name := "rests/" + language + ".yaml"
		text := string(files[name].Data)
		text = strings.Replace(text, "items:\n", "items:\n  bed: {text: Bed, card: \"{answer}.\"}\n  rise: {text: Rise, card: \"{answer}.\"}\n  day: {text: Day, card: \"{answer}.\"}\n  words: {text: Words}\n", 1)
		text = strings.Replace(text, "scores: {", "scores: {it: It, sleep2: Sleep, ", 1)
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	examples := string(files["rests/examples.yaml"].Data)
	examples = strings.ReplaceAll(examples, "answers: {", "answers: {bed: \"23:00\", rise: \"07:00\", day: 2026-01-02, ")
	files["rests/examples.yaml"] = &fstest.MapFile{Data: []byte(examples)}
	if tables != "" {
		files["rests/tables.yaml"] = &fstest.MapFile{Data: []byte(tables)}
	}
	return files
}

// byAge has a norm for the ages of the questionnaire, with rows for 0 to 5.
const byAge = "tables:\n  - id: norms\n    norms:\n      - {ages: {min: 0, max: 120}, rows: {0: 10, 1: 20, 2: 30, 3: 40, 4: 50, 5: 60.5}}\n"

func TestTheRangeOfAComputedScoreIsWhatItCanTake(t *testing.T) {
	for _, c := range []struct {
		score    string
		low, top float64
	}{
		{"method: hours-between, of: [bed, rise]", 0, 23.983333333},
		{"method: days-between, of: [day, day2]", -30, 30},
		{"method: difference, of: [naps, nights]", -5, 5},
		{"method: product, of: [naps, nights]", 0, 25},
		{"method: quotient, of: [nights, naps]", 0, 5},
		{"method: quotient, of: [naps, hours], then: [{multiply: 60}]", 0, 18_000},
		{"method: sum, of: [naps, nights], answered-at-least: 1", 0, 10},
		{"method: mean, of: [naps, nights], missing: zero", 0, 5},
		{"method: sum, of: [naps, nights], missing: median", 0, 10},
		{"method: weighted-sum, of: [naps, hours], weights: {naps: -2, hours: 1}, missing: median", -48, 24},
		{"method: sum, of: [late], not-asked: -1", -1, 5},
		{"method: mean, of: [naps, late], not-asked: 7", 0, 6},
		{"method: sum, of: [late, nights], not-asked: 7, answered-at-least: 1", 0, 12},
		{"method: sum, of: [nights], then: [{multiply: -2}, {add: 1}]", -9, 1},
		{"method: sum, of: [nights], then: [{scale-to: {min: 0, max: 100}}]", 0, 100},
		{"method: sum, of: [nights], then: [{standardise: {mean: 2.5, sd: 0.5}}, {z-to-t: true}]", 0, 100},
		{"method: mean, of: [naps, nights], then: [{round: half-up, places: 1}, {clamp: {min: 1, max: 9}}]", 1, 5},
		{"method: sum, of: [nights], then: [{points: [{below: 1, worth: 7}, {up-to: 3, worth: -1}, {worth: 2}]}]", -1, 7},
		{"method: sum, of: [nights], then: [{lookup: norms}]", 10, 60.5},
	} {
		t.Run(c.score, func(t *testing.T) {
			tables := ""
			if strings.Contains(c.score, "lookup") {
				tables = byAge
			}
			files := restScore(t, c.score, tables)
			text := string(files[rests].Data)
			text = strings.Replace(text, "scores:\n", "scores:\n  - {id: hours, method: hours-between, of: [bed, rise]}\n", 1)
			naps := "  - {id: naps, kind: number, bounds: {min: 0, max: 5}, optional: true}\n"
			text = strings.Replace(text, naps, naps+"  - {id: late, kind: number, bounds: {min: 0, max: 5}, show-when: {item: naps, at-least: 2}}\n", 1)
			text = strings.Replace(text, "items:\n", "items:\n  - {id: day2, kind: date, bounds: {min: 2026-01-01, max: 2026-01-31}, optional: true}\n", 1)
			files[rests] = &fstest.MapFile{Data: []byte(text)}
			for _, name := range []string{"rests/sl.yaml", "rests/en.yaml"} {
				text := strings.Replace(string(files[name].Data), "scores: {", "scores: {hours: Hours, ", 1)
				text = strings.Replace(text, "items:\n", "items:\n  day2: {text: Day, card: \"{answer}.\"}\n  late: {text: Late, card: \"{answer}.\"}\n", 1)
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
			catalogue, err := load.Load(options(t, files))
			if err != nil {
				t.Fatal(err)
			}
			q, _ := catalogue.Questionnaire("rests")
			for _, score := range q.Scores {
				if score.ID == "it" && (score.Min != c.low || score.Max != c.top) {
					t.Errorf("from %v to %v, want %v to %v", score.Min, score.Max, c.low, c.top)
				}
			}
		})
	}
}

func TestMistakesInComputedScoresAreSaid(t *testing.T) {
	for _, c := range []struct{ score, tables, want string }{
		{"method: quotient, of: [nights, sleep2]", "", "this is always 0, and nothing can be divided by 0"},
		{"method: quotient, of: [nights, mean]", "", "this can come as near to 0 as it likes"},
		{"method: quotient, of: [nights]", "", "`quotient` is of exactly two parts, not 1"},
		{"method: hours-between, of: [bed, nights]", "", "`hours-between` is of two time items; `nights` is none"},
		{"method: sum, of: [nights, bed]", "", "`bed` is a time item, which only `hours-between` takes"},
		{"method: sum, of: [nights, day]", "", "`day` is a date item, which only `days-between` takes"},
		{"method: sum, of: [nights, words]", "", "`words` is free text, which is never scored"},
		{"method: difference, of: [nights, naps], missing: zero", "", "`missing` does not fit this method: all of its parts must be there"},
		{"method: sum, of: [nights, naps], missing: zero, prorate-up-to: 0.5", "", "`missing` and `prorate-up-to` exclude each other"},
		{"method: sum, of: [nights, naps], missing: mean", "", "`missing` must be one of zero, median, not `mean`"},
		{"method: sum, of: [nights, naps], not-asked: 0", "", "every part of this score is always asked, so there is nothing that was not; take this line out"},
		{"method: difference, of: [nights, naps], not-asked: 0", "", "`not-asked` does not fit this method: both of its parts must be there"},
		{"method: sum, of: [nights, naps], not-asked: 1000001", "", "`not-asked` must be at most 1000000, not 1000001"},
		{"method: sum, of: [nights, naps], worse: neither", "", "`worse` must be one of lower, not `neither`"},
		{"method: sum, of: [nights, naps], hidden: true", "", "no rule and no score uses the hidden score `it`; use it or take it out"},
		{"method: sum, of: [nights, naps], hidden: true", "", "the score `it` is hidden and has no text"},
		{"method: sum, of: [nights, naps], answered-at-least: 3", "", "3 of 2 parts can never be answered"},
		{"method: sum, of: [nights], answered-at-least: 1, missing: zero", "", "nothing to make up for"},
		{"method: sum, of: [nights], then: [{clamp: {min: -1, max: 9}}]", "", "this does nothing: `it` goes from 0 to 5 before it"},
		{"method: sum, of: [nights], then: [{clamp: {min: 0, max: 0}}, {scale-to: {min: 0, max: 100}}]", "", "has one value only before this, 0, which cannot be scaled"},
		{"method: sum, of: [nights], then: [{points: [{up-to: 5, worth: 0}, {worth: 1}]}]", "", "this piece is never reached: `it` goes from 0 to 5"},
		{"method: sum, of: [nights], then: [{points: [{up-to: 3, worth: 0}, {up-to: 2, worth: 1}, {worth: 2}]}]", "", "pieces stand in rising order"},
		{"method: sum, of: [nights], then: [{round: up}]", "", "`round` must be one of half-up, half-even, floor, not `up`"},
		{"method: sum, of: [nights], then: [{multiply: 2, add: 1}]", "", "this is one of: multiply, add"},
		{"method: sum, of: [nights, naps], then: [{lookup: norms}]", byAge, "the table `norms` has no row for 6, 7, 8, 9, 10, which `it` can be (in its first norm, ages 0 to 120)"},
		{"method: mean, of: [nights, naps], then: [{lookup: norms}]", byAge, "a table that is not interpolated needs whole numbers"},
		{"method: sum, of: [nights], then: [{lookup: norm}]", byAge, "there is no table `norm` (did you mean `norms`?)"},
		{"method: sum, of: [nights]", byAge, "no score looks anything up in the table `norms`"},
		{"method: sum, of: [nights], then: [{lookup: norms}]", strings.Replace(byAge, "ages:", "sex: female, ages:", 1), "no norm is for male at"},
		{"method: sum, of: [nights], then: [{lookup: norms}]", byAge + "      - {sex: male, rows: {0: 1}}\n", "this overlaps the first norm of the table"},
		{"method: sum, of: [nights], then: [{lookup: norms}]", strings.Replace(byAge, "0: 10", "0: 10, 0.0: 11", 1), "the value 0 is here twice, written in two ways"},
	} {
		t.Run(c.score+c.want, func(t *testing.T) {
			files := restScore(t, c.score, c.tables)
			text := strings.Replace(string(files[rests].Data), "scores:\n", "scores:\n  - {id: mean, method: mean, of: [naps, nights]}\n", 1)
			files[rests] = &fstest.MapFile{Data: []byte(text)}
			if got := problemsOf(t, files).Error(); !strings.Contains(got, c.want) {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestMistakesInFurtherReadingsAreSaid(t *testing.T) {
	const set = "band-sets:\n  - id: naps\n    bands:\n      - {id: many, score: sleep, from: 6, to: 10}\n      - {id: few, score: sleep, from: 0, to: 5}\n"
	const text = "band-sets: {naps: {title: T, bands: {many: {title: T, meaning: M.}, few: {title: T, meaning: M.}}}}\n"
	for name, c := range map[string]struct{ old, new, want string }{
		"right":       {"", "", ""},
		"a gap":       {"from: 6", "from: 7", "there is a gap between the bands: this one must begin at 6, not 7"},
		"with advice": {"to: 5}", "to: 5, advice: [wake]}", "the bands of a set have no advice"},
		"a text less": {"{id: few", "{id: none", "the text of the band `none` is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			files := with(t, rests, "advice:\n", strings.Replace(set, c.old, c.new, 1)+"advice:\n",
				"rests/sl.yaml", "advice:", text+"advice:", "rests/en.yaml", "advice:", text+"advice:")
			if got := problemsOf(t, files).Error(); !strings.Contains(got, c.want) || c.want == "" && got != "" {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestRowsOfAMatrixShareTheirOptions(t *testing.T) {
	files := with(t, walks, "{id: week, items: [walk, run]}", "{id: week, layout: matrix, items: [walk, run]}")
	if diff := cmp.Diff("", problemsOf(t, files).Error()); diff != "" {
		t.Error(diff)
	}
	files = with(t, walks, "{id: week, items: [walk, run]}", "{id: week, layout: matrix, items: [run, hours]}")
	if got := problemsOf(t, files).Error(); !strings.Contains(got, "`hours` is a number item; the rows of a matrix are single items") {
		t.Errorf("got %s", got)
	}
}
