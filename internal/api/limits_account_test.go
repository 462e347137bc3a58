package api

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/limit"
	"predah/internal/limit/redistest"
)

// onOneNetwork is a counsellor and a stranger behind one address, and what each gets who signs in.
func onOneNetwork(t *testing.T) (h *house, d *desk, attempt func(from, email string, auth []byte, code, cookie string) int) {
	t.Helper()
	h = newHouse(t, func(h *house, c *Config) {
		c.Limits, c.TrustedProxies = limit.New(limit.Config{Factor: 1, Now: h.Clock.Now}), []string{"192.0.2.1"}
	})
	attempt = func(from, email string, auth []byte, code, cookie string) int {
		t.Helper()
		body := `{"email":"` + email + `","auth":"` + base64url(auth) + `","code":"` + code + `"}`
		header := map[string]string{"X-Forwarded-For": from}
		if cookie != "" {
			header["Cookie"] = refreshCookie + "=" + cookie
		}
		return ask(t, h, call{method: "POST", address: "/api/v1/sessions", body: body, header: header}).Code
	}
	return h, h.newDesk(t, "ana"), attempt
}

const school, home = "203.0.113.1", "203.0.113.2"

// TestAttack19AStrangerOnTheSameNetworkLocksNobodyOut: what fails is counted for an address and an
// account together. A browser in which the counsellor signed in before, and recovery codes, pass.
func TestAttack19AStrangerOnTheSameNetworkLocksNobodyOut(t *testing.T) {
	h, d, attempt := onOneNetwork(t)
	before, err := h.Service.SignIn(t.Context(), d.Email, h.Proof(t, d.Counsellor))
	if err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(24 * time.Hour) // it has ended by itself
	out, err := h.Service.SignIn(t.Context(), d.Email, h.Proof(t, d.Counsellor))
	if err = errors.Join(err, h.Service.SignOut(t.Context(), out.Refresh)); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(30 * time.Second)
	code := func() string { return d.Code(t, h.Clock.Now()) }
	wrong := accounttest.NewAuth()
	for i := range attemptRule.Calls {
		if got := attempt(school, string(d.Email), wrong[:], "123456", ""); got != http.StatusUnauthorized {
			t.Fatalf("attempt %d: %d", i+1, got)
		}
	}
	for _, email := range []string{string(d.Email), strings.ToUpper(string(d.Email))} {
		for name, cookie := range map[string]string{"no cookie": "", "an odd cookie": "x", "a cookie of nobody": account.Token{}.Text(), "one that signed out": out.Refresh.Text()} {
			if got := attempt(school, email, d.Auth[:], code(), cookie); got != http.StatusTooManyRequests {
				t.Errorf("the stranger goes on as %s with %s: %d", email, name, got)
			}
		}
	}
	if got := attempt(school, "nobody@example.org", wrong[:], "123456", ""); got != http.StatusUnauthorized {
		t.Errorf("another account is slowed as well: %d", got)
	}
	if got := attempt(home, string(d.Email), d.Auth[:], code(), ""); got != http.StatusOK {
		t.Errorf("the counsellor is kept out at home: %d", got)
	}
	h.Clock.Move(30 * time.Second)
	if got := attempt(school, string(d.Email), d.Auth[:], code(), before.Refresh.Text()); got != http.StatusOK {
		t.Errorf("the counsellor is kept out of a browser that is known: %d", got)
	}
	if got := attempt(school, string(d.Email), d.Auth[:], d.RecoveryCodes[0], ""); got != http.StatusOK {
		t.Errorf("the counsellor is kept out with a recovery code: %d", got)
	}
	for range knownRule.Calls {
		attempt(school, string(d.Email), wrong[:], "123456", before.Refresh.Text())
	}
	if got := attempt(school, string(d.Email), wrong[:], "123456", before.Refresh.Text()); got != http.StatusTooManyRequests {
		t.Errorf("who has a stolen cookie guesses without end: %d", got)
	}
	h.Clock.Move(30 * 24 * time.Hour)
	if _, err := h.Service.Before(t.Context(), before.Refresh); !errors.Is(err, account.ErrUnauthenticated) {
		t.Errorf("a browser is known for more than 30 days: %v", err)
	}
}

// TestSigningInIsNotCounted: only what fails is.
func TestSigningInIsNotCounted(t *testing.T) {
	h, d, attempt := onOneNetwork(t)
	for i := range 3 * attemptRule.Calls {
		if got := attempt(school, string(d.Email), d.Auth[:], d.Code(t, h.Clock.Now()), ""); got != http.StatusOK {
			t.Fatalf("sign-in %d: %d", i+1, got)
		}
		h.Clock.Move(30 * time.Second)
	}
}

// TestAttack21AFloodFromTheSameNetworkKeepsNoKnownBrowserOut: neither from asking for the salt nor
// from signing in.
func TestAttack21AFloodFromTheSameNetworkKeepsNoKnownBrowserOut(t *testing.T) {
	h, d, attempt := onOneNetwork(t)
	before, err := h.Service.SignIn(t.Context(), d.Email, h.Proof(t, d.Counsellor))
	if err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(30 * time.Second)
	start := func(cookie string) int {
		header := map[string]string{"X-Forwarded-For": school, "Cookie": refreshCookie + "=" + cookie}
		return ask(t, h, call{method: "POST", address: "/api/v1/sessions/start", body: `{"email":"` + string(d.Email) + `"}`, header: header}).Code
	}
	for start("") != http.StatusTooManyRequests {
	}
	if got := attempt(school, string(d.Email), d.Auth[:], d.Code(t, h.Clock.Now()), ""); got != http.StatusTooManyRequests {
		t.Errorf("the flood goes on: %d", got)
	}
	if got := start(before.Refresh.Text()); got != http.StatusOK {
		t.Errorf("a known browser gets no salt: %d", got)
	}
	if got := attempt(school, string(d.Email), d.Auth[:], d.Code(t, h.Clock.Now()), before.Refresh.Text()); got != http.StatusOK {
		t.Errorf("a known browser is kept out: %d", got)
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
