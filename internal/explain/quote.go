package explain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"predah/internal/questionnaire"
)

// quoteLength is how many letters of a question are quoted at most. Longer ones end in "…".
const quoteLength = 90

// shortForms quotes every question in a few words: without the beginning that many
// questions share and without the time it asks about. Questions that would then look
// alike are quoted in full.
func (w *writer) shortForms() map[questionnaire.ItemID]string {
	short := make(map[questionnaire.ItemID]string, len(w.q.Items))
	times := make(map[string]int, len(w.q.Items))
	for _, item := range w.q.Items {
		short[item.ID] = w.shorten(w.texts.Items[item.ID].Text)
		times[short[item.ID]]++
	}
	for id, form := range short {
		if times[form] > 1 {
			form = w.texts.Items[id].Text
		}
		short[id] = w.quote(form)
	}
	return short
}

// shorten leaves out of a question what does not tell it apart.
func (w *writer) shorten(question string) string {
	rest := question
	for _, pattern := range w.commonParts() {
		rest = pattern.ReplaceAllString(rest, " ")
	}
	rest = strings.NewReplacer(" ,", ",", ",,", ",", " ?", "?").Replace(strings.Join(strings.Fields(rest), " "))
	rest = strings.Trim(rest, " ,")
	isCut := !strings.HasPrefix(question, rest[:min(len(rest), 3)])
	if utf8.RuneCountInString(rest) > quoteLength {
		rest = cut(rest, quoteLength)
	}
	if isCut && startsLower(rest) {
		return "… " + rest
	}
	return rest
}

// cut ends a text before that many letters, at the end of a word of more than two letters.
func cut(text string, length int) string {
	runes := []rune(text)[:length]
	words := strings.Fields(string(runes))
	words = words[:len(words)-1] // it may be half a word
	for len(words) > 1 && utf8.RuneCountInString(words[len(words)-1]) <= 2 {
		words = words[:len(words)-1]
	}
	return strings.TrimRight(strings.Join(words, " "), ",;:") + " …"
}

func startsLower(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(first)
}

// requote puts a text between quotation marks, and turns those within it into the inner kind.
func requote(text, left, right, innerLeft, innerRight string) string {
	return left + strings.NewReplacer(left, innerLeft, right, innerRight).Replace(text) + right
}

// firstSentence is the beginning of a text up to its first full stop.
func firstSentence(text string) string {
	for i, r := range text {
		if r != '.' && r != '?' && r != ':' {
			continue
		}
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[i+1:], " \n"))
		if rest := text[i+1:]; rest == "" || rest[0] == ' ' && unicode.IsUpper(next) {
			return text[:i]
		}
	}
	return text
}
