package reading

import (
	"cmp"
	"maps"
	"slices"

	"predah/internal/questionnaire"
)

// Passage is one text of a questionnaire.
type Passage struct {
	Where string // the keys that lead to it in the file of its language, such as items/bit-more/text
	Text  string
}

// Passages lists what a reader of the questionnaire meets in sentences, in a fixed order.
// Titles, labels and the notes for professionals are left out.
func Passages(texts *questionnaire.Texts) []Passage {
	var c collector
	c.add("summary", texts.Summary)
	c.add("intro", texts.Intro)
	c.add("period", texts.Period)
	c.add("notice", texts.Notice)
	c.add("scope/asked", texts.Scope.Asked)
	c.add("scope/not-asked", texts.Scope.NotAsked)
	each(texts.Items, func(id string, t questionnaire.ItemText) {
		c.add("items/"+id+"/text", t.Text)
		c.add("items/"+id+"/help", t.Help)
		c.add("items/"+id+"/period", t.Period)
		c.add("items/"+id+"/scale", t.Scale)
		c.add("items/"+id+"/card", t.Card)
	})
	each(texts.Criteria, func(id string, t questionnaire.CriterionText) {
		c.add("criteria/"+id+"/met", t.Met)
		c.add("criteria/"+id+"/not-met", t.NotMet)
	})
	each(texts.Bands, func(id string, t questionnaire.BandText) { c.add("bands/"+id+"/meaning", t.Meaning) })
	each(texts.BandSets, func(set string, t questionnaire.BandSetText) {
		each(t.Bands, func(id string, t questionnaire.BandText) { c.add("band-sets/"+set+"/bands/"+id+"/meaning", t.Meaning) })
	})
	each(texts.Flags, func(id string, t string) { c.add("flags/"+id, t) })
	each(texts.Advice, func(id string, t string) { c.add("advice/"+id, t) })
	each(texts.Guidance, func(section string, t questionnaire.SectionText) {
		each(t.Steps, func(step, text string) { c.add("guidance/"+section+"/steps/"+step, text) })
	})
	each(texts.Suggest, func(id string, t string) { c.add("suggest/"+id, t) })
	return c.passages
}

type collector struct{ passages []Passage }

func (c *collector) add(where, text string) {
	if text != "" {
		c.passages = append(c.passages, Passage{where, text})
	}
}

// each goes through a map in the order of its keys.
func each[K ~string, V any](m map[K]V, do func(string, V)) {
	for _, id := range slices.Sorted(maps.Keys(m)) {
		do(string(id), m[id])
	}
}

// Level is how easy one questionnaire is to read in one language.
type Level struct {
	Language questionnaire.Language
	Figures
	Bounds Bounds
	// Worst are the sentences to mend first, when a bound is exceeded; else empty.
	Worst []Sentence
}

// IsEasy tells that no bound is exceeded.
func (l Level) IsEasy() bool {
	return l.WordsPerSentence() <= l.Bounds.WordsPerSentence && l.LongShare() <= l.Bounds.LongShare
}

// Sentence is one sentence and where it stands.
type Sentence struct {
	Where string // as in Passage
	Text  string
	Figures
}

// Bounds is how much is easy enough.
type Bounds struct {
	WordsPerSentence float64 // the highest mean
	LongShare        float64 // the highest share of long words, from 0 to 1
}

// BoundsOf gives the bounds for texts in a language. They are those of public texts
// written for teenagers; docs/reading-ease.md says which, and what they came to.
func BoundsOf(language questionnaire.Language) Bounds {
	if language == questionnaire.Slovenian {
		return Bounds{WordsPerSentence: 14, LongShare: 0.17}
	}
	return Bounds{WordsPerSentence: 14, LongShare: 0.16}
}

// worst is how many sentences a Level names.
const worst = 5

// Questionnaire measures the texts of a questionnaire in one language.
func Questionnaire(q *questionnaire.Questionnaire, language questionnaire.Language) Level {
	level := Level{Language: language, Bounds: BoundsOf(language)}
	var all []Sentence
	for _, passage := range Passages(q.Texts[language]) {
		for _, text := range Sentences(passage.Text) {
			sentence := Sentence{passage.Where, text, measureSentence(text, language)}
			level.Figures = level.Add(sentence.Figures)
			all = append(all, sentence)
		}
	}
	if !level.IsEasy() {
		slices.SortStableFunc(all, func(a, b Sentence) int { return cmp.Compare(level.weight(b), level.weight(a)) })
		level.Worst = all[:min(worst, len(all))]
	}
	return level
}

// weight is how much a sentence adds to what exceeds the bounds.
func (l Level) weight(s Sentence) int {
	weight := 0
	if l.WordsPerSentence() > l.Bounds.WordsPerSentence {
		weight += s.Words
	}
	if l.LongShare() > l.Bounds.LongShare {
		weight += 5 * s.Long
	}
	return weight
}
