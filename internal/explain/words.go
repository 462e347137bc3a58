package explain

import "predah/internal/questionnaire"

// words are a language's headings and sentences that stand as they are. Those with a
// verb such as %s say in their comment what goes there.
type words struct {
	about, questions, bands, flags, advice, suggest, sources string // headings

	validated, notValidated string
	missing                 string // what an answer that is missing means to a rule
	open                    string // and to what is said of the person
	questionsIntro          string
	optional                string // a question that may be skipped
	several                 string // several answers may be chosen
	answers                 string // before the answers of a question
	shown                   string // before the condition of a question

	rule      string // heading of a rule with a letter (%s)
	ruleUsed  string // what such a rule is for
	holds     string // beginning: the rule holds
	met       string // beginning: the criterion is met
	criterion string // heading of a criterion (%s)
	appears   string // beginning: the band appears

	bandsIntro, guideIntro string
	scoresOnly             string // what there is instead of bands
	noResult               string // of a band that says that there is no result
	urgentBand             string // when the urgent band is the result
	otherwise              string // the band of everything that is left
	noFlags                string
	flagsIntro             string
	urgency                map[questionnaire.Urgency]string
	adviceIntro            string // how many at most: %d
	always                 string // has no condition
	section                string // heading of a section of guidance (%s)
	place                  map[questionnaire.Place]string
	allSteps, someSteps    string // how many at most: %d
	suggestIntro           string
	reason                 string // before why a check is suggested
	sourcesIntro           string
	points                 string // heading of a score (%s)
	reversed               string // behind a question
	reversedIntro          string
	hiddenParts            string
	hiddenPair             string                          // of a score of two parts
	settles                map[questionnaire.Method]string // of the lowest or highest: when it is known although some are missing
	undecided              string                          // of what was not asked because what decides about it was skipped
	servesOnly             string                          // of a score that a result does not show
	lowerIsWorse           string
	divided                string // when a division has no value
	then                   string // before what is done with a value (%s), and what it can be (%s)
	table                  string // heading of a table (%s)
	exact, interpolated    string // what a table does between its rows
	noSex, noAge, noNorm   string // who has no value in a table
	whole                  string // of numbers without decimals
	reading, readingIntro  string // heading of a further reading (%s), and what comes first in it
	clock, text            string // answers of a question about a time, and of free text
}

// sectionVoice is what the sections need besides fixed words.
type sectionVoice interface {
	facts(area string, q *questionnaire.Questionnaire) []string
	band(title string) string // of a further reading
	bandTitle(level questionnaire.Level, title string) string
	between(low, high string) string // "from 2 to 5"
	services(names []string) string
}

// scoreVoice says how scores are made.
type scoreVoice interface {
	method(s questionnaire.Score, kind partKind) string
	skipped(s questionnaire.Score) string
	notAsked(points float64) string
	weight(weight float64) string
	transform(t questionnaire.Transform) string // as a clause
	norm(n questionnaire.Norm) string           // whom it is for
	places(n int) string                        // how many places after the point a number may have
}

// partKind is what a score is made of.
type partKind int

const (
	ofItems partKind = iota
	ofScores
	ofBoth
)
