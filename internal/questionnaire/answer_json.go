package questionnaire

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strconv"
)

var (
	errNoAnswer = errors.New("an answer is a number, a list of whole numbers, a time such as 23:15 or a date such as 2026-11-23")
	errNoWhole  = errors.New("not a whole number")
)

// UnmarshalJSON takes a number, a list of whole numbers, a clock time or a date, and
// nothing else: null is no answer. Everything that reads answers in JSON reads them here, so
// that one value never has two readings. The error does not repeat what was given.
//
// A number that no float64 can hold is read as the greatest there is, which no item takes.
func (a *Answer) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	if len(data) == 0 {
		return errNoAnswer
	}
	ok := false
	switch data[0] {
	case '"':
		*a, ok = parseText(data)
	case '[':
		*a = Answer{}
		a.Codes, ok = parseCodes(data)
	default:
		*a = Answer{}
		a.Number, ok = parseNumber(data)
	}
	if !ok {
		*a = Answer{}
		return errNoAnswer
	}
	return nil
}

// parseText reads a string that is a clock time or a date.
func parseText(data []byte) (Answer, bool) {
	if len(data) > 2 && bytes.IndexByte(data, '\\') < 0 { // nothing to decode, as mostly
		return ParseAnswer(string(data[1 : len(data)-1]))
	}
	var text string
	if json.Unmarshal(data, &text) != nil {
		return Answer{}, false
	}
	return ParseAnswer(text)
}

// parseCodes reads a list of whole numbers.
func parseCodes(data []byte) ([]int, bool) {
	inner, closed := bytes.CutSuffix(data[1:], []byte{']'})
	codes := make([]int, 0, 8)
	if inner = bytes.TrimSpace(inner); len(inner) == 0 {
		return codes, closed
	}
	for raw := range bytes.SplitSeq(inner, []byte{','}) {
		code, ok := ParseWhole(bytes.TrimSpace(raw))
		if !ok {
			return nil, false
		}
		codes = append(codes, code)
	}
	return codes, closed
}

// parseNumber reads a number in JSON.
func parseNumber(data []byte) (float64, bool) {
	if !isNumber(data) {
		return 0, false
	}
	number, _ := strconv.ParseFloat(string(data), 64) // ±Inf when no float64 holds it
	return min(max(number, -math.MaxFloat64), math.MaxFloat64), true
}

// isNumber tells a number in JSON (RFC 8259, 6) from what only strconv takes for one, such as
// +1, 0x1, 1_0, NaN and 01.
func isNumber(data []byte) bool {
	rest, digits := bytes.TrimPrefix(data, []byte{'-'}), 0
	if rest, digits = cutDigits(rest); digits == 0 || digits > 1 && data[len(data)-len(rest)-digits] == '0' {
		return false
	}
	if len(rest) > 0 && rest[0] == '.' {
		if rest, digits = cutDigits(rest[1:]); digits == 0 {
			return false
		}
	}
	if len(rest) > 0 && rest[0]|0x20 == 'e' {
		if rest = rest[1:]; len(rest) > 0 && (rest[0] == '+' || rest[0] == '-') {
			rest = rest[1:]
		}
		if rest, digits = cutDigits(rest); digits == 0 {
			return false
		}
	}
	return len(rest) == 0
}

// cutDigits takes the digits off the beginning and says how many there were.
func cutDigits(data []byte) (rest []byte, digits int) {
	for digits < len(data) && '0' <= data[digits] && data[digits] <= '9' {
		digits++
	}
	return data[digits:], digits
}

// farOut stands for whole numbers that no code or age can be.
const farOut = 1 << 53

// ParseWhole reads a whole number in JSON, however it is written: 15, 15.0 and 1.5e1 are the same
// number there (RFC 8259, 6). Numbers beyond all that is meant come back as one that is too.
func ParseWhole(data []byte) (int, bool) {
	if len(data) == 1 && '0' <= data[0] && data[0] <= '9' { // as mostly
		return int(data[0] - '0'), true
	}
	number, ok := parseNumber(data)
	if !ok || number != math.Trunc(number) {
		return 0, false
	}
	return int(min(max(number, -farOut), farOut)), true
}

// Whole is a whole number that is read from JSON as ParseWhole reads it.
type Whole int

// UnmarshalJSON reads the number. The error does not repeat it.
func (w *Whole) UnmarshalJSON(data []byte) error {
	number, ok := ParseWhole(bytes.TrimSpace(data))
	if !ok {
		return errNoWhole
	}
	*w = Whole(number)
	return nil
}
