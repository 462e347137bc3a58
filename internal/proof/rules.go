package proof

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"predah/internal/questionnaire"
)

// rule is one condition of a questionnaire as its author wrote it.
type rule struct {
	name string // "band `talk`"
	when *questionnaire.Condition
}

// rules lists every condition of a questionnaire, in the order of the file.
func rules(q *questionnaire.Questionnaire) []rule {
	var all []rule
	add := func(when *questionnaire.Condition, format string, args ...any) {
		if when != nil {
			all = append(all, rule{fmt.Sprintf(format, args...), when})
		}
	}
	for i := range q.Items {
		add(q.Items[i].ShowWhen, "item `%s`", q.Items[i].ID)
	}
	for _, c := range q.Criteria {
		add(c.When, "criterion `%s`", c.ID)
	}
	for _, b := range q.Bands {
		add(b.When, "band `%s`", b.ID)
	}
	for _, f := range q.Flags {
		add(f.When, "flag `%s`", f.ID)
	}
	for _, a := range q.Advice {
		add(a.When, "advice `%s`", a.ID)
	}
	for _, section := range q.Guidance {
		for _, step := range section.Steps {
			add(step.When, "guidance `%s`, step `%s`", section.ID, step.ID)
		}
	}
	for _, s := range q.Suggest {
		add(s.When, "suggestion `%s`", s.Check)
	}
	return all
}

// eachLeaf visits the tests that a condition is made of.
func eachLeaf(c *questionnaire.Condition, visit func(*questionnaire.Condition)) {
	if c == nil {
		return
	}
	parts := slices.Concat(c.All, c.Any, c.Of)
	if c.Not != nil {
		parts = append(parts, c.Not)
	}
	for _, part := range parts {
		eachLeaf(part, visit)
	}
	if len(parts) == 0 {
		visit(c)
	}
}

// unknownOf names what a value of the format says that this package does not know, so that
// a construct added to the format is never taken for proved. It gives "" when there is nothing.
func unknownOf(name string, value any, known ...string) string {
	v := reflect.ValueOf(value)
	var strange []string
	for i := range v.NumField() {
		if field := v.Type().Field(i).Name; !v.Field(i).IsZero() && !slices.Contains(known, field) {
			strange = append(strange, field)
		}
	}
	if len(strange) == 0 {
		return ""
	}
	return fmt.Sprintf("%s uses %s, which the proof does not know", name, strings.Join(strange, ", "))
}
