package explain

import (
	"regexp"

	"predah/internal/questionnaire"
)

// voice is a language's way of saying rules. Texts of the questionnaire reach it quoted.
type voice interface {
	words() words // the fixed headings and sentences

	quote(text string) string
	commonParts() []*regexp.Regexp // what many questions share, to be left out of a quotation
	yesNo(yes bool) string
	number(value float64) string
	list(parts []string, or bool) string // "a, b and c", or "a, b or c"

	// when puts the beginning of a sentence, "" for none, before a condition.
	when(beginning, condition string) string
	turned(c clause) string // as it stands after when
	not(turned string) string
	two(all bool, first, second string) string // both turned
	both(first, second string) string          // the second turned
	groupLead(need, of int) string             // "all of this holds"
	noneOf(need, of int) string                // the group does not hold

	answerIs(what string) saying
	answerIncludes(label string) saying
	answered(isAnswered bool) saying
	amount(test questionnaire.Comparison, say func(float64) string) string // of what say writes; nil: numbers
	moment(test questionnaire.Comparison, say func(float64) string) string // of a time or a date
	orMore(label string) string
	orLess(label string) string
	oneAnswer(question string, answer saying) clause
	sameAnswers(t term) clause // without the questions

	criteriaMet(need int, labels []string) clause
	criterionNotMet(label string) clause
	ruleHolds(letter string) clause
	scoreIs(label string, test questionnaire.Comparison) clause
	scoreIsToScore(label string, operator questionnaire.Operator, other string) clause
	sexIs(sex questionnaire.Sex) clause
	ageIs(source questionnaire.Source, test questionnaire.Comparison) clause

	scoreVoice
	sectionVoice
}
