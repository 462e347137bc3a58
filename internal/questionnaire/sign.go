package questionnaire

import (
	"fmt"
	"unicode"
)

// HiddenSign finds the first sign in a text that no text of ours may have, and says what it is, such
// as "a control character (U+001B)". Nobody sees such a sign: it may steer a terminal, turn the
// direction of what follows round, or make two texts look alike that are not. "" means that there is none.
//
// Line breaks and tabs are fine, and so are the no-break spaces U+00A0 and U+202F, which keep the
// groups of a number together, and what makes one picture of several (U+200D and U+FE0F after a picture).
func HiddenSign(text string) string {
	what, _ := FindHiddenSign(text)
	return what
}

// FindHiddenSign is HiddenSign, and says at which byte the sign stands.
func FindHiddenSign(text string) (what string, at int) {
	before := rune(0)
	for at, r := range text {
		if what := hidden(r, before); what != "" {
			return fmt.Sprintf("%s (%U)", what, r), at
		}
		before = r
	}
	return "", 0
}

// hidden says what kind of hidden sign r is after another, "" for none.
func hidden(r, before rune) string {
	const zeroWidthJoiner, pictureSelector = '\u200d', '\ufe0f'
	switch {
	case r == '\n', r == '\t', r == pictureSelector:
		return ""
	case r == zeroWidthJoiner && (before == pictureSelector || unicode.In(before, unicode.So, unicode.Sk)):
		return ""
	case unicode.IsControl(r):
		return "a control character"
	case unicode.In(r, unicode.Zl, unicode.Zp):
		return "a line break that editors do not show"
	case unicode.Is(unicode.Bidi_Control, r):
		return "a sign that turns the direction of the text round"
	case unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector), r == '\u2800':
		return "an invisible sign"
	case unicode.In(r, unicode.Co, unicode.Noncharacter_Code_Point):
		return "a sign without a meaning of its own"
	case r == unicode.ReplacementChar:
		return "a sign that stands for a letter that was lost"
	}
	return ""
}
