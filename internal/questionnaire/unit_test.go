package questionnaire_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
)

func TestAUnitHasOneFormOrAllOfTheLanguage(t *testing.T) {
	for unit, forms := range map[questionnaire.Unit][]string{
		"":                      nil,
		"€":                     {"€"},
		"hour | hours":          {"hour", "hours"},
		"ura|uri |  ure | ur":   {"ura", "uri", "ure", "ur"},
		"kozarec | kozarca | |": {"kozarec", "kozarca", "", ""},
	} {
		if diff := cmp.Diff(forms, unit.Forms()); diff != "" {
			t.Errorf("forms of %q: %s", unit, diff)
		}
	}
	if got := questionnaire.Unit("ura | uri | ure | ur").General(); got != "ur" {
		t.Errorf("the general form is %q", got)
	}
	if got := questionnaire.Unit("").General(); got != "" {
		t.Errorf("no unit has the general form %q", got)
	}
}
