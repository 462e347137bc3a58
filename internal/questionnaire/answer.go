package questionnaire

import (
	"encoding/json"
	"fmt"
	"time"
)

// Answer is what was answered to one item: a number (the code of an option, a number, or
// 1 and 0 for yes and no), the codes of several options, a clock time or a date.
// A skipped item has no Answer at all.
type Answer struct {
	Number float64 // of Clock minutes since midnight, of Day days since 1 January 1970
	Codes  []int   // of Multiple items; nil for every other kind
	Form   Form
}

// Form is how an answer is written.
type Form uint8

// The forms.
const (
	Plain Form = iota // a number, or a list of codes
	Clock             // "23:15"
	Day               // "2026-11-23"
)

// LastMinute is the largest Number of a Clock answer: 23:59.
const LastMinute = 24*60 - 1

const secondsOfDay = 24 * 60 * 60

// ParseAnswer reads a clock time such as 23:15 or a date such as 2026-11-23.
func ParseAnswer(text string) (Answer, bool) {
	if at, err := time.Parse("15:04", text); err == nil && len(text) == len("15:04") {
		return Answer{Number: float64(at.Hour()*60 + at.Minute()), Form: Clock}, true
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return Answer{Number: float64(day.Unix() / secondsOfDay), Form: Day}, true
	}
	return Answer{}, false
}

// Text is a clock time or a date as it is written, "" for any other answer.
func (a Answer) Text() string {
	switch a.Form {
	case Clock:
		minutes := int(a.Number)
		return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
	case Day:
		return time.Unix(int64(a.Number)*secondsOfDay, 0).UTC().Format(time.DateOnly)
	}
	return ""
}

// MarshalJSON gives a number, a list of numbers when there are Codes, or the text of a
// clock time or a date.
func (a Answer) MarshalJSON() ([]byte, error) {
	switch {
	case a.Codes != nil:
		return json.Marshal(a.Codes)
	case a.Form != Plain:
		return json.Marshal(a.Text())
	}
	return json.Marshal(a.Number)
}
