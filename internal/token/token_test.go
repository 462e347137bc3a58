package token_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"predah/internal/secrets"
	"predah/internal/token"
)

const issuer = "https://predah.example"

// clock is a clock that stands still until it is moved.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

// setting is a service with the keys it signs with.
type setting struct {
	*token.Service
	keys  *secrets.Folder
	clock *clock
}

func newSetting(t *testing.T) setting {
	t.Helper()
	clock := &clock{time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)}
	keys, err := secrets.Open(t.TempDir(), clock.now)
	if err != nil {
		t.Fatal(err)
	}
	return setting{token.New(keys, issuer, clock.now), keys, clock}
}

func (s setting) issue(t *testing.T, audience token.Audience) string {
	t.Helper()
	raw, err := s.Issue(audience, token.Claims{Subject: "someone", Session: "life"})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// forge is a token that one could try with: ours, changed.
type forge struct {
	header map[string]any // nil values remove
	claims map[string]any
	method jwt.SigningMethod
	key    any
}

// sign writes the token.
func (s setting) sign(t *testing.T, f forge) string {
	t.Helper()
	signing, now := s.keys.Signing(secrets.Access), s.clock.now()
	if f.method == nil {
		f.method, f.key = jwt.SigningMethodEdDSA, signing.Private
	}
	claims := jwt.MapClaims{
		"iss": issuer, "aud": "predah:counsellor", "sub": "someone", "sid": "life", "jti": "one",
		"iat": now.Unix(), "exp": now.Add(10 * time.Minute).Unix(),
	}
	unsigned := jwt.NewWithClaims(f.method, claims)
	unsigned.Header["typ"], unsigned.Header["kid"] = "at+jwt", signing.ID
	change(unsigned.Header, f.header)
	change(claims, f.claims)
	raw, err := unsigned.SignedString(f.key)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func change(in, by map[string]any) {
	for name, value := range by {
		in[name] = value
		if value == nil {
			delete(in, name)
		}
	}
}

func TestATokenSaysWhoCalls(t *testing.T) {
	s := newSetting(t)
	for _, audience := range []token.Audience{token.Vault, token.Counsellor} {
		got, err := s.Verify(audience, s.issue(t, audience))
		if want := (token.Claims{Subject: "someone", Session: "life"}); err != nil || got != want {
			t.Errorf("%s: %v, %v", audience, got, err)
		}
	}
	if _, err := s.Verify(token.Counsellor, s.sign(t, forge{})); err != nil {
		t.Errorf("a token as the forger writes it unchanged: %v", err) // else the tests below prove nothing
	}
}

// Attack 3: tokens that bring their own algorithm, key or type.
func TestAttack03TokensThatWeDidNotMakeAreRefused(t *testing.T) {
	s := newSetting(t)
	signing, receipt := s.keys.Signing(secrets.Access), s.keys.Signing(secrets.Receipts)
	stranger := secrets.NewSigningKey(s.clock.now())
	good := s.sign(t, forge{})
	parts := strings.Split(good, ".")
	header := func(fields map[string]any) string { return s.sign(t, forge{header: fields}) }
	attacks := map[string]string{
		"alg none":                   s.sign(t, forge{method: jwt.SigningMethodNone, key: jwt.UnsafeAllowNoneSignatureType}),
		"HS256 with the public key":  s.sign(t, forge{method: jwt.SigningMethodHS256, key: []byte(signing.Public())}),
		"another's key":              s.sign(t, forge{method: jwt.SigningMethodEdDSA, key: stranger.Private}),
		"the receipts' key":          s.sign(t, forge{method: jwt.SigningMethodEdDSA, key: receipt.Private, header: map[string]any{"kid": receipt.ID}}),
		"jwk in the header":          s.sign(t, forge{method: jwt.SigningMethodEdDSA, key: stranger.Private, header: map[string]any{"jwk": jwk(stranger.Public())}}),
		"jwk beside the right key":   header(map[string]any{"jwk": jwk(signing.Public())}),
		"jku":                        header(map[string]any{"jku": "https://predah.example/keys"}),
		"x5u":                        header(map[string]any{"x5u": "https://predah.example/keys"}),
		"crit":                       header(map[string]any{"crit": []string{"exp"}}),
		"unknown kid":                header(map[string]any{"kid": stranger.ID}),
		"kid that is no text":        header(map[string]any{"kid": 1}),
		"no kid":                     header(map[string]any{"kid": nil}),
		"type of a receipt":          header(map[string]any{"typ": "predah-receipt+jws"}),
		"type JWT":                   header(map[string]any{"typ": "JWT"}),
		"no type":                    header(map[string]any{"typ": nil}),
		"longer than 4 KiB":          s.sign(t, forge{claims: map[string]any{"more": strings.Repeat("x", 4<<10)}}),
		"padded base64":              good + "==",
		"base64 with stray bits":     parts[0] + "." + parts[1] + "." + strayBits(t, parts[2]),
		"another claim":              parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"other"}`)) + "." + parts[2],
		"no signature":               parts[0] + "." + parts[1] + ".",
		"nothing":                    "",
		"not a token":                "Bearer",
		"a space in it":              " " + good,
		"signature cut off":          good[:len(good)-4],
		"another installation":       s.sign(t, forge{claims: map[string]any{"iss": "https://other.example"}}),
		"no subject":                 s.sign(t, forge{claims: map[string]any{"sub": nil}}),
		"no session":                 s.sign(t, forge{claims: map[string]any{"sid": nil}}),
		"a vault's life as its life": s.sign(t, forge{claims: map[string]any{"sid": nil, "epoch": "life"}}),
	}
	for name, raw := range attacks {
		if _, err := s.Verify(token.Counsellor, raw); !errors.Is(err, token.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// strayBits writes the same signature with bits that no encoder sets.
func strayBits(t *testing.T, part string) string {
	t.Helper()
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(alphabet, part[len(part)-1])
	stray := part[:len(part)-1] + string(alphabet[last|1])
	if stray == part {
		t.Fatal("the signature has no stray bits")
	}
	return stray
}

func jwk(public ed25519.PublicKey) map[string]string {
	return map[string]string{"kty": "OKP", "crv": "Ed25519", "x": base64.RawURLEncoding.EncodeToString(public)}
}

// Attack 4: tokens for someone else, without an end, or past it.
func TestAttack04TokensAreForOneAudienceAndOneTime(t *testing.T) {
	s := newSetting(t)
	if _, err := s.Verify(token.Counsellor, s.issue(t, token.Vault)); !errors.Is(err, token.ErrInvalid) {
		t.Errorf("a vault's token for a counsellor: %v", err)
	}
	if _, err := s.Verify(token.Vault, s.issue(t, token.Counsellor)); !errors.Is(err, token.ErrInvalid) {
		t.Errorf("a counsellor's token for a vault: %v", err)
	}
	for _, claim := range []string{"aud", "exp", "iss"} {
		if _, err := s.Verify(token.Counsellor, s.sign(t, forge{claims: map[string]any{claim: nil}})); !errors.Is(err, token.ErrInvalid) {
			t.Errorf("without %s: %v", claim, err)
		}
	}
	at := func(claim string, after time.Duration) string {
		return s.sign(t, forge{claims: map[string]any{claim: s.clock.now().Add(after).Unix()}})
	}
	tests := []struct {
		name, raw string
		want      error
	}{
		{"ended 29 s ago", at("exp", -29*time.Second), nil},
		{"ended 31 s ago", at("exp", -31*time.Second), token.ErrExpired},
		{"issued in 29 s", at("iat", 29*time.Second), nil},
		{"issued in 31 s", at("iat", 31*time.Second), token.ErrInvalid},
		{"ended, and for someone else", s.sign(t, forge{claims: map[string]any{"exp": s.clock.now().Add(-time.Hour).Unix(), "aud": "predah:vault"}}), token.ErrInvalid},
	}
	for _, test := range tests {
		if _, err := s.Verify(token.Counsellor, test.raw); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestTokensOfBothKeysAreGoodWhileOneReplacesTheOther(t *testing.T) {
	s := newSetting(t)
	before := s.issue(t, token.Vault)
	s.clock.Time = s.clock.Add(time.Minute)
	if _, err := s.keys.Rotate(secrets.Access); err != nil {
		t.Fatal(err)
	}
	s.clock.Time = s.clock.Add(secrets.Settling)
	after := s.issue(t, token.Vault)
	if kid(t, before) == kid(t, after) {
		t.Fatal("the new key does not sign")
	}
	for _, raw := range []string{before, after} {
		if _, err := s.Verify(token.Vault, raw); err != nil {
			t.Error(err)
		}
	}
}

func kid(t *testing.T, raw string) string {
	t.Helper()
	header, err := base64.RawURLEncoding.DecodeString(strings.Split(raw, ".")[0])
	var fields struct{ Kid string }
	if err := errors.Join(err, json.Unmarshal(header, &fields)); err != nil {
		t.Fatal(err)
	}
	return fields.Kid
}
