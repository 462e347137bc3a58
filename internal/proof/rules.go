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
	for _, set := range q.BandSets {
		for _, b := range set.Bands {
			add(b.When, "band set `%s`, band `%s`", set.ID, b.ID)
		}
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

// knows says of every field of the format whether the proof takes it into account. One that it
// does not is no mistake, but nothing is proved of what uses it. A field that is missing here
// fails a test, so that none is forgotten when the format grows.
var knows = map[reflect.Type]map[string]bool{
	reflect.TypeFor[questionnaire.Questionnaire](): fields("ID Version Hash Area Source Ages Minutes Result Exit Groups Items Scores Criteria Bands BandSets "+
		"Tables Flags Advice Guidance Suggest Exceptions Provenance Texts Examples", ""),
	reflect.TypeFor[questionnaire.Item]():      fields("ID Kind Group Options Bounds Decimals Length Optional Harm ShowWhen", ""),
	reflect.TypeFor[questionnaire.Score]():     fields("ID Method Of CountWhen ProrateUpTo Min Max Raw Repeated Hidden Worse NotAsked", "AnsweredAtLeast Missing Then"),
	reflect.TypeFor[questionnaire.Part]():      fields("Item Score Reverse Weight", ""),
	reflect.TypeFor[questionnaire.Band]():      fields("ID Level Score From To When Urgent Quiet Advice", ""),
	reflect.TypeFor[questionnaire.Condition](): fields("All Any Not Of AtLeast Item Score Criterion Age Test", "Sex"),
}

func fields(known, unknown string) map[string]bool {
	all := map[string]bool{}
	for _, name := range strings.Fields(known) {
		all[name] = true
	}
	for _, name := range strings.Fields(unknown) {
		all[name] = false
	}
	return all
}

// unknownOf names what a value of the format says that this package does not know, so that
// a construct added to the format is never taken for proved. It gives "" when there is nothing.
func unknownOf(name string, value any) string {
	v := reflect.ValueOf(value)
	var strange []string
	for i := range v.NumField() {
		if field := v.Type().Field(i).Name; !v.Field(i).IsZero() && !knows[v.Type()][field] {
			strange = append(strange, field)
		}
	}
	if len(strange) == 0 {
		return ""
	}
	return fmt.Sprintf("%s uses %s, which the proof does not know", name, strings.Join(strange, ", "))
}
