package explain

import (
	"fmt"
	"regexp"

	"predah/internal/questionnaire"
)

// english says rules in English.
type english struct{}

func (english) quote(text string) string { return requote(text, "“", "”", "‘", "’") }

var englishCommon = []*regexp.Regexp{
	regexp.MustCompile(`^How often\s+`),
	regexp.MustCompile(`,?\s*\b([Ii]n|[Oo]ver|[Dd]uring) the (last|past) (\w+ )?(month|day|year|week)s?\b`),
}

func (english) commonParts() []*regexp.Regexp { return englishCommon }

func (english) yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func (english) number(value float64) string { return decimal(value) }

func (english) list(parts []string, or bool) string {
	if or {
		return joined(parts, " or ")
	}
	return joined(parts, " and ")
}

func (english) when(beginning, condition string) string { return spaced(beginning, "when "+condition) }

func (english) turned(c clause) string { return spaced(c.subject, c.verb, c.rest) }

func (english) not(turned string) string { return "it is not so that " + turned }

func (english) two(all bool, first, second string) string {
	if all {
		return first + " and " + second
	}
	return first + ", or when " + second
}

func (english) both(first, second string) string { return first + ", and " + second }

func (english) groupLead(need, of int) string {
	switch {
	case need == of:
		return "all of this holds"
	case need == 1:
		return "at least one of these holds"
	}
	return fmt.Sprintf("at least %s of these %s hold", cardinal(need), cardinal(of))
}

func (english) noneOf(need, of int) string {
	switch {
	case need == of:
		return "not all of this holds"
	case need == 1:
		return "none of these holds"
	}
	return fmt.Sprintf("fewer than %s of these %s hold", cardinal(need), cardinal(of))
}

func (english) answerIs(what string) saying { return saying{"is", what} }

func (english) answerIncludes(label string) saying { return saying{"includes", label} }

func (english) answered(isAnswered bool) saying {
	if isAnswered {
		return saying{"is", "given"}
	}
	return saying{"is", "missing"}
}

func (e english) amount(test questionnaire.Comparison, say func(float64) string) string {
	if say == nil {
		say = e.number
	}
	value := say(test.Values[0])
	switch test.Operator {
	case questionnaire.AtLeast:
		return value + " or more"
	case questionnaire.AtMost:
		return value + " or less"
	case questionnaire.MoreThan:
		return "more than " + value
	case questionnaire.LessThan:
		return "less than " + value
	case between:
		return e.between(value, say(test.Values[1]))
	}
	return e.list(each(test.Values, say), true)
}

func (english) orMore(label string) string { return label + " or more" }
func (english) orLess(label string) string { return label + " or less" }

func (english) oneAnswer(question string, answer saying) clause {
	return clause{subject: "the answer to " + question, verb: answer.verb, rest: answer.rest}
}

func (english) sameAnswers(t term) clause {
	n := len(t.quoted)
	subject := fmt.Sprintf("the answer to at least %s of %s questions", cardinal(t.need), cardinal(n))
	switch {
	case t.isAll() && n == 2:
		subject = "the answer to both questions"
	case t.isAll():
		subject = fmt.Sprintf("the answer to all %s questions", cardinal(n))
	}
	return clause{subject: subject, verb: t.answer.verb, rest: t.answer.rest}
}

func (e english) criteriaMet(need int, labels []string) clause {
	n, names := len(labels), e.list(labels, false)
	switch {
	case n == 1:
		return clause{subject: "the criterion " + names, verb: "is", rest: "met"}
	case need == n:
		return clause{subject: "the criteria " + names, verb: "are", rest: "met"}
	case need == 1:
		return clause{subject: "at least one of the criteria " + names, verb: "is", rest: "met"}
	}
	return clause{subject: fmt.Sprintf("at least %s of the criteria %s", cardinal(need), names), verb: "are", rest: "met"}
}

func (english) criterionNotMet(label string) clause {
	return clause{subject: "the criterion " + label, verb: "is", rest: "not met"}
}

func (english) ruleHolds(letter string) clause {
	return clause{subject: "rule " + letter, verb: "holds"}
}

func (e english) scoreIs(label string, test questionnaire.Comparison) clause {
	if test.Operator == questionnaire.Answered {
		return clause{subject: "the value of " + label, verb: known(test, "is", "is not"), rest: "known"}
	}
	return clause{subject: "the value of " + label, verb: "is", rest: e.amount(test, nil)}
}

func (e english) ageIs(source questionnaire.Source, test questionnaire.Comparison) clause {
	subject := "the age"
	if source == questionnaire.Parent {
		subject = "the child’s age"
	}
	if test.Operator == questionnaire.Answered {
		return clause{subject: subject, verb: known(test, "is", "is not"), rest: "given"}
	}
	return clause{subject: subject, verb: "is", rest: e.amount(test, nil)}
}

// cardinal is a number in a word where it has a short one.
func cardinal(n int) string {
	return inWords(n, "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
}
