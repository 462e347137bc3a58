package load_test

import "testing"

func TestConditionsThatAreNotUnderstoodAreSaid(t *testing.T) {
	const far = "when: {item: hours, more-than: 20}"
	check(t, []breakage{
		{"empty", walks, far, "when: {}", "57:35: a condition is exactly one of: all, any, not, at-least with of, or a test that begins with item, score, criterion or subject"},
		{"text", walks, far, "when: always", "57:35: a condition is exactly one of: all, any, not, at-least with of, or a test that begins with item, score, criterion or subject"},
		{"two forms", walks, far, "when: {item: hours, score: total, is: 3}", "57:35: a condition is exactly one of: all, any, not, at-least with of, or a test that begins with item, score, criterion or subject"},
		{"no operator", walks, far, "when: {item: hours}", "57:35: a test of `item` has exactly one operator beside it: is, in, at-least, at-most, more-than, less-than, includes, answered"},
		{"two operators", walks, far, "when: {item: hours, at-least: 2, at-most: 3}", "57:35: a test of `item` has exactly one operator beside it: is, in, at-least, at-most, more-than, less-than, includes, answered"},
		{"unknown operator", walks, far, "when: {item: hours, at-leats: 2}", "57:49: unknown key `at-leats` (did you mean `at-least`?)"},
		{"operator with a criterion", walks, far, "when: {criterion: lonely, is: 1}", "57:35: `criterion` is met or not met and takes no operator; nothing else may be written beside it"},
		{"all beside a test", walks, far, "when: {all: [{criterion: lonely}], item: hours, is: 3}", "57:35: a condition is exactly one of: all, any, not, at-least with of, or a test that begins with item, score, criterion or subject"},
		{"of without number", walks, far, "when: {of: [{criterion: lonely}]}", "57:29: `at-least` is missing"},
		{"more than there are", walks, far, "when: {at-least: 3, of: [{criterion: lonely}, {criterion: quiet}]}", "57:46: 3 of 2 conditions can never hold; `of` lists only 2"},
		{"none of", walks, far, "when: {at-least: 0, of: [{criterion: lonely}, {criterion: quiet}]}", "57:46: `at-least` must be at least 1, not 0"},
		{"empty list", walks, far, "when: {any: []}", "57:41: `any` has 0 entries, at least 1 needed"},
		{"unknown item", walks, far, "when: {item: hour, more-than: 20}", "57:42: there is no item `hour` (did you mean `hours`?)"},
		{"unknown item deep inside", walks, far, "when: {all: [{not: {any: [{item: hour, more-than: 20}]}}]}", "57:62: there is no item `hour` (did you mean `hours`?)"},
		{"unknown score", walks, far, "when: {score: totl, is: 1}", "57:43: there is no score `totl` (did you mean `total`?)"},
		{"unknown criterion", walks, far, "when: {criterion: lonley}", "57:47: there is no criterion `lonley` (did you mean `lonely`?)"},
		{"score as item", walks, far, "when: {item: total, is: 1}", "57:42: `total` is a score, not an item; write score: total"},
		{"item as score", walks, far, "when: {score: hours, is: 1}", "57:43: `hours` is an item, not a score; write item: hours"},
		{"unknown subject", walks, far, "when: {subject: height, is: 1}", "57:45: `subject` must be one of age, sex, not `height`"},
		{"includes for one answer", walks, far, "when: {item: walk, includes: 1}", "57:58: `includes` does not fit a single item; use `is`, `in`, `at-least`, `at-most`, `more-than`, `less-than` or `answered`"},
		{"is for several", walks, far, "when: {item: with-whom, is: 1}", "57:57: `is` does not fit a multiple item; use `includes` or `answered`"},
		{"more than yes", walks, far, "when: {item: alone, at-least: 1}", "57:59: `at-least` does not fit a yes-no item; use `is`, `in` or `answered`"},
		{"yes for a number", walks, far, "when: {item: hours, is: yes}", "57:53: yes and no are answers to yes-no items only; a number item is compared with numbers"},
		{"word", walks, far, "when: {item: hours, is: many}", "57:53: write a number (the code of an option), yes or no for a yes-no item, a time such as \"07:30\" or a date such as 2026-11-23; for {subject: sex}, female or male"},
		{"answered with a word", walks, far, "when: {item: hours, answered: yes}", "57:59: `answered` must be true or false, not text"},
		{"criterion of itself", walks, "{all: [{item: alone, is: yes}, {not: {item: run, answered: true}}]}", "{any: [{item: alone, is: yes}, {criterion: lonely}]}", "47:11: the criterion `lonely` refers to itself: lonely -> lonely"},
		{"criteria in a circle", walks, "{all: [{item: alone, is: yes}, {not: {item: run, answered: true}}]}", "{any: [{item: alone, is: yes}, {criterion: quiet}]}\n  - {id: x, when: {not: {criterion: y}}}\n  - {id: y, when: {not: {criterion: x}}}", "48:19: the criterion `x` refers to itself: x -> y -> x\nwalks/en.yaml:19:1: the text of the criterion `x` is missing\nwalks/en.yaml:19:1: the text of the criterion `y` is missing\nwalks/sl.yaml:19:1: the text of the criterion `x` is missing\nwalks/sl.yaml:19:1: the text of the criterion `y` is missing"},
	})
}

func TestConditionsThatCanNeverHoldAreSaid(t *testing.T) {
	const far = "when: {item: hours, more-than: 20}"
	check(t, []breakage{
		{"code that is no option", walks, far, "when: {item: walk, is: 3}", "57:52: `walk` has no option with the code 3; its codes are 0, 1, 2"},
		{"one of the codes", walks, far, "when: {item: walk, in: [1, 3]}", "57:56: `walk` has no option with the code 3; its codes are 0, 1, 2"},
		{"includes no option", walks, far, "when: {item: with-whom, includes: 4}", "57:63: `with-whom` has no option with the code 4; its codes are 1, 2, 3"},
		{"beyond the codes", walks, far, "when: {item: walk, more-than: 2}", "57:59: this can never hold: `walk` is one of 0, 1, 2"},
		{"beyond the bounds", walks, far, "when: {item: hours, more-than: 24}", "57:60: this can never hold: `hours` is from 0 to 24"},
		{"number out of bounds", walks, far, "when: {item: hours, is: 25}", "57:53: this can never hold: `hours` is never 25, it is from 0 to 24"},
		{"fraction of a whole number", walks, far, "when: {item: hours, is: 2.5}", "57:53: this can never hold: `hours` is never 2.5, it is from 0 to 24"},
		{"beyond the score", walks, far, "when: {score: total, at-least: 8}", "57:60: this can never hold: `total` is from 0 to 7"},
		{"below the score", walks, far, "when: {score: total, less-than: 0}", "57:61: this can never hold: `total` is from 0 to 7"},
		{"yes-no code", walks, far, "when: {item: alone, is: 2}", "57:53: this can never hold: `alone` is answered with yes or no"},
		{"too old", walks, far, "when: {subject: age, at-least: 26}", "57:60: this can never hold: the age is from 12 to 25"},
		{"always answered", walks, far, "when: {item: walk, answered: false}", "57:58: this can never hold: `walk` is always answered, because it is neither optional nor ever hidden"},
		{"two values at once", walks, far, "when: {all: [{item: walk, is: 1}, {item: walk, is: 2}]}", "57:35: these conditions can never all hold: no value of `walk` fits them all"},
		{"empty range", walks, far, "when: {all: [{item: hours, more-than: 3}, {all: [{item: hours, less-than: 4}]}]}", "57:35: these conditions can never all hold: no value of `hours` fits them all"},
		{"missing and compared", walks, far, "when: {all: [{item: hours, is: 3}, {item: hours, answered: false}]}", "57:35: these conditions can never all hold: `hours` cannot be both missing and compared"},
		{"denied", walks, far, "when: {all: [{item: hours, is: 3}, {not: {item: hours, at-least: 2}}]}", "57:35: these conditions can never all hold: one of them is the denial (`not`) of another"},
		{"denied through a criterion", walks, far, "when: {all: [{criterion: lonely}, {not: {item: alone, is: yes}}]}", "57:35: these conditions can never all hold: one of them is the denial (`not`) of another"},
		{"ages apart", walks, far, "when: {all: [{subject: age, less-than: 14}, {subject: age, more-than: 13}]}", "57:35: these conditions can never all hold: no value of the age fits them all"},
	})
}

func TestMistakesInBandsAreSaid(t *testing.T) {
	const goOn = "when: {any: [{criterion: restless}, {criterion: quiet}]}"
	check(t, []breakage{
		{"no otherwise", walks, "level: 1, otherwise: true", "level: 1, when: {item: walk, is: 0}", "55:5: the last band needs `otherwise: true`, so that every result has a band"},
		{"otherwise too early", walks, "level: 2, " + goOn, "level: 2, otherwise: true", "48:10: no rule uses the hidden criterion `quiet`; use it or take it out\n54:38: `otherwise` is everything that is left and belongs to the last band; the bands after it can never be reached"},
		{"otherwise false", walks, "otherwise: true", "otherwise: false", "55:5: the last band needs `otherwise: true`, so that every result has a band\n55:38: `otherwise` must be `true`, not `false`"},
		{"no rule", walks, "level: 2, " + goOn, "level: 2", "48:10: no rule uses the hidden criterion `quiet`; use it or take it out\n54:5: a band has exactly one of: when (a condition), otherwise: true (the last band), urgent: true (the first band), or score with from and to"},
		{"same as an earlier one", walks, goOn, "when: {all: [{criterion: restless}, {criterion: lonely}]}", "48:10: no rule uses the hidden criterion `quiet`; use it or take it out\n54:33: the band `go-on` can never be reached: whenever this holds, the earlier band `slow-down` holds already"},
		{"implied by an earlier one", walks, goOn, "when: {all: [{criterion: restless}, {item: walk, is: 2}, {criterion: lonely}]}", "48:10: no rule uses the hidden criterion `quiet`; use it or take it out\n54:33: the band `go-on` can never be reached: whenever this holds, the earlier band `slow-down` holds already"},
		{"narrower than an earlier one", walks, "when: {all: [{criterion: restless}, {criterion: lonely}]}", "when: {any: [{criterion: restless}, {criterion: quiet}, {criterion: lonely}]}", "54:33: the band `go-on` can never be reached: whenever this holds, the earlier band `slow-down` holds already"},
		{"never", walks, goOn, "when: {item: hours, more-than: 30}", "48:10: no rule uses the hidden criterion `quiet`; use it or take it out\n54:58: this can never hold: `hours` is from 0 to 24"},
		{"a range among conditions", walks, goOn, "score: total, from: 0, to: 7", "48:10: no rule uses the hidden criterion `quiet`; use it or take it out\n54:5: bands are either all ranges of one score or all conditions; the bands before this one are of the other kind"},
		{"levels with a gap", walks, "level: 3", "level: 4", "51:12: no band has level 3; levels begin at 1 and leave no gap"},
		{"no level 1", walks, "level: 1", "level: 2", "54:24: no band has level 1; levels begin at 1 and leave no gap\n55:24: no band has level 1; levels begin at 1 and leave no gap"},
		{"band twice", walks, "{id: go-on,", "{id: start,", "55:10: there are two bands `start`; give one of them another id\nwalks/en.yaml:24:3: there is no band `go-on`\nwalks/examples.yaml:13:20: there is no band `go-on`; there are slow-down, start\nwalks/sl.yaml:24:3: there is no band `go-on`"},
		{"unknown advice", walks, "advice: [sit, drink]", "advice: [sit, drinks]", "53:19: there is no advice `drinks` (did you mean `drink`?)"},
		{"advice twice", walks, "advice: [sit, drink]", "advice: [drink, drink]", "53:21: `drink` is in this list twice"},
		{"only advice with conditions", walks, "advice: [sit, drink]", "advice: [sit]", "53:13: every advice here has a condition; list at least one without `when`, which fits everyone"},
		{"no advice", rests, "to: 10, advice: [wake]", "to: 10, advice: []", "13:65: `advice` has 0 entries, at least 1 needed"},
		{"no advice at all", rests, "to: 10, advice: [wake]}", "to: 10}", "13:5: `advice` is missing"},
		{"unused advice", walks, "  - id: drink\n", "  - id: drink\n  - id: sleep\n", "62:9: no band lists the advice `sleep`; list it in a band or take it out\nwalks/en.yaml:27:1: the text of the advice `sleep` is missing\nwalks/sl.yaml:27:1: the text of the advice `sleep` is missing"},
		{"advice twice defined", walks, "  - id: drink\n", "  - id: drink\n  - id: sit\n", "62:9: there are two pieces of advice `sit`; give one of them another id"},
		{"unused hidden criterion", walks, goOn, "when: {criterion: restless}", "48:10: no rule uses the hidden criterion `quiet`; use it or take it out"},
		{"criterion twice", walks, "{id: quiet,", "{id: lonely,", "48:10: there are two criteria `lonely`; give one of them another id\n54:75: there is no criterion `quiet`; there are restless, lonely\nwalks/en.yaml:21:3: the criterion `lonely` is hidden and has no text\nwalks/examples.yaml:7:18: the criterion `lonely` is hidden and stands in no result; leave it out\nwalks/sl.yaml:21:3: the criterion `lonely` is hidden and has no text"},
		{"unknown service", walks, "support: [rescue, guide]", "support: [resque, guide]", "58:79: there is no support service `resque` (did you mean `rescue`?)"},
		{"service twice", walks, "support: [rescue, guide]", "support: [guide, guide]", "58:86: `guide` is in this list twice"},
		{"no service", walks, "support: [rescue, guide]", "support: []", "58:78: `support` has 0 entries, at least 1 needed"},
		{"urgency", walks, "urgency: now", "urgency: know", "57:24: `urgency` must be one of now, soon, not `know` (did you mean `now`?)"},
		{"flag twice", walks, "{id: near,", "{id: far,", "58:10: there are two flags `far`; give one of them another id\nwalks/en.yaml:26:20: there is no flag `near`\nwalks/examples.yaml:13:62: there is no flag `near`; there are far\nwalks/sl.yaml:26:22: there is no flag `near`"},
	})
}

func TestRangesThatDoNotCoverTheScoreAreSaid(t *testing.T) {
	const (
		rests = "rests/questionnaire.yaml"
		high  = "from: 6, to: 10"
		low   = "from: 0, to: 5"
		sum   = "method: sum"
	)
	check(t, []breakage{
		{"gap", rests, high, "from: 7, to: 10", "13:46: there is a gap between the bands: this one must begin at 6, not 7"},
		{"overlap", rests, high, "from: 5, to: 10", "13:46: the bands overlap: this one must begin at 6, not 5"},
		{"below", rests, low, "from: -1, to: 5", "14:45: `from` is -1, but `sleep` goes from 0 to 10"},
		{"lowest left out", rests, low, "from: 1, to: 5", "14:45: no band has the values of `sleep` below 1; it goes from 0 to 10"},
		{"highest left out", rests, high, "from: 6, to: 9", "13:53: no band has the values of `sleep` above 9; it goes from 0 to 10"},
		{"above", rests, high, "from: 6, to: 11", "13:53: `to` is 11, but `sleep` goes from 0 to 10"},
		{"upside down", rests, high, "from: 10, to: 6", "13:46: `from` (10) is more than `to` (6)"},
		{"unreachable", rests, "  - {id: low,", "  - {id: higher, level: 3, score: sleep, from: 11, to: 12, advice: [wake]}\n  - {id: low,", "14:48: the band `higher` can never be reached: `sleep` goes from 0 to 10\nrests/en.yaml:9:1: the text of the band `higher` is missing\nrests/sl.yaml:9:1: the text of the band `higher` is missing"},
		{"fraction", rests, high, "from: 5.5, to: 10", "13:46: `sleep` takes whole numbers only, so `from` and `to` must be whole numbers"},
		{"a mean has no steps", rests, sum, "method: mean", "13:46: the band `high` can never be reached: `sleep` goes from 0 to 5\nrests/examples.yaml:4:30: `sleep` goes from 0 to 5, it can never be 6"},
		{"another score", rests, "level: 1, score: sleep", "level: 1, score: naps", "14:32: all bands are ranges of the same score; the first one's is `sleep`"},
		{"unknown score", rests, "level: 2, score: sleep, from: 6, to: 10", "level: 2, score: sleeps, from: 6, to: 10", "14:32: all bands are ranges of the same score; the first one's is `sleeps`"},
		{"no to", rests, high, "from: 6", "13:5: `to` is missing"},
	})
}
