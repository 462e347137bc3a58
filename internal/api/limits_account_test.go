package api

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"predah/internal/account/accounttest"
	"predah/internal/limit"
	"predah/internal/limit/redistest"
)

// TestAStrangerWhoGuessesPasswordsKeepsNobodyOut: attempts are counted for an address and an
// account together.
func TestAStrangerWhoGuessesPasswordsKeepsNobodyOut(t *testing.T) {
	h := newHouse(t, func(h *house, c *Config) {
		c.Limits, c.TrustedProxies = limit.New(limit.Config{Factor: 1, Now: h.Clock.Now}), []string{"192.0.2.1"}
	})
	d := h.newDesk(t, "ana")
	attempt := func(from, email string, auth []byte) int {
		body := `{"email":"` + email + `","auth":"` + base64url(auth) + `","code":"` + d.Code(t, h.Clock.Now()) + `"}`
		answer := ask(t, h, call{method: "POST", address: "/api/v1/sessions", body: body, header: map[string]string{"X-Forwarded-For": from}})
		if answer.Code == http.StatusTooManyRequests && !strings.HasPrefix(answer.Header().Get("RateLimit"), `"sign-in-attempt";r=0;t=`) {
			t.Errorf("refused with %v", answer.Header())
		}
		return answer.Code
	}
	wrong := accounttest.NewAuth()
	for i := range attemptRule.Calls {
		if got := attempt("203.0.113.1", string(d.Email), wrong[:]); got != http.StatusUnauthorized {
			t.Fatalf("attempt %d: %d", i+1, got)
		}
	}
	for _, email := range []string{string(d.Email), strings.ToUpper(string(d.Email))} {
		if got := attempt("203.0.113.1", email, wrong[:]); got != http.StatusTooManyRequests {
			t.Errorf("the stranger goes on as %s: %d", email, got)
		}
	}
	if got := attempt("203.0.113.1", "nobody@example.org", wrong[:]); got != http.StatusUnauthorized {
		t.Errorf("another account is slowed as well: %d", got)
	}
	h.Clock.Move(30 * time.Second)
	if got := attempt("203.0.113.2", string(d.Email), d.Auth[:]); got != http.StatusOK {
		t.Errorf("the counsellor is kept out: %d", got)
	}
}

func TestOneAccountDoesNotCallFromManyAddresses(t *testing.T) {
	h := newHouse(t, func(h *house, c *Config) {
		c.Limits, c.TrustedProxies = limit.New(limit.Config{Factor: 1, Now: h.Clock.Now}), []string{"192.0.2.1"}
	})
	d, other := h.newDesk(t, "ana"), h.newDesk(t, "other")
	from := func(d *desk, address string) int {
		c := call{address: "/api/v1/me", header: map[string]string{"X-Forwarded-For": address}}.with(d.token)
		return ask(t, h, c).Code
	}
	for i := range oneAccountRule.Calls {
		if got := from(d, "203.0.113."+string(rune('1'+i%9))); got != http.StatusOK {
			t.Fatalf("call %d: %d", i+1, got)
		}
	}
	if got := from(d, "203.0.113.200"); got != http.StatusTooManyRequests {
		t.Errorf("one more: %d", got)
	}
	if got := from(other, "203.0.113.200"); got != http.StatusOK {
		t.Errorf("another account: %d", got)
	}
}

func TestReadinessSaysThatLimitsAreNotShared(t *testing.T) {
	server := redistest.Start(t)
	handler := fixture(t, func(c *Config) {
		shared, err := limit.NewShared(limit.SharedConfig{Address: server.Address(), Key: func(string) (key [32]byte) { return key }, AnswerLimit: time.Minute, Now: c.Now})
		if err != nil {
			t.Fatal(err)
		}
		c.Limits = limit.New(limit.Config{Factor: 1, Now: c.Now, Shared: shared})
		t.Cleanup(func() { _ = c.Limits.Close() })
	})
	part := func() string {
		answer := ask(t, handler, call{address: "/readyz"})
		status(t, "ready", answer, http.StatusOK, "")
		for _, part := range said[Readiness](t, answer).Parts {
			if part.Name == "limits" {
				return part.Status
			}
		}
		return "missing"
	}
	if got := part(); got != "ok" {
		t.Errorf("with the server: %s", got)
	}
	server.Kill(t)
	if got := part(); got != "degraded" {
		t.Errorf("without it: %s", got)
	}
	server.Restart(t)
	if got := part(); got != "ok" {
		t.Errorf("with it again: %s", got)
	}
}
