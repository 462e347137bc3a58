package explain

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"predah/internal/questionnaire"
)

// slovenian says rules in Slovenian. After "kadar" the verb comes first: "je pri … odgovor".
type slovenian struct{}

func (slovenian) quote(text string) string { return requote(text, "»", "«", "›", "‹") }

var slovenianCommon = []*regexp.Regexp{
	regexp.MustCompile(`^Kako pogosto\s+`),
	regexp.MustCompile(`,?\s*\b[Vv] (zadnjih|zadnjem|zadnjega) (\pL+ |\d+ )?(mesec|dn|let|teden|tedn)\pL*`),
}

func (slovenian) commonParts() []*regexp.Regexp { return slovenianCommon }

func (slovenian) yesNo(yes bool) string {
	if yes {
		return "da"
	}
	return "ne"
}

// number has a decimal comma, and a minus: a hyphen is not read aloud as one.
func (slovenian) number(value float64) string {
	return strings.NewReplacer(".", ",", "-", "−").Replace(decimal(value))
}

// decimal has no trailing zeros, and all the places that an author writes: a cut-off said with fewer
// would be another one.
func decimal(value float64) string {
	const places = 1e9
	return strconv.FormatFloat(math.Round(value*places)/places, 'f', -1, 64)
}

// hundredths is a value that nothing is compared with, such as the end of a range, short enough to read.
func hundredths(value float64) float64 { return math.Round(value*100) / 100 }

func (slovenian) list(parts []string, or bool) string {
	if or {
		return joined(parts, " ali ")
	}
	return joined(parts, " in ")
}

// joined puts commas between the parts and the word before the last.
func joined(parts []string, last string) string {
	n := len(parts) - 1
	if n < 1 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:n], ", ") + last + parts[n]
}

func (slovenian) when(beginning, condition string) string {
	if beginning == "" {
		return "kadar " + condition
	}
	return beginning + ", kadar " + condition
}

func (slovenian) turned(c clause) string {
	if c.late {
		return spaced(c.verb, c.rest, c.subject)
	}
	return spaced(c.verb, c.subject, c.rest)
}

func (slovenian) not(turned string) string { return "ne velja, da " + turned }

func (slovenian) two(all bool, first, second string) string {
	if all {
		return first + " in " + second
	}
	return first + " ali pa kadar " + second
}

func (slovenian) both(first, second string) string { return first + " in hkrati " + second }

func (slovenian) groupLead(need, of int) string {
	switch {
	case need == of:
		return "velja vse našteto"
	case need == 1:
		return "velja vsaj eno od naštetega"
	}
	return fmt.Sprintf("%s vsaj %s od naštetih %s trditev", inNumber(need, "velja", "veljata", "veljajo", "velja"), feminine(need), oblique(of))
}

func (slovenian) noneOf(need, of int) string {
	switch {
	case need == of:
		return "ne velja vse našteto hkrati"
	case need == 1:
		return "ne velja nič od naštetega"
	}
	return fmt.Sprintf("od naštetih %s trditev jih velja manj kot %s", oblique(of), feminine(need))
}

func (slovenian) answerIs(what string) saying { return saying{"je", "odgovor " + what} }

func (slovenian) answerIncludes(label string) saying { return saying{"je", "med odgovori " + label} }

func (slovenian) answered(isAnswered bool) saying {
	if isAnswered {
		return saying{"je", "kak odgovor"}
	}
	return saying{"ni", "odgovora"}
}

func (s slovenian) amount(test questionnaire.Comparison, say func(float64) string) string {
	if say == nil {
		say = s.number
	}
	value := say(test.Values[0])
	switch test.Operator {
	case questionnaire.AtLeast:
		return value + " ali več"
	case questionnaire.AtMost:
		return value + " ali manj"
	case questionnaire.MoreThan:
		return "več kot " + value
	case questionnaire.LessThan:
		return "manj kot " + value
	case between:
		return s.between(value, say(test.Values[1]))
	}
	return s.list(each(test.Values, say), true)
}

// each says every value.
func each(values []float64, say func(float64) string) []string {
	said := make([]string, len(values))
	for i, value := range values {
		said[i] = say(value)
	}
	return said
}

func (slovenian) orMore(label string) string { return label + " ali več" }
func (slovenian) orLess(label string) string { return label + " ali manj" }

func (slovenian) oneAnswer(question string, answer saying) clause {
	return clause{subject: "pri " + question, verb: answer.verb, rest: answer.rest}
}

func (slovenian) sameAnswers(t term) clause {
	n := len(t.quoted)
	subject := fmt.Sprintf("pri vsaj %s od %s vprašanj", locative(t.need), oblique(n))
	switch {
	case t.isAll() && n == 2:
		subject = "pri obeh vprašanjih"
	case t.isAll():
		subject = fmt.Sprintf("pri vseh %s vprašanjih", oblique(n))
	}
	return clause{subject: subject, verb: t.answer.verb, rest: t.answer.rest}
}

func (s slovenian) criteriaMet(need int, labels []string) clause {
	n, names := len(labels), s.list(labels, false)
	c := clause{late: true}
	switch {
	case n == 1:
		c.subject, c.verb, c.rest = "merilo "+names, "je", "izpolnjeno"
	case need == n && n == 2:
		c.subject, c.verb, c.rest = "merili "+names, "sta", "izpolnjeni"
	case need == n:
		c.subject, c.verb, c.rest = "merila "+names, "so", "izpolnjena"
	case need == 1:
		c.subject, c.verb, c.rest = "vsaj eno od meril "+names, "je", "izpolnjeno"
	default:
		c.subject = fmt.Sprintf("vsaj %s od meril %s", feminine(need), names)
		c.verb = inNumber(need, "je", "sta", "so", "je")
		c.rest = inNumber(need, "izpolnjeno", "izpolnjeni", "izpolnjena", "izpolnjenih")
	}
	return c
}

func (slovenian) criterionNotMet(label string) clause {
	return clause{subject: "merilo " + label, verb: "ni", rest: "izpolnjeno"}
}

func (slovenian) ruleHolds(letter string) clause {
	return clause{subject: "pravilo " + letter, verb: "velja", late: true}
}

func (s slovenian) scoreIs(label string, test questionnaire.Comparison) clause {
	if test.Operator == questionnaire.Answered {
		return clause{subject: "vrednost " + label, verb: known(test, "je", "ni"), rest: "izračunana"}
	}
	rest := s.amount(test, nil)
	switch test.Operator {
	case questionnaire.MoreThan:
		rest = "višja od " + s.number(test.Values[0])
	case questionnaire.LessThan:
		rest = "nižja od " + s.number(test.Values[0])
	}
	return clause{subject: "vrednost " + label, verb: "je", rest: rest}
}

func known(test questionnaire.Comparison, yes, no string) string {
	if test.Values[0] == 1 {
		return yes
	}
	return no
}

func (s slovenian) ageIs(source questionnaire.Source, test questionnaire.Comparison) clause {
	subject := "starost"
	if source == questionnaire.Parent {
		subject = "starost otroka"
	}
	value := int(test.Values[len(test.Values)-1])
	years := inNumber(value, "leto", "leti", "leta", "let")
	rest := s.amount(test, nil) + " " + years
	switch test.Operator {
	case questionnaire.Answered:
		return clause{subject: subject, verb: known(test, "je", "ni"), rest: "navedena"}
	case questionnaire.AtLeast:
		rest = fmt.Sprintf("%d %s ali več", value, years)
	case questionnaire.AtMost:
		rest = fmt.Sprintf("%d %s ali manj", value, years)
	case between:
		rest = s.amount(test, nil) + " " + inNumber(value, "leta", "let", "let", "let")
	}
	return clause{subject: subject, verb: "je", rest: rest}
}

// inNumber chooses the form that goes with a number: one, two, three and four, more.
func inNumber(n int, one, two, few, many string) string {
	switch n % 100 {
	case 1:
		return one
	case 2:
		return two
	case 3, 4:
		return few
	}
	return many
}

// feminine is a number as it counts trditve: ena, dve, tri.
func feminine(n int) string {
	return inWords(n, "nič", "ena", "dve", "tri", "štiri", "pet", "šest", "sedem", "osem", "devet", "deset", "enajst", "dvanajst")
}

// oblique is a number in the genitive and in the plural locative: od treh, pri vseh treh.
func oblique(n int) string {
	return inWords(n, "nič", "enega", "dveh", "treh", "štirih", "petih", "šestih", "sedmih", "osmih", "devetih", "desetih", "enajstih", "dvanajstih")
}

// locative is oblique, but for one: pri enem.
func locative(n int) string {
	if n == 1 {
		return "enem"
	}
	return oblique(n)
}

// inWords is the word for a number that has one, else its digits.
func inWords(n int, words ...string) string {
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}
