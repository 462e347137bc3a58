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
	shown   int // criteria that a result shows
	count   int // conditions
}

// NewProbe prepares these conditions, each as it stands in the questionnaire. The error is that of Compile.
func NewProbe(q *questionnaire.Questionnaire, conditions []*questionnaire.Condition) (*Probe, error) {
	asking := *q
	asking.Criteria = slices.Clone(q.Criteria)
	for i, condition := range conditions {
		id := questionnaire.CriterionID(fmt.Sprintf("#%d", i)) // which no author can write
		asking.Criteria = append(asking.Criteria, questionnaire.Criterion{ID: id, When: condition})
	}
	program, err := Compile(&asking)
	if err != nil {
		return nil, err
	}
	return &Probe{program: program, shown: program.shown - len(conditions), count: len(conditions)}, nil
}

// Holding scores the answers and says of each condition, in the order given, whether it held.
// The error is that of Program.Score.
func (p *Probe) Holding(in Input) (Result, []bool, error) {
	result, err := p.program.Score(in)
	if err != nil {
		return Result{}, nil, err
	}
	held := make([]bool, p.count)
	for i, criterion := range result.Criteria[p.shown:] {
		held[i] = criterion.Met
	}
	result.Criteria = result.Criteria[:p.shown:p.shown]
	return result, held, nil
}

// InputOf is what a worked example says of its person.
func InputOf(example *questionnaire.Example) Input {
	return Input{Age: example.Age, Sex: example.Sex, Answers: example.Answers}
}
