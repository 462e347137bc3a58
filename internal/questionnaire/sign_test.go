package questionnaire_test

import (
	"testing"

	"predah/internal/questionnaire"
)

func TestHiddenSignsAreFoundAndOthersLeftAlone(t *testing.T) {
	for text, want := range map[string]string{
		"Games\x00":           "a control character (U+0000)",
		"\x1b[2J":             "a control character (U+001B)",
		"a\rb":                "a control character (U+000D)",
		"a\vb":                "a control character (U+000B)",
		"a\u0085b":            "a control character (U+0085)",
		"a\u2028b":            "a line break that editors do not show (U+2028)",
		"a\u202eb":            "a sign that turns the direction of the text round (U+202E)",
		"a\u2066b":            "a sign that turns the direction of the text round (U+2066)",
		"a\u200bb":            "an invisible sign (U+200B)",
		"a\u00adb":            "an invisible sign (U+00AD)",
		"a\ufeffb":            "an invisible sign (U+FEFF)",
		"a\u200db":            "an invisible sign (U+200D)",
		"a\U000e0041b":        "an invisible sign (U+E0041)",
		"a\u115fb":            "an invisible sign (U+115F)",
		"a\u2800b":            "an invisible sign (U+2800)",
		"a\ue000b":            "a sign without a meaning of its own (U+E000)",
		"a\uffffb":            "a sign without a meaning of its own (U+FFFF)",
		"pi\ufffdi":           "a sign that stands for a letter that was lost (U+FFFD)",
		"Kaj\n\tše, čžš »ć«":  "",
		"116\u00a0111":        "",
		"080\u202f12\u202f34": "",
		"c\u030c":             "", // č in two parts
		"👩\u200d👧 ❤\ufe0f":    "",
		"👩🏽\u200d💻":           "",
		"":                    "",
	} {
		if got := questionnaire.HiddenSign(text); got != want {
			t.Errorf("%+q: %q, not %q", text, got, want)
		}
	}
}
