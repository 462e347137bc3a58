package questionnaire

import "strings"

// A Unit is what a Number item counts, in one form that suits every number ("€"), or in
// all forms that the language has for numbers, the general one last, joined by bars:
// "ura | uri | ure | ur" in Slovenian (1, 2, 3 and decimals, 5), "hour | hours" in English.
// The forms are those of Unicode's plural rules (UTS 35, part 3).
type Unit string

// Forms lists the forms of the unit; none when it is empty.
func (u Unit) Forms() []string {
	if u == "" {
		return nil
	}
	forms := strings.Split(string(u), "|")
	for i := range forms {
		forms[i] = strings.TrimSpace(forms[i])
	}
	return forms
}

// General is the form that stands where no number does.
func (u Unit) General() string {
	forms := u.Forms()
	if len(forms) == 0 {
		return ""
	}
	return forms[len(forms)-1]
}

// UnitForms lists the names that Unicode's plural rules give to the forms of units in a
// language, in the order of Unit.
func UnitForms(language Language) []string {
	if language == Slovenian {
		return []string{"one", "two", "few", "other"}
	}
	return []string{"one", "other"}
}
