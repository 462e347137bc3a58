package reading_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/reading"
	"predah/questionnaires"
)

// longestItem is how many words a question has at most: about twenty.
const longestItem = 22

func embedded(t *testing.T) []*questionnaire.Questionnaire {
	t.Helper()
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := load.Load(load.Options{Schemas: schemas, Roots: []fs.FS{questionnaires.FS}})
	if err != nil {
		t.Fatal(err)
	}
	return catalogue.Questionnaires
}

func TestOurTextsAreEasyToRead(t *testing.T) {
	for _, q := range embedded(t) {
		for _, language := range questionnaire.Languages() {
			level := reading.Questionnaire(q, language)
			if level.IsEasy() {
				continue
			}
			t.Errorf("%s/%s.yaml: %.1f words a sentence (at most %.0f), %.0f %% long words (at most %.0f %%); mend first:",
				q.ID, language, level.WordsPerSentence(), level.Bounds.WordsPerSentence, 100*level.LongShare(), 100*level.Bounds.LongShare)
			for _, s := range level.Worst {
				t.Errorf("  %s: %d words, %d long: %s", s.Where, s.Words, s.Long, s.Text)
			}
		}
	}
}

func TestOurQuestionsAreShort(t *testing.T) {
	for _, q := range embedded(t) {
		for _, language := range questionnaire.Languages() {
			for _, item := range q.Items {
				text := q.Texts[language].Items[item.ID].Text
				if n := reading.Measure(text, language).Words; n > longestItem {
					t.Errorf("%s/%s.yaml: items/%s/text has %d words (at most %d): %s", q.ID, language, item.ID, n, longestItem, text)
				}
			}
		}
	}
}

func TestTheWorstSentencesAreNamed(t *testing.T) {
	long := "This sentence goes on and on and on and on, one more word after one more word, till at last and at the very end it stops and is done with."
	q := &questionnaire.Questionnaire{Texts: map[questionnaire.Language]*questionnaire.Texts{"en": {
		Intro:  long + " It is short.",
		Advice: map[string]string{"rest": long, "walk": "Walk."},
	}}}
	level := reading.Questionnaire(q, questionnaire.English)
	if level.IsEasy() {
		t.Fatalf("%.1f words a sentence are taken for easy", level.WordsPerSentence())
	}
	var where []string
	for _, s := range level.Worst {
		where = append(where, s.Where)
	}
	if diff := cmp.Diff([]string{"intro", "advice/rest", "intro", "advice/walk"}, where); diff != "" {
		t.Error(diff)
	}
	q.Texts["en"].Intro = "It is short."
	q.Texts["en"].Advice["rest"] = "Rest."
	if level := reading.Questionnaire(q, questionnaire.English); !level.IsEasy() || level.Worst != nil {
		t.Errorf("short sentences are not easy: %v", level)
	}
}

func TestLongWordsAreNamedFirstWhenTheyAreTooMany(t *testing.T) {
	q := &questionnaire.Questionnaire{Texts: map[questionnaire.Language]*questionnaire.Texts{"en": {
		Intro:  "You go on as you do, day by day by day.",
		Advice: map[string]string{"rest": "Nevertheless consider alternatives."},
	}}}
	if level := reading.Questionnaire(q, questionnaire.English); level.IsEasy() || level.Worst[0].Where != "advice/rest" {
		t.Errorf("%v", level)
	}
}

// TestEveryTextIsMeasuredOrLeftOutOnPurpose fails when texts gain a field that nobody has decided on.
func TestEveryTextIsMeasuredOrLeftOutOnPurpose(t *testing.T) {
	leftOut := map[string]bool{
		"Title": true, "Label": true, "Unit": true, "Options": true, // not sentences
		"Groups": true, "Scores": true, // headings
		"Constructs": true, // for professionals
	}
	texts := questionnaire.Texts{}
	marks := 0
	mark(reflect.ValueOf(&texts).Elem(), leftOut, &marks)
	if got := len(reading.Passages(&texts)); got != marks {
		t.Errorf("of %d texts in sentences %d are measured", marks, got)
	}
}

// mark fills every text that is not left out and counts them.
func mark(v reflect.Value, leftOut map[string]bool, marks *int) {
	switch v.Kind() {
	case reflect.String:
		*marks++
		v.SetString("Text.")
	case reflect.Struct:
		for i := range v.NumField() {
			if !leftOut[v.Type().Field(i).Name] {
				mark(v.Field(i), leftOut, marks)
			}
		}
	case reflect.Map:
		element := reflect.New(v.Type().Elem()).Elem()
		mark(element, leftOut, marks)
		key := reflect.ValueOf(strings.Repeat("k", 3)).Convert(v.Type().Key())
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, element)
	default:
		panic("a text of a kind that is not known here: " + v.Kind().String())
	}
}

// TestOurTextsDoNotDoubtWhatSomebodySaid keeps out openings that hand a sentence back to the person
// who answered: after something that hurts "You say that …" sounds as if it were not believed.
func TestOurTextsDoNotDoubtWhatSomebodySaid(t *testing.T) {
	doubt := regexp.MustCompile(`\b(Praviš|Pravite),? (da|kako)\b|\bYou (say|claim)\b`)
	seen := 0
	look := func(name string, words []byte) {
		seen++
		for _, found := range doubt.FindAll(words, -1) {
			t.Errorf("%s: %q sounds like doubt; say what is described", name, found)
		}
	}
	for _, root := range []fs.FS{questionnaires.FS, os.DirFS("../starter/files")} {
		err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
			base := path.Base(name)
			if err != nil || entry.IsDir() || base != "sl.yaml" && base != "en.yaml" {
				return err
			}
			words, err := fs.ReadFile(root, name)
			look(name, words)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	messages, err := filepath.Glob("../../frontend/messages/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range messages {
		words, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		look(filepath.Base(name), words)
	}
	if seen < 40 {
		t.Errorf("only %d files were read", seen)
	}
}

// TestOneThoughtHasOneWording: what several checks tell whoever is in distress tonight is told in the same words, apart
// from the check in which a parent is spoken to.
func TestOneThoughtHasOneWording(t *testing.T) {
	for _, id := range []string{"night-line", "loud-at-home"} {
		for _, language := range questionnaire.Languages() {
			first := map[questionnaire.Source]string{}
			for _, q := range embedded(t) {
				text, told := q.Texts[language].Advice[id]
				if !told {
					continue
				}
				if first[q.Source] == "" {
					first[q.Source] = text
				}
				if text != first[q.Source] {
					t.Errorf("%s says `%s` in %s otherwise: %s", q.ID, id, language, text)
				}
			}
			if first[questionnaire.Self] == "" {
				t.Errorf("no check says `%s` in %s", id, language)
			}
		}
	}
}
