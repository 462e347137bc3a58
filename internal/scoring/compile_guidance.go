package scoring

import (
	"cmp"

	"predah/internal/questionnaire"
)

// compileGuidance resolves the sections of guidance and their steps.
func (c *compiler) compileGuidance() {
	known := map[string]bool{}
	for _, q := range c.questionnaire.Guidance {
		c.begin("guidance", q.ID)
		define(c, known, q.ID, true)
		if q.Place != questionnaire.BeforeAdvice && q.Place != questionnaire.AfterAdvice {
			c.refuse("there is no place `%s`", q.Place)
		}
		if q.AtMost < 0 {
			c.refuse("it cannot have %d steps", q.AtMost)
		}
		s := section{
			blank:  SectionValue{ID: q.ID, Place: q.Place},
			atMost: cmp.Or(max(q.AtMost, 0), len(q.Steps)),
		}
		steps := map[string]bool{}
		for _, step := range q.Steps {
			define(c, steps, step.ID, true)
			s.steps = append(s.steps, choice[string]{id: step.ID, when: c.ruleOrAlways(step.When)})
		}
		c.program.guidance = append(c.program.guidance, s)
	}
}

// compileSuggestions resolves when other checks are suggested.
func (c *compiler) compileSuggestions() {
	known := map[questionnaire.ID]bool{}
	for _, q := range c.questionnaire.Suggest {
		c.begin("suggestion", string(q.Check))
		define(c, known, q.Check, true)
		c.program.suggest = append(c.program.suggest, choice[questionnaire.ID]{id: q.Check, when: c.ruleOrAlways(q.When)})
	}
}
