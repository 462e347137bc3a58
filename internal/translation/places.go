package translation

import (
	"fmt"
	"strings"

	"predah/internal/questionnaire"
)

// places know where a person reads each text of a questionnaire.
type places struct {
	q       *questionnaire.Questionnaire
	labels  map[questionnaire.ItemID]questionnaire.ItemText // in the source language
	sources map[string]string                               // by path
}

// note says where a person reads a text.
func (p places) note(path []string) string {
	id := path[min(1, len(path)-1)]
	last := path[len(path)-1]
	switch path[0] {
	case "items":
		return itemNote(id, path[2:])
	case "option-sets":
		return fmt.Sprintf("Answer %s of the option set %s, shown with the items %s.", last, id, p.usersOf(id))
	case "option-help":
		return fmt.Sprintf("What the answers of the option set %s mean, shown once, with the first of the items %s.", id, p.usersOf(id))
	case "groups":
		return fmt.Sprintf("Heading of the screen with the group of items %s.", id)
	case "scores":
		return fmt.Sprintf("Name of the score %s, shown below a result.", id)
	case "criteria":
		return fmt.Sprintf("Criterion %s: %s.", id, map[string]string{
			"label": "its name in a few words", "met": "shown in a result that meets it", "not-met": "shown in a result that does not meet it",
		}[last])
	case "bands":
		return fmt.Sprintf("Result %s: %s.", id, map[string]string{"title": "its heading, which names what to do next", "meaning": "what it means"}[last])
	case "flags":
		return fmt.Sprintf("Flag %s: shown before the result.", id)
	case "advice":
		return fmt.Sprintf("Advice %s: one thing to try, shown in a result.", id)
	case "guidance":
		return fmt.Sprintf("Guidance %s: %s.", id, map[bool]string{true: "heading of the section", false: "the step " + last}[last == "title"])
	case "suggest":
		return fmt.Sprintf("Why the check %s may be worth a look, shown after a result.", id)
	case "constructs":
		return fmt.Sprintf("Construct %s: what the questionnaire asks about, shown on the page about it.", id)
	case "scope":
		return "Shown with every result: what was asked and what was not."
	}
	return map[string]string{
		"title": "Name of the questionnaire.", "summary": "Shown on the questionnaire's card on the start page.",
		"intro": "Shown before the first question.", "period": "What time the questions are about, above each.", "notice": "Shown with every result.",
	}[path[0]]
}

// itemNote says where a text of an item is read.
func itemNote(id string, rest []string) string {
	switch rest[0] {
	case "period":
		return fmt.Sprintf("Item %s: what time it is about, above the question.", id)
	case "help":
		return fmt.Sprintf("Item %s: the hint below the question.", id)
	case "unit":
		return fmt.Sprintf("Item %s: the unit behind the number, in every form the language has for numbers with bars between (Slovenian 1 | 2 | 3 | 5, English 1 | 2), or in one form for all.", id)
	case "card":
		return fmt.Sprintf("Item %s: the answer as a sentence in the first person, on the card for the talk. {answer} stands for the label of the answer.", id)
	case "options":
		return fmt.Sprintf("Item %s: answer %s.", id, rest[len(rest)-1])
	}
	return fmt.Sprintf("Item %s: the question.", id)
}

// usersOf lists the items that take their labels from an option set, as far as their
// labels tell: the set's name is not kept in the model.
func (p places) usersOf(set string) string {
	var users []string
	for _, item := range p.q.Items {
		labels := p.labels[item.ID].Options
		isUser := len(labels) > 0
		for code, label := range labels {
			isUser = isUser && p.sources[fmt.Sprintf("option-sets.%s.%d", set, code)] == label
		}
		if isUser {
			users = append(users, string(item.ID))
		}
	}
	return strings.Join(users, ", ")
}
