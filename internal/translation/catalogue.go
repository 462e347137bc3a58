package translation

import (
	"fmt"
	"strings"
	"time"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// Catalogue is every text of a questionnaire in two languages.
type Catalogue struct {
	ID       questionnaire.ID
	Version  string // of the questionnaire when it was exported
	From, To questionnaire.Language
	Revised  time.Time // when the texts were last changed, to the minute
	Entries  []Entry   // in the order of the source file
}

// Entry is one text.
type Entry struct {
	Path   string // its keys joined by dots, such as items.longer.text; unique
	Note   string // where it is read, in English
	Source string // never empty
	Target string // empty: not translated
	Fuzzy  bool   // the translator is not sure; it is not taken
}

// New makes the catalogue of a questionnaire's texts in two languages. A text without a
// source is left out; it stays as it is when the translation comes back.
func New(q *questionnaire.Questionnaire, from, to questionnaire.Language, sources, targets []source.Leaf) Catalogue {
	translated := texts(targets)
	placed := places{q: q, labels: q.Texts[from].Items, sources: texts(sources)}
	c := Catalogue{ID: q.ID, Version: q.Version, From: from, To: to, Revised: q.Provenance.Date}
	for _, leaf := range sources {
		if leaf.Text == "" {
			continue
		}
		path := strings.Join(leaf.Path, ".")
		c.Entries = append(c.Entries, Entry{
			Path: path, Note: placed.note(leaf.Path), Source: leaf.Text, Target: translated[path],
		})
	}
	return c
}

// texts is every text by its path.
func texts(leaves []source.Leaf) map[string]string {
	byPath := make(map[string]string, len(leaves))
	for _, leaf := range leaves {
		byPath[strings.Join(leaf.Path, ".")] = leaf.Text
	}
	return byPath
}

// edges tells whether a text begins and whether it ends in a line break.
func edges(text string) [2]bool {
	return [2]bool{strings.HasPrefix(text, "\n"), strings.HasSuffix(text, "\n")}
}

// Accept holds the catalogue against the source texts as they are now. It returns the
// translations to take, by path, and what was not taken, one sentence each: those whose
// source has changed since the export or is gone, those the translator is not sure of, those
// that gained or lost a line break at an end, and texts that have no entry. What is not translated is in neither: it stays as it is.
func (c Catalogue) Accept(sources []source.Leaf) (taken map[string]string, refused []string) {
	now := texts(sources)
	taken = make(map[string]string)
	seen := make(map[string]bool)
	for _, e := range c.Entries {
		seen[e.Path] = true
		current, exists := now[e.Path]
		switch {
		case !exists:
			refused = append(refused, fmt.Sprintf("%s: the questionnaire has no such text any more", e.Path))
		case current != e.Source:
			refused = append(refused, fmt.Sprintf("%s: the source has changed since the export; it was %q and is now %q", e.Path, e.Source, current))
		case e.Fuzzy:
			refused = append(refused, fmt.Sprintf("%s: it is marked as fuzzy, which means that the translator is not sure", e.Path))
		case e.Target != "" && edges(e.Target) != edges(e.Source):
			refused = append(refused, fmt.Sprintf("%s: it begins or ends in a line break and its source does not, or the other way round", e.Path))
		case e.Target != "":
			taken[e.Path] = e.Target
		}
	}
	for _, leaf := range sources {
		if path := strings.Join(leaf.Path, "."); leaf.Text != "" && !seen[path] {
			refused = append(refused, fmt.Sprintf("%s: the file has no entry for this text; export it again", path))
		}
	}
	return taken, refused
}
