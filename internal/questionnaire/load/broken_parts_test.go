package load_test

import "testing"

const (
	walks    = "walks/questionnaire.yaml"
	rests    = "rests/questionnaire.yaml"
	examples = "walks/examples.yaml"
)

func TestMistakesInTheHeadAreSaid(t *testing.T) {
	check(t, []breakage{
		{"missing file", walks, "", "", " the file is missing"},
		{"unknown key", walks, "source: self", "source: self\nsorce: self", "6:1: unknown key `sorce` (did you mean `source`?)"},
		{"missing key", walks, "minutes: {min: 1, max: 2}\n", "", "2:1: `minutes` is missing"},
		{"other id", walks, "id: walks", "id: walk", "2:5: `id` is `walk`, but the folder is named `walks`; they must be the same (did you mean `walks`?)"},
		{"id in capitals", walks, "id: walks", "id: Walks", "2:5: an id is made of lower-case letters a to z, digits and single hyphens, and begins with a letter, such as stop-later\n2:5: `id` is `Walks`, but the folder is named `walks`; they must be the same (did you mean `walks`?)"},
		{"version", walks, "version: 1.0.0", "version: 1.0", "3:10: `version` must be text, not a number; put it in quotes"},
		{"version as text", walks, "version: 1.0.0", "version: v1.0.0", "3:10: `version` is three whole numbers with dots, such as 1.0.0"},
		{"area", walks, "area: outdoors", "area: outdors", "4:7: there is no area `outdors` (did you mean `outdoors`?)"},
		{"source", walks, "source: self", "source: selv", "5:9: `source` must be one of self, parent, not `selv` (did you mean `self`?)"},
		{"ages upside down", walks, "{min: 12, max: 25}", "{min: 25, max: 20}", "6:7: `min` (25) is more than `max` (20)"},
		{"minutes upside down", walks, "{min: 1, max: 2}", "{min: 3, max: 2}", "7:10: `min` (3) is more than `max` (2)"},
	})
}

func TestMistakesInItemsAreSaid(t *testing.T) {
	check(t, []breakage{
		{"kind", walks, "kind: yes-no", "kind: yesno", "17:11: `kind` must be one of single, multiple, number, yes-no, time, date, text, not `yesno` (did you mean `yes-no`?)"},
		{"option set", walks, "  - {id: run, kind: single, options: frequency, optional: true}", "  - {id: run, kind: single, options: frequenci, optional: true}", "21:38: there is no option set `frequenci` (did you mean `frequency`?)"},
		{"unused option set", walks, "groups:\n", "  spare: [{code: 0}, {code: 1}]\ngroups:\n", "13:3: no item uses the option set `spare`; use it or take it out\nwalks/en.yaml:5:1: the text of the option set `spare` is missing\nwalks/sl.yaml:5:1: the text of the option set `spare` is missing"},
		{"no options", walks, "    options: frequency\n", "", "18:5: `options` is missing"},
		{"one option", walks, "options: [{code: 0}, {code: 1}, {code: 2}]", "options: [{code: 0}]", "32:14: `options` is the name of an option set, or a list of at least two options such as {code: 1}\nwalks/en.yaml:17:25: there is no option with the code 1\nwalks/en.yaml:17:39: there is no option with the code 2\nwalks/examples.yaml:12:80: `climb` has no option with the code 2; its codes are 0\nwalks/sl.yaml:17:26: there is no option with the code 1\nwalks/sl.yaml:17:37: there is no option with the code 2"},
		{"options of another form", walks, "options: [{code: 0}, {code: 1}, {code: 2}]", "options: 5", "32:14: `options` is the name of an option set, or a list of at least two options such as {code: 1}\nwalks/en.yaml:17:5: `climb` has no options that need labels\nwalks/sl.yaml:17:5: `climb` has no options that need labels"},
		{"key of an option", walks, "{code: 3, points: -1}", "{code: 3, point: -1}", "28:47: unknown key `point` (did you mean `points`?)"},
		{"options for a number", walks, "    bounds: {min: 0, max: 24}", "    bounds: {min: 0, max: 24}\n    options: frequency", "25:14: `options` belongs to items of kind single and multiple only"},
		{"no bounds", walks, "    bounds: {min: 0, max: 24}\n", "", "22:5: `bounds` is missing"},
		{"misspelt bounds", walks, "bounds: {min: 0, max: 24}", "bound: {min: 0, max: 24}", "24:5: unknown key `bound` (did you mean `bounds`?)"},
		{"bounds upside down", walks, "bounds: {min: 0, max: 24}", "bounds: {min: 24, max: 21}", "24:13: `min` (24) is more than `max` (21)"},
		{"bounds of one", walks, "bounds: {min: 0, max: 24}", "bounds: {min: 21, max: 21}", "24:13: `bounds` leaves a single number to answer with\n48:97: this can never hold: `hours` is from 21 to 21\nwalks/examples.yaml:4:43: `hours` takes numbers from 21 to 21, not 3\nwalks/examples.yaml:12:50: `hours` takes numbers from 21 to 21, not 22"},
		{"bounds for a yes-no", walks, "kind: yes-no", "kind: yes-no\n    bounds: {min: 0, max: 1}", "18:13: `bounds` belongs to items of kind number and date only"},
		{"code twice", walks, "[{code: 0}, {code: 1}, {code: 2}]", "[{code: 0}, {code: 2}, {code: 2}]", "32:44: two options have the code 2; each needs its own\nwalks/en.yaml:17:25: there is no option with the code 1\nwalks/sl.yaml:17:26: there is no option with the code 1"},
		{"code twice in a set", walks, "    - code: 1\n", "    - code: 0\n", "11:13: two options have the code 0; each needs its own\n33:41: `walk` has no option with the code 1; its codes are 0, 2\nwalks/en.yaml:6:25: there is no option with the code 1\nwalks/examples.yaml:12:32: `walk` has no option with the code 1; its codes are 0, 2\nwalks/sl.yaml:6:26: there is no option with the code 1"},
		{"item twice", walks, "  - id: hours", "  - id: run", "22:9: there are two items or scores `run`; give one of them another id\n48:81: there is no item `hours`; there are alone, walk, run, with-whom, climb\n57:42: there is no item `hours`; there are alone, walk, run, with-whom, climb\n74:95: there is no item `hours`; there are alone, walk, run, with-whom, climb\nwalks/en.yaml:13:3: there is no item `hours`\nwalks/examples.yaml:4:36: there is no item `hours`\nwalks/examples.yaml:12:43: there is no item `hours`\nwalks/sl.yaml:13:3: there is no item `hours`"},
		{"item named as a score", walks, "{id: total,", "{id: run,", "35:10: there are two items or scores `run`; give one of them another id\n37:53: there is no item or score `total`; there are alone, walk, run, hours, with-whom, climb, average, weighted, often, least, most\n48:52: there is no score `total`; there are average, weighted, often, least, most\nwalks/en.yaml:18:10: there is no score `total`\nwalks/examples.yaml:6:16: there is no score `total`\nwalks/sl.yaml:18:10: there is no score `total`"},
		{"later item", walks, "show-when: {item: alone, is: no}", "show-when: {item: climb, is: 0}", "29:23: `climb` is asked later; `show-when` refers only to items before this one and to the age"},
		{"itself", walks, "show-when: {item: alone, is: no}", "show-when: {item: with-whom, includes: 1}", "29:23: `with-whom` cannot depend on its own answer; `show-when` refers only to items before it and to the age"},
		{"score in show-when", walks, "show-when: {item: alone, is: no}", "show-when: {score: total, is: 0}", "29:24: `show-when` refers only to items before this one and to the age, not to scores"},
		{"criterion in show-when", walks, "show-when: {item: alone, is: no}", "show-when: {criterion: lonely}", "29:28: `show-when` refers only to items before this one and to the age, not to criteria"},
		{"unknown in show-when", walks, "show-when: {item: alone, is: no}", "show-when: {item: alones, is: no}", "29:23: there is no item `alones` (did you mean `alone`?)"},
		{"unknown in group", walks, "items: [walk, run]", "items: [walk, runn]", "14:30: there is no item `runn` (did you mean `run`?)"},
		{"group not adjacent", walks, "items: [walk, run]", "items: [alone, run]", "14:31: `run` does not come right after `alone` in `items`; the items of a group follow one another, in the same order"},
		{"group in another order", walks, "items: [walk, run]", "items: [run, walk]", "14:29: `walk` does not come right after `run` in `items`; the items of a group follow one another, in the same order"},
		{"twice in a group", walks, "items: [walk, run]", "items: [walk, walk]", "14:30: `walk` is in this group twice"},
		{"two groups", walks, "items: [walk, run]}", "items: [walk, run]}\n  - {id: more, items: [run, hours]}", "15:24: `run` is already in the group `week`; an item is in one group\nwalks/en.yaml:7:1: the text of the group `more` is missing\nwalks/sl.yaml:7:1: the text of the group `more` is missing"},
		{"group twice", walks, "items: [walk, run]}", "items: [walk, run]}\n  - {id: week, items: [hours]}", "15:10: there are two groups `week`; give one of them another id"},
	})
}

func TestMistakesInScoresAreSaid(t *testing.T) {
	const weighted = "of: [walk, total], weights: {walk: 0.5, total: 2}"
	check(t, []breakage{
		{"method", walks, "method: sum", "method: sums", "35:25: `method` must be one of sum, mean, weighted-sum, count, min, max, product, difference, quotient, hours-between, days-between, not `sums` (did you mean `sum`?)"},
		{"unknown part", walks, "of: [walk, climb, alone]", "of: [walk, climp, alone]", "35:41: there is no item or score `climp` (did you mean `climb`?)"},
		{"part twice", walks, "of: [walk, climb, alone]", "of: [walk, climb, walk]", "35:48: `walk` is in `of` twice"},
		{"no parts", walks, "of: [walk, climb, alone]", "of: []", "35:34: `of` has 0 entries, at least 1 needed"},
		{"made of itself", walks, "of: [walk, climb, alone]", "of: [walk, climb, total]", "35:34: the score `total` is made of itself: total -> total"},
		{"in a circle", walks, "of: [walk, climb, alone]", "of: [walk, weighted]", "35:34: the score `total` is made of itself: total -> weighted -> total"},
		{"reverse of no part", walks, "reverse: [run]", "reverse: [runs]", "36:60: `runs` is not among the parts of this score in `of` (did you mean `run`?)"},
		{"reverse twice", walks, "reverse: [run]", "reverse: [run, run]", "36:65: `run` is in this list twice"},
		{"reverse of several choices", walks, "of: [walk, run], reverse: [run]", "of: [walk, with-whom, run], reverse: [with-whom]", "36:71: `with-whom` is a multiple item, which cannot be reversed"},
		{"weights missing", walks, ", weights: {walk: 0.5, total: 2}", "", "37:5: `weights` is missing"},
		{"weight missing", walks, weighted, "of: [walk, total], weights: {walk: 0.5}", "37:61: `weights` has no weight for `total`"},
		{"weight of no part", walks, weighted, "of: [walk, total], weights: {walk: 0.5, total: 2, totals: 1}", "37:92: `totals` is not among the parts of this score in `of` (did you mean `total`?)"},
		{"weight of nothing", walks, "weights: {walk: 0.5, total: 2}", "weights: {walk: 0, total: 2}", "37:77: a weight is a number from -1000 to 1000 and not 0; leave the part out of `of` instead"},
		{"weights elsewhere", walks, "method: sum, of: [walk, climb, alone]", "method: sum, of: [walk], weights: {walk: 1}", "35:51: `weights` belongs to the method weighted-sum only\nwalks/examples.yaml:6:23: `total` goes from 0 to 4, it can never be 5"},
		{"count-when missing", walks, "count-when: {at-least: 2}, ", "", "38:5: `count-when` is missing"},
		{"count-when elsewhere", walks, "method: min, of: [walk, climb]", "method: min, of: [walk, climb], count-when: {is: 1}", "39:61: `count-when` belongs to the method count only"},
		{"count-when of two", walks, "count-when: {at-least: 2}", "count-when: {at-least: 2, at-most: 3}", "38:68: `count-when` has exactly one operator: is, in, at-least, at-most, more-than or less-than"},
		{"count-when never", walks, "count-when: {at-least: 2}", "count-when: {at-least: 5}", "38:68: this can never hold: no part of the score can have such points"},
		{"count-when yes", walks, "count-when: {at-least: 2}", "count-when: {is: yes}", "38:73: yes and no are answers to yes-no items only; the number of points is compared with numbers"},
		{"prorating without need", walks, "of: [walk, climb, alone]", "of: [walk, climb, alone], prorate-up-to: 0.5", "35:71: none of the parts of this score may be skipped, so there is nothing to make up for; take this line out or mark items as optional"},
		{"prorating too much", walks, "prorate-up-to: 0.5", "prorate-up-to: 50", "36:81: `prorate-up-to` must be at most 1, not 50"},
	})
}

func TestMistakesInProvenanceAreSaid(t *testing.T) {
	check(t, []breakage{
		{"misspelt", walks, "provenance:", "provenence:", "62:1: unknown key `provenence` (did you mean `provenance`?)"},
		{"no constructs", walks, "  constructs: [movement, company]\n", "", "62:1: `constructs` is missing"},
		{"construct twice", walks, "[movement, company]", "[movement, company, company]", "63:35: there are two constructs `company`; give one of them another id"},
		{"no doi or url", walks, ", doi: 10.1000/walks", "", "65:7: a source needs a `doi` or a `url`"},
		{"doi as address", walks, "doi: 10.1000/walks", "doi: https://doi.org/10.1000/walks", "65:44: a DOI begins with 10. and has a slash, such as 10.1007/s11469-019-00088-z; leave out https://doi.org/"},
		{"address without s", walks, "https://example.org/runs", "http://example.org/runs", "66:43: `url` must begin with https://"},
		{"no authorship", walks, "  authorship: Nobody\n", "", "62:1: `authorship` is missing"},
		{"no date", walks, "2026-11-23", "2026-11-31", "68:9: `date` must be a date that exists, written as 2026-03-31, not `2026-11-31`"},
		{"not said whether validated", walks, "validated: false", "validated: not yet", "69:14: `validated` must be true or false, not text"},
		{"source twice", walks, `"Runner (2021), Runs"`, `"Walker (2020), Walks"`, "66:15: this source is already in the list"},
	})
}
