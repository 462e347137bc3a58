package explain

import (
	"fmt"
	"math"

	"predah/internal/questionnaire"
)

func (english) words() words {
	return words{
		about: "About this check", questions: "Questions and answers", bands: "How the result is found", flags: "What comes first",
		advice: "Suggestions", suggest: "What else may be worth a look", sources: "Sources",

		validated:    "This check has been scientifically validated.",
		notValidated: "The questions and rules are not scientifically validated. A result is something to think with, not a diagnosis.",
		missing:      "A question that is skipped or hidden meets no condition that asks for an answer to it.",

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
		sourcesIntro: "The check builds on these. Its questions are its own.",

		points:        "Points: %s",
		reversed:      "(reversed)",
		reversedIntro: "Reversed means that more points in an answer count for less: the most count as the fewest, and the other way round.",
		hiddenParts:   "Hidden questions do not count.",
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

func (english) bandTitle(level questionnaire.Level, title string) string {
	if level == 0 {
		return "Result " + title
	}
	return fmt.Sprintf("Level %d, %s", level, title)
}

func (english) between(low, high string) string { return "from " + low + " to " + high }

func (e english) services(names []string) string { return "named with it: " + e.list(names, false) }

func (e english) method(score questionnaire.Score, kind partKind) string {
	parts := []string{"the questions below", "the values below", "the questions and values below"}[kind]
	points := "the points of " + parts
	if kind == ofScores {
		points = parts
	}
	said := map[questionnaire.Method]string{
		questionnaire.Sum:         "The sum of " + points,
		questionnaire.Mean:        "The mean of " + points,
		questionnaire.WeightedSum: "The weighted sum of " + points,
		questionnaire.Min:         "The lowest of " + points,
		questionnaire.Max:         "The highest of " + points,
	}[score.Method]
	if score.Method == questionnaire.Count {
		said = fmt.Sprintf("How many of %s have %s points", parts, e.amount(*score.CountWhen))
	}
	return fmt.Sprintf("%s. It can be %s.", said, e.between(e.number(score.Min), e.number(score.Max)))
}

func (e english) skipped(score questionnaire.Score) string {
	if score.ProrateUpTo == 0 {
		return "If any of this is skipped, there is no value."
	}
	share := e.number(math.Round(score.ProrateUpTo * 100))
	return fmt.Sprintf("Up to %s%% of what was shown may be skipped; the value is then made up in proportion to the answers given. If more is missing, there is no value.", share)
}

func (e english) weight(weight float64) string { return fmt.Sprintf(", weight %s", e.number(weight)) }
