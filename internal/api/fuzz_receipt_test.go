package api

import (
	"encoding/json"
	"net/http"
	"testing"
)

// FuzzReceiptQuestions: whatever is asked about a receipt is answered or refused, the same each
// time, and nothing is valid but what was issued.
func FuzzReceiptQuestions(f *testing.F) {
	handler := fixture(f)
	made := scoredWithReceipt(f, handler, sleepAnswers)
	shown := func(answers string) string {
		return `{"jws":"` + made.JWS + `","nonce":"` + made.Nonce + `","answers":` + answers + `}`
	}
	for _, seed := range []string{
		shown(sleepAnswers), shown(`{"late":null}`), shown(`{"late":[2],"hours":"07:00","where":[]}`), shown(`{"":1e999}`), shown(`{"late":[null],"late":2}`), shown(`null`),
		`{"jws":"` + made.JWS + `"}`, `{"jws":"a.b.c","answers":{}}`, `{"jws":"` + made.JWS[1:] + `","nonce":null}`, "{}", "", "\xff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		answer := ask(t, handler, verifyCall(body))
		if again := ask(t, handler, verifyCall(body)); answer.Code >= 500 || again.Code != answer.Code || again.Body.String() != answer.Body.String() {
			t.Errorf("%d %s, then %d %s", answer.Code, answer.Body, again.Code, again.Body)
		}
		if answer.Code != http.StatusOK {
			return
		}
		var asked struct{ JWS string }
		if err := json.Unmarshal([]byte(body), &asked); err != nil {
			t.Fatalf("taken, but encoding/json says %v", err)
		}
		if verdict := said[ReceiptVerdict](t, answer); verdict.Valid != (asked.JWS == made.JWS) {
			t.Errorf("%s is valid: %v", asked.JWS, verdict.Valid)
		}
	})
}
