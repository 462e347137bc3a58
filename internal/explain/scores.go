package explain

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"predah/internal/questionnaire"
)

// scores says how each score is made.
func (w *writer) scores() []Section {
	sections := make([]Section, 0, len(w.q.Scores))
	for _, s := range w.q.Scores {
		sections = append(sections, w.score(s))
	}
	return sections
}

// score says what one score adds up, and what happens when some of it is skipped.
func (w *writer) score(s questionnaire.Score) Section {
	section := Section{
		ID:         "score-" + string(s.ID),
		Title:      fmt.Sprintf(w.words().points, w.scoreName(s.ID)),
		Paragraphs: []string{w.method(s, kindOf(s.Of))},
	}
	if len(s.Then) > 0 {
		section.Paragraphs = append(section.Paragraphs, w.thenOf(s))
	}
	var isReversed, maySkip, mayHide, undecided bool
	for _, part := range s.Of {
		section.Items = append(section.Items, w.part(s, part))
		isReversed = isReversed || part.Reverse
		if item := w.items[part.Item]; item != nil {
			maySkip = maySkip || item.Optional
			mayHide = mayHide || item.ShowWhen != nil
			undecided = undecided || w.mayBeUndecided(item.ShowWhen)
		} else {
			maySkip = true
		}
	}
	if isReversed {
		section.Paragraphs = append(section.Paragraphs, w.words().reversedIntro)
	}
	if maySkip || undecided && s.NotAsked != nil {
		section.Paragraphs = append(section.Paragraphs, w.skipped(s))
		if said := w.words().settles[s.Method]; said != "" && s.Missing == "" {
			section.Paragraphs = append(section.Paragraphs, said)
		}
	}
	switch {
	case s.NotAsked != nil:
		section.Paragraphs = append(section.Paragraphs, w.notAsked(*s.NotAsked))
		if undecided {
			section.Paragraphs = append(section.Paragraphs, w.words().undecided)
		}
	case mayHide && s.Method.Pairs():
		section.Paragraphs = append(section.Paragraphs, w.words().hiddenPair)
	case mayHide:
		section.Paragraphs = append(section.Paragraphs, w.words().hiddenParts)
	}
	if s.Method == questionnaire.Quotient {
		section.Paragraphs = append(section.Paragraphs, w.words().divided)
	}
	if s.Worse == questionnaire.WorseLower {
		section.Paragraphs = append(section.Paragraphs, w.words().lowerIsWorse)
	}
	if s.Hidden {
		section.Paragraphs = append(section.Paragraphs, w.words().servesOnly)
	}
	return section
}

// mayBeUndecided reports whether a question that a condition asks about may be skipped.
func (w *writer) mayBeUndecided(when *questionnaire.Condition) bool {
	found := false
	when.Each(func(c *questionnaire.Condition) {
		item := w.items[c.Item]
		found = found || item != nil && (item.Optional || w.mayBeUndecided(item.ShowWhen))
	})
	return found
}

// scoreName quotes the name of a score, or the id of one that is not shown and has none.
func (w *writer) scoreName(id questionnaire.ScoreID) string {
	if name := w.texts.Scores[id]; name != "" {
		return w.quote(name)
	}
	return w.quote(string(id))
}

// capital begins a sentence with what was a part of one.
func capital(said string) string {
	first, size := utf8.DecodeRuneInString(said)
	return string(unicode.ToUpper(first)) + said[size:]
}

// thenOf says what is done with the value of a score.
func (w *writer) thenOf(s questionnaire.Score) string {
	steps := make([]string, len(s.Then))
	for i, t := range s.Then {
		steps[i] = w.transform(t)
	}
	return fmt.Sprintf(w.words().then, strings.Join(steps, "; "), w.between(w.number(hundredths(s.Min)), w.number(hundredths(s.Max))))
}

// tables lists the rows of every table, by whom they are for.
func (w *writer) tables() []Section {
	var sections []Section
	for _, table := range w.q.Tables {
		said := []string{w.words().exact}
		if table.Interpolate {
			said = []string{w.words().interpolated}
		}
		said = append(said, w.withoutNorm(table)...)
		items := make([]string, len(table.Norms))
		for i, norm := range table.Norms {
			rows := make([]string, len(norm.Rows))
			for j, row := range norm.Rows {
				rows[j] = w.number(row.Value) + " → " + w.number(row.Result)
			}
			items[i] = w.norm(norm) + ": " + strings.Join(rows, "; ")
		}
		sections = append(sections, one("table-"+table.ID, fmt.Sprintf(w.words().table, w.quote(table.ID)), items, said...)...)
	}
	return sections
}

// withoutNorm says who has no value in a table.
func (w *writer) withoutNorm(table questionnaire.Table) (said []string) {
	if slices.ContainsFunc(table.Norms, func(n questionnaire.Norm) bool { return n.Sex != "" }) {
		said = append(said, w.words().noSex)
	}
	if slices.ContainsFunc(table.Norms, func(n questionnaire.Norm) bool { return n.Ages != nil }) {
		said = append(said, w.words().noAge)
	}
	if table.Partial {
		said = append(said, w.words().noNorm)
	}
	return said
}

// formOf is how answers to an item are written where they are not plain numbers; nil for these.
func formOf(item *questionnaire.Item) func(float64) string {
	form := map[questionnaire.Kind]questionnaire.Form{questionnaire.Time: questionnaire.Clock, questionnaire.Date: questionnaire.Day}[item.Kind]
	if form == questionnaire.Plain {
		return nil
	}
	return func(value float64) string { return questionnaire.Answer{Number: value, Form: form}.Text() }
}

// part quotes one ingredient, with what is special about it.
func (w *writer) part(s questionnaire.Score, part questionnaire.Part) string {
	said := w.short[part.Item]
	if part.Score != "" {
		said = w.scoreName(part.Score)
	}
	if part.Reverse {
		said += " " + w.words().reversed
	}
	if s.Method == questionnaire.WeightedSum {
		said += w.weight(part.Weight)
	}
	return said
}

// kindOf tells what a score is made of.
func kindOf(parts []questionnaire.Part) partKind {
	items, scores := false, false
	for _, part := range parts {
		items = items || part.Item != ""
		scores = scores || part.Score != ""
	}
	switch {
	case items && scores:
		return ofBoth
	case scores:
		return ofScores
	}
	return ofItems
}

// isScored reports whether any score counts the item.
func (w *writer) isScored(id questionnaire.ItemID) bool {
	for _, s := range w.q.Scores {
		for _, part := range s.Of {
			if part.Item == id {
				return true
			}
		}
	}
	return false
}
