package explain

import (
	"fmt"
	"maps"
	"strings"

	"predah/internal/questionnaire"
)

// lead says when something happens: the beginning of the sentence, such as "It is met",
// and the whole rule after it, as a paragraph and the list that the paragraph introduces.
func (w *writer) lead(beginning string, c *questionnaire.Condition) (paragraph string, items []string) {
	t := w.term(c)
	switch {
	case t.form == group:
		items = make([]string, len(t.of))
		for i, child := range t.of {
			items[i] = w.said(child, 0)
		}
		return w.when(beginning, w.groupLead(t.need, len(t.of))) + ":", items
	case t.form == answers && len(t.quoted) > 1:
		return w.when(beginning, w.turned(w.sameAnswers(t))) + ":", t.quoted
	}
	return w.when(beginning, w.turnedTerm(t)) + ".", nil
}

// condition says a rule within a sentence: "when …".
func (w *writer) condition(c *questionnaire.Condition) string {
	return w.when("", w.turnedTerm(w.term(c)))
}

// turnedTerm is a term as it stands after "when".
func (w *writer) turnedTerm(t term) string {
	switch {
	case t.isSimple():
		return w.turned(w.clauseOf(t))
	case t.form == negation && t.of[0].isSimple():
		return w.not(w.turned(w.clauseOf(t.of[0])))
	case t.isPair():
		return w.two(t.isAll(), w.turned(w.clauseOf(t.of[0])), w.turned(w.clauseOf(t.of[1])))
	}
	return w.said(t, 0)
}

// said is a term as a statement of its own. Depth is how many numbered lists it stands in.
func (w *writer) said(t term, depth int) string {
	switch {
	case t.isSimple():
		return w.straight(w.clauseOf(t))
	case t.form == negation && t.of[0].form == group:
		return w.noneOf(t.of[0].need, len(t.of[0].of)) + ": " + w.numbered(t.of[0].of, depth)
	case t.form == negation:
		return w.turnedTerm(t)
	case t.isPair() && t.isAll():
		return w.both(w.straight(w.clauseOf(t.of[0])), w.turned(w.clauseOf(t.of[1])))
	}
	return w.groupLead(t.need, len(t.of)) + ": " + w.numbered(t.of, depth)
}

// isPair tells a group of two that are short enough to be said in one sentence.
func (t term) isPair() bool {
	return t.form == group && len(t.of) == 2 && t.of[0].isShort() && t.of[1].isShort()
}

// isShort tells what is said in one clause that ends in no list.
func (t term) isShort() bool { return t.isSimple() && (t.form != answers || len(t.quoted) == 1) }

// numbered says several terms in one line: (1) …; (2) …
func (w *writer) numbered(terms []term, depth int) string {
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = fmt.Sprintf("(%s) %s", mark(i, depth), w.said(t, depth+1))
	}
	return strings.Join(parts, "; ")
}

// mark counts 1, 2, 3, within such a list a, b, c, and within that 1.1 and so on, by turns.
func mark(i, depth int) string {
	if depth%2 == 1 && i < 26 {
		return string(rune('a' + i))
	}
	return fmt.Sprint(i + 1)
}

// clauseOf is the one clause of a term that is simple.
func (w *writer) clauseOf(t term) clause {
	switch {
	case t.form == answers && len(t.quoted) == 1:
		return w.oneAnswer(t.quoted[0], t.answer)
	case t.form == answers:
		c := w.sameAnswers(t)
		c.rest += ": " + w.list(t.quoted, false)
		return c
	case t.form == criteria:
		return w.criteriaMet(t.need, t.quoted)
	}
	return t.clause
}

// straight is a clause as a statement.
func (w *writer) straight(c clause) string { return spaced(c.subject, c.verb, c.rest) }

func spaced(words ...string) string {
	var kept []string
	for _, word := range words {
		if word != "" {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}

// answerTo says what the answer to a question is when the condition holds.
func (w *writer) answerTo(c *questionnaire.Condition) saying {
	item := w.items[c.Item]
	test := c.Test
	switch {
	case test.Operator == questionnaire.Answered:
		return w.answered(test.Values[0] == 1)
	case item.Kind == questionnaire.Number:
		return w.answerIs(w.amount(test, nil))
	case item.Kind == questionnaire.Time, item.Kind == questionnaire.Date:
		return w.answerIs(w.moment(test, formOf(item)))
	case test.Operator == questionnaire.Includes:
		return w.answerIncludes(w.quote(w.label(item, int(test.Values[0]))))
	}
	matching, isRun := matchingOptions(item, test)
	labels := make([]string, len(matching))
	for i, option := range matching {
		labels[i] = w.quote(w.label(item, option.Code))
	}
	if isRun && len(labels) > 1 && w.isScale(item) {
		switch test.Operator {
		case questionnaire.AtLeast, questionnaire.MoreThan:
			return w.answerIs(w.orMore(labels[0]))
		case questionnaire.AtMost, questionnaire.LessThan:
			return w.answerIs(w.orLess(labels[len(labels)-1]))
		}
	}
	return w.answerIs(w.list(labels, true))
}

// isScale reports whether the answers are a scale that another question has too, such as never
// to very often. Of others, such as no, I don't know and yes, "or more" would not say which it means.
func (w *writer) isScale(item *questionnaire.Item) bool {
	if len(item.Options) < 4 {
		return false
	}
	for id := range w.items {
		if id != item.ID && maps.Equal(w.texts.Items[id].Options, w.texts.Items[item.ID].Options) {
			return true
		}
	}
	return false
}

// label is what a person reads of an option.
func (w *writer) label(item *questionnaire.Item, code int) string {
	if item.Kind == questionnaire.YesNo {
		return w.yesNo(code == 1)
	}
	return w.texts.Items[item.ID].Options[code]
}

// matchingOptions lists the options that pass the test, in the order shown. It is a run
// when the codes of all the item's options rise in that order.
func matchingOptions(item *questionnaire.Item, test questionnaire.Comparison) (matching []questionnaire.Option, isRun bool) {
	options := item.Options
	if item.Kind == questionnaire.YesNo {
		options = []questionnaire.Option{{Code: 1}, {Code: 0}}
	}
	isRun = true
	for i, option := range options {
		if i > 0 && option.Code <= options[i-1].Code {
			isRun = false
		}
		if passes(test, float64(option.Code)) {
			matching = append(matching, option)
		}
	}
	return matching, isRun
}

// passes holds a value against a comparison with constants.
func passes(test questionnaire.Comparison, value float64) bool {
	switch first := test.Values[0]; test.Operator {
	case questionnaire.AtLeast:
		return value >= first
	case questionnaire.AtMost:
		return value <= first
	case questionnaire.MoreThan:
		return value > first
	case questionnaire.LessThan:
		return value < first
	case between:
		return value >= first && value <= test.Values[1]
	}
	for _, wanted := range test.Values { // is and in
		if value == wanted {
			return true
		}
	}
	return false
}
