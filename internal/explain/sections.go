package explain

import (
	"fmt"
	"slices"
	"strings"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// one is a part of the rules that is a single section.
func one(id, title string, items []string, paragraphs ...string) []Section {
	return []Section{{ID: id, Title: title, Paragraphs: paragraphs, Items: items}}
}

// about says what the questionnaire is, what it asks and what it does not.
func (w *writer) about() []Section {
	paragraphs := w.facts(w.names.area(w.q.Area), w.q)
	if w.q.Provenance.Validated {
		paragraphs = append(paragraphs, w.words().validated)
	} else {
		paragraphs = append(paragraphs, w.words().notValidated)
	}
	paragraphs = append(paragraphs, w.texts.Scope.Asked, w.texts.Scope.NotAsked, w.words().missing)
	if slices.ContainsFunc(w.q.Items, func(item questionnaire.Item) bool { return item.Optional }) {
		paragraphs = append(paragraphs, w.words().open)
	}
	return one("about", w.words().about, nil, paragraphs...)
}

// questions lists every question in full with its answers.
func (w *writer) questions() []Section {
	items := make([]string, len(w.q.Items))
	for i := range w.q.Items {
		items[i] = w.question(&w.q.Items[i])
	}
	paragraphs := []string{w.words().questionsIntro}
	if w.texts.Period != "" {
		paragraphs = append(paragraphs, w.texts.Period)
	}
	for i := range w.q.Items {
		if scale := w.texts.Items[w.q.Items[i].ID].Scale; scale != "" {
			paragraphs = append(paragraphs, scale)
		}
	}
	return one("questions", w.words().questions, items, paragraphs...)
}

// question says one question with its answers and when it is asked.
func (w *writer) question(item *questionnaire.Item) string {
	text := w.texts.Items[item.ID]
	parts := []string{w.quote(strings.TrimSpace(text.Period + " " + text.Text)), w.words().answers + " " + w.answersOf(item)}
	if item.Kind == questionnaire.Multiple {
		parts = append(parts, w.words().several)
	}
	if item.Optional {
		parts = append(parts, w.words().optional)
	}
	if item.ShowWhen != nil {
		parts = append(parts, w.words().shown+" "+w.condition(item.ShowWhen))
	}
	return strings.Join(parts, "; ")
}

// answersOf lists the possible answers, each with its points where a score counts them.
func (w *writer) answersOf(item *questionnaire.Item) string {
	switch item.Kind {
	case questionnaire.Number:
		how := w.words().whole
		if item.Decimals > 0 {
			how = w.places(item.Decimals)
		}
		return spaced(w.between(w.number(item.Bounds.Min), w.number(item.Bounds.Max)), w.texts.Items[item.ID].Unit.General()) + ", " + how
	case questionnaire.Date:
		return w.between(formOf(item)(item.Bounds.Min), formOf(item)(item.Bounds.Max))
	case questionnaire.Time:
		return w.words().clock
	case questionnaire.Text:
		return w.words().text
	}
	options := item.Options
	if item.Kind == questionnaire.YesNo && len(options) == 0 {
		options = []questionnaire.Option{{Code: 1, Points: 1}, {Code: 0}}
	}
	isScored := w.isScored(item.ID)
	hasComma := slices.ContainsFunc(options, func(o questionnaire.Option) bool { return strings.Contains(w.label(item, o.Code), ",") })
	labels := make([]string, len(options))
	for i, option := range options {
		labels[i] = w.label(item, option.Code)
		if hasComma {
			labels[i] = w.quote(labels[i])
		}
		if isScored {
			labels[i] += fmt.Sprintf(" (%s)", w.number(option.Points))
		}
	}
	return strings.Join(labels, ", ")
}

// criteria says when each criterion that a result shows is met.
func (w *writer) criteria() []Section {
	var sections []Section
	for _, c := range w.q.Criteria {
		if c.Hidden {
			continue
		}
		paragraph, items := w.lead(w.words().met, c.When)
		title := fmt.Sprintf(w.words().criterion, w.quote(w.texts.Criteria[c.ID].Label))
		sections = append(sections, one("criterion-"+string(c.ID), title, items, paragraph)...)
	}
	return sections
}

// helpers says the rules that others use and that are too long to be said within them.
func (w *writer) helpers() []Section {
	var sections []Section
	for _, c := range w.q.Criteria {
		letter, told := w.letter[c.ID]
		if !told {
			continue
		}
		paragraph, items := w.lead(w.words().holds, c.When)
		sections = append(sections, one("rule-"+string(c.ID), fmt.Sprintf(w.words().rule, letter), items, w.words().ruleUsed, paragraph)...)
	}
	return sections
}

// flags says when each flag is raised and who is named with it.
func (w *writer) flags() []Section {
	if len(w.q.Flags) == 0 {
		return one("flags", w.words().flags, nil, w.words().noFlags)
	}
	items := make([]string, len(w.q.Flags))
	for i, flag := range w.q.Flags {
		items[i] = fmt.Sprintf("%s: %s; %s", w.quote(firstSentence(w.texts.Flags[flag.ID])), w.condition(flag.When), w.words().urgency[flag.Urgency])
		if len(flag.Support) > 0 {
			names := make([]string, len(flag.Support))
			for j, id := range flag.Support {
				names[j] = w.names.service(id)
			}
			items[i] += "; " + w.services(names)
		}
	}
	return one("flags", w.words().flags, items, w.words().flagsIntro)
}

// advice says for whom each piece of advice is.
func (w *writer) advice() []Section {
	if len(w.q.Advice) == 0 {
		return nil
	}
	items := make([]string, len(w.q.Advice))
	for i, advice := range w.q.Advice {
		items[i] = w.conditional(w.texts.Advice[advice.ID], advice.When)
	}
	paragraphs := []string{fmt.Sprintf(w.words().adviceIntro, scoring.MaxAdvice)}
	for _, band := range w.q.Bands {
		if len(band.Advice) > 0 {
			paragraphs = append(paragraphs, w.adviceOf(band))
		}
	}
	return one("advice", w.words().advice, items, paragraphs...)
}

// conditional quotes a text and says when it is shown.
func (w *writer) conditional(text string, when *questionnaire.Condition) string {
	said := w.words().always
	if when != nil {
		said = w.condition(when)
	}
	return w.quote(strings.TrimSuffix(text, ".")) + ": " + said
}

// guidance says for whom each step of each section is.
func (w *writer) guidance() []Section {
	var sections []Section
	for _, part := range w.q.Guidance {
		text := w.texts.Guidance[part.ID]
		steps := w.words().allSteps
		if part.AtMost > 0 {
			steps = fmt.Sprintf(w.words().someSteps, part.AtMost)
		}
		items := make([]string, len(part.Steps))
		for i, step := range part.Steps {
			items[i] = w.conditional(text.Steps[step.ID], step.When)
		}
		sections = append(sections, one("guidance-"+part.ID, fmt.Sprintf(w.words().section, w.quote(text.Title)), items,
			w.words().place[part.Place]+" "+steps)...)
	}
	return sections
}

// suggestions says when another questionnaire is suggested.
func (w *writer) suggestions() []Section {
	var items []string
	for _, s := range w.q.Suggest {
		title, ok := w.names.check(s.Check)
		if !ok {
			continue
		}
		why := strings.TrimSuffix(w.texts.Suggest[s.Check], ".")
		items = append(items, w.conditional(title, s.When)+"; "+w.words().reason+" "+w.quote(why))
	}
	if items == nil {
		return nil
	}
	return one("suggest", w.words().suggest, items, w.words().suggestIntro)
}

// sources lists what the questionnaire builds on.
func (w *writer) sources() []Section {
	var items []string
	for _, source := range w.q.Provenance.Sources {
		address := source.URL
		if source.DOI != "" {
			address = "https://doi.org/" + source.DOI
		}
		items = append(items, source.Title+", "+address)
	}
	if items == nil {
		return nil
	}
	return one("sources", w.words().sources, items, w.words().sourcesIntro)
}
