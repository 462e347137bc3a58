package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/receipt"
)

// scoredWithReceipt scores sleep and returns a receipt.
func scoredWithReceipt(t testing.TB, handler http.Handler, answers string) ScoreReceipt {
	t.Helper()
	return scoredWithReceipts(t, handler, answers, 1)[0]
}

// scoredWithReceipts scores sleep and returns so many receipts.
func scoredWithReceipts(t testing.TB, handler http.Handler, answers string, count int) []ScoreReceipt {
	t.Helper()
	answer := ask(t, handler, scoreCall(fmt.Sprintf(`{"receipts":%d,"answers":%s}`, count, answers)))
	result := said[ScoreResult](t, answer)
	if answer.Code != http.StatusOK || len(result.Receipts) != count {
		t.Fatalf("%d: %s", answer.Code, answer.Body)
	}
	return result.Receipts
}

const sleepAnswers = `{"late":2,"hours":7,"where":[2,1],"tired":1,"school":0}`

func verifyCall(body string) call {
	return call{method: http.MethodPost, address: "/api/v1/receipts/verify", body: body}
}

func TestAReceiptSaysWhatItsResultSays(t *testing.T) {
	handler := fixture(t)
	made := scoredWithReceipt(t, handler, sleepAnswers)
	verdict := said[ReceiptVerdict](t, ask(t, handler, verifyCall(`{"jws":"`+made.JWS+`"}`)))
	want := &ReceiptStatement{
		Questionnaire: ReceiptQuestionnaire{ID: "sleep", Version: "1.2.0", Hash: "h1:c2xlZXA="}, ScoredOn: "2026-11-23",
		Scores:   []ReceiptScore{{ID: "night", Value: new(1.5)}, {ID: "places", Value: new(3.0)}},
		Criteria: []questionnaire.CriterionID{"often-late"}, Band: new("talk"),
		BandSets: []ReceiptBandSet{}, Flags: []string{"worn-out"},
	}
	if diff := cmp.Diff(want, verdict.Says); diff != "" || !verdict.Valid || verdict.Matches != nil {
		t.Errorf("%v (-want +got):\n%s", verdict, diff)
	}
}

func TestAReceiptIsGivenOnlyWhenAskedFor(t *testing.T) {
	handler := fixture(t)
	answer := ask(t, handler, scoreCall(`{"answers":`+sleepAnswers+`}`))
	if answer.Code != http.StatusOK || strings.Contains(answer.Body.String(), "receipt") {
		t.Errorf("%d: %s", answer.Code, answer.Body)
	}
}

// Two who compare what they were given must find nothing but the result.
func TestNoTwoReceiptsOfAResultCanBeToldToBelongTogether(t *testing.T) {
	handler := fixture(t)
	for count := 1; count <= maxReceipts; count++ {
		seen := make(map[string]bool)
		var first map[string]any
		for i, made := range scoredWithReceipts(t, handler, sleepAnswers, count) {
			payload := payloadOf(t, made.JWS)
			for _, own := range []string{made.Nonce, strings.Split(made.JWS, ".")[2], payload["ac"].(string)} {
				if seen[own] {
					t.Errorf("of %d receipts, number %d has %.20s… of another", count, i+1, own)
				}
				seen[own] = true
			}
			verdict := said[ReceiptVerdict](t, ask(t, handler, verifyCall(`{"jws":"`+made.JWS+`","nonce":"`+made.Nonce+`","answers":`+sleepAnswers+`}`)))
			if !verdict.Valid || verdict.Matches == nil || !*verdict.Matches {
				t.Errorf("of %d receipts, number %d is not confirmed: %+v", count, i+1, verdict)
			}
			delete(payload, "ac")
			if i == 0 {
				first = payload
			} else if diff := cmp.Diff(first, payload); diff != "" {
				t.Errorf("they differ in more than the commitment:\n%s", diff)
			}
		}
	}
}

func TestHowManyReceiptsIsReadStrictly(t *testing.T) {
	handler := fixture(t)
	for asked, kind := range map[string]Slug{
		"0": OutOfBounds, "5": OutOfBounds, "-1": OutOfBounds, "1e9": OutOfBounds, "1.5": WrongKind, "true": WrongKind, `"` + canary + `"`: WrongKind, "null": WrongKind,
	} {
		answer := ask(t, handler, scoreCall(`{"language":"en","receipts":`+asked+`,"answers":`+sleepAnswers+`}`))
		problem := said[Problem](t, answer)
		if answer.Code != http.StatusUnprocessableEntity || len(problem.Errors) != 1 || problem.Errors[0].Pointer != "/receipts" ||
			!strings.HasSuffix(problem.Errors[0].Type, string(kind)) || !strings.Contains(problem.Errors[0].Message, "from 1 to 4") {
			t.Errorf("%s: %d %s", asked, answer.Code, answer.Body)
		}
	}
}

func TestAnswersAreComparedWithThoseScored(t *testing.T) {
	handler := fixture(t)
	made := scoredWithReceipt(t, handler, sleepAnswers)
	for answers, match := range map[string]bool{
		sleepAnswers: true,
		`{"school":0.0,"tired":1,"hours":7,"late":2,"where":[1,2],"skipped":null}`: true,
		`{"late":1,"hours":7,"where":[2,1],"tired":1,"school":0}`:                  false,
		`{}`: false,
	} {
		answer := ask(t, handler, verifyCall(`{"jws":"`+made.JWS+`","nonce":"`+made.Nonce+`","answers":`+answers+`}`))
		verdict := said[ReceiptVerdict](t, answer)
		if verdict.Matches == nil || *verdict.Matches != match || !verdict.Valid {
			t.Errorf("%s: %d %s", answers, answer.Code, answer.Body)
		}
	}
}

func TestQuestionsAboutReceiptsAreReadStrictly(t *testing.T) {
	handler := fixture(t)
	made := scoredWithReceipt(t, handler, sleepAnswers)
	for _, test := range []struct {
		name, body string
		status     int
	}{
		{"no receipt", `{}`, 422},
		{"answers without a nonce", `{"jws":"` + made.JWS + `","answers":{}}`, 422},
		{"a nonce without answers", `{"jws":"` + made.JWS + `","nonce":"` + made.Nonce + `"}`, 422},
		{"a short nonce", `{"jws":"` + made.JWS + `","nonce":"AAAA","answers":{}}`, 422},
		{"an answer that is none", `{"jws":"` + made.JWS + `","nonce":"` + made.Nonce + `","answers":{"late":{"` + canary + `":1}}}`, 422},
		{"an unknown field", `{"jws":"a.b.c","` + canary + `":1}`, 422},
		{"too much", `{"jws":"` + strings.Repeat("a", maxBody) + `"}`, 413},
		{"another's", `{"jws":"a.b.c"}`, 200},
	} {
		answer := ask(t, handler, verifyCall(test.body))
		if answer.Code != test.status || test.status == 422 && test.name != "an unknown field" && strings.Contains(answer.Body.String(), canary) {
			t.Errorf("%s: %d %s", test.name, answer.Code, answer.Body)
		}
		if test.status == 200 && strings.TrimSpace(answer.Body.String()) != `{"valid":false}` {
			t.Errorf("%s: %s", test.name, answer.Body)
		}
	}
}

func TestThePublicKeysCheckReceiptsAndNothingElse(t *testing.T) {
	house := newHouse(t)
	answer := ask(t, house, call{address: "/.well-known/jwks.json"})
	keys := said[receipt.JWKS](t, answer)
	if answer.Code != http.StatusOK || answer.Header().Get("Cache-Control") != "public, max-age=3600" || len(keys.Keys) != 1 {
		t.Fatalf("%d %v: %s", answer.Code, answer.Header(), answer.Body)
	}
	if strings.Contains(answer.Body.String(), `"d"`) {
		t.Error("a private key is published")
	}
	if made := scoredWithReceipt(t, house, sleepAnswers); headerOf(t, made.JWS)["kid"] != keys.Keys[0].ID {
		t.Error("receipts are signed with another key")
	}
	if headerOf(t, house.newVault(t).token)["kid"] == keys.Keys[0].ID {
		t.Error("the key of access tokens is published")
	}
}
