package scoring

import (
	"fmt"
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// comparison is a questionnaire.Comparison made ready: whatever the operator, one
// constant leaves a range of numbers that pass.
type comparison struct {
	kind      comparisonKind
	low, high float64   // of within, inclusive; of including, the code twice
	among     []float64 // of oneOf
}

// comparisonKind is how a comparison is made.
type comparisonKind uint8

const (
	within    comparisonKind = iota // the value is from low to high
	oneOf                           // the value is among several
	including                       // the codes include one
	isKnown                         // there is a value
	isMissing                       // there is none
)

// holds compares a number, NaN for none, which passes no comparison but isMissing.
func (c *comparison) holds(value float64) bool {
	switch c.kind {
	case within:
		return value >= c.low && value <= c.high
	case oneOf:
		return slices.Contains(c.among, value)
	case isKnown:
		return !math.IsNaN(value)
	case isMissing:
		return math.IsNaN(value)
	}
	return false
}

// numeric lists the operators that compare one number.
func numeric() []questionnaire.Operator {
	return []questionnaire.Operator{
		questionnaire.Is, questionnaire.In, questionnaire.AtLeast, questionnaire.AtMost,
		questionnaire.MoreThan, questionnaire.LessThan,
	}
}

// settled is a comparison of a score, with numbers that are settled as scores are.
func settled(of questionnaire.Comparison) questionnaire.Comparison {
	values := make([]float64, len(of.Values))
	for i, value := range of.Values {
		values[i] = questionnaire.Settle(value)
	}
	of.Values = values
	return of
}

// compileComparison makes a comparison ready, or refuses one that could not be
// made as it is meant: with another operator than those allowed, or other constants.
func compileComparison(of questionnaire.Comparison, allowed []questionnaire.Operator) (comparison, error) {
	if !slices.Contains(allowed, of.Operator) {
		return comparison{}, fmt.Errorf("`%s` cannot be asked of this", of.Operator)
	}
	if len(of.Values) == 0 || len(of.Values) > 1 && of.Operator != questionnaire.In {
		return comparison{}, fmt.Errorf("`%s` does not compare with %d values", of.Operator, len(of.Values))
	}
	for _, value := range of.Values {
		if math.IsNaN(value) || math.IsInf(value, 0) {
			return comparison{}, fmt.Errorf("`%s` cannot compare with %v", of.Operator, value)
		}
	}
	constant, lowest, highest := of.Values[0], math.Inf(-1), math.Inf(1)
	switch of.Operator {
	case questionnaire.In:
		return comparison{kind: oneOf, among: of.Values}, nil
	case questionnaire.AtLeast:
		return comparison{low: constant, high: highest}, nil
	case questionnaire.AtMost:
		return comparison{low: lowest, high: constant}, nil
	case questionnaire.MoreThan:
		return comparison{low: math.Nextafter(constant, highest), high: highest}, nil
	case questionnaire.LessThan:
		return comparison{low: lowest, high: math.Nextafter(constant, lowest)}, nil
	case questionnaire.Includes:
		return comparison{kind: including, low: constant, high: constant}, nil
	case questionnaire.Answered:
		return compileAnswered(constant)
	}
	return comparison{low: constant, high: constant}, nil // questionnaire.Is
}

// compileAnswered makes ready the question whether there was an answer (1) or not (0).
func compileAnswered(expected float64) (comparison, error) {
	switch expected {
	case 1:
		return comparison{kind: isKnown}, nil
	case 0:
		return comparison{kind: isMissing}, nil
	}
	return comparison{}, fmt.Errorf("`%s` is asked with 0 or 1", questionnaire.Answered)
}
