package questionnaire

import (
	"encoding/json"
	"errors"
)

// Answer is what was answered to one item: a number (the code of an option, a
// whole number, or 1 and 0 for yes and no) or the codes of several options.
// A skipped item has no Answer at all.
type Answer struct {
	Number int
	Codes  []int // of Multiple items; nil for every other kind
}

// MarshalJSON gives a number, or a list of numbers when there are Codes.
func (a Answer) MarshalJSON() ([]byte, error) {
	if a.Codes != nil {
		return json.Marshal(a.Codes)
	}
	return json.Marshal(a.Number)
}

// UnmarshalJSON takes a whole number or a list of them, and nothing else. The error
// does not repeat what was given.
func (a *Answer) UnmarshalJSON(data []byte) error {
	var number int
	if json.Unmarshal(data, &number) == nil {
		*a = Answer{Number: number}
		return nil
	}
	var codes []int
	if json.Unmarshal(data, &codes) == nil {
		*a = Answer{Codes: codes}
		return nil
	}
	return errors.New("an answer is a whole number or a list of whole numbers")
}
