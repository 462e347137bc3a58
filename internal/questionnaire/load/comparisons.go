package load

import (
	"slices"
	"strings"

	"predah/internal/questionnaire"
)

// subject is what a comparison is about.
type subject struct {
	name   string             // "`bit-more`"
	what   string             // "a single item"
	can    values             // the values it can have
	kind   questionnaire.Kind // of an item, "" otherwise
	always bool               // an item that always has an answer
}

// compared is a number that the subject is compared with: settled, where the subject is computed.
func (s *subject) compared(x float64) float64 {
	if s.kind == "" && s.what != "an age" {
		return questionnaire.Settle(x)
	}
	return x
}

// written is one operator as it stands in a file.
type written struct {
	operator questionnaire.Operator
	values   []rawValue
}

// operators lists what is written of a comparison.
func (c *rawComparison) operators() []written {
	var all []written
	for _, one := range []struct {
		operator questionnaire.Operator
		value    *rawValue
	}{
		{questionnaire.Is, c.Is}, {questionnaire.AtLeast, c.AtLeast}, {questionnaire.AtMost, c.AtMost},
		{questionnaire.MoreThan, c.MoreThan}, {questionnaire.LessThan, c.LessThan},
		{questionnaire.Includes, c.Includes}, {questionnaire.Answered, c.Answered},
	} {
		if one.value != nil {
			all = append(all, written{one.operator, []rawValue{*one.value}})
		}
	}
	if len(c.In) > 0 {
		all = append(all, written{questionnaire.In, c.In})
	}
	return all
}

// compare fills in the comparison of a test, and refuses one that does not fit its
// subject or can never hold. False means that it was refused.
func (f *folder) compare(when *questionnaire.Condition, raw *rawComparison, about subject, where at) bool {
	test, ok := f.comparison(raw, about, where)
	if !ok {
		return false
	}
	if when.Test = test; test.Other != "" {
		return f.compareScores(when, about, where)
	}
	place := where.to(string(test.Operator))
	switch test.Operator {
	case questionnaire.Answered:
		if test.Values[0] == 0 && about.always {
			f.report(place, "this can never hold: %s is always answered, because it is neither optional nor ever hidden", about.name)
			f.broken[when] = true
		}
	case questionnaire.Includes, questionnaire.Is, questionnaire.In:
		f.checkEach(test, about, place)
		f.broken[when] = about.can.pass(test).impossible()
	default:
		if about.can.pass(test).impossible() {
			f.report(place, "this can never hold: %s is %s", about.name, about.can)
			f.broken[when] = true
		}
	}
	return true
}

// compareScores refuses a comparison of two scores that can never hold. False never comes back.
func (f *folder) compareScores(when *questionnaire.Condition, about subject, where at) bool {
	a, b := about.can, f.ranges[string(when.Test.Other)]
	if !a.known || !b.known {
		return true
	}
	never := false
	switch when.Test.Operator {
	case questionnaire.AtLeast:
		never = a.high < b.low
	case questionnaire.MoreThan:
		never = a.high <= b.low
	case questionnaire.AtMost:
		never = a.low > b.high
	case questionnaire.LessThan:
		never = a.low >= b.high
	case questionnaire.Is:
		never = a.high < b.low || a.low > b.high
	}
	if f.broken[when] = never; never {
		f.report(where.to(string(when.Test.Operator)), "this can never hold: %s goes %s, `%s` goes %s", about.name, a, when.Test.Other, b)
	}
	return true
}

// comparison makes the comparison, when there is exactly one and its operator fits.
func (f *folder) comparison(raw *rawComparison, about subject, where at) (questionnaire.Comparison, bool) {
	all := raw.operators()
	if len(all) != 1 {
		return questionnaire.Comparison{}, false // the schema has refused it
	}
	w := all[0]
	place := where.to(string(w.operator))
	if fitting := fittingOperators(about.kind); !slices.Contains(fitting, w.operator) {
		f.report(place, "`%s` does not fit %s; use %s", w.operator, about.what, operatorNames(fitting))
		return questionnaire.Comparison{}, false
	}
	test := questionnaire.Comparison{Operator: w.operator}
	for i, v := range w.values {
		if w.operator == questionnaire.In {
			place = where.to("in", i)
		}
		flag := w.operator == questionnaire.Answered || w.operator == questionnaire.Includes
		if !v.valid || v.word && flag { // the schema has refused it
			return questionnaire.Comparison{}, false
		}
		if v.sex != "" {
			f.report(place, "female and male are compared with `subject: sex` only")
			return questionnaire.Comparison{}, false
		}
		if v.score != "" {
			return f.against(w.operator, v.score, about, place)
		}
		if v.word && about.kind != questionnaire.YesNo {
			f.report(place, "yes and no are answers to yes-no items only; %s is compared with numbers", about.what)
			return questionnaire.Comparison{}, false
		}
		if form := formOf(about.kind); v.form != form && !flag {
			f.report(place, "%s is compared with %s", about.what, formNames[form])
			return questionnaire.Comparison{}, false
		}
		test.Values = append(test.Values, about.compared(v.number))
	}
	return test, true
}

// against makes the comparison of a score with another.
func (f *folder) against(operator questionnaire.Operator, other string, about subject, place at) (questionnaire.Comparison, bool) {
	switch {
	case about.what != "a score":
		f.report(place, "only a score can be compared with a score; %s is compared with %s", about.what, formNames[formOf(about.kind)])
	case !f.use(f.scores, other, place.to("score")):
	case about.name == "`"+other+"`":
		f.report(place.to("score"), "the score is compared with itself")
	default:
		return questionnaire.Comparison{Operator: operator, Other: questionnaire.ScoreID(other)}, true
	}
	return questionnaire.Comparison{}, false
}

// checkEach refuses each value that the subject can never have.
func (f *folder) checkEach(test questionnaire.Comparison, about subject, place at) {
	if !about.can.known {
		return
	}
	for i, x := range test.Values {
		if about.can.has(x) {
			continue
		}
		at := place
		if test.Operator == questionnaire.In {
			at = place.to(i)
		}
		switch {
		case about.kind == questionnaire.YesNo:
			f.report(at, "this can never hold: %s is answered with yes or no", about.name)
		case about.can.finite:
			f.report(at, "%s has no option with the code %s; its codes are %s", about.name, plain(x), list(about.can.points))
		default:
			f.report(at, "this can never hold: %s is never %s, it is %s", about.name, plain(x), about.can)
		}
	}
}

// formOf is how the answers to an item of the kind are written; "" is a score or an age.
func formOf(kind questionnaire.Kind) questionnaire.Form {
	switch kind {
	case questionnaire.Time:
		return questionnaire.Clock
	case questionnaire.Date:
		return questionnaire.Day
	}
	return questionnaire.Plain
}

var formNames = [...]string{
	questionnaire.Plain: "numbers", questionnaire.Clock: `clock times such as "07:30"`, questionnaire.Day: "dates such as 2026-11-23",
}

func fittingOperators(kind questionnaire.Kind) []questionnaire.Operator {
	switch kind {
	case questionnaire.Multiple:
		return []questionnaire.Operator{questionnaire.Includes, questionnaire.Answered}
	case questionnaire.YesNo:
		return []questionnaire.Operator{questionnaire.Is, questionnaire.In, questionnaire.Answered}
	default:
		return []questionnaire.Operator{
			questionnaire.Is, questionnaire.In, questionnaire.AtLeast, questionnaire.AtMost,
			questionnaire.MoreThan, questionnaire.LessThan, questionnaire.Answered,
		}
	}
}

func operatorNames(operators []questionnaire.Operator) string {
	names := make([]string, len(operators))
	for i, o := range operators {
		names[i] = "`" + string(o) + "`"
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}
