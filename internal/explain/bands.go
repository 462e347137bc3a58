package explain

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"predah/internal/questionnaire"
)

// longRule is how many questions a hidden rule may ask about and still be said within
// the rules that use it.
const longRule = 3

// nameRules gives letters to the hidden criteria that are too long to be said again and again.
func (w *writer) nameRules() {
	for _, c := range w.q.Criteria {
		if c.Hidden && w.length(c.When) > longRule {
			w.letter[c.ID] = letter(len(w.letter))
		}
	}
}

// letter counts A to Z, then A2 to Z2 and so on.
func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return fmt.Sprintf("%c%d", rune('A'+i%26), i/26+1)
}

// length is how many tests a rule says. The criteria with a name of their own count half.
func (w *writer) length(c *questionnaire.Condition) int {
	var halves func(*questionnaire.Condition) int
	halves = func(c *questionnaire.Condition) int {
		total := 0
		for _, list := range [][]*questionnaire.Condition{c.All, c.Any, c.Of} {
			for _, child := range list {
				total += halves(child)
			}
		}
		switch {
		case total > 0:
			return total
		case c.Not != nil:
			return halves(c.Not)
		case c.Criterion == "":
			return 2
		}
		if rule := w.rules[c.Criterion]; rule.Hidden && w.letter[c.Criterion] == "" {
			return halves(rule.When)
		}
		return 1
	}
	return (halves(c) + 1) / 2
}

// bands says how the result is found: the order, then each band's rule and its advice.
func (w *writer) bands() []Section {
	intro := w.words().bandsIntro
	switch w.q.Result {
	case questionnaire.Guide:
		intro = w.words().guideIntro
	case questionnaire.Scores:
		intro = w.words().scoresOnly
	}
	titles := make([]string, len(w.q.Bands))
	sections := one("bands", w.words().bands, titles, intro)
	for i, band := range w.q.Bands {
		titles[i] = w.bandTitle(band.Level, w.quote(w.texts.Bands[band.ID].Title))
		paragraph, items := w.bandRule(band)
		section := Section{ID: "band-" + band.ID, Title: titles[i], Paragraphs: []string{paragraph}, Items: items}
		if w.q.Result == questionnaire.Levels && band.Level == 0 && !band.Urgent {
			section.Paragraphs = append(section.Paragraphs, w.words().noResult)
		}
		sections = append(sections, section)
	}
	return sections
}

// readings say how each further result is found.
func (w *writer) readings() []Section {
	var sections []Section
	for _, set := range w.q.BandSets {
		texts := w.texts.BandSets[set.ID]
		titles := make([]string, len(set.Bands))
		sections = append(sections, one("reading-"+set.ID, fmt.Sprintf(w.words().reading, w.quote(texts.Title)), titles, w.words().readingIntro)...)
		for i, band := range set.Bands {
			title := w.quote(texts.Bands[band.ID].Title)
			if titles[i] = w.band(title); band.Level > 0 {
				titles[i] = w.bandTitle(band.Level, title)
			}
			paragraph, items := w.bandRule(band)
			sections = append(sections, one("reading-"+set.ID+"-"+band.ID, w.quote(texts.Title)+": "+title, items, paragraph)...)
		}
	}
	return sections
}

// bandRule says when a band is the result.
func (w *writer) bandRule(band questionnaire.Band) (paragraph string, items []string) {
	switch {
	case band.Urgent:
		return w.words().urgentBand, nil
	case band.When != nil:
		return w.lead(w.words().appears, band.When)
	case band.Score != "":
		inRange := &questionnaire.Condition{
			Score: band.Score,
			Test:  questionnaire.Comparison{Operator: between, Values: []float64{band.From, band.To}},
		}
		return w.lead(w.words().appears, inRange)
	}
	return w.words().otherwise, nil
}

// adviceLength is how many letters of a piece of advice are quoted in a list of them.
const adviceLength = 45

// adviceOf lists the advice of a band in the order of preference, in a few words each.
func (w *writer) adviceOf(band questionnaire.Band) string {
	short := make([]string, len(band.Advice))
	for i, id := range band.Advice {
		text := firstSentence(w.texts.Advice[id])
		if utf8.RuneCountInString(text) > adviceLength {
			text = cut(text, adviceLength)
		}
		short[i] = w.quote(text)
	}
	return w.bandTitle(band.Level, w.quote(w.texts.Bands[band.ID].Title)) + ": " + strings.Join(short, ", ") + "."
}
