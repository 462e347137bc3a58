package load_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
)

func TestMistakesInGuidanceAreSaid(t *testing.T) {
	const later = "{id: later, place: after-advice, steps: [{id: shoes, when: {criterion: restless}}]}"
	check(t, []breakage{
		{"place", walks, "place: after-advice", "place: after", "75:24: `place` must be one of before-advice, after-advice, not `after`"},
		{"section twice", walks, "{id: later,", "{id: first-steps,", "75:10: there are two guidance sections `first-steps`; give one of them another id\nwalks/en.yaml:31:61: there is no step `water`\nwalks/en.yaml:31:82: there is no step `map`\nwalks/en.yaml:32:3: there is no guidance section `later`\nwalks/examples.yaml:13:101: there is no step `water`; there are shoes\nwalks/examples.yaml:13:109: there is no guidance section `later`\nwalks/sl.yaml:31:58: there is no step `water`\nwalks/sl.yaml:31:76: there is no step `map`\nwalks/sl.yaml:32:3: there is no guidance section `later`"},
		{"step twice", walks, "{id: water}", "{id: shoes}", "74:64: there are two steps `shoes`; give one of them another id\nwalks/en.yaml:31:61: there is no step `water`\nwalks/examples.yaml:13:101: there is no step `water`; there are shoes, map\nwalks/sl.yaml:31:58: there is no step `water`"},
		{"unknown item", walks, "{id: shoes, when: {item: walk,", "{id: shoes, when: {item: walks,", "74:38: there is no item `walks` (did you mean `walk`?)"},
		{"no steps", walks, later, "{id: later}", "75:5: `steps` is missing\nwalks/en.yaml:32:33: there is no step `shoes`\nwalks/examples.yaml:13:117: there is no step `shoes`\nwalks/sl.yaml:32:33: there is no step `shoes`"},
		{"none at most", walks, "at-most: 2", "at-most: 0", "73:14: `at-most` must be at least 1, not 0"},
		{"never", walks, "when: {item: hours, more-than: 3}", "when: {item: hours, more-than: 24}", "74:113: this can never hold: `hours` is from 0 to 24"},
		{"title missing", "walks/sl.yaml", "{title: Potem, steps: {shoes: Sezuj se.}}", "{steps: {shoes: Sezuj se.}}", "32:3: `title` is missing"},
		{"section's text missing", "walks/sl.yaml", "  later: {title: Potem, steps: {shoes: Sezuj se.}}\n", "", "30:1: the text of the guidance section `later` is missing"},
		{"step's text missing", "walks/sl.yaml", "water: Pij vodo., ", "", "31:33: the text of the step `water` is missing"},
		{"step's text unknown", "walks/sl.yaml", "water: Pij", "watter: Pij", "31:33: the text of the step `water` is missing\n31:58: there is no step `watter` (did you mean `water`?)"},
		{"unknown section expected", examples, "later: [shoes]", "latter: [shoes]", "13:109: there is no guidance section `latter` (did you mean `later`?)"},
		{"unknown step expected", examples, "later: [shoes]", "later: [water]", "13:117: there is no step `water`; there are shoes"},
	})
}

func TestMistakesInSuggestionsAreSaid(t *testing.T) {
	check(t, []breakage{
		{"itself", walks, "{check: swims}", "{check: walks}", "78:13: a check cannot suggest itself\nwalks/en.yaml:33:32: there is no suggested check `swims`\nwalks/examples.yaml:13:136: there is no suggested check `swims`; there are rests\nwalks/sl.yaml:33:30: there is no suggested check `swims`"},
		{"twice", walks, "{check: swims}", "{check: rests}", "78:13: `rests` is suggested already; join both conditions with `any` in one entry\nwalks/en.yaml:33:32: there is no suggested check `swims`\nwalks/examples.yaml:13:136: there is no suggested check `swims`; there are rests\nwalks/sl.yaml:33:30: there is no suggested check `swims`"},
		{"never", walks, "{check: rests, when: {item: walk, at-least: 2}}", "{check: rests, when: {item: walk, at-least: 3}}", "77:49: this can never hold: `walk` is one of 0, 1, 2"},
		{"reason missing", "walks/sl.yaml", ", swims: Plavaj.", "", "33:1: the text of the suggested check `swims` is missing"},
		{"reason for nothing", "walks/sl.yaml", "swims: Plavaj.", "swims: Plavaj., runs: Teci.", "33:46: there is no suggested check `runs`"},
		{"hiding of an unknown item expected", examples, "suggest: [swims]", "suggest: [swims], not-asked: [how-fa]", "13:156: there is no item `how-fa`; there are alone, walk, run, hours, with-whom, climb"},
		{"unknown one expected", examples, "suggest: [swims]", "suggest: [swim]", "13:136: there is no suggested check `swim` (did you mean `swims`?)"},
	})
}

func TestMistakesInCardsAreSaid(t *testing.T) {
	const sl = "walks/sl.yaml"
	check(t, []breakage{
		{"missing", sl, ", card: \"{answer} tečem.\"", "", "12:3: `card` is missing: the answer as a sentence in the first person, for the card for the talk, such as \"I {answer} play for longer than I want.\""},
		{"misspelt placeholder", sl, "{answer} tečem.", "{anwser} tečem.", "12:42: `{anwser}` cannot be filled in; a card knows only `{answer}` (did you mean `{answer}`?)"},
		{"open brace", sl, "{answer} tečem.", "{answer tečem.", "12:42: `{answer tečem.` cannot be filled in; a card knows only `{answer}` (did you mean `{answer}`?)"},
		{"twice", sl, "{answer} tečem.", "{answer} in {answer} tečem.", "12:42: `{answer}` stands here 2 times; once is enough"},
		{"yes-no", sl, "Hodim brez družbe.", "{answer} hodim brez družbe.", "10:43: the card of a yes-no item is the whole sentence for yes, without `{answer}`"},
	})
}

func TestAGuideHasNoLevels(t *testing.T) {
	check(t, []breakage{
		{"with levels", rests, "minutes:", "result: guide\nminutes:", "14:23: a guide has no levels; take `level` out, or write result: levels\n15:22: a guide has no levels; take `level` out, or write result: levels"},
		{"one without", rests, "level: 2, ", "", "13:5: `level` is missing"},
		{"unknown kind", rests, "minutes:", "result: level\nminutes:", "6:9: `result` must be one of levels, guide, scores, not `level` (did you mean `levels`?)"},
		{"unknown exit", rests, "minutes:", "exit: loud\nminutes:", "6:7: `exit` must be one of normal, prominent, not `loud`"},
		{"scope missing", "rests/sl.yaml", "scope: {asked: O spanju., not-asked: O hoji.}\n", "", "1:1: `scope` is missing"},
		{"half a scope", "rests/sl.yaml", ", not-asked: O hoji.", "", "14:1: `not-asked` is missing"},
	})
}

func TestABandMaySayThatThereIsNoResult(t *testing.T) {
	check(t, []breakage{
		{"instead of a level", rests, "level: 2, ", "no-result: true, ", ""},
		{"beside one", rests, "level: 2, ", "no-result: true, level: 2, ", "13:40: a band that says `no-result` has no level; take one of the two out"},
		{"written false", rests, "level: 2, ", "no-result: false, level: 2, ", "13:27: `no-result` must be `true`, not `false`\n13:41: a band that says `no-result` has no level; take one of the two out"},
	})
	files := with(t, rests, "level: 2, ", "no-result: true, ", rests, "level: 1, ", "no-result: true, ")
	if got, want := problemsOf(t, files).Error(), rests+":13:3: no band has a level: each is urgent or says that there is no result; give at least one a level"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	files = with(t, rests, "level: 2, ", "no-result: true, ", rests, "level: 1, ", "", rests, "minutes:", "result: guide\nminutes:")
	if got, want := problemsOf(t, files).Error(), rests+":14:27: no band of a guide has a level, so none needs `no-result`; take it out"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTheUrgentBandComesFirstAndHasNoLevel(t *testing.T) {
	const band = "  - {id: you-first, urgent: true, advice: [wake]}\n"
	flags := func(urgency, about string) string {
		return "flags:\n  - {id: tired, urgency: " + urgency + ", when: {item: naps, is: 0}, support: [rescue]" + about + "}\n"
	}
	texts := []string{
		"rests/sl.yaml", "bands:\n", "flags: {tired: Spi.}\nbands:\n  you-first: {title: Najprej ti, meaning: Spi.}\n",
		"rests/en.yaml", "bands:\n", "flags: {tired: Sleep.}\nbands:\n  you-first: {title: You first, meaning: Sleep.}\n",
	}
	for name, c := range map[string]struct{ flags, bands, want string }{
		"fine":             {flags("now", ", about: [money, threats]"), "bands:\n" + band, ""},
		"no urgent flag":   {flags("soon", ""), "bands:\n" + band, "15:29: no flag has `urgency: now`, so `you-first` is never the result; add one or take the band out"},
		"with a level":     {flags("now", ""), "bands:\n" + strings.Replace(band, "urgent", "level: 2, urgent", 1), "15:28: an urgent band has no level; take one of the two out"},
		"with a condition": {flags("now", ""), "bands:\n" + strings.Replace(band, "urgent", "when: {item: naps, is: 1}, urgent", 1), "15:5: a band has exactly one of: when (a condition), otherwise: true (the last band), urgent: true (the first band), or score with from and to"},
		"without a result": {flags("now", ""), "bands:\n" + strings.Replace(band, "urgent", "no-result: true, urgent", 1), "15:32: an urgent band is a result, so it can't say that there is none; take one of the two out"},
		"unknown topic":    {flags("now", ", about: [cash]"), "bands:\n" + band, "13:85: the 1st entry of `about` must be one of pictures, threats, money, not `cash`"},
	} {
		changes := append([]string{rests, "bands:\n", c.flags + c.bands}, texts...)
		got := problemsOf(t, with(t, changes...))
		if diff := cmp.Diff(c.want, strings.ReplaceAll(said(got), rests+":", "")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	late := append([]string{rests, "advice:\n", band + "advice:\n", rests, "bands:\n", flags("now", "") + "bands:\n"}, texts...)
	if got, want := said(problemsOf(t, with(t, late...))), rests+":17:29: the urgent band comes before all others; put `you-first` first"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// said is every problem, one a line; "" when there is none.
func said(problems questionnaire.Problems) string {
	if len(problems) == 0 {
		return ""
	}
	return problems.Error()
}

func TestAResultOfScoresHasNoBands(t *testing.T) {
	check(t, []breakage{
		{"with bands", rests, "minutes:", "result: scores\nminutes:", "14:3: with result: scores there are no bands; take `bands` out, or write result: levels\n" +
			"17:3: with result: scores there are no bands that advice could belong to; take `advice` out, or write `guidance`"},
	})
}

func TestFreeTextNeedsNoCard(t *testing.T) {
	changes := []string{
		rests, "items:\n", "items:\n  - {id: dream, kind: text}\n",
		"rests/sl.yaml", "items:\n", "items:\n  dream: {text: Kaj sanjaš?}\n",
		"rests/en.yaml", "items:\n", "items:\n  dream: {text: What do you dream?}\n",
	}
	if problems := problemsOf(t, with(t, changes...)); len(problems) > 0 {
		t.Error(problems)
	}
	changes = append(changes, "rests/en.yaml", "dream?}", "dream?, card: Sheep.}")
	want := "rests/en.yaml:6:37: free text is already in the person's own words and has no card"
	if got := problemsOf(t, with(t, changes...)).Error(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
