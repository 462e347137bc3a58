package reading_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/reading"
)

func TestSentencesEndWhereAReaderStops(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"two", "Games are fun. Are they?", []string{"Games are fun.", "Are they?"}},
		{"an hour is no end", "Igraš po 22. uri? Pogosto.", []string{"Igraš po 22. uri?", "Pogosto."}},
		{"nor is an abbreviation before a small letter", "Something, e.g. a game.", []string{"Something, e.g. a game."}},
		{"an address is one word", "Read e-tom.si today.", []string{"Read e-tom.si today."}},
		{"after quotes", "»Samo še malo.« Potem pa dve uri.", []string{"»Samo še malo.«", "Potem pa dve uri."}},
		{"lines", "One line\nanother line", []string{"One line", "another line"}},
		{"an ellipsis", "I wonder … Then I stop.", []string{"I wonder …", "Then I stop."}},
		{"nothing to read", " … \n\n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, reading.Sentences(test.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWordsAndLongWordsAreCounted(t *testing.T) {
	tests := []struct {
		name, text string
		language   questionnaire.Language
		want       reading.Figures
	}{
		{"six letters are ordinary in English, seven are long", "Gaming nothing.", "en", reading.Figures{Sentences: 1, Words: 2, Long: 1}},
		{"seven are ordinary in Slovenian, eight are long", "Pogosto prestopiš.", "sl", reading.Figures{Sentences: 1, Words: 2, Long: 1}},
		{"letters count, hyphens and quotes do not", "»One-two-s«", "en", reading.Figures{Sentences: 1, Words: 1, Long: 1}},
		{"a telephone number is one word", "Call 116 111 or 112.", "en", reading.Figures{Sentences: 1, Words: 4}},
		{"two numbers in a list are two", "Call 112, 113 or both.", "en", reading.Figures{Sentences: 1, Words: 5}},
		{"a dash is no word", "Rest – now.", "en", reading.Figures{Sentences: 1, Words: 2}},
		{"nothing", "", "en", reading.Figures{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, reading.Measure(test.text, test.language)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNoTextHasNoFigures(t *testing.T) {
	if f := (reading.Figures{}); f.WordsPerSentence() != 0 || f.LongShare() != 0 {
		t.Errorf("%v, %v", f.WordsPerSentence(), f.LongShare())
	}
}
