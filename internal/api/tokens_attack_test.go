package api

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"predah/internal/questionnaire"
	"predah/internal/receipt"
	"predah/internal/token"
)

// headerOf reads the header of a JWS.
func headerOf(t testing.TB, jws string) map[string]any { return partOf(t, jws, 0) }

// payloadOf reads what a JWS says.
func payloadOf(t testing.TB, jws string) map[string]any { return partOf(t, jws, 1) }

// partOf reads one of the two parts of a JWS that are JSON.
func partOf(t testing.TB, jws string, part int) map[string]any {
	t.Helper()
	content, err := base64.RawURLEncoding.DecodeString(strings.Split(jws, ".")[part])
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(content, &fields); err != nil {
		t.Fatal(err)
	}
	return fields
}

// Attack 1: whoever has the receipt alone tries every way to answer.
func TestAttack01AReceiptDoesNotGiveTheAnswersAway(t *testing.T) {
	handler := fixture(t)
	const answers = `{"late":2,"hours":7,"where":[1,2],"tired":1,"school":0}`
	made := scoredWithReceipt(t, handler, answers)
	var payload struct {
		Commitment string `json:"ac"`
	}
	content, err := base64.RawURLEncoding.DecodeString(strings.Split(made.JWS, ".")[1])
	if err == nil {
		err = json.Unmarshal(content, &payload)
	}
	if err != nil {
		t.Fatal(err)
	}
	nonce, err := base64.RawURLEncoding.DecodeString(made.Nonce)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(content), made.Nonce) {
		t.Error("the receipt carries the nonce")
	}
	tried, without, with := 0, 0, []receipt.Answers(nil)
	for guess := range everyAnswer(sleep().Items) {
		tried++
		if commitsTo(t, payload.Commitment, guess, receipt.Nonce{}) {
			without++
		}
		if commitsTo(t, payload.Commitment, guess, receipt.Nonce(nonce)) {
			with = append(with, maps.Clone(guess))
		}
	}
	if tried != 4*26*4*3*3 || without != 0 || len(with) != 1 {
		t.Fatalf("of %d ways to answer %d match without the nonce, %d with it", tried, without, len(with))
	}
	if found, _ := receipt.Canonical(with[0]); string(found) != `{"hours":7,"late":2,"school":0,"tired":1,"where":[1,2]}` {
		t.Errorf("with the nonce they are %s", found)
	}
}

func commitsTo(t *testing.T, commitment string, answers receipt.Answers, nonce receipt.Nonce) bool {
	t.Helper()
	made, err := receipt.Commitment(nonce, answers)
	if err != nil {
		t.Fatal(err)
	}
	return made == commitment
}

// everyAnswer goes through every way to answer the items, skipping included.
func everyAnswer(items []questionnaire.Item) func(yield func(receipt.Answers) bool) {
	return func(yield func(receipt.Answers) bool) {
		var choose func(place int, chosen receipt.Answers) bool
		choose = func(place int, chosen receipt.Answers) bool {
			if place == len(items) {
				return yield(chosen)
			}
			for _, answer := range answersTo(items[place]) {
				if chosen[items[place].ID] = answer; !choose(place+1, chosen) {
					return false
				}
			}
			delete(chosen, items[place].ID)
			return choose(place+1, chosen)
		}
		choose(0, receipt.Answers{})
	}
}

// answersTo lists the answers to an item.
func answersTo(item questionnaire.Item) (all []questionnaire.Answer) {
	switch item.Kind {
	case questionnaire.Number:
		for n := item.Bounds.Min; n <= item.Bounds.Max; n++ {
			all = append(all, questionnaire.Answer{Number: n})
		}
	case questionnaire.Multiple:
		for set := 1; set < 1<<len(item.Options); set++ {
			var codes []int
			for i, option := range item.Options {
				if set&(1<<i) != 0 {
					codes = append(codes, option.Code)
				}
			}
			all = append(all, questionnaire.Answer{Codes: codes})
		}
	default:
		for _, option := range item.Options {
			all = append(all, questionnaire.Answer{Number: float64(option.Code)})
		}
	}
	return all
}

// bearerHeader presents a token.
func bearerHeader(raw string) map[string]string {
	return map[string]string{"Authorization": "Bearer " + raw}
}

// refusedToken fails unless the answer is a 401 of this kind.
func refusedToken(t *testing.T, house *house, name string, c call, slug Slug) {
	t.Helper()
	answer := ask(t, house, c)
	problem := said[Problem](t, answer)
	if answer.Code != http.StatusUnauthorized || answer.Header().Get("WWW-Authenticate") != "Bearer" || problem.Type != slug.path() {
		t.Errorf("%s: %d %v %s", name, answer.Code, answer.Header(), answer.Body)
	}
}

// Attack 2: a receipt where an access token belongs, and the other way round.
func TestAttack02ReceiptsAndAccessTokensDoNotStandInForEachOther(t *testing.T) {
	house := newHouse(t)
	made, vault := scoredWithReceipt(t, house, sleepAnswers), house.newVault(t)
	refusedToken(t, house, "a receipt", call{address: vault.path, header: bearerHeader(made.JWS)}, Unauthenticated)
	refusedToken(t, house, "a receipt", call{address: "/api/v1/inbox", header: bearerHeader(made.JWS)}, Unauthenticated)
	if answer := ask(t, house, call{address: vault.path, header: bearerHeader(vault.token)}); answer.Code != http.StatusOK {
		t.Errorf("the token itself: %d", answer.Code) // else nothing is proved above
	}
	if answer := ask(t, house, verifyCall(`{"jws":"`+vault.token+`"}`)); strings.TrimSpace(answer.Body.String()) != `{"valid":false}` {
		t.Errorf("an access token: %s", answer.Body)
	}
}

// Attack 3, over HTTP; internal/token has every forged token.
func TestAttack03ForgedTokensAreRefusedOverHTTP(t *testing.T) {
	house := newHouse(t)
	vault := house.newVault(t)
	parts := strings.Split(vault.token, ".")
	none := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"at+jwt","kid":"` + headerOf(t, vault.token)["kid"].(string) + `"}`))
	for name, raw := range map[string]string{
		"alg none":       none + "." + parts[1] + ".",
		"no signature":   parts[0] + "." + parts[1] + ".",
		"padded":         vault.token + "=",
		"too long":       vault.token + strings.Repeat("A", 4<<10),
		"no token":       "",
		"something else": canary,
	} {
		refusedToken(t, house, name, call{address: vault.path, header: bearerHeader(raw)}, Unauthenticated)
	}
	for _, scheme := range []string{"Basic ", "", "Bearer  "} {
		refusedToken(t, house, "scheme "+scheme, call{address: vault.path, header: map[string]string{"Authorization": scheme + vault.token}}, Unauthenticated)
	}
}

// Attack 4: a right token in the wrong place, or too late. That aud, exp and iss must be there is
// tested in internal/token, which alone can sign.
func TestAttack04TokensAreForOneAudienceAndATime(t *testing.T) {
	house := newHouse(t)
	vault := house.newVault(t)
	counsellor, err := house.tokens.Issue(token.Counsellor, token.Claims{Subject: "someone", Session: "one"})
	if err != nil {
		t.Fatal(err)
	}
	refusedToken(t, house, "a vault's token", call{address: "/api/v1/inbox", header: bearerHeader(vault.token)}, Unauthenticated)
	for _, c := range vaultCalls(vault.path) {
		c.header = bearerHeader(counsellor)
		refusedToken(t, house, "a counsellor's token", c, Unauthenticated)
	}
	house.Clock.Move(token.Vault.Life() + 29*time.Second)
	if answer := ask(t, house, call{address: vault.path, header: bearerHeader(vault.token)}); answer.Code != http.StatusOK {
		t.Errorf("29 s after its end: %d", answer.Code)
	}
	house.Clock.Move(2 * time.Second)
	refusedToken(t, house, "31 s after its end", call{address: vault.path, header: bearerHeader(vault.token)}, TokenExpired)
}

// vaultCalls are calls about a vault that need its token.
func vaultCalls(vault string) []call {
	return []call{{address: vault}, {method: http.MethodDelete, address: vault}, {address: vault + "/records"}, {address: vault + "/grants"}, {address: vault + "/accesses"}}
}
