package api

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
)

// The addresses that are answered from what was prepared.
func preparedAddresses() []string {
	return []string{"/api/v1/areas", "/api/v1/questionnaires", "/api/v1/questionnaires/sleep", "/api/v1/questionnaires/sleep/rules"}
}

func TestPreparedAnswersAreThoseOfTheOperations(t *testing.T) {
	handler := fixture(t)
	for _, address := range preparedAddresses() {
		for _, language := range []string{"sl", "en"} {
			prepared := ask(t, handler, call{address: address + "?lang=" + language})
			// A query written in another way leads past what was prepared.
			asked := ask(t, handler, call{address: address + "?&lang=" + language})
			if prepared.Header().Get("ETag") == "" || asked.Header().Get("ETag") != "" {
				t.Fatalf("%s: the wrong one was prepared", address)
			}
			if diff := cmp.Diff(asked.Body.String(), prepared.Body.String()); diff != "" {
				t.Errorf("%s (-operation +prepared):\n%s", address, diff)
			}
		}
	}
}

func TestContentHasTheShapesOfTheDocument(t *testing.T) {
	handler := fixture(t)
	areas := decodeStrictly[AreaList](t, ask(t, handler, call{address: "/api/v1/areas"}).Body.Bytes())
	if areas.Language != "sl" || areas.Areas[0].Title != "Igre" || areas.Areas[0].Questionnaires[0] != "sleep" {
		t.Errorf("areas: %+v", areas)
	}
	list := decodeStrictly[QuestionnaireList](t, ask(t, handler, call{address: "/api/v1/questionnaires?lang=en"}).Body.Bytes())
	want := QuestionnaireSummary{
		ID: "sleep", Version: "1.2.0", Area: "gaming", Source: "self", Ages: Range{12, 25}, Minutes: Range{1, 2}, Items: 5,
		Title: "en: Sleep", Summary: "en: How you sleep",
	}
	if diff := cmp.Diff([]QuestionnaireSummary{want}, list.Questionnaires); diff != "" {
		t.Errorf("summaries (-want +got):\n%s", diff)
	}
	full := decodeStrictly[Questionnaire](t, ask(t, handler, call{address: "/api/v1/questionnaires/sleep?lang=en"}).Body.Bytes())
	wantItems := []Item{
		{ID: "late", Kind: "single", Group: "night", Text: "en: How often late?", Card: "en: {answer} late.", Options: []AnswerOption{{0, "en: never"}, {1, "en: sometimes"}, {2, "en: often"}}},
		{ID: "hours", Kind: "number", Group: "night", Text: "en: How long?", Help: "en: Roughly.", Unit: "en: hours", Bounds: &NumberRange{0, 24}},
		{ID: "where", Kind: "multiple", Text: "en: Where?", Optional: true, Options: []AnswerOption{{1, "en: bed"}, {2, "en: sofa"}}},
		{ID: "tired", Kind: "yes-no", Text: "en: Tired?", Options: []AnswerOption{{1, "yes"}, {0, "no"}}},
		{ID: "school", Kind: "single", Text: "en: At school too?", Options: []AnswerOption{{0, "en: no"}, {1, "en: yes"}},
			ShowWhen: &Condition{Item: "tired", Operator: "is", Values: []float64{1}}},
	}
	if diff := cmp.Diff(wantItems, full.Items); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if full.Provenance.Date != "2026-11-23" || full.Provenance.Constructs[0] != (Construct{"sleep", "en: Sleep"}) || full.Groups[0].Title != "en: At night" {
		t.Errorf("questionnaire: %+v", full)
	}
}

func TestQuestionnairesAreFiltered(t *testing.T) {
	handler := fixture(t)
	for query, want := range map[string]int{
		"": 1, "?age=12": 1, "?age=25": 1, "?age=11": 0, "?age=26": 0, "?age=0": 0, "?source=self": 1, "?source=parent": 0,
		"?area=gaming": 1, "?area=gaming&age=15&source=self&lang=en": 1,
	} {
		list := decodeStrictly[QuestionnaireList](t, ask(t, handler, call{address: "/api/v1/questionnaires" + query}).Body.Bytes())
		if len(list.Questionnaires) != want {
			t.Errorf("%s: %d questionnaires, want %d", query, len(list.Questionnaires), want)
		}
	}
}

func TestPreparedAnswersAreNotSentTwice(t *testing.T) {
	handler := fixture(t)
	for _, address := range preparedAddresses() {
		first := ask(t, handler, call{address: address})
		tag := first.Header().Get("ETag")
		for header, status := range map[string]int{
			tag: 304, "W/" + tag: 304, `"other", W/` + tag: 304, `"other" ,` + tag + `, "third"`: 304, "*": 304,
			`"other"`: 200, `W/"other"`: 200, "": 200,
		} {
			again := ask(t, handler, call{address: address, header: map[string]string{"If-None-Match": header}})
			if again.Code != status || (status == 304) != (again.Body.Len() == 0) {
				t.Errorf("%s with %s: %d and %d bytes", address, header, again.Code, again.Body.Len())
			}
			got := []string{again.Header().Get("ETag"), again.Header().Get("Cache-Control"), again.Header().Get("Vary")}
			if diff := cmp.Diff([]string{tag, "public, max-age=60, must-revalidate", "Accept-Encoding, Accept-Language"}, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", address, diff)
			}
		}
		other := ask(t, handler, call{address: address + "?lang=en", header: map[string]string{"If-None-Match": tag}})
		if other.Code != http.StatusOK {
			t.Errorf("%s: the other language has the same tag", address)
		}
	}
}

func TestPreparedAnswersComeCompressed(t *testing.T) {
	handler := fixture(t)
	plain := ask(t, handler, call{address: "/api/v1/questionnaires/sleep"}).Body.Bytes()
	unzip := map[string]func(io.Reader) (io.Reader, error){
		"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"zstd": func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) },
	}
	for accept, coding := range map[string]string{"gzip, deflate, br, zstd": "zstd", "gzip, br": "gzip", "zstd;q=0, *": "gzip", "br": ""} {
		answer := ask(t, handler, call{address: "/api/v1/questionnaires/sleep", header: map[string]string{"Accept-Encoding": accept}})
		if got := answer.Header().Get("Content-Encoding"); got != coding {
			t.Errorf("%s: got %q, want %q", accept, got, coding)
			continue
		}
		content := io.Reader(answer.Body)
		if coding != "" {
			if answer.Body.Len() >= len(plain) {
				t.Errorf("%s is no smaller", coding)
			}
			var err error
			if content, err = unzip[coding](content); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := io.ReadAll(content); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%s: %v, %d bytes instead of %d", accept, err, len(got), len(plain))
		}
	}
}

func TestHeadAnswersLikeGetWithoutABody(t *testing.T) {
	handler := fixture(t, withWeb)
	for _, address := range append(preparedAddresses(), "/api/v1/questionnaires/none", "/api/docs", "/", "/preveri", "/nikjer", "/icon.svg") {
		get, head := ask(t, handler, call{address: address}), ask(t, handler, call{method: http.MethodHead, address: address})
		if get.Code != head.Code {
			t.Errorf("%s: GET %d, HEAD %d", address, get.Code, head.Code)
		}
		if diff := cmp.Diff(get.Header(), head.Header()); diff != "" {
			t.Errorf("%s (-GET +HEAD):\n%s", address, diff)
		}
	}
}

func TestLanguageIsTheOneTheCallerPrefers(t *testing.T) {
	languages := newLanguages()
	for header, want := range map[string]string{
		"": "sl", "sl": "sl", "en": "en", "en-GB,en;q=0.9": "en", "sl-SI,sl;q=0.9,en;q=0.8": "sl", "de,en;q=0.5,sl;q=0.1": "en",
		"de": "sl", "*": "sl", "en;q=0": "sl", "\x00": "sl", "en,": "en", "EN": "en", "hr,sl;q=0.5": "sl",
	} {
		if got := languages.accepted(header); string(got) != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}

// What somebody does not want (RFC 9110, 12.4.2: a weight of 0) they don't get while there is anything else.
func TestALanguageThatIsRefusedIsNotGiven(t *testing.T) {
	known := newLanguages()
	for header, want := range map[string]string{
		"sl;q=0, *": "en", "*, sl;q=0": "en", "sl;q=0": "en", "sl; q=0.000, de": "en", "SL;q=0,*;q=0.1": "en",
		"en;q=0, *": "sl", "en;q=0,sl;q=0": "sl", "*": "sl", "de": "sl", "sl;q=0.1, en;q=0": "sl", "en;q=0.5, sl;q=0": "en",
	} {
		if got := known.accepted(header); string(got) != want {
			t.Errorf("%s: %s, want %s", header, got, want)
		}
	}
}
