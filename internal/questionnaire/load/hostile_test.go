package load_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"predah/internal/questionnaire/load"
)

func TestTenThousandItemsAreLoaded(t *testing.T) {
	var items, texts strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&items, "  - {id: q%d, kind: number, bounds: {min: 0, max: 9}}\n", i)
		fmt.Fprintf(&texts, "  q%d: {text: Koliko?, card: Toliko.}\n", i)
	}
	files := with(t,
		"rests/questionnaire.yaml", "items:\n", "items:\n"+items.String(),
		"rests/sl.yaml", "items:\n", "items:\n"+texts.String(),
		"rests/en.yaml", "items:\n", "items:\n"+texts.String(),
	)
	catalogue, err := load.Load(options(t, files))
	if err != nil {
		t.Fatalf("%.500s", err)
	}
	if q, _ := catalogue.Questionnaire("rests"); len(q.Items) != 10_002 {
		t.Errorf("%d items", len(q.Items))
	}
}

// TestAMegabyteOfTextIsLoaded: the largest file that is read, almost all of it a comment or one
// long block of text, which is then longer than a text may be.
func TestAMegabyteOfTextIsLoaded(t *testing.T) {
	files := validFiles(t)
	comment := strings.Repeat("# words about walking, which nobody reads\n", 20_000)
	files[walks] = &fstest.MapFile{Data: append([]byte(comment), files[walks].Data...)}
	if problems := problemsOf(t, files); len(problems) > 0 {
		t.Error(problems)
	}
	block := "intro: >-\n" + strings.Repeat("  words about walking, which everybody reads\n", 20_000)
	got := problemsOf(t, with(t, "rests/sl.yaml", "intro: Dve vprašanji.\n", block)).Error()
	want := "rests/sl.yaml:3:8: `intro` is too long: 859999 letters, at most 1500 are allowed"
	if got != want {
		t.Errorf("got %.500s, want %s", got, want)
	}
}

// TestHostileFilesAreRefused: each is one clear error of the file it stands in, or some.
func TestHostileFilesAreRefused(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for name := 'b'; name <= 'i'; name++ {
		bomb += fmt.Sprintf("%[1]c: &%[1]c [*%[2]c, *%[2]c, *%[2]c, *%[2]c, *%[2]c, *%[2]c, *%[2]c, *%[2]c, *%[2]c]\n", name, name-1)
	}
	for name, c := range map[string]struct{ text, want string }{
		"too large":        {strings.Repeat("# comment\n", 110_000), ": the file is larger than 1 MiB"},
		"anchor bomb":      {bomb, ":1:4: anchors (`&`) are not used here"},
		"alias":            {"id: *walks\n", ":1:5: aliases (`*`) are not used here"},
		"merge key":        {"<<: {id: walks}\n", ":1:1: merge keys (`<<`) are not used here"},
		"duplicate key":    {"id: walks\nversion: 1.0.0\nid: rests\n", ":3:1: `id` is here twice; it is already on line 1"},
		"duplicate inside": {"ages: {min: 1, max: 2, min: 3}\n", ":1:24: `min` is here twice; it is already on line 1"},
		"deep condition":   {"criteria:\n  - {id: a, when: " + strings.Repeat("{not: ", 60) + "{}" + strings.Repeat("}", 60) + "}\n", ": this is nested too deeply"},
		"deep lists":       {"items: " + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + "\n", ": this is nested too deeply"},
		"deep block":       {deepBlock(60), ": this is nested"},
		"not UTF-8":        {"title: \xe8\n", ":1:8: the file is not UTF-8 text from here on"},
		"Windows-1250":     {"id: walks\nversion: \"\x9a\"\n", ":2:11: the file is not UTF-8 text from here on"},
		"UTF-16":           {"i\x00d\x00:\x00 \x00w\x00\n\x00", ":1:2: a control character (U+0000) stands here"},
		"control":          {"id: wa\x07lks\n", ":1:7: a control character (U+0007) stands here"},
		"wide condition":   {"criteria:\n  - {id: a, when: {any: [" + strings.Repeat("{item: x, is: 1}, ", 1001) + "]}}\n", "at most 200 allowed"},
		"two documents":    {"id: walks\n---\nid: rests\n", ":3:1: a second document begins here"},
		"list of nothing":  {"- - -\n", "must be a group of `key: value` lines"},
		"nothing":          {"", ":1:1: the file is empty"},
		"huge number":      {"ages: {min: 1, max: 9999999999999999999999}\n", ":1:21: write this number plainly"},
		"infinity":         {"ages: {min: 1, max: .inf}\n", ":1:21: write this number plainly"},
	} {
		t.Run(name, func(t *testing.T) {
			files := validFiles(t)
			files[walks] = &fstest.MapFile{Data: []byte(c.text)}
			if got := problemsOf(t, files).Error(); !strings.HasPrefix(got, walks) || !strings.Contains(got, c.want) {
				t.Errorf("got %.500s, want %s", got, c.want)
			}
		})
	}
}

// deepBlock is lists in lists, each a line further in.
func deepBlock(depth int) string {
	text := "items:\n"
	for i := range depth {
		text += strings.Repeat("  ", i) + "-\n"
	}
	return text
}

// TestScoresThatNeedThemselvesAreRefused, however far round the circle goes.
func TestScoresThatNeedThemselvesAreRefused(t *testing.T) {
	check(t, []breakage{
		{"of itself", rests, "of: [naps, nights]", "of: [naps, sleep]", "11:34: the score `sleep` is made of itself: sleep -> sleep"},
		{"through another", walks, "of: [walk, climb, alone]", "of: [walk, weighted]", "35:34: the score `total` is made of itself: total -> weighted -> total"},
	})
}

// TestDividingByZeroIsRefusedWhereItIsCertain, and bounded where it may happen: then there is no
// score, as package scoring tells.
func TestDividingByZeroIsRefusedWhereItIsCertain(t *testing.T) {
	quotient := func(by string) fstest.MapFS {
		return with(t,
			rests, "items:\n", "items:\n  - {id: none, kind: single, options: [{code: 0}, {code: 1, points: 0}]}\n",
			rests, "scores:\n", "scores:\n  - {id: share, method: quotient, of: [naps, "+by+"]}\n",
			"rests/sl.yaml", "items:\n", "items:\n  none: {text: Nič?, card: Nič., options: {0: nič, 1: prazno}}\n",
			"rests/sl.yaml", "scores: {", "scores: {share: Delež, ",
			"rests/en.yaml", "items:\n", "items:\n  none: {text: None?, card: None., options: {0: none, 1: empty}}\n",
			"rests/en.yaml", "scores: {", "scores: {share: Share, ",
		)
	}
	want := "rests/questionnaire.yaml:12:46: this is always 0, and nothing can be divided by 0"
	if got := problemsOf(t, quotient("none")).Error(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	catalogue, err := load.Load(options(t, quotient("nights")))
	if err != nil {
		t.Fatal(err)
	}
	q, _ := catalogue.Questionnaire("rests")
	if share := q.Scores[0]; share.Min != 0 || share.Max != 5 {
		t.Errorf("5 by at least 1 is from 0 to 5, not %v to %v", share.Min, share.Max)
	}
}

// TestAValueThatIsNotInItsTableIsRefused: the sum of two numbers up to 5 is looked up in a table.
func TestAValueThatIsNotInItsTableIsRefused(t *testing.T) {
	lookup := func(rows string) fstest.MapFS {
		files := with(t, rests, "of: [naps, nights]}", "of: [naps, nights], then: [{lookup: norms}]}")
		files["rests/tables.yaml"] = &fstest.MapFile{Data: []byte("tables:\n  - {id: norms, norms: [{rows: {" + rows + "}}]}\n")}
		return files
	}
	rows := "0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 8: 8, 9: 9"
	want := "rests/questionnaire.yaml:11:66: the table `norms` has no row for 7, 10, which `sleep` can be (in its first norm)"
	if got := problemsOf(t, lookup(rows)).Error(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if problems := problemsOf(t, lookup(rows+", 7: 7, 10: 10")); len(problems) > 0 {
		t.Error(problems)
	}
}
