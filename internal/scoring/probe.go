package scoring

import (
	"fmt"
	"slices"

	"predah/internal/questionnaire"
)

// Probe says of conditions of a questionnaire whether they hold for somebody: the same engine that
// makes results, so that nothing else has to know how a condition is read. It never changes.
type Probe struct {
	program *Program
	count   int // conditions
}

// NewProbe prepares these conditions, each as it stands in the questionnaire. The error is that of Compile.
func NewProbe(q *questionnaire.Questionnaire, conditions []*questionnaire.Condition) (*Probe, error) {
	asking := *q
	asking.Flags, asking.Criteria = slices.Clone(q.Flags), slices.Clone(q.Criteria)
	for i, condition := range conditions {
		asking.Flags = append(asking.Flags, questionnaire.Flag{ID: probeID(i), When: condition})
		asking.Criteria = append(asking.Criteria, questionnaire.Criterion{ID: questionnaire.CriterionID(probeID(i)), When: condition})
	}
	program, err := Compile(&asking)
	if err != nil {
		return nil, err
	}
	return &Probe{program: program, count: len(conditions)}, nil
}

// Reading is how a condition is read for somebody.
type Reading struct {
	Holds bool // where something is shown, asked or advised: a test of what is missing does not hold
	Met   bool // in a criterion or a band: it holds whatever is missing
	Open  bool // there: it depends on what is missing
}

// Read scores the answers and says of each condition, in the order given, how it is read.
// The error is that of Program.Score.
func (p *Probe) Read(in Input) (Result, []Reading, error) {
	result, err := p.program.Score(in)
	if err != nil {
		return Result{}, nil, err
	}
	read := make([]Reading, p.count)
	shown := len(result.Criteria) - p.count
	own := 0
	for own < len(result.Flags) && !isProbe(result.Flags[own]) {
		own++
	}
	for i := range read {
		criterion := &result.Criteria[shown+i]
		read[i] = Reading{Holds: slices.Contains(result.Flags[own:], probeID(i)), Met: criterion.Met, Open: criterion.Open}
	}
	result.Flags, result.Criteria = result.Flags[:own:own], result.Criteria[:shown:shown]
	return result, read, nil
}

// probeID names a condition as no author can.
func probeID(i int) string { return fmt.Sprintf("#%d", i) }

func isProbe(id string) bool { return id[0] == '#' }

// InputOf is what a worked example says of its person.
func InputOf(example *questionnaire.Example) Input {
	return Input{Age: example.Age, Sex: example.Sex, Answers: example.Answers}
}
