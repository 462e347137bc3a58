package scoring_test

import (
	"math"

	"predah/internal/questionnaire"
)

// ranged gives every score a range that its values cannot leave, as loading a
// questionnaire does. A score may be made of those listed before it.
func ranged(q *questionnaire.Questionnaire) *questionnaire.Questionnaire {
	spans := map[string]span{}
	for _, it := range q.Items {
		spans[string(it.ID)] = itemSpan(it)
	}
	for i := range q.Scores {
		s := &q.Scores[i]
		reach := scoreSpan(s, spans)
		if s.Method.Pairs() || s.Method == questionnaire.Product {
			reach = span{-wide, wide}
		}
		s.Raw = questionnaire.Bounds{Min: reach.low, Max: reach.high}
		if len(s.Then) > 0 {
			reach = span{-wide, wide}
		}
		s.Min, s.Max = reach.low, reach.high
		spans[string(s.ID)] = reach
	}
	return q
}

// wide is beyond anything that is drawn; that a range is as narrow as it can be is tested where it is computed.
const wide = 1e9

// span is the lowest and highest points of an item or a score.
type span struct{ low, high float64 }

func itemSpan(it questionnaire.Item) span {
	switch it.Kind {
	case questionnaire.Number, questionnaire.Time, questionnaire.Date:
		return span{it.Bounds.Min, it.Bounds.Max}
	case questionnaire.Multiple: // every choice that is not empty is tried
		reach := span{math.Inf(1), math.Inf(-1)}
		for chosen := 1; chosen < 1<<len(it.Options); chosen++ {
			sum := 0.0
			for i, option := range it.Options {
				if chosen&(1<<i) != 0 {
					sum += option.Points
				}
			}
			reach = span{min(reach.low, sum), max(reach.high, sum)}
		}
		return reach
	}
	reach := span{math.Inf(1), math.Inf(-1)}
	for _, option := range it.Options {
		reach = span{min(reach.low, option.Points), max(reach.high, option.Points)}
	}
	return reach
}

// heaviest is the largest weight of a part of the score.
func heaviest(s *questionnaire.Score) float64 {
	most := 1.0
	for _, part := range s.Of {
		if s.Method == questionnaire.WeightedSum {
			most = max(most, math.Abs(part.Weight))
		}
	}
	return most
}

func scoreSpan(s *questionnaire.Score, spans map[string]span) span {
	sum, one := span{}, span{math.Inf(1), math.Inf(-1)}
	for _, part := range s.Of {
		of := spans[string(part.Item)+string(part.Score)]
		if s.NotAsked != nil {
			of = span{min(of.low, *s.NotAsked), max(of.high, *s.NotAsked)}
		}
		one = span{min(one.low, of.low), max(one.high, of.high)}
		if s.Method == questionnaire.WeightedSum {
			of = span{min(of.low*part.Weight, of.high*part.Weight), max(of.low*part.Weight, of.high*part.Weight)}
		}
		// Any part may be hidden and then adds nothing.
		sum = span{sum.low + min(of.low, 0), sum.high + max(of.high, 0)}
	}
	switch s.Missing {
	case questionnaire.MissingZero:
		one = span{min(one.low, 0), max(one.high, 0)}
	case questionnaire.MissingMedian:
		one.high = math.Ceil(one.high)
		sum = span{min(sum.low, float64(len(s.Of))*one.low*heaviest(s)), max(sum.high, float64(len(s.Of))*one.high*heaviest(s))}
	}
	switch s.Method {
	case questionnaire.Count:
		return span{0, float64(len(s.Of))}
	case questionnaire.Mean, questionnaire.Min, questionnaire.Max:
		return one
	}
	return sum
}
