package token_test

import (
	"errors"
	"testing"
	"time"

	"predah/internal/jws"
	"predah/internal/secrets"
	"predah/internal/token"
)

// losing are keys that can be lost, as after a leak.
type losing struct {
	jws.Keys
	lost bool
}

func (l *losing) Key(purpose secrets.Purpose, id string) (secrets.SigningKey, bool) {
	if l.lost {
		return secrets.SigningKey{}, false
	}
	return l.Keys.Key(purpose, id)
}

// A token that was good is remembered, but what it says is looked at each time.
func TestATokenThatWasGoodIsNotGoodForEver(t *testing.T) {
	tests := []struct {
		name     string
		then     func(setting, *losing)
		audience token.Audience
		want     error
	}{
		{"nothing happens", func(setting, *losing) {}, token.Vault, nil},
		{"it ends", func(s setting, _ *losing) { s.clock.Time = s.clock.Add(time.Hour) }, token.Vault, token.ErrExpired},
		{"the clock is set back before it was made", func(s setting, _ *losing) { s.clock.Time = s.clock.Add(-time.Hour) }, token.Vault, token.ErrInvalid},
		{"somebody else gets it", func(setting, *losing) {}, token.Counsellor, token.ErrInvalid},
		{"its key is gone", func(_ setting, keys *losing) { keys.lost = true }, token.Vault, token.ErrInvalid},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSetting(t)
			keys := &losing{Keys: s.keys}
			s.Service = token.New(keys, issuer, s.clock.now)
			raw := s.issue(t, token.Vault)
			if _, err := s.Verify(token.Vault, raw); err != nil {
				t.Fatal(err)
			}
			test.then(s, keys)
			if _, err := s.Verify(test.audience, raw); !errors.Is(err, test.want) {
				t.Errorf("%v, want %v", err, test.want)
			}
		})
	}
}

func BenchmarkVerify(b *testing.B) {
	clock := &clock{time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)}
	keys, err := secrets.Open(b.TempDir(), clock.now)
	if err != nil {
		b.Fatal(err)
	}
	s := token.New(keys, issuer, clock.now)
	raw, err := s.Issue(token.Vault, token.Claims{Subject: "someone", Session: "life"})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Verify(token.Vault, raw); err != nil {
			b.Fatal(err)
		}
	}
}
