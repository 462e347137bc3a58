package api

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// decodeStrictly reads an answer into the type that describes it, and fails on fields
// that the type does not have or that it has and the answer has not.
func decodeStrictly[T any](t *testing.T, body []byte) T {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	var value T
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	again, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var got, want any
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(again, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the answer is not what its type says (-type +answer):\n%s", diff)
	}
	return value
}

func TestScoringTellsTheWholeResult(t *testing.T) {
	answer := ask(t, fixture(t, amongOthers), scoreCall(`{"version":"1.2.0","language":"en","subject":{"age":15,"sex":"other"},
		"answers":{"late":2,"hours":7,"where":null,"tired":1,"school":0}}`))
	if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != "application/json" || answer.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %v: %s", answer.Code, answer.Header(), answer.Body)
	}
	result := decodeStrictly[ScoreResult](t, answer.Body.Bytes())
	services := result.Support
	result.Support = nil
	value := 1.5
	want := ScoreResult{
		Questionnaire: QuestionnaireRef{ID: "sleep", Version: "1.2.0"}, Language: "en", ScoredAt: "2026-11-23T17:30:00Z",
		Scores: []Score{
			{ID: "night", Label: "en: Night", Value: &value, Min: 0, Max: 1.5},
			{ID: "places", Label: "en: Places", Value: nil, Min: 0, Max: 3, Missing: "skipped"},
		},
		Criteria: []Criterion{{ID: "often-late", Label: "en: Late", Text: "en: Often late.", Met: new(true)}},
		Band:     &Band{ID: "talk", Level: 2, Levels: 2, Title: "en: Talk", Meaning: "en: Talk to someone."},
		Edge:     true,
		Flags:    []Flag{{ID: "worn-out", Urgency: "soon", Message: "en: You are worn out.", Support: []string{"tom-telefon"}}},
		Advice:   []string{"en: Put out the lamp."}, AdviceIDs: []string{"lamp"},
		Guidance: []Section{
			{ID: "tonight", Place: "before-advice", Title: "en: Tonight", Steps: []string{"en: Draw the curtain.", "en: Make tea."}, StepIDs: []string{"curtain", "tea"}},
			{ID: "tomorrow", Place: "after-advice", Title: "en: Tomorrow", Steps: []string{"en: Go for a \"walk\"."}, StepIDs: []string{"walk"}},
		},
		Suggestions: []Suggestion{
			{ID: "naps", Title: "en: Sleep naps", Why: "en: You nap.", Minutes: Range{Min: 1, Max: 2}},
			{ID: "dreams", Title: "en: Sleep dreams", Why: "en: You dream.", Minutes: Range{Min: 1, Max: 2}},
		},
		Scope:  Scope{Asked: "en: Nights", NotAsked: "en: Days"},
		Notice: "en: Not a diagnosis & no \"verdict\".",
	}
	if diff := cmp.Diff(want, result); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
	if len(services) == 0 || len(services) > 8 || services[0].ID != "tom-telefon" {
		t.Fatalf("services: %+v", services)
	}
	if services[0].Open == nil {
		t.Errorf("TOM telefon does not say whether it is open: %+v", services[0])
	}
}

func TestASkippedOptionalItemAndTheBodysLanguageAreOptional(t *testing.T) {
	answer := ask(t, fixture(t), call{
		method: http.MethodPost, address: "/api/v1/questionnaires/sleep/score?lang=en",
		body:   " {\"answers\":{\"l\\u0061te\":0.0,\"hours\":2.4e1,\"where\":[2,1],\"tired\":-0}}\r\n",
		header: map[string]string{"Content-Type": `Application/JSON; charset="UTF-8"`},
	})
	if answer.Code != http.StatusOK {
		t.Fatalf("%d: %s", answer.Code, answer.Body)
	}
	result := decodeStrictly[ScoreResult](t, answer.Body.Bytes())
	if result.Language != "en" || *result.Scores[1].Value != 3 || result.Criteria[0].Text != "en: Seldom late." || result.Band.ID != "steady" || len(result.Flags) != 0 {
		t.Errorf("result: %+v", result)
	}
}

func TestABodyOfExactly64KiBIsRead(t *testing.T) {
	body := `{"answers":{"late":0,"hours":7,"tired":0}}`
	answer := ask(t, fixture(t), scoreCall(body+strings.Repeat("\n", 64<<10-len(body))))
	if answer.Code != http.StatusOK {
		t.Errorf("%d: %s", answer.Code, answer.Body)
	}
}

func TestNothingOfABodyIsLeftForTheNextCaller(t *testing.T) {
	handler := fixture(t)
	ask(t, handler, scoreCall(`{"version":"1.2.0","language":"en","subject":{"age":15},"answers":{"late":2,"hours":7,"tired":1,"school":0}}`))
	ask(t, handler, scoreCall(`{"version":"1.2.0","language":"en","receipts":3`))
	answer := ask(t, handler, scoreCall(`{"answers":{"hours":7}}`))
	var problem Problem
	if err := json.Unmarshal(answer.Body.Bytes(), &problem); err != nil {
		t.Fatal(err)
	}
	var pointers []string
	for _, field := range problem.Errors {
		pointers = append(pointers, field.Pointer)
	}
	if diff := cmp.Diff([]string{"/answers/late", "/answers/tired"}, pointers); diff != "" || problem.Title != "Odgovorov ni mogoče točkovati" {
		t.Errorf("%s: %s", diff, answer.Body)
	}
}

func TestCallersAtOnceGetTheirOwnResults(t *testing.T) {
	handler := fixture(t)
	calls := []call{
		scoreCall(`{"language":"en","subject":{"age":15},"answers":{"late":2,"hours":7,"where":[1,2],"tired":1,"school":0}}`),
		scoreCall(`{"language":"sl","answers":{"late":0,"hours":24,"tired":0}}`),
		scoreCall(`{"language":"en","answers":{"late":9}}`),
		scoreCall(`{"answers":{"late":0,`),
		{address: "/api/v1/support?lang=en&age=15"},
	}
	var callers sync.WaitGroup
	calls = append(calls, call{address: "/api/v1/questionnaires/sleep/rules?lang=en"}) // made when first asked for
	for _, c := range calls {
		want := ask(t, fixture(t), c).Body.String()
		for range 4 {
			callers.Go(func() {
				for range 25 {
					if got := ask(t, handler, c).Body.String(); got != want {
						t.Errorf("%s %s: got %s, want %s", c.address, c.body, got, want)
						return
					}
				}
			})
		}
	}
	callers.Wait()
}

func TestAnswersDoNotStayInMemory(t *testing.T) {
	var all bodies
	body := all.get()
	body.raw.WriteString(`{"subject":{"age":15},"answers":{"late":2,"hours":7,"tired":1}}`)
	memory := body.raw.Bytes()
	if _, ok := body.decode(map[string]itemKind{}); !ok {
		t.Fatalf("refused: %v", body.refused)
	}
	all.put(body)
	if left := bytes.Trim(memory, "\x00"); len(left) > 0 {
		t.Errorf("what was sent is still there: %s", left)
	}
}

func TestABodyThatBreaksOffIsRefused(t *testing.T) {
	request := httptest.NewRequest(http.MethodPost, scoreCall("").address, io.MultiReader(strings.NewReader(`{"answers":{}}`), iotest.ErrReader(io.ErrUnexpectedEOF)))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	fixture(t).ServeHTTP(answer, request)
	if answer.Code != http.StatusBadRequest || !strings.Contains(answer.Body.String(), "To ni veljaven JSON.") {
		t.Errorf("%d: %s", answer.Code, answer.Body)
	}
}

func FuzzScoringNeverFailsOnItsSide(f *testing.F) {
	handler := fixture(f)
	for _, seed := range []string{
		`{"answers":{"late":0,"hours":7,"tired":0}}`, `{"answers":{"where":[1,[2]],"late":{"a":1}}}`, `{"subject":null}`, `[`, `"`, `{"answers":{"\ud800":1}}`,
		`{"answers":{"late":1e999999999,"hours":0x1}}`, "\ufeff{}", `{"version":"\u0000"}`, `{"answers":{"":1,"a/b":2,"~":3}}`, `nul`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		answer := ask(t, handler, scoreCall(body))
		if answer.Code >= 500 || !json.Valid(answer.Body.Bytes()) {
			t.Errorf("%d: %s", answer.Code, answer.Body)
		}
	})
}
