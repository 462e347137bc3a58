package scoring

import (
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// presence says how far an item or a score is there to be counted.
type presence uint8

const (
	hidden   presence = iota // not shown, or not reached yet
	skipped                  // shown but without an answer or a value
	answered                 // has a value
)

// response is an item as one person met it.
type response struct {
	presence presence
	value    float64 // the code or number answered, what conditions compare
	codes    []int   // of Multiple items, what Includes looks into
	points   float64 // what scores add up
}

// item is one question with its condition resolved.
type item struct {
	questionnaire.Item
	show rule
}

// read takes an answer to the item into r, or says why it cannot.
func (it *item) read(answer questionnaire.Answer, r *response) Reason {
	if (it.Kind == questionnaire.Multiple) != (answer.Codes != nil) {
		return WrongKind
	}
	switch it.Kind {
	case questionnaire.Multiple:
		return it.readCodes(answer.Codes, r)
	case questionnaire.Number:
		if answer.Number < it.Bounds.Min || answer.Number > it.Bounds.Max {
			return OutOfBounds
		}
		r.points = float64(answer.Number)
	default:
		option, ok := it.option(answer.Number)
		if !ok {
			return UnknownOption
		}
		r.points = option.Points
	}
	r.presence, r.value = answered, float64(answer.Number)
	return fine
}

// readCodes takes several chosen options, which are worth the sum of their points.
func (it *item) readCodes(codes []int, r *response) Reason {
	if len(codes) == 0 {
		return WrongKind
	}
	var points float64
	for i, code := range codes {
		option, ok := it.option(code)
		if !ok {
			return UnknownOption
		}
		if slices.Contains(codes[:i], code) {
			return WrongKind
		}
		points += option.Points
	}
	r.presence, r.codes, r.points = answered, codes, points
	return fine
}

// option finds the option with the code.
func (it *item) option(code int) (questionnaire.Option, bool) {
	for _, option := range it.Options {
		if option.Code == code {
			return option, true
		}
	}
	return questionnaire.Option{}, false
}

// extent is the lowest and highest number of points an answer to the item can be worth.
func (it *item) extent() (low, high float64) {
	if it.Kind == questionnaire.Number {
		return float64(it.Bounds.Min), float64(it.Bounds.Max)
	}
	low, high = math.Inf(1), math.Inf(-1)
	var losses, gains float64
	for _, option := range it.Options {
		low, high = min(low, option.Points), max(high, option.Points)
		losses += min(option.Points, 0)
		gains += max(option.Points, 0)
	}
	if it.Kind == questionnaire.Multiple && losses < 0 {
		low = losses // everything that lowers it, and nothing else
	}
	if it.Kind == questionnaire.Multiple && gains > 0 {
		high = gains
	}
	return low, high
}

// refuse says what is wrong with an answer to the item.
func (it *item) refuse(reason Reason) AnswerError {
	e := AnswerError{Item: it.ID, Reason: reason, Kind: it.Kind}
	switch reason {
	case UnknownOption:
		for _, option := range it.Options {
			e.Codes = append(e.Codes, option.Code)
		}
	case OutOfBounds:
		e.Bounds = it.Bounds
	}
	return e
}
