package receipt_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/receipt"
	"predah/internal/secrets"
)

// evening is late enough that only the day may be seen of it.
var evening = time.Date(2026, 11, 24, 19, 37, 21, 0, time.UTC)

func newService(t *testing.T) (*receipt.Service, *secrets.Folder) {
	t.Helper()
	now := func() time.Time { return evening }
	keys, err := secrets.Open(t.TempDir(), now)
	if err != nil {
		t.Fatal(err)
	}
	return receipt.New(keys, "https://predah.example"), keys
}

// statement says everything that a receipt can say.
func statement() receipt.Statement {
	return receipt.Statement{
		Day:           evening,
		Questionnaire: receipt.Questionnaire{ID: "sleep", Version: "1.2.0", Hash: "h1:abc="},
		Scores:        []receipt.Score{{ID: "night", Value: new(1.5)}, {ID: "places"}},
		Criteria:      []questionnaire.CriterionID{"often-late"},
		Band:          "talk", BandSets: []receipt.BandSet{{ID: "impact", Band: "high"}, {ID: "people"}},
		Flags: []string{"worn-out"},
	}
}

func answers() receipt.Answers {
	return receipt.Answers{
		"late": {Number: 2}, "where": {Codes: []int{2, 1}}, "hours": {Number: 7.25},
		"bed-time": {Number: 1395, Form: questionnaire.Clock}, "since": {Number: 20000, Form: questionnaire.Day},
	}
}

func issue(t *testing.T, s *receipt.Service) receipt.Receipt {
	t.Helper()
	issued, err := s.Issue(statement(), answers())
	if err != nil {
		t.Fatal(err)
	}
	return issued
}

func TestAReceiptSaysWhatWasScoredAndTheDay(t *testing.T) {
	service, _ := newService(t)
	issued := issue(t, service)
	got, err := service.Verify(issued.JWS)
	if err != nil {
		t.Fatal(err)
	}
	want := statement()
	want.Day, want.Answers = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), got.Answers
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheDayOfAReceiptIsThatOfItsZone(t *testing.T) {
	service, _ := newService(t)
	said := statement()
	said.Day = time.Date(2026, 11, 24, 23, 10, 0, 0, time.UTC).In(time.FixedZone("CET", 60*60))
	issued, err := service.Issue(said, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := service.Verify(issued.JWS)
	if want := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC); err != nil || !got.Day.Equal(want) {
		t.Errorf("the day is %s, not %s: %v", got.Day, want, err)
	}
}

func TestAReceiptHasNothingThatCouldBeTraced(t *testing.T) {
	service, _ := newService(t)
	payload := parts(t, issue(t, service).JWS)[1]
	var fields map[string]any
	if err := json.Unmarshal(payload, &fields); err != nil {
		t.Fatal(err)
	}
	known := []string{"v", "iss", "iat", "questionnaire", "scores", "criteria", "band", "band_sets", "flags", "ac"}
	for _, name := range known {
		if _, there := fields[name]; !there {
			t.Errorf("there is no %s", name)
		}
	}
	if len(fields) != len(known) || fields["iat"].(float64) != float64(evening.Truncate(24*time.Hour).Unix()) {
		t.Errorf("%s", payload)
	}
}

// parts are the decoded header and payload.
func parts(t *testing.T, jws string) [2][]byte {
	t.Helper()
	var out [2][]byte
	for i := range out {
		var err error
		if out[i], err = base64.RawURLEncoding.DecodeString(strings.Split(jws, ".")[i]); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestACommitmentIsToTheseAnswersWithThisNonce(t *testing.T) {
	service, _ := newService(t)
	issued := issue(t, service)
	said, err := service.Verify(issued.JWS)
	if err != nil {
		t.Fatal(err)
	}
	reordered := answers()
	reordered["where"] = questionnaire.Answer{Codes: []int{1, 2}}
	for _, same := range []receipt.Answers{answers(), reordered} {
		if !said.CommitsTo(same, issued.Nonce) {
			t.Errorf("%v are not the answers", same)
		}
	}
	other, fewer := answers(), answers()
	other["late"] = questionnaire.Answer{Number: 1}
	delete(fewer, "hours")
	for _, wrong := range []receipt.Answers{other, fewer, nil} {
		if said.CommitsTo(wrong, issued.Nonce) {
			t.Errorf("%v are the answers", wrong)
		}
	}
	if said.CommitsTo(answers(), receipt.NewNonce()) || issue(t, service).Nonce == issued.Nonce {
		t.Error("any nonce will do")
	}
}

func TestAnswersHaveOneCanonicalForm(t *testing.T) {
	got, err := receipt.Canonical(answers())
	want := `{"bed-time":"23:15","hours":7.25,"late":2,"since":"2024-10-04","where":[1,2]}`
	if err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
}

func TestOldReceiptsHoldAfterARotation(t *testing.T) {
	service, keys := newService(t)
	old := issue(t, service)
	first := keys.Signing(secrets.Receipts)
	if _, err := keys.Rotate(secrets.Receipts); err != nil {
		t.Fatal(err)
	}
	if _, err := service.Verify(old.JWS); err != nil {
		t.Error(err)
	}
	set := service.JWKS()
	isFirst := func(key receipt.JWK) bool {
		return key.ID == first.ID && key.X == base64.RawURLEncoding.EncodeToString(first.Public())
	}
	if len(set.Keys) != 2 || !slices.ContainsFunc(set.Keys, isFirst) {
		t.Errorf("%+v", set)
	}
}

// Attack 3, for receipts: those that bring their own algorithm, key or type.
func TestAttack03ReceiptsThatWeDidNotMakeAreRefused(t *testing.T) {
	service, keys := newService(t)
	good := issue(t, service).JWS
	own, access, stranger := keys.Signing(secrets.Receipts), keys.Signing(secrets.Access), secrets.NewSigningKey(evening)
	var said jwt.MapClaims
	if err := json.Unmarshal(parts(t, good)[1], &said); err != nil {
		t.Fatal(err)
	}
	sign := func(method jwt.SigningMethod, key any, header map[string]any) string {
		unsigned := jwt.NewWithClaims(method, said)
		unsigned.Header["typ"], unsigned.Header["kid"] = receipt.MediaType, own.ID
		for name, value := range header {
			unsigned.Header[name] = value
		}
		raw, err := unsigned.SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	eddsa := jwt.SigningMethodEdDSA
	if _, err := service.Verify(sign(eddsa, own.Private, nil)); err != nil {
		t.Fatalf("a receipt as the forger writes it unchanged: %v", err) // else the rest proves nothing
	}
	cut := strings.Split(good, ".")
	attacks := map[string]string{
		"alg none":                   sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nil),
		"HS256 with the public key":  sign(jwt.SigningMethodHS256, []byte(own.Public()), nil),
		"another's key":              sign(eddsa, stranger.Private, nil),
		"an unknown key":             sign(eddsa, stranger.Private, map[string]any{"kid": stranger.ID}),
		"the access tokens' key":     sign(eddsa, access.Private, map[string]any{"kid": access.ID}),
		"an access token's type":     sign(eddsa, own.Private, map[string]any{"typ": "at+jwt"}),
		"jwk":                        sign(eddsa, own.Private, map[string]any{"jwk": map[string]any{"kty": "OKP"}}),
		"crit":                       sign(eddsa, own.Private, map[string]any{"crit": []string{"exp"}}),
		"padded":                     good + "=",
		"a line break behind it":     good + "\n",
		"a line break within":        good[:len(good)-20] + "\r\n" + good[len(good)-20:],
		"a line break in the claims": cut[0] + "." + cut[1][:20] + "\n" + cut[1][20:] + "." + cut[2],
		"cut":                        cut[0] + "." + cut[1] + ".",
		"other scores":               cut[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(parts(t, good)[1]), "1.5", "0.5", 1))) + "." + cut[2],
		"nothing":                    "",
	}
	said["more"] = strings.Repeat("x", receipt.MaxLength)
	attacks["too long"] = sign(eddsa, own.Private, nil)
	delete(said, "more")
	said["v"] = 2
	attacks["another format"] = sign(eddsa, own.Private, nil)
	for name, jws := range attacks {
		if _, err := service.Verify(jws); !errors.Is(err, receipt.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
