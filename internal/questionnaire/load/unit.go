package load

import (
	"slices"
	"strings"

	"predah/internal/questionnaire"
)

// checkUnit wants a unit for numbers only, in one form or in as many as the language has.
func (c *textChecker) checkUnit(item *rawItem, unit questionnaire.Unit, language questionnaire.Language, where at) {
	if unit == "" {
		return
	}
	where = where.to("unit")
	if item.Kind != string(questionnaire.Number) {
		c.reportKey(where, "", "`%s` is not a number item and has no unit", item.ID)
		return
	}
	forms, needed := unit.Forms(), questionnaire.UnitForms(language)
	if slices.Contains(forms, "") {
		c.report(where, "a form of the unit is empty: write the forms with one bar between each two, such as \"hour | hours\"")
		return
	}
	if len(forms) != 1 && len(forms) != len(needed) {
		c.report(where, "%d forms of the unit stand here; there is one for every number, or %d with bars between (%s)", len(forms), len(needed), strings.Join(needed, " | "))
	}
}
