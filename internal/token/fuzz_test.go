package token_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"predah/internal/secrets"
	"predah/internal/token"
)

// FuzzVerify: a text is a token only if it was issued here, for that audience.
func FuzzVerify(f *testing.F) {
	now := func() time.Time { return time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC) }
	keys, err := secrets.Open(filepath.Join(f.TempDir(), "secrets"), now)
	if err != nil {
		f.Fatal(err)
	}
	service := token.New(keys, issuer, now)
	issued, err := service.Issue(token.Vault, token.Claims{Subject: "someone", Session: "life"})
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{issued, issued + ".", issued[1:], "eyJhbGciOiJub25lIn0.e30.", "a.b.c", "..", "", "\x00", "eyJhbGciOiJFZERTQSIsImNyaXQiOlsiYiJdfQ.e30.c2ln"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, audience := range []token.Audience{token.Vault, token.Counsellor} {
			claims, err := service.Verify(audience, raw)
			switch {
			case err == nil && (raw != issued || audience != token.Vault):
				t.Errorf("%q is read as %+v", raw, claims)
			case err != nil && !errors.Is(err, token.ErrInvalid) && !errors.Is(err, token.ErrExpired):
				t.Errorf("%q: %v", raw, err)
			}
		}
	})
}
