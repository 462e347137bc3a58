package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"predah/internal/api"
	"predah/internal/batch"
	"predah/internal/receipt"
	"predah/internal/secrets"
)

// TestOneValueHasOneReadingEverywhere: whatever stands in JSON as an age, a number or a list of
// codes, the API, `predah score` and the check of a receipt read the same in it.
func TestOneValueHasOneReadingEverywhere(t *testing.T) {
	loaded, err := contentFlags{}.load()
	if err != nil {
		t.Fatal(err)
	}
	keys, err := secrets.Open(t.TempDir(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := api.New(api.Config{
		Catalogue: loaded.catalogue, Directory: loaded.directory, Receipts: receipt.New(keys, "https://predah.example"), Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	gaming, _ := loaded.catalogue.Questionnaire("gaming")
	for _, c := range []struct {
		age, code, codes string
		taken            bool
	}{
		{"15", "1", "[2,3]", true},
		{"15.0", "1.0", "[2.0,3e0]", true},
		{"1.5e1", "10e-1", "[ 3, 2 ]", true},
		{"null", "1", "[3,2]", true},
		{"15.5", "1", "[2,3]", false},
		{"1e9999", "1", "[2,3]", false},
		{"-1", "1", "[2,3]", false},
		{`"15"`, "1", "[2,3]", false},
		{"15", "1.5", "[2,3]", false},
		{"15", "1e9999", "[2,3]", false},
		{"15", `"1"`, "[2,3]", false},
		{"15", "true", "[2,3]", false},
		{"15", "1", "[2,1e9999]", false},
		{"15", "1", "[2,2.0]", false},
		{"15", "1", "[2,2.5]", false},
		{"15", "1", "2", false},
		{"15", "1", "[]", false},
	} {
		answers := gamingAnswers(c.code, c.codes)
		line := `{"subject":{"age":` + c.age + `,"sex":null},"answers":` + answers + `}`
		status, _ := send(handler, "/api/v1/questionnaires/gaming/score", line)
		if (status == http.StatusOK) != c.taken || !c.taken && status != http.StatusUnprocessableEntity {
			t.Errorf("%s: the API answers %d, want it taken: %v", line, status, c.taken)
		}
		summary, err := batch.Score(batch.Job{Questionnaire: gaming, From: batch.JSONL, To: batch.JSONL, Reject: func(batch.Rejected) {}},
			strings.NewReader(line), new(bytes.Buffer))
		if err != nil || (summary.Rows == 1) != c.taken {
			t.Errorf("%s: the command line scores %d, %v; want it taken: %v", line, summary.Rows, err, c.taken)
		}
		if !c.taken {
			continue
		}
		status, said := send(handler, "/api/v1/questionnaires/gaming/score", `{"receipts":1,"answers":`+answers+`}`)
		_, signed, _ := strings.Cut(said, `"receipts":[{`)
		signed, _, found := strings.Cut(signed, "}")
		if status != http.StatusOK || !found {
			t.Fatalf("%d %s", status, said)
		}
		question := `{` + signed + `,"answers":` + answers + `}`
		if status, said := send(handler, "/api/v1/receipts/verify", question); status != http.StatusOK || !strings.Contains(said, `"answers_match":true`) {
			t.Errorf("%s: the receipt of these answers does not match them: %d %s", answers, status, said)
		}
		huge := strings.Replace(question, `"tension":0`, `"tension":1e9999`, 1)
		if status, said := send(handler, "/api/v1/receipts/verify", huge); status != http.StatusUnprocessableEntity {
			t.Errorf("a number that nothing can hold is answered %d %s", status, said)
		}
	}
}

// gamingAnswers are answers to all questions of the check on gaming.
func gamingAnswers(code, codes string) string {
	return fmt.Sprintf(`{"something-good":3,"who-with":%s,"bit-more":%s,"tries-less":1,"skips-meal":0,"given-up":0,"past-bedtime":1,`+
		`"plays-on":1,"sleep-lost":0,"school-or-work":0,"tension":0,"weighs-on-you":0,"restless":0,"money-for":[1],"after-bad-day":1}`, codes, code)
}

func send(handler http.Handler, address, body string) (status int, said string) {
	request := httptest.NewRequest(http.MethodPost, address, strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder.Code, recorder.Body.String()
}
