package load_test

import "testing"

// runText is the line with the texts of the item `run`.
const runText = "  run: {text: Kako pogosto tečeš?, card: \"{answer} tečem.\"}\n"

func TestMistakesInTextsAreSaid(t *testing.T) {
	const sl = "walks/sl.yaml"
	check(t, []breakage{
		{"missing file", sl, "", "", " the file is missing"},
		{"missing key", sl, "notice: To ni diagnoza.\n", "", "1:1: `notice` is missing"},
		{"empty text", sl, "notice: To ni diagnoza.", "notice: ' '", "4:9: this text is only spaces"},
		{"unknown key", sl, "notice:", "note:", "1:1: `notice` is missing\n4:1: unknown key `note`; known here: advice, band-sets, bands, constructs, criteria, flags, groups, guidance, intro, items, notice, option-help, option-sets, period, scope, scores, suggest, summary, title"},
		{"missing item", sl, runText, "", "9:1: the text of the item `run` is missing"},
		{"unknown item", sl, "  run: {", "  runn: {", "9:1: the text of the item `run` is missing\n12:3: there is no item `runn` (did you mean `run`?)"},
		{"a period in one language", sl, "notice:", "period: Misli na zadnje leto.\nnotice:", "walks/en.yaml:1:1: `period` is written in one language and not in the other"},
		{"help for an unknown set", sl, "option-sets:", "option-help: {frequences: Redko je enkrat na mesec.}\noption-sets:", "5:15: there is no option set `frequences` (did you mean `frequency`?)"},
		{"missing label of a set", sl, "frequency: {0: nikoli, 1: včasih, 2: pogosto}", "frequency: {0: nikoli, 1: včasih}", "6:3: the label of the option with the code 2 is missing"},
		{"unknown label of a set", sl, "frequency: {0: nikoli, 1: včasih, 2: pogosto}", "frequency: {0: nikoli, 1: včasih, 2: pogosto, 3: vedno}", "6:49: there is no option with the code 3"},
		{"two labels alike", sl, "frequency: {0: nikoli, 1: včasih, 2: pogosto}", "frequency: {0: nikoli, 1: včasih, 2: 'Včasih '}", "6:40: the option with the code 2 has the same label as that with the code 1, so nobody can tell them apart"},
		{"two labels of an item alike", sl, "3: z neznanci", "3: z družino", "14:79: the option with the code 3 has the same label as that with the code 2, so nobody can tell them apart"},
		{"unquoted comma", sl, "{text: Hodiš brez družbe?,", "{text: Hodiš sam, brez družbe?,", "10:28: `brez družbe?` stands here without a colon and a value; if it goes on the text before the comma, put all of that text in quotes"},
		{"unknown set", sl, "  frequency: {0:", "  frequencies: {0:", "5:1: the text of the option set `frequency` is missing\n6:3: there is no option set `frequencies` (did you mean `frequency`?)"},
		{"label by word", sl, "frequency: {0: nikoli, 1: včasih, 2: pogosto}", "frequency: {nikoli: nikoli, 0: nikoli, 1: včasih, 2: pogosto}", "6:15: `nikoli`: a label is named by the code of its option, a whole number"},
		{"labels of an item missing", sl, ", options: {1: s prijatelji, 2: z družino, 3: z neznanci}", "", "14:3: the label of the option with the code 1 is missing\n14:3: the label of the option with the code 2 is missing\n14:3: the label of the option with the code 3 is missing"},
		{"label of an item missing", sl, "2: z družino, ", "", "14:35: the label of the option with the code 2 is missing"},
		{"label of an item unknown", sl, "3: z neznanci", "3: z neznanci, 4: s psom", "14:91: there is no option with the code 4"},
		{"labels for a set's item", sl, "{text: Kako pogosto tečeš?,", "{text: Kako pogosto tečeš?, options: {0: nikoli},", "12:36: the options of `run` are those of the option set `frequency`; their labels stand in `option-sets`"},
		{"labels for a yes-no", sl, "{text: Hodiš brez družbe?,", "{text: Hodiš brez družbe?, options: {0: ne, 1: da},", "10:37: `alone` has no options that need labels"},
		{"unit of no number", sl, "{text: Hodiš brez družbe?,", "{text: Hodiš brez družbe?, unit: ur,", "10:37: `alone` is not a number item and has no unit"},
		{"too few forms of a unit", sl, "unit: ur,", "unit: ura | ur,", "13:41: 2 forms of the unit stand here; there is one for every number, or 4 with bars between (one | two | few | other)"},
		{"an empty form of a unit", sl, "unit: ur,", "unit: ura | ur |,", "13:41: a form of the unit is empty: write the forms with one bar between each two, such as \"hour | hours\""},
		{"group", sl, "  week: {title: Teden}", "  weeks: {title: Teden}", "7:1: the text of the group `week` is missing\n8:3: there is no group `weeks` (did you mean `week`?)"},
		{"score", sl, "total: Skupaj, ", "", "18:1: the text of the score `total` is missing"},
		{"criterion", sl, "  lonely: {label: Samota, met: Da., not-met: Ne.}\n", "", "19:1: the text of the criterion `lonely` is missing"},
		{"hidden criterion", sl, "  lonely: {label", "  quiet: {label: Tiho, met: Da., not-met: Ne.}\n  lonely: {label", "21:3: the criterion `quiet` is hidden and has no text"},
		{"half a criterion", sl, "{label: Samota, met: Da., not-met: Ne.}", "{label: Samota, met: Da.}", "21:3: `not-met` is missing"},
		{"band", sl, "  start: {title: Začni, meaning: Začni hoditi.}\n", "", "22:1: the text of the band `start` is missing"},
		{"flag", sl, ", near: Blizu.", "", "26:1: the text of the flag `near` is missing"},
		{"advice", sl, "advice: {sit: Sedi., drink: Pij.}\n", "", "1:1: the text of the advice `sit` is missing\n1:1: the text of the advice `drink` is missing"},
		{"construct", sl, "company: družba", "company: družba, dance: ples", "28:50: there is no construct `dance`"},
	})
}

func TestMistakesInExamplesAreSaid(t *testing.T) {
	const answers = "answers: {alone: yes, walk: 2, hours: 3, climb: 0}"
	check(t, []breakage{
		{"missing file", examples, "", "", " the file is missing"},
		{"unknown item", examples, answers, "answers: {alones: yes}", "4:15: there is no item `alones` (did you mean `alone`?)"},
		{"unknown code", examples, answers, "answers: {walk: 3}", "4:21: `walk` has no option with the code 3; its codes are 0, 1, 2"},
		{"out of bounds", examples, answers, "answers: {hours: 25}", "4:22: `hours` takes numbers from 0 to 24, not 25"},
		{"yes for a number", examples, answers, "answers: {hours: yes}", "4:22: yes and no are answers to yes-no items only; `hours` is a number item"},
		{"number for yes", examples, answers, "answers: {alone: 2}", "4:22: `alone` is a yes-no item; write yes or no"},
		{"word", examples, answers, "answers: {alone: maybe}", "4:22: an answer is a number, yes or no, a time such as \"23:15\", a date such as 2026-11-23, or a list of codes such as [1, 2]; leave the item out when it is skipped"},
		{"list for one", examples, answers, "answers: {walk: [1]}", "4:21: `walk` takes one answer, not a list"},
		{"one for several", examples, answers, "answers: {with-whom: 1}", "4:26: `with-whom` is a multiple item; write a list of codes such as [1, 2]"},
		{"unknown code of several", examples, answers, "answers: {with-whom: [1, 4]}", "4:30: `with-whom` has no option with the code 4; its codes are 1, 2, 3"},
		{"code twice", examples, answers, "answers: {with-whom: [1, 1]}", "4:30: the code 1 is in this list twice"},
		{"too young", examples, "age: 16", "age: 8", "3:10: the questionnaire is for ages from 12 to 25, not 8"},
		{"unknown score", examples, "total: 5", "totel: 5", "6:16: there is no score `totel` (did you mean `total`?)"},
		{"impossible score", examples, "total: 5", "total: 50", "6:23: `total` goes from 0 to 7, it can never be 50"},
		{"unknown criterion", examples, "criteria: [lonely]", "criteria: [lonley]", "7:18: there is no criterion `lonley` (did you mean `lonely`?)"},
		{"hidden criterion", examples, "criteria: [lonely]", "criteria: [lonely, quiet]", "7:26: the criterion `quiet` is hidden and stands in no result; leave it out"},
		{"unknown band", examples, "band: start", "band: stop", "8:13: there is no band `stop`; there are slow-down, go-on, start"},
		{"unknown flag", examples, "flags: [far, near]", "flags: [far, nears]", "13:62: there is no flag `nears` (did you mean `near`?)"},
		{"flag twice", examples, "flags: [far, near]", "flags: [far, far]", "13:62: `far` is in this list twice"},
		{"unknown advice", examples, "advice: [drink]", "advice: [drunk]", "10:16: there is no advice `drunk` (did you mean `drink`?)"},
		{"no band", examples, "      band: start\n", "", "5:5: `band` is missing"},
		{"name twice", examples, "walks far in bad company", "walks alone", "11:11: there are two examples with this name; give one of them another"},
	})
}

func TestMistakesInAreasAreSaid(t *testing.T) {
	check(t, []breakage{
		{"missing file", "areas/areas.yaml", "", "", " the file is missing"},
		{"area twice", "areas/areas.yaml", "  - id: indoors\n", "  - id: indoors\n  - id: indoors\n", "5:9: there are two areas `indoors`; give one of them another id"},
		{"missing texts", "areas/sl.yaml", "  outdoors: {title: Zunaj, summary: Zunaj., description: Zunaj je lepo.}\n", "", "1:1: the text of the area `outdoors` is missing"},
		{"unknown texts", "areas/en.yaml", "  outdoors:", "  outdoor:", "1:1: the text of the area `outdoors` is missing\n2:3: there is no area `outdoor` (did you mean `outdoors`?)"},
		{"half a text", "areas/en.yaml", ", description: It is warm indoors.", "", "3:3: `description` is missing"},
	})
}
