package api

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/questionnaires"
)

// instruments serves the fixtures of package scoring instead of a questionnaire of our own.
func instruments(t *testing.T) http.Handler {
	t.Helper()
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := load.Load(load.Options{Schemas: schemas, Roots: []fs.FS{os.DirFS("../scoring/testdata/instruments")}})
	if err != nil {
		t.Fatal(err)
	}
	return fixture(t, func(config *Config) { config.Catalogue = loaded })
}

// scoreInstrument scores answers to a fixture.
func scoreInstrument(t *testing.T, handler http.Handler, id, subject string, answers map[string]any) (int, string) {
	t.Helper()
	body, err := json.Marshal(answers)
	if err != nil {
		t.Fatal(err)
	}
	answer := ask(t, handler, call{method: http.MethodPost, address: "/api/v1/questionnaires/" + id + "/score?lang=en",
		body: `{"subject":` + subject + `,"answers":` + string(body) + `}`})
	return answer.Code, answer.Body.String()
}

func TestANormBySexIsUsedWhenItIsSaidAndMissedWhenItIsNot(t *testing.T) {
	handler := instruments(t)
	answers := map[string]any{"item-3": 2, "item-4": 1}
	for _, id := range []string{"item-1", "item-2"} {
		answers[id] = 4
	}
	for _, id := range []string{"item-5", "item-6", "item-7", "item-8", "item-9", "item-10"} {
		answers[id] = 3
	}
	for subject, want := range map[string]string{
		`{"age":15,"sex":"female"}`: `"value":53.25,`,
		`{"age":15,"sex":"male"}`:   `"value":52.25,`,
		`{"age":15,"sex":"other"}`:  `"value":null,"missing":"not-in-table",`,
		`{"age":15}`:                `"value":null,"missing":"sex-not-said",`,
	} {
		code, body := scoreInstrument(t, handler, "kidscreen-10", subject, answers)
		if code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("for %s: %d %s", subject, code, body)
		}
		decodeStrictly[ScoreResult](t, []byte(body))
	}
	full := ask(t, handler, call{address: "/api/v1/questionnaires/kidscreen-10"})
	if q := decodeStrictly[Questionnaire](t, full.Body.Bytes()); !q.NeedsSex {
		t.Error("it is not said that the sex is needed")
	}
}

// night answers the items about sleep; changes replace or, with nil, leave out some.
func night(changes map[string]any) map[string]any {
	answers := map[string]any{"bedtime": "23:30", "minutes-to-sleep": 20, "rising": "07:00", "hours-asleep": 6.5}
	for _, id := range strings.Fields("5a 5b 5c 5d 5e 5f 5g 5h 5i 5j 6 7 8 9") {
		answers["item-"+id] = 0
	}
	for id, answer := range changes {
		answers[id] = answer
	}
	return answers
}

func TestTimesAndDecimalsAreTakenAndFreeTextIsRefused(t *testing.T) {
	handler := instruments(t)
	for _, test := range []struct {
		changes map[string]any
		code    int
		want    string
	}{
		{nil, http.StatusOK, `"id":"hours-in-bed","label":"hours-in-bed","value":7.5,`},
		{map[string]any{"rising": "23:30"}, http.StatusOK, `"value":null,"missing":"division-by-zero",`},
		{map[string]any{"hours-asleep": 6.55}, http.StatusUnprocessableEntity, `"message":"The answer is a number; places after the point: at most 1."`},
		{map[string]any{"hours-asleep": 24.1}, http.StatusUnprocessableEntity, `"message":"The answer is from 0 to 24."`},
		{map[string]any{"rising": 420}, http.StatusUnprocessableEntity, `"message":"The answer is a time such as 23:15."`},
		{map[string]any{"rising": "7 o'clock"}, http.StatusUnprocessableEntity, `"message":"The answer is a time such as 23:15."`},
		{map[string]any{"other-reason": "noise"}, http.StatusUnprocessableEntity, `"pointer":"/answers/other-reason","type":"/api/docs/problems/wrong-kind","message":"What is written here stays on the device.`},
		{map[string]any{"other-reason": nil}, http.StatusOK, `"id":"total","label":"total","value":2,`},
	} {
		code, body := scoreInstrument(t, handler, "psqi", `{"age":20}`, night(test.changes))
		if code != test.code || !strings.Contains(body, test.want) || strings.Contains(body, "noise") {
			t.Errorf("%v: %d %s", test.changes, code, body)
		}
	}
}

func TestFurtherReadingsAndWhatIsKnownBeforehandAreServed(t *testing.T) {
	handler := instruments(t)
	answers := map[string]any{"difficulties": 1}
	for i := range 25 {
		answers["item-"+strconv.Itoa(i+1)] = 1
	}
	for i := range 5 {
		answers["impact-"+strconv.Itoa(i+1)] = 2
	}
	code, body := scoreInstrument(t, handler, "sdq-self", `{"age":15}`, answers)
	if code != http.StatusOK {
		t.Fatalf("%d %s", code, body)
	}
	result := decodeStrictly[ScoreResult](t, []byte(body))
	at := slices.IndexFunc(result.BandSets, func(s BandSet) bool { return s.ID == "impact" })
	if at < 0 || result.BandSets[at].Band == nil || result.BandSets[at].Band.ID != "definite" || result.Band.ID != "high" {
		t.Errorf("the readings are %s", body)
	}
	full := decodeStrictly[Questionnaire](t, ask(t, handler, call{address: "/api/v1/questionnaires/gad-7"}).Body.Bytes())
	if r := full.Scores[0].Repeated; r == nil || r.Reliability != 0.83 || r.StandardDeviation != 4.7 {
		t.Errorf("of the score is known %+v", full.Scores[0])
	}
	matrix := decodeStrictly[Questionnaire](t, ask(t, handler, call{address: "/api/v1/questionnaires/igds9-sf"}).Body.Bytes())
	if matrix.Groups[0].Layout != "matrix" {
		t.Errorf("the group is %+v", matrix.Groups[0])
	}
	items := decodeStrictly[Questionnaire](t, ask(t, handler, call{address: "/api/v1/questionnaires/psqi"}).Body.Bytes()).Items
	text := items[slices.IndexFunc(items, func(i Item) bool { return i.Kind == questionnaire.Text })]
	if text.Length != 200 || !text.Optional || text.Options != nil {
		t.Errorf("the free text is %+v", text)
	}
}

// A band that says that there is no result has no level, and what is hidden stands nowhere.
func TestNoResultHasNoLevelAndHiddenScoresAreNotServed(t *testing.T) {
	handler := instruments(t)
	answers := map[string]any{}
	for i := range 10 {
		answers["item-"+strconv.Itoa(i+1)] = 3
	}
	code, body := scoreInstrument(t, handler, "kidscreen-10", `{"age":15}`, answers)
	if code != http.StatusOK || !strings.Contains(body, `"band":{"id":"no-norm","title":"no-norm","meaning":"no-norm."}`) {
		t.Errorf("%d %s", code, body)
	}
	code, body = scoreInstrument(t, handler, "psqi", `{"age":20}`, night(nil))
	full := ask(t, handler, call{address: "/api/v1/questionnaires/psqi"}).Body.String()
	book := ask(t, handler, call{address: "/api/v1/questionnaires/psqi/codebook"}).Body.String()
	if code != http.StatusOK || strings.Contains(body+full+book, "latency-points") {
		t.Errorf("a hidden score is served: %d %s %s %s", code, body, full, book)
	}
}
