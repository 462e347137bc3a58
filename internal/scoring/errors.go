package scoring

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"predah/internal/questionnaire"
)

// Reason says why an answer was refused.
type Reason string

// The reasons.
const (
	UnknownItem   Reason = "unknown-item"   // the questionnaire has no such item
	HiddenItem    Reason = "hidden-item"    // the item is not shown to who gave these answers
	MissingAnswer Reason = "missing-answer" // the item is shown and may not be skipped
	UnknownOption Reason = "unknown-option" // a code is not among the options
	OutOfBounds   Reason = "out-of-bounds"  // a number is too small or too large
	WrongKind     Reason = "wrong-kind"     // a list for one choice, a number for several, an empty or repeating list
)

// fine is the reason of an answer that was not refused.
const fine Reason = ""

// AnswerError is one answer that cannot be scored. It says what would have been
// right and never what was sent.
type AnswerError struct {
	Item   questionnaire.ItemID
	Reason Reason
	Kind   questionnaire.Kind   // of the item, "" with UnknownItem
	Codes  []int                // those allowed, in the order shown; with UnknownOption
	Bounds questionnaire.Bounds // with OutOfBounds
	// Decimals is how many places after the point a number may have; with OutOfBounds and WrongKind.
	Decimals int
}

// Error says what is wrong in one line for an operator.
func (e AnswerError) Error() string {
	switch e.Reason {
	case UnknownOption:
		return fmt.Sprintf("item `%s`: %s, the codes are %v", e.Item, e.Reason, e.Codes)
	case OutOfBounds:
		least, most := e.Limits()
		return fmt.Sprintf("item `%s`: %s, from %s to %s is allowed", e.Item, e.Reason, least, most)
	case HiddenItem:
		return fmt.Sprintf("item `%s`: %s, it is not asked after the answers before it", e.Item, e.Reason)
	case WrongKind:
		return fmt.Sprintf("item `%s`: %s, the item is of kind %s", e.Item, e.Reason, e.Kind)
	}
	return fmt.Sprintf("item `%s`: %s", e.Item, e.Reason)
}

// Limits are the bounds as they are written: numbers, clock times or dates.
func (e AnswerError) Limits() (least, most string) {
	write := func(x float64) string {
		answer := questionnaire.Answer{Number: x}
		switch e.Kind {
		case questionnaire.Time:
			answer.Form = questionnaire.Clock
		case questionnaire.Date:
			answer.Form = questionnaire.Day
		default:
			return strconv.FormatFloat(x, 'f', -1, 64)
		}
		return answer.Text()
	}
	return write(e.Bounds.Min), write(e.Bounds.Max)
}

// AnswerErrors is everything that is wrong with a set of answers: first by the
// questionnaire's items in order, then the unknown items by name.
type AnswerErrors []AnswerError

// UnknownItems refuses answers to items that the questionnaire does not have. A Sheet has
// no place for them, so whoever fills one adds these errors to those of ScoreSheet.
func UnknownItems(ids []questionnaire.ItemID) AnswerErrors {
	var errs AnswerErrors
	for _, id := range slices.Sorted(slices.Values(ids)) {
		errs = append(errs, AnswerError{Item: id, Reason: UnknownItem})
	}
	return errs
}

// Error gives one line per error.
func (es AnswerErrors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}
