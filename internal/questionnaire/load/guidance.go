package load

import (
	"cmp"

	"predah/internal/questionnaire"
)

// checkGuidance makes the sections of guidance and their steps.
func (f *folder) checkGuidance() {
	for i, raw := range f.raw.Guidance {
		where := to("guidance", i)
		f.define(f.sections, raw.ID, where.to("id"))
		steps := f.newNames("step")
		section := questionnaire.Section{
			ID:     raw.ID,
			Place:  cmp.Or(questionnaire.Place(raw.Place), questionnaire.BeforeAdvice),
			AtMost: raw.AtMost,
		}
		for j, step := range raw.Steps {
			place := where.to("steps", j)
			f.define(steps, step.ID, place.to("id"))
			section.Steps = append(section.Steps, questionnaire.Step{ID: step.ID, When: f.rule(step.When, place.to("when"))})
		}
		f.steps[raw.ID] = steps
		f.q.Guidance = append(f.q.Guidance, section)
	}
}

// checkSuggestions makes the suggestions of other checks. Whether these exist is not known
// here, where one questionnaire is read by itself.
func (f *folder) checkSuggestions() {
	for i, raw := range f.raw.Suggest {
		where := to("suggest", i)
		switch {
		case raw.Check == "": // the schema has refused it
		case raw.Check == f.raw.ID:
			f.report(where.to("check"), "a check cannot suggest itself")
		case !f.suggested.add(raw.Check):
			f.report(where.to("check"), "`%s` is suggested already; join both conditions with `any` in one entry", raw.Check)
		}
		f.q.Suggest = append(f.q.Suggest, questionnaire.Suggestion{
			Check: questionnaire.ID(raw.Check),
			When:  f.rule(raw.When, where.to("when")),
			At:    f.file.At(where.to("check")...),
		})
	}
}
