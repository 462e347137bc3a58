package explain

import (
	"fmt"

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
		Title:      fmt.Sprintf(w.words().points, w.quote(w.texts.Scores[s.ID])),
		Paragraphs: []string{w.method(s, kindOf(s.Of))},
	}
	var isReversed, maySkip, mayHide bool
	for _, part := range s.Of {
		section.Items = append(section.Items, w.part(s, part))
		isReversed = isReversed || part.Reverse
		if item := w.items[part.Item]; item != nil {
			maySkip = maySkip || item.Optional
			mayHide = mayHide || item.ShowWhen != nil
		} else {
			maySkip = true
		}
	}
	if isReversed {
		section.Paragraphs = append(section.Paragraphs, w.words().reversedIntro)
	}
	if maySkip {
		section.Paragraphs = append(section.Paragraphs, w.skipped(s))
	}
	if mayHide {
		section.Paragraphs = append(section.Paragraphs, w.words().hiddenParts)
	}
	return section
}

// part quotes one ingredient, with what is special about it.
func (w *writer) part(s questionnaire.Score, part questionnaire.Part) string {
	said := w.short[part.Item]
	if part.Score != "" {
		said = w.quote(w.texts.Scores[part.Score])
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
