package difference

import (
	"fmt"
	"reflect"
	"strings"

	"golang.org/x/mod/semver"

	"predah/internal/explain"
	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// Report is what changed, a sentence each, in the order of the format.
type Report struct {
	From, To string   // the versions
	Scoring  []string // what can change a result
	Asking   []string // what cannot: grouping, order of questions, provenance and the like
}

// NeedsVersion reports whether a result can differ although the version is not higher.
func (r Report) NeedsVersion() bool {
	return len(r.Scoring) > 0 && semver.Compare("v"+r.To, "v"+r.From) <= 0
}

// Fields of a questionnaire and of what it holds that cannot change a result.
var (
	skipped = map[string]bool{"ID": true, "Version": true, "Hash": true, "Texts": true, "Examples": true, "At": true}
	asking  = map[string]bool{
		"Area": true, "Minutes": true, "Exit": true, "Groups": true, "Exceptions": true, "Provenance": true,
		"Item.Group": true, "Item.Length": true, "Item.Harm": true, "Score.Worse": true,
		"Band.Quiet": true, "BandSet.First": true, "Flag.About": true, "Advice.PhoneAway": true,
	}
	// unordered are the lists whose order cannot.
	unordered = map[string]bool{"Items": true, "Scores": true, "Criteria": true, "Flags": true, "Of": true, "Options": true}
)

// Of compares two versions of a questionnaire, both loaded without a problem.
func Of(from, to *questionnaire.Questionnaire) Report {
	r := Report{From: from.Version, To: to.Version}
	c := comparer{report: &r, from: from, to: to}
	a, b := reflect.ValueOf(*from), reflect.ValueOf(*to)
	for i := range a.NumField() {
		if name := a.Type().Field(i).Name; !skipped[name] {
			c.field("", name, a.Field(i), b.Field(i), asking[name])
		}
	}
	return r
}

// comparer adds to a report what differs.
type comparer struct {
	report   *Report
	from, to *questionnaire.Questionnaire
}

// add notes a change.
func (c *comparer) add(isAsking bool, format string, args ...any) {
	sentence := fmt.Sprintf(format, args...)
	if isAsking {
		c.report.Asking = append(c.report.Asking, sentence)
		return
	}
	c.report.Scoring = append(c.report.Scoring, sentence)
}

// field compares one field of a thing; owner is what the thing is called, "" for the
// questionnaire itself.
func (c *comparer) field(owner, name string, a, b reflect.Value, isAsking bool) {
	if reflect.DeepEqual(plain(a), plain(b)) {
		return
	}
	if a.Kind() == reflect.Slice && hasKey(a.Type().Elem()) {
		c.list(owner, name, a, b, isAsking)
		return
	}
	before, after := c.said(c.from, a), c.said(c.to, b)
	c.add(isAsking, "%s%s: was %s, is %s", prefix(owner), hyphenated(name), before, after)
}

// list compares two lists by the keys of what they hold.
func (c *comparer) list(owner, name string, a, b reflect.Value, isAsking bool) {
	kind := singular(name)
	oldKeys, old := keyed(a)
	newKeys, now := keyed(b)
	var kept, keptNow []string
	for _, key := range oldKeys {
		what := prefix(owner) + kind + " `" + key + "`"
		after, ok := now[key]
		if !ok {
			c.add(isAsking, "%s is gone", what)
			continue
		}
		kept = append(kept, key)
		c.thing(what, old[key], after, isAsking)
	}
	for _, key := range newKeys {
		if _, ok := old[key]; ok {
			keptNow = append(keptNow, key)
			continue
		}
		c.add(isAsking, "%s%s `%s` is new", prefix(owner), kind, key)
	}
	if !reflect.DeepEqual(kept, keptNow) {
		c.add(isAsking || unordered[name], "%sthe order of the %s is now %s", prefix(owner), strings.ToLower(hyphenated(name)), strings.Join(newKeys, ", "))
	}
}

// thing compares two versions of something with a key.
func (c *comparer) thing(what string, a, b reflect.Value, isAsking bool) {
	for i := range a.NumField() {
		name := a.Type().Field(i).Name
		if !skipped[name] {
			c.field(what, name, a.Field(i), b.Field(i), isAsking || asking[a.Type().Name()+"."+name])
		}
	}
}

// said is a value in words: a condition as a sentence, a list with commas.
func (c *comparer) said(q *questionnaire.Questionnaire, v reflect.Value) string {
	if condition, ok := v.Interface().(*questionnaire.Condition); ok {
		if condition == nil {
			return "without a condition"
		}
		return fmt.Sprintf("(%s)", explain.Condition(q, questionnaire.English, condition))
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return "not there"
		}
		return c.said(q, v.Elem())
	case reflect.String:
		return "`" + v.String() + "`"
	case reflect.Bool:
		return map[bool]string{true: "yes", false: "no"}[v.Bool()]
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = strings.Trim(c.said(q, v.Index(i)), "`")
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case reflect.Struct:
		return c.saidStruct(q, v)
	}
	return fmt.Sprint(v.Interface())
}

// saidStruct names the fields that are set.
func (c *comparer) saidStruct(q *questionnaire.Questionnaire, v reflect.Value) string {
	if stringer, ok := v.Interface().(fmt.Stringer); ok {
		return stringer.String()
	}
	var parts []string
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.IsExported() && !v.Field(i).IsZero() {
			parts = append(parts, hyphenated(field.Name)+" "+strings.Trim(c.said(q, v.Field(i)), "`"))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// Texts compares the texts of one language, a sentence for each that differs.
func Texts(from, to []source.Leaf) []string {
	old, now := make(map[string]string), make(map[string]string)
	for _, leaf := range from {
		old[strings.Join(leaf.Path, ".")] = leaf.Text
	}
	for _, leaf := range to {
		now[strings.Join(leaf.Path, ".")] = leaf.Text
	}
	var changes []string
	for _, leaf := range from {
		path := strings.Join(leaf.Path, ".")
		switch text, ok := now[path]; {
		case !ok:
			changes = append(changes, fmt.Sprintf("%s is gone: %q", path, leaf.Text))
		case text != leaf.Text:
			changes = append(changes, fmt.Sprintf("%s: was %q, is %q", path, leaf.Text, text))
		}
	}
	for _, leaf := range to {
		if path := strings.Join(leaf.Path, "."); old[path] == "" {
			changes = append(changes, fmt.Sprintf("%s is new: %q", path, leaf.Text))
		}
	}
	return changes
}
