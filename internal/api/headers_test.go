package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
)

func TestEveryAnswerHasTheSecurityHeaders(t *testing.T) {
	handler := fixture(t, withWeb)
	style := "'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='"
	want := map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-hashes' " + style + "; img-src 'self' data:; " +
			"font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
			"require-trusted-types-for 'script'; trusted-types svelte-trusted-html predah-worker",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy":           "camera=(), microphone=(), geolocation=(), payment=(), browsing-topics=()",
		"Referrer-Policy":              "no-referrer",
		"Strict-Transport-Security":    "max-age=63072000; includeSubDomains",
		"X-Content-Type-Options":       "nosniff",
		"Access-Control-Allow-Origin":  "",
		"Server":                       "",
		"Set-Cookie":                   "",
	}
	calls := []call{
		{address: "/"}, {address: "/preveri/"}, {address: "/nikjer"}, {address: "/icon.svg"}, {address: "/_app/immutable/none.js"}, {method: "POST", address: "/"},
		{address: "/api/v1/areas"}, {address: "/api/v1/areas?x=1"}, {address: "/api/v1/questionnaires?age=15"}, {address: "/api/v1/questionnaires/sleep"},
		{address: "/api/v1/questionnaires/none"}, {address: "/api/v1/support"}, scoreCall(`{}`), scoreCall(`{"answers":{"late":0,"hours":7,"tired":0}}`),
		{address: "/api/docs"}, {address: "/api/docs/style.css"}, {address: "/api/docs/problems/internal"}, {address: "/api/docs/problems/none"}, {address: "/api/openapi.json"},
		{address: "/healthz"}, {address: "/readyz"}, {address: "/metrics"}, {method: "OPTIONS", address: "/api/v1/areas", header: map[string]string{"Origin": "https://other.example"}},
		{address: "/api/v1/areas", header: map[string]string{"If-None-Match": "*"}}, {address: "/icon.svg", header: map[string]string{"If-None-Match": "*"}},
		scoreCall(`{"version":"9.9.9","answers":{}}`), scoreCall(strings.Repeat(" ", 64<<10+1)), {method: "POST", address: "/api/v1/questionnaires/sleep/score", header: map[string]string{"Content-Type": "text/plain"}},
		{method: "HEAD", address: "/api/v1/areas"}, {address: "/preveri", header: map[string]string{"Service-Worker": "script"}},
	}
	for _, c := range calls {
		answer := ask(t, handler, c)
		got := make(map[string]string)
		for name := range want {
			got[name] = answer.Header().Get(name)
		}
		if answer.Header().Get("Content-Type") == "text/html; charset=utf-8" && !strings.HasPrefix(c.address, "/api") {
			got["Content-Security-Policy"] = want["Content-Security-Policy"] // pages have their own, tested with them
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.method, c.address, diff)
		}
		if answer.Header().Get("Cache-Control") == "" {
			t.Errorf("%s %s has no Cache-Control", c.method, c.address)
		}
	}
}

func TestServiceWorkersAreRefused(t *testing.T) {
	for _, address := range []string{"/preveri", "/_app/immutable/a.123.js", "/api/v1/areas", "/healthz"} {
		answer := ask(t, fixture(t, withWeb), call{address: address, header: map[string]string{"Service-Worker": "script"}})
		if answer.Code != http.StatusNotFound {
			t.Errorf("%s: %d", address, answer.Code)
		}
	}
}

func TestHealthSaysNothingOfVersions(t *testing.T) {
	handler := fixture(t)
	for address, want := range map[string]string{
		"/healthz": `{"status":"ok"}` + "\n",
		"/readyz":  `{"status":"ok","parts":[{"name":"questionnaires","status":"ok"},{"name":"support","status":"ok"}]}` + "\n",
	} {
		if body := ask(t, handler, call{address: address}).Body.String(); body != want {
			t.Errorf("%s: %s", address, body)
		}
	}
}

func TestReadinessNamesWhatIsLeftOutAndNotWhy(t *testing.T) {
	handler := fixture(t, func(config *Config) { config.LeftOut = []questionnaire.ID{"own-check", "other"} })
	want := `{"status":"ok","parts":[{"name":"questionnaires","status":"degraded","left_out":["own-check","other"]},{"name":"support","status":"ok"}]}` + "\n"
	if body := ask(t, handler, call{address: "/readyz"}).Body.String(); body != want {
		t.Error(body)
	}
}

func TestReadinessAsksTheDatabase(t *testing.T) {
	var down error
	handler := fixture(t, func(c *Config) { c.Ping = func(context.Context) error { return down } })
	for _, step := range []struct {
		err    error
		status int
		want   string
	}{
		{nil, 200, `"status":"ok","parts":[{"name":"questionnaires","status":"ok"},{"name":"support","status":"ok"},{"name":"database","status":"ok"}]`},
		{errors.New("canary"), 503, `"status":"unavailable","parts":[{"name":"questionnaires","status":"ok"},{"name":"support","status":"ok"},{"name":"database","status":"unavailable"}]`},
	} {
		down = step.err
		answer := ask(t, handler, call{address: "/readyz"})
		if want := "{" + step.want + "}\n"; answer.Code != step.status || answer.Body.String() != want {
			t.Errorf("%d %s", answer.Code, answer.Body)
		}
	}
}
