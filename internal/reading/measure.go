package reading

import (
	"slices"
	"strings"
	"unicode"

	"predah/internal/questionnaire"
)

// Figures is what a text comes to.
type Figures struct {
	Sentences, Words int
	Long             int // words of more letters than an ordinary word of the language has
}

// WordsPerSentence is the mean, 0 for no text.
func (f Figures) WordsPerSentence() float64 { return ratio(f.Words, f.Sentences) }

// LongShare is the share of long words, from 0 to 1, 0 for no text.
func (f Figures) LongShare() float64 { return ratio(f.Long, f.Words) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Add gives the figures of both texts together.
func (f Figures) Add(other Figures) Figures {
	return Figures{f.Sentences + other.Sentences, f.Words + other.Words, f.Long + other.Long}
}

// Measure counts a text of running sentences.
func Measure(text string, language questionnaire.Language) Figures {
	var f Figures
	for _, sentence := range Sentences(text) {
		f = f.Add(measureSentence(sentence, language))
	}
	return f
}

func measureSentence(sentence string, language questionnaire.Language) Figures {
	f := Figures{Sentences: 1}
	for _, word := range words(sentence) {
		f.Words++
		if letters(word) > longest(language) {
			f.Long++
		}
	}
	return f
}

// longest is how many letters an ordinary word has at most. LIX takes six. Slovenian
// has no articles and puts more endings on its words, which takes one letter more.
func longest(language questionnaire.Language) int {
	if language == questionnaire.Slovenian {
		return 7
	}
	return 6
}

// words are the parts between spaces that hold a letter or a digit. A number is a word;
// a telephone number of several groups is one.
func words(sentence string) []string {
	var all []string
	afterNumber := false
	for _, field := range strings.Fields(sentence) {
		if !strings.ContainsFunc(field, isCounted) {
			continue
		}
		isNumber := letters(field) == 0
		if !isNumber || !afterNumber {
			all = append(all, field)
		}
		afterNumber = isNumber && !strings.ContainsAny(field[len(field)-1:], ".,;:!?)")
	}
	return all
}

func isCounted(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func letters(word string) int {
	n := 0
	for _, r := range word {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// Sentences splits a text. A sentence ends with a line that ends, or with a full stop, a
// question mark, an exclamation mark or an ellipsis before a capital letter; so
// neither "22. uri" nor "e.g. this" ends one.
func Sentences(text string) []string {
	var all []string
	for _, line := range strings.Split(text, "\n") {
		runes := []rune(line)
		begin := 0
		for i := range runes {
			if end := endAt(runes, i); end > 0 {
				all = append(all, string(runes[begin:end]))
				begin = end
			}
		}
		all = append(all, string(runes[begin:]))
	}
	var kept []string
	for _, sentence := range all {
		if sentence = strings.TrimSpace(sentence); strings.ContainsFunc(sentence, isCounted) {
			kept = append(kept, sentence)
		}
	}
	return kept
}

// endAt is where the sentence whose last mark may be at i ends, closing quotes included;
// 0 when no other begins there.
func endAt(line []rune, i int) int {
	if !strings.ContainsRune(".?!…", line[i]) {
		return 0
	}
	end := i + 1
	for end < len(line) && strings.ContainsRune("»«”’\")]", line[end]) {
		end++
	}
	if end == len(line) || !unicode.IsSpace(line[end]) {
		return 0
	}
	next := slices.IndexFunc(line[end:], isCounted)
	if next < 0 || !unicode.IsUpper(line[end+next]) {
		return 0
	}
	return end
}
