package scoring

import "predah/internal/questionnaire"

// Input is what one person sent.
type Input struct {
	Age     *int // of the subject in full years, nil when not said
	Answers map[questionnaire.ItemID]questionnaire.Answer
}

// Result is what the answers come to, in ids and numbers; the texts are added by
// whoever knows the reader's language.
type Result struct {
	Scores   []ScoreValue        // all of them, in the questionnaire's order
	Criteria []CriterionValue    // those that are not hidden, in the questionnaire's order
	Band     Band                // the zero Band when none holds
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
	OK       bool    // false: too much was skipped, or nothing was shown, to give a score
	Min, Max float64 // what the score could be at least and at most
}

// CriterionValue says whether one criterion is met.
type CriterionValue struct {
	ID  questionnaire.CriterionID
	Met bool
}

// SectionValue is one section of guidance with the steps that hold.
type SectionValue struct {
	ID    string
	Place questionnaire.Place
	Steps []string // ids in order, at least one
}

// Band is the band of a result, its Level counted up to the Levels of the result.
type Band struct {
	ID    string // "" when no band holds
	Level questionnaire.Level
}
