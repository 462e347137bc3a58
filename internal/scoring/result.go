package scoring

import "predah/internal/questionnaire"

// Input is what one person sent.
type Input struct {
	Age     *int              // of the subject in full years, nil when not said
	Sex     questionnaire.Sex // of the subject, "" when not said
	Answers map[questionnaire.ItemID]questionnaire.Answer
}

// Result is what the answers come to, in ids and numbers; the texts are added by
// whoever knows the reader's language.
type Result struct {
	Scores   []ScoreValue        // all of them, in the questionnaire's order
	Criteria []CriterionValue    // those that are not hidden, in the questionnaire's order
	Band     Band                // the zero Band when none holds
	Open     bool                // a band before Band could hold, if what was skipped were answered
	BandSets []BandSetValue      // all of them, in the questionnaire's order
	Levels   questionnaire.Level // the highest there is, 0 in a guide
	Flags    []string            // ids of those raised, in the questionnaire's order
	Advice   []string            // ids, at most MaxAdvice, in the band's order of preference
	Guidance []SectionValue      // those with steps, in the questionnaire's order
	Suggest  []questionnaire.ID  // all that hold, in the questionnaire's order of preference
}

// MaxAdvice is how many pieces of advice a result has at most: more is not read.
const MaxAdvice = 3

// ScoreValue is one computed score.
type ScoreValue struct {
	ID       questionnaire.ScoreID
	Value    float64 // within Min and Max, 0 unless OK
	OK       bool    // false: there is no score, and Missing says why
	Missing  NoScore
	Min, Max float64 // what the score could be at least and at most
}

// NoScore says why a score has no value.
type NoScore uint8

// The reasons. A score that is made of one without a value takes over the reason that comes last.
const (
	scored        NoScore = iota // it has one
	NotShown                     // what it is made of was not shown
	Skipped                      // too much was skipped
	DividedByZero                // what it is divided by is 0
	NotInTable                   // its table has nothing for people of this age and sex
	AgeNotSaid                   // its table depends on the subject's age
	SexNotSaid                   // its table depends on the subject's sex
)

// String gives the reason as the API has it, "" for a score that has a value.
func (n NoScore) String() string {
	return [...]string{"", "not-shown", "skipped", "division-by-zero", "not-in-table", "age-not-said", "sex-not-said"}[n]
}

// CriterionValue says whether one criterion is met: whatever the answers are that were skipped.
type CriterionValue struct {
	ID   questionnaire.CriterionID
	Met  bool
	Open bool // it depends on what was skipped whether it is met; Met is false
}

// SectionValue is one section of guidance with the steps that hold.
type SectionValue struct {
	ID    string
	Place questionnaire.Place
	Steps []string // ids in order, at least one
}

// BandSetValue is one further reading of a result.
type BandSetValue struct {
	ID   string
	Band Band // the zero Band when none holds
	Open bool // a band before it could hold, if what was skipped were answered
}

// Band is the band of a result, its Level counted up to the Levels of the result.
type Band struct {
	ID    string // "" when no band holds
	Level questionnaire.Level
}
