package load

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"predah/internal/questionnaire"
)

// values is a set of numbers: some points, or everything between two ends. It
// says what an answer, a score or an age can be, and which of these pass a comparison.
// The zero values is not known: nothing can be concluded about it.
type values struct {
	known             bool
	finite            bool
	points            []float64 // of a finite set
	low, high         float64   // of any other
	openLow, openHigh bool      // the end itself does not belong
	whole             bool      // whole numbers only
	grain             float64   // every member is a multiple of it, nearly; 0 when none is known
}

func oneOf(points []float64) values {
	return values{known: true, finite: true, points: points}
}

func between(low, high float64, whole bool) values {
	return values{known: true, low: low, high: high, whole: whole, grain: oneIf(whole)}
}

// settled is the set with the ends that a reader is told and that comparisons see.
func (v values) settled() values {
	v.low, v.high = questionnaire.Settle(v.low), questionnaire.Settle(v.high)
	return v
}

// impossible tells that the set is known to be empty.
func (v values) impossible() bool {
	if !v.known {
		return false
	}
	if v.finite {
		return len(v.points) == 0
	}
	return v.low > v.high || v.low == v.high && (v.openLow || v.openHigh)
}

// has tells whether a number belongs to the set.
func (v values) has(x float64) bool {
	if v.finite {
		return slices.Contains(v.points, x)
	}
	if v.whole && x != math.Trunc(x) {
		return false
	}
	return (x > v.low || x == v.low && !v.openLow) && (x < v.high || x == v.high && !v.openHigh)
}

// pass is the part of the set that passes a comparison.
func (v values) pass(test questionnaire.Comparison) values {
	if !v.known || len(test.Values) == 0 {
		return v
	}
	if test.Operator == questionnaire.Is || test.Operator == questionnaire.In {
		return v.meet(oneOf(test.Values))
	}
	x := test.Values[0]
	limit := values{known: true, low: math.Inf(-1), high: math.Inf(1)}
	switch test.Operator {
	case questionnaire.AtLeast:
		limit.low = x
	case questionnaire.AtMost:
		limit.high = x
	case questionnaire.MoreThan:
		limit.low, limit.openLow = x, true
	case questionnaire.LessThan:
		limit.high, limit.openHigh = x, true
	default: // includes and answered say nothing about the number
		return v
	}
	return v.meet(limit)
}

// meet is what belongs to both sets.
func (v values) meet(w values) values {
	if !v.known || !w.known {
		return values{}
	}
	if v.finite || w.finite {
		if !v.finite {
			v, w = w, v
		}
		return oneOf(slices.DeleteFunc(slices.Clone(v.points), func(x float64) bool { return !w.has(x) }))
	}
	if w.low > v.low || w.low == v.low && w.openLow {
		v.low, v.openLow = w.low, w.openLow
	}
	if w.high < v.high || w.high == v.high && w.openHigh {
		v.high, v.openHigh = w.high, w.openHigh
	}
	v.whole = v.whole || w.whole
	return v.tighten()
}

// tighten moves the ends of a set of whole numbers to whole numbers that belong to it.
func (v values) tighten() values {
	if !v.whole {
		return v
	}
	low, high := math.Ceil(v.low), math.Floor(v.high)
	if v.openLow && low == v.low {
		low++
	}
	if v.openHigh && high == v.high {
		high--
	}
	v.low, v.high, v.openLow, v.openHigh = low, high, false, false
	return v
}

// within tells that every member of the set is known to belong to the other too.
func (v values) within(w values) bool {
	if !v.known || !w.known {
		return false
	}
	if v.finite {
		return !slices.ContainsFunc(v.points, func(x float64) bool { return !w.has(x) })
	}
	if w.finite || w.whole && !v.whole {
		return false
	}
	return (v.low > w.low || v.low == w.low && (v.openLow || !w.openLow)) &&
		(v.high < w.high || v.high == w.high && (v.openHigh || !w.openHigh))
}

// String says what the set is, as in "one of 0, 1, 2" or "from 0 to 24".
func (v values) String() string {
	if !v.finite {
		return fmt.Sprintf("from %s to %s", plain(v.low), plain(v.high))
	}
	return "one of " + list(v.points)
}

func list(points []float64) string {
	texts := make([]string, len(points))
	for i, x := range points {
		texts[i] = plain(x)
	}
	return strings.Join(texts, ", ")
}

// plain writes a number as an author would.
func plain(x float64) string {
	return strconv.FormatFloat(math.Round(x*1e6)/1e6, 'f', -1, 64)
}
