package explain

import (
	"fmt"

	"predah/internal/questionnaire"
)

func (english) words() words {
	return words{
		about: "About this check", questions: "Questions and answers", bands: "How the result is found", flags: "What comes first",
		advice: "Suggestions", suggest: "What else may be worth a look", sources: "Sources",

		validated:    "This check has been scientifically validated.",
		notValidated: "The questions and rules are not scientifically validated. A result is something to think with, not a diagnosis.",
		missing:      "A question that is skipped or hidden meets no condition that asks for an answer to it.",
		open: "A criterion that only a missing answer could settle is open: the result says neither that it is met nor that it is not. A result is shown only when its rule holds " +
			"whatever the missing answers would have been; where one before it is open, the result says so.",

		questionsIntro: "The questions come in this order. The number behind an answer is its points, where the question counts in a score.",
		optional:       "it may be skipped",
		several:        "more than one answer may be chosen",
		answers:        "answers:",
		shown:          "asked only",

		rule:      "Rule %s",
		ruleUsed:  "Other rules use this one.",
		holds:     "It holds",
		met:       "It is met",
		criterion: "Criterion %s",
		appears:   "Shown",

		bandsIntro: "The rules of the levels are tried in the order below. The first level whose rule holds is the result.",
		guideIntro: "This check measures nothing and shows no level. The texts are tried in the order below. The first whose rule holds is shown.",
		scoresOnly: "The result is the values alone; there are no levels.",
		noResult:   "It has no level: there is no result then, and the text says why.",
		urgentBand: "Shown as soon as one of the urgent things under “What comes first” is, whatever else was answered. It comes before every level and has none itself.",
		otherwise:  "Shown when none of the rules before it holds.",
		noFlags:    "Nothing in this check is shown before the result.",
		flagsIntro: "These are shown before anything else in a result, whatever the other rules say.",
		urgency: map[questionnaire.Urgency]string{
			questionnaire.Now:  "urgent, with a service that is open now",
			questionnaire.Soon: "not urgent, but not to be put off for long",
		},
		adviceIntro:  "Each result has its own order of suggestions. The first whose condition holds are shown, at most %d of them.",
		always:       "no condition",
		section:      "Section %s",
		place:        map[questionnaire.Place]string{questionnaire.BeforeAdvice: "It stands before the suggestions.", questionnaire.AfterAdvice: "It stands after the suggestions."},
		allSteps:     "Every step whose condition holds is shown, in this order.",
		someSteps:    "The first steps whose condition holds are shown, at most %d of them.",
		suggestIntro: "After the result at most two other checks are shown: the first whose condition holds and that are open at the age.",
		reason:       "because:",
		sourcesIntro: "The check builds on these.",

		points:        "Points: %s",
		reversed:      "(reversed)",
		reversedIntro: "Reversed means that more points in an answer count for less: the most count as the fewest, and the other way round.",
		hiddenParts:   "Hidden questions do not count. If all are hidden, there is no value.",
		hiddenPair:    "If one of the two is hidden, there is no value.",
		settles: map[questionnaire.Method]string{
			questionnaire.Min: "Even then, where an answer given already has as few points as any missing one could have, that is the value.",
			questionnaire.Max: "Even then, where an answer given already has as many points as any missing one could have, that is the value.",
		},
		undecided:    "If the question that decides about it is skipped, it counts as skipped.",
		servesOnly:   "This value serves other rules only; no result shows it.",
		lowerIsWorse: "A lower value is worse.",
		divided:      "If the second is 0, there is no value.",
		then:         "Then: %s. It can be %s.",
		table:        "Table %s",
		exact:        "The table has every value that there can be.",
		interpolated: "Values between two rows are worked out in proportion.",
		noSex:        "Where the norms differ by sex, there is no value without it.",
		noAge:        "Where the norms differ by age, there is no value without it.",
		noNorm:       "Some people are in none of these norms and have no value.",
		whole:        "in whole numbers",
		reading:      "Further result %s",
		readingIntro: "The texts are tried in the order below. The first whose rule holds is shown.",
		clock:        "a time from 00:00 to 23:59",
		text:         "free text, which stays in the browser and is not scored",
	}
}

func (english) facts(area string, q *questionnaire.Questionnaire) []string {
	who := "The person answers for themselves."
	if q.Source == questionnaire.Parent {
		who = "A parent answers about a child; the age is the child’s."
	}
	return []string{
		fmt.Sprintf("Area: %s. For ages %d to %d. %s Answering takes %d to %d minutes.",
			area, q.Ages.Min, q.Ages.Max, who, q.Minutes.Min, q.Minutes.Max),
		fmt.Sprintf("Version %s of %s.", q.Version, q.Provenance.Date.Format("2 January 2006")),
	}
}

func (english) band(title string) string { return "Result " + title }

func (english) bandTitle(level questionnaire.Level, title string) string {
	if level == 0 {
		return "Result " + title
	}
	return fmt.Sprintf("Level %d, %s", level, title)
}

func (english) between(low, high string) string { return "from " + low + " to " + high }

func (e english) services(names []string) string { return "named with it: " + e.list(names, false) }
