package questionnaire

// ResultKind says how a result is shown.
type ResultKind string

// The kinds of results.
const (
	Levels ResultKind = "levels" // a band with a level, and the scores
	Guide  ResultKind = "guide"  // words and steps only: no level, no picture, no score
	Scores ResultKind = "scores" // the scores and further readings only: no bands
)

// Exit says how much the button that leaves at once stands out.
type Exit string

// The ways it can.
const (
	NormalExit    Exit = "normal"
	ProminentExit Exit = "prominent" // the most visible thing on every screen
)

// Section is one part of the guidance: steps under a heading.
type Section struct {
	ID     string
	Place  Place
	AtMost int // how many steps are shown at most, 0 for all that hold
	Steps  []Step
}

// Place is where in a result a section stands.
type Place string

// The places.
const (
	BeforeAdvice Place = "before-advice"
	AfterAdvice  Place = "after-advice"
)

// Step is one step of a section.
type Step struct {
	ID   string     // unique within its section
	When *Condition // nil: for everyone
}

// Suggestion is another check that may be worth a look. Whether there is such a check is
// known only where all questionnaires are.
type Suggestion struct {
	Check ID
	When  *Condition // nil: for everyone
	At    Position   // where it stands in the file
}
