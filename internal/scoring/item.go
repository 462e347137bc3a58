package scoring

import (
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// item is one question made ready to be answered.
type item struct {
	questionnaire.Item
	show     rule
	hideable bool
	optional bool
	// When the codes are the whole numbers from first on, as mostly, points are those of
	// their options; otherwise it is empty and the options are searched.
	first  int
	points []float64
}

// newItem makes an item ready whose answers have been checked.
func newItem(of questionnaire.Item, show rule) item {
	it := item{Item: of, show: show, hideable: of.ShowWhen != nil, optional: of.Optional}
	if len(of.Options) == 0 {
		return it
	}
	it.first = slices.MinFunc(of.Options, func(a, b questionnaire.Option) int { return a.Code - b.Code }).Code
	points := make([]float64, len(of.Options))
	for _, option := range of.Options {
		at := option.Code - it.first
		if at < 0 || at >= len(points) {
			return it
		}
		points[at] = option.Points
	}
	it.points = points
	return it
}

// read takes an answer to the item into its cell, or says why it cannot.
func (it *item) read(answer *questionnaire.Answer, c *cell) Reason {
	if (it.Kind == questionnaire.Multiple) != (answer.Codes != nil) {
		return WrongKind
	}
	points := float64(answer.Number)
	switch it.Kind {
	case questionnaire.Multiple:
		return it.readCodes(answer.Codes, c)
	case questionnaire.Number:
		if answer.Number < it.Bounds.Min || answer.Number > it.Bounds.Max {
			return OutOfBounds
		}
	default:
		var ok bool
		if points, ok = it.worth(answer.Number); !ok {
			return UnknownOption
		}
	}
	*c = cell{value: float64(answer.Number), points: points, presence: answered}
	return fine
}

// readCodes takes several chosen options, which are worth the sum of their points.
func (it *item) readCodes(codes []int, c *cell) Reason {
	if len(codes) == 0 {
		return WrongKind
	}
	var sum float64
	for i, code := range codes {
		points, ok := it.worth(code)
		if !ok {
			return UnknownOption
		}
		if slices.Contains(codes[:i], code) {
			return WrongKind
		}
		sum += points
	}
	*c = cell{points: sum, presence: answered}
	return fine
}

// worth is the points of the option with the code; false when there is none.
func (it *item) worth(code int) (float64, bool) {
	if at := uint(code) - uint(it.first); at < uint(len(it.points)) {
		return it.points[at], true
	}
	if it.points != nil {
		return 0, false
	}
	for i := range it.Options {
		if it.Options[i].Code == code {
			return it.Options[i].Points, true
		}
	}
	return 0, false
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
