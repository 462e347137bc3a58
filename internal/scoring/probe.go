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
	asking.Flags = slices.Clone(q.Flags)
	for i, condition := range conditions {
		asking.Flags = append(asking.Flags, questionnaire.Flag{ID: probeID(i), When: condition})
	}
	program, err := Compile(&asking)
	if err != nil {
		return nil, err
	}
	return &Probe{program: program, count: len(conditions)}, nil
}

// Holding scores the answers and says of each condition, in the order given, whether it held.
// The error is that of Program.Score.
func (p *Probe) Holding(in Input) (Result, []bool, error) {
	result, err := p.program.Score(in)
	if err != nil {
		return Result{}, nil, err
	}
	held := make([]bool, p.count)
	own := 0
	for own < len(result.Flags) && !isProbe(result.Flags[own]) {
		own++
	}
	for i := range held {
		held[i] = slices.Contains(result.Flags[own:], probeID(i))
	}
	result.Flags = result.Flags[:own:own]
	return result, held, nil
}

// probeID names a condition as no author can.
func probeID(i int) string { return fmt.Sprintf("#%d", i) }

func isProbe(id string) bool { return id[0] == '#' }

// InputOf is what a worked example says of its person.
func InputOf(example *questionnaire.Example) Input {
	return Input{Age: example.Age, Sex: example.Sex, Answers: example.Answers}
}
