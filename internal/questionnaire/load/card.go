package load

import (
	"regexp"

	"predah/internal/questionnaire"
)

// placeholder is anything in braces, which an author may have meant to be filled in.
var placeholder = regexp.MustCompile(`\{[^{}]*\}?`)

// checkCard wants a sentence for the card for the talk, with no placeholder but that of the
// answer, once at most. Free text has none.
func (c *textChecker) checkCard(kind questionnaire.Kind, card string, where at) {
	if kind == questionnaire.Text {
		if card != "" {
			c.reportKey(where.to("card"), "", "free text is already in the person's own words and has no card")
		}
		return
	}
	if card == "" {
		c.reportKey(where, "", "`card` is missing: the answer as a sentence in the first person, for the card for the talk, such as \"I {answer} play for longer than I want.\"")
		return
	}
	where = where.to("card")
	answers := 0
	for _, written := range placeholder.FindAllString(card, -1) {
		if written != questionnaire.CardAnswer {
			c.reportLike(where, questionnaire.CardAnswer, "`%s` cannot be filled in; a card knows only `%s`", written, questionnaire.CardAnswer)
			return
		}
		answers++
	}
	switch {
	case answers > 1:
		c.report(where, "`%s` stands here %d times; once is enough", questionnaire.CardAnswer, answers)
	case answers > 0 && kind == questionnaire.YesNo:
		c.report(where, "the card of a yes-no item is the whole sentence for yes, without `%s`", questionnaire.CardAnswer)
	}
}

// checkGuidanceTexts wants a heading for every section and words for every step.
func (f *folder) checkGuidanceTexts(c *textChecker, raw *rawTexts) {
	checkKeys(c, f.sections, raw.Guidance, to("guidance"))
	for _, section := range f.sections.list {
		if text, ok := raw.Guidance[section]; ok {
			checkKeys(c, f.steps[section], text.Steps, to("guidance", section, "steps"))
		}
	}
}
