package questionnaire

// Condition is a rule over answers, scores, criteria and the subject, in the
// spirit of FHIR's enableWhen. Exactly one of its forms is set:
// All, Any, Not, Of with AtLeast, or a test of Item, Score, Criterion, Age or Sex.
type Condition struct {
	All []*Condition
	Any []*Condition
	Not *Condition

	Of      []*Condition // at least AtLeast of these hold
	AtLeast int

	Item      ItemID
	Score     ScoreID
	Criterion CriterionID // holds when the criterion is met
	Age       bool        // the subject's age in full years
	Sex       Sex         // holds when the subject's sex is this one

	Test Comparison // of Item, Score and Age
}

// Operator is how a Comparison compares.
type Operator string

// The operators. A comparison with an item that was skipped or hidden, a score that could
// not be computed, or an age that is not known, does not hold, whatever the operator;
// only Answered can be asked about what is missing.
const (
	Is       Operator = "is"
	In       Operator = "in"
	AtLeast  Operator = "at-least"
	AtMost   Operator = "at-most"
	MoreThan Operator = "more-than"
	LessThan Operator = "less-than"
	Includes Operator = "includes" // a Multiple item's codes include Values[0]
	Answered Operator = "answered" // Values[0] is 1: was answered, 0: was not
)

// Comparison compares one value with constants. Items are compared by their code
// (or number), not by their points.
type Comparison struct {
	Operator Operator
	Values   []float64 // one, or for In at least one; none when there is an Other
	// Other is the score that a score is compared with instead; only with Is, AtLeast,
	// AtMost, MoreThan and LessThan. Where either has no value the comparison does not hold.
	Other ScoreID
}
