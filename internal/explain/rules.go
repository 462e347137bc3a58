package explain

import (
	"predah/internal/questionnaire"
)

// Rules is every rule of one questionnaire in words.
type Rules struct {
	ID       questionnaire.ID
	Version  string
	Language questionnaire.Language
	Title    string // of the questionnaire
	Sections []Section
}

// Section is one part of the rules: a heading, sentences, and a list that follows them.
type Section struct {
	ID         string // unique, such as "band-talk"
	Title      string
	Paragraphs []string // never empty
	Items      []string // may be empty; each a clause or a question, without a final stop
}

// In says the rules of a questionnaire that was loaded without a problem, in one of its
// languages.
func In(q *questionnaire.Questionnaire, language questionnaire.Language, names Names) Rules {
	w := newWriter(q, language, names)
	rules := Rules{ID: q.ID, Version: q.Version, Language: language, Title: w.texts.Title}
	for _, part := range []func() []Section{
		w.about, w.questions, w.scores, w.tables, w.criteria, w.helpers, w.bands, w.readings,
		w.flags, w.advice, w.guidance, w.suggestions, w.sources,
	} {
		rules.Sections = append(rules.Sections, part()...)
	}
	return rules
}

// writer says the rules of one questionnaire in one language.
type writer struct {
	voice
	q     *questionnaire.Questionnaire
	texts *questionnaire.Texts
	names Names

	items  map[questionnaire.ItemID]*questionnaire.Item
	short  map[questionnaire.ItemID]string // the question in a few words, quoted
	rules  map[questionnaire.CriterionID]*questionnaire.Criterion
	letter map[questionnaire.CriterionID]string // of the hidden criteria that are told apart
}

func newWriter(q *questionnaire.Questionnaire, language questionnaire.Language, names Names) *writer {
	w := &writer{
		voice: voiceOf(language), q: q, texts: q.Texts[language], names: names,
		items:  make(map[questionnaire.ItemID]*questionnaire.Item, len(q.Items)),
		rules:  make(map[questionnaire.CriterionID]*questionnaire.Criterion, len(q.Criteria)),
		letter: make(map[questionnaire.CriterionID]string),
	}
	for i := range q.Items {
		w.items[q.Items[i].ID] = &q.Items[i]
	}
	for i := range q.Criteria {
		w.rules[q.Criteria[i].ID] = &q.Criteria[i]
	}
	w.short = w.shortForms()
	w.nameRules()
	return w
}

// voiceOf is the words of a language; those of the first language when it has none.
func voiceOf(language questionnaire.Language) voice {
	if language == questionnaire.English {
		return english{}
	}
	return slovenian{}
}

// Condition says one condition of a questionnaire in one of its languages, as it stands
// within a sentence: "when …".
func Condition(q *questionnaire.Questionnaire, language questionnaire.Language, c *questionnaire.Condition) string {
	return newWriter(q, language, Names{}).condition(c)
}
