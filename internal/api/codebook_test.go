package api

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
)

// words are the words of a result or of a codebook, by what they are of.
type words map[string]string

// A result that is kept as ids and numbers is read in the same words in which it was given.
func TestACodebookHasTheWordsOfEveryResult(t *testing.T) {
	handler := fixture(t, amongOthers)
	for _, lang := range []string{"sl", "en"} {
		book := readAnswer[Codebook](t, handler, call{address: "/api/v1/questionnaires/sleep/codebook?version=1.2.0&lang=" + lang})
		known := words{}
		for _, band := range book.Bands {
			known["band "+band.ID] = band.Title + band.Meaning
		}
		for _, criterion := range book.Criteria {
			known["criterion "+string(criterion.ID)] = criterion.Label
			known["met "+string(criterion.ID)], known["not met "+string(criterion.ID)] = criterion.Met, criterion.NotMet
		}
		for _, flag := range book.Flags {
			known["flag "+flag.ID] = flag.Message
		}
		for _, score := range book.Scores {
			known["score "+string(score.ID)] = score.Label
		}
		for _, advice := range book.Advice {
			known["advice "+advice.ID] = advice.Text
		}
		for _, section := range book.Guidance {
			known["section "+section.ID] = string(section.Place) + section.Title
			for _, step := range section.Steps {
				known["step "+section.ID+" "+step.ID] = step.Text
			}
		}
		for _, suggestion := range book.Suggestions {
			known["suggestion "+string(suggestion.ID)] = suggestion.Title + suggestion.Why
		}
		if known["suggestion nowhere"] == "" {
			t.Errorf("%s: a check that is no longer offered has no reason: %v", lang, book.Suggestions)
		}
		for _, answers := range []string{`{"late":2,"hours":1,"tired":1,"school":1}`, `{"late":0,"hours":1,"tired":0}`} {
			c := scoreCall(`{"answers":` + answers + `}`)
			c.address += "?lang=" + lang
			for of, said := range wordsOf(readAnswer[ScoreResult](t, handler, c)) {
				if known[of] != said {
					t.Errorf("%s, %s: the codebook says %q and the result %q", lang, of, known[of], said)
				}
			}
		}
	}
}

// wordsOf returns the words of a result.
func wordsOf(result ScoreResult) words {
	said := words{"band " + result.Band.ID: result.Band.Title + result.Band.Meaning}
	for _, criterion := range result.Criteria {
		said["criterion "+string(criterion.ID)] = criterion.Label
		if criterion.Met == nil {
			continue // what is said then is the same for all
		}
		if *criterion.Met {
			said["met "+string(criterion.ID)] = criterion.Text
		} else {
			said["not met "+string(criterion.ID)] = criterion.Text
		}
	}
	for _, flag := range result.Flags {
		said["flag "+flag.ID] = flag.Message
	}
	for _, score := range result.Scores {
		said["score "+string(score.ID)] = score.Label
	}
	for i, id := range result.AdviceIDs {
		said["advice "+id] = result.Advice[i]
	}
	for _, section := range result.Guidance {
		said["section "+section.ID] = string(section.Place) + section.Title
		for i, id := range section.StepIDs {
			said["step "+section.ID+" "+id] = section.Steps[i]
		}
	}
	for _, suggestion := range result.Suggestions {
		said["suggestion "+string(suggestion.ID)] = suggestion.Title + suggestion.Why
	}
	return said
}

// readAnswer asks and reads the JSON of an answer of status 200.
func readAnswer[T any](t *testing.T, handler http.Handler, c call) T {
	t.Helper()
	answer := ask(t, handler, c)
	var value T
	if err := json.Unmarshal(answer.Body.Bytes(), &value); err != nil || answer.Code != http.StatusOK {
		t.Fatalf("%s: %d, %v: %s", c.address, answer.Code, err, answer.Body)
	}
	return value
}

func TestACodebookIsOfOneVersion(t *testing.T) {
	handler := fixture(t)
	now := readAnswer[Codebook](t, handler, call{address: "/api/v1/questionnaires/sleep/codebook"})
	named := readAnswer[Codebook](t, handler, call{address: "/api/v1/questionnaires/sleep/codebook?version=1.2.0"})
	if diff := cmp.Diff(now, named); diff != "" || now.Version != "1.2.0" {
		t.Errorf("left out, the version is not the one that is asked now: %s", diff)
	}
	for address, want := range map[string]string{
		"/api/v1/questionnaires/sleep/codebook?version=1.1.0": string(UnknownVersion),
		"/api/v1/questionnaires/naps/codebook":                string(UnknownQuestionnaire),
	} {
		var problem Problem
		answer := ask(t, handler, call{address: address})
		if err := json.Unmarshal(answer.Body.Bytes(), &problem); err != nil || answer.Code != http.StatusNotFound || problem.Type != Slug(want).path() {
			t.Errorf("%s: %d %s", address, answer.Code, answer.Body)
		}
	}
}

func TestACodebookOfAReleasedVersionHasItsWords(t *testing.T) {
	old, gone := sleep(), other("gone", 12, 25)
	old.Version = "1.0.0"
	old.Texts[questionnaire.English].Bands["talk"] = questionnaire.BandText{Title: "As it was", Meaning: "Then."}
	handler := fixture(t, func(c *Config) { c.Catalogue.Released = []*questionnaire.Questionnaire{old, gone} })
	book := readAnswer[Codebook](t, handler, call{address: "/api/v1/questionnaires/sleep/codebook?lang=en&version=1.0.0"})
	if book.Version != "1.0.0" || book.Bands[0].Title != "As it was" {
		t.Errorf("%s: %+v", book.Version, book.Bands)
	}
	if now := readAnswer[Codebook](t, handler, call{address: "/api/v1/questionnaires/sleep/codebook?lang=en"}); now.Version != "1.2.0" || now.Bands[0].Title == "As it was" {
		t.Errorf("now %s: %+v", now.Version, now.Bands)
	}
	// One that is no longer asked can still be read, by those who kept a result of it.
	if book := readAnswer[Codebook](t, handler, call{address: "/api/v1/questionnaires/gone/codebook?version=" + gone.Version}); book.ID != "gone" {
		t.Errorf("%s", book.ID)
	}
	if answer := ask(t, handler, call{address: "/api/v1/questionnaires/gone/codebook"}); answer.Code != http.StatusNotFound {
		t.Errorf("%d", answer.Code)
	}
}
