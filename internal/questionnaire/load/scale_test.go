package load_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"predah/internal/questionnaire/load"
)

// TestWhatLabelsMeanIsSaidToEverybodyOnce: whoever is asked a question with an option set reads what its labels
// mean with the first of them, whichever that is.
func TestWhatLabelsMeanIsSaidToEverybodyOnce(t *testing.T) {
	some, others := "show-when: {item: alone, answered: true}", "show-when: {item: alone, in: [yes, no]}"
	for _, c := range []struct {
		what, walk, run string
		said            string // the items that say it
	}{
		{"asked of all", "", "", "walk"},
		{"asked of the same people", some, some, "walk"},
		{"asked of some, then of all", some, "", "walk run"},
		{"asked of some, then of others", some, others, "walk run"},
		{"asked of all, then of some", "", some, "walk"},
	} {
		files := validFiles(t)
		text := string(files[walks].Data)
		if c.walk != "" {
			text = strings.Replace(text, "  - id: walk\n", "  - id: walk\n    "+c.walk+"\n", 1)
		}
		if c.run != "" {
			text = strings.Replace(text, "{id: run, ", "{id: run, "+c.run+", ", 1)
		}
		files[walks] = &fstest.MapFile{Data: []byte(text)}
		for _, language := range []string{"walks/sl.yaml", "walks/en.yaml"} {
			words := strings.Replace(string(files[language].Data), "option-sets:", "option-help: {frequency: Twice a week.}\noption-sets:", 1)
			files[language] = &fstest.MapFile{Data: []byte(words)}
		}
		catalogue, err := load.Load(options(t, files))
		if err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		var said []string
		for _, item := range catalogue.Questionnaires[0].Items {
			if catalogue.Questionnaires[0].Texts["en"].Items[item.ID].Scale == "Twice a week." {
				said = append(said, string(item.ID))
			}
		}
		if got := strings.Join(said, " "); got != c.said {
			t.Errorf("%s: said with %s, not %s", c.what, got, c.said)
		}
	}
}
