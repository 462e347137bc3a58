package scoring

import (
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// item is one question made ready to be answered.
type item struct {
	questionnaire.Item
	show      rule
	hideable  bool
	optional  bool
	exception questionnaire.Exception // says which answers have no order
	form      questionnaire.Form      // of an answer
	fineness  float64                 // of a number: 10 for one place after the point, and so on
	// When the codes are the whole numbers from first on, as mostly, points are those of
	// their options; otherwise it is empty and the options are searched.
	first  int
	points []float64
	// neutral is how many points an answer is worth that says nothing; NaN when none does.
	neutral float64
}

// newItem makes an item ready whose answers have been checked.
func newItem(of questionnaire.Item, show rule, exception questionnaire.Exception) item {
	it := item{
		Item: of, show: show, exception: exception, hideable: of.ShowWhen != nil, fineness: math.Pow10(of.Decimals),
		optional: of.Optional || of.Kind == questionnaire.Text,
	}
	switch of.Kind {
	case questionnaire.Time:
		it.form = questionnaire.Clock
	case questionnaire.Date:
		it.form = questionnaire.Day
	}
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
	if answer.Form != it.form {
		return WrongKind
	}
	switch it.Kind {
	case questionnaire.Multiple:
		return it.readCodes(answer.Codes, c)
	case questionnaire.Number, questionnaire.Time, questionnaire.Date:
		return it.readNumber(answer.Number, c)
	case questionnaire.Text:
		return WrongKind
	}
	code := int(answer.Number)
	points, ok := it.worth(code)
	if !ok || float64(code) != answer.Number {
		return UnknownOption
	}
	*c = cell{value: answer.Number, points: points, presence: answered}
	return fine
}

// passOver takes an answer to the item, which is hidden, off a sheet that was filled in on paper,
// when it says nothing; or says why it cannot.
func (it *item) passOver(entry *Entry, paper bool) Reason {
	if !paper {
		return HiddenItem
	}
	var c cell
	if reason := it.read(&entry.Answer, &c); reason != fine {
		return reason
	}
	if c.points != it.neutral {
		return HiddenItem
	}
	*entry = Entry{}
	return fine
}

// readNumber takes a number, with no more places after the point than the item has.
func (it *item) readNumber(number float64, c *cell) Reason {
	if !(number >= it.Bounds.Min && number <= it.Bounds.Max) { // holds for NaN too
		return OutOfBounds
	}
	if math.Round(number*it.fineness)/it.fineness != number {
		return WrongKind
	}
	*c = known(number)
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

// refuse says what is wrong with an answer to the item.
func (it *item) refuse(reason Reason) AnswerError {
	e := AnswerError{Item: it.ID, Reason: reason, Kind: it.Kind}
	switch reason {
	case UnknownOption:
		for _, option := range it.Options {
			e.Codes = append(e.Codes, option.Code)
		}
	case OutOfBounds:
		e.Bounds, e.Decimals = it.Bounds, it.Decimals
	case WrongKind:
		e.Decimals = it.Decimals
	}
	return e
}
