package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// canary is a value that must come back or be written nowhere.
const canary = "c4n4ry"

// canaryNumber is a number that must come back or be written nowhere.
const canaryNumber = "31415926"

// anyValue draws a JSON value with a canary in it.
func anyValue(t *rapid.T) string {
	return rapid.SampledFrom([]string{
		`"` + canary + `"`, canaryNumber, canaryNumber + `.5`, `-` + canaryNumber, canaryNumber + `e300`,
		`["` + canary + `"]`, `[` + canaryNumber + `]`, `[1,` + canaryNumber + `]`, `{"a":"` + canary + `"}`, `{"a b":` + canaryNumber + `}`,
		`true`, `null`, `""`, `[]`, `{}`, canary, `"` + canary, `[[[["` + canary + `"]]]]`,
	}).Draw(t, "value")
}

// anyCall draws a call with canaries wherever a caller can put a value.
func anyCall(t *rapid.T) call {
	ids := []string{"sleep", canary, canary + "%00", "%3C" + canary + "%3E"}
	names := []string{"area", "source", "age", "lang", "need", "channel", "language", "region", "open", "at"}
	query := "?" + rapid.SampledFrom(names).Draw(t, "parameter") + "=" + url.QueryEscape(rapid.SampledFrom([]string{
		canary, canaryNumber, "<" + canary + ">", canary + "\n", "2026-11-23T00:00:00" + canary,
	}).Draw(t, "argument"))
	header := map[string]string{
		"Accept-Language": rapid.SampledFrom([]string{"", "en", canary, "en;q=" + canary}).Draw(t, "languages"),
		"User-Agent":      canary, "Cookie": "a=" + canary, "Authorization": "Bearer " + canary,
		"X-Forwarded-For": "203.0.113.77", "Referer": "https://" + canary + ".example/", "If-None-Match": `"` + canary + `"`,
	}
	if rapid.Bool().Draw(t, "reading") {
		address := rapid.SampledFrom([]string{
			"/api/v1/areas", "/api/v1/questionnaires", "/api/v1/questionnaires/" + ids[1], "/api/v1/questionnaires/sleep", "/api/v1/support",
			"/api/" + canary, "/" + canary, "/en/" + canary + "/", "/api/docs/problems/" + canary, "/healthz",
		}).Draw(t, "address")
		method := rapid.SampledFrom([]string{"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "C4N4RY"}).Draw(t, "method")
		return call{method: method, address: address + query, header: header}
	}
	field := rapid.SampledFrom([]string{"version", "language", "subject", "answers", "receipts"}).Draw(t, "field")
	value := anyValue(t)
	if field == "subject" && rapid.Bool().Draw(t, "deeper") {
		value = `{"` + rapid.SampledFrom([]string{"age", "sex", "name"}).Draw(t, "detail") + `":` + value + `}`
	}
	if field == "answers" && rapid.Bool().Draw(t, "deeper") {
		value = `{"` + rapid.SampledFrom([]string{"late", "hours", "where", "tired", "school", "<" + canary + ">"}).Draw(t, "item") + `":` + value + `}`
	}
	if rapid.Bool().Draw(t, "typed") {
		header["Content-Type"] = "text/" + canary
	}
	return call{
		method: http.MethodPost, address: "/api/v1/questionnaires/" + rapid.SampledFrom(ids).Draw(t, "id") + "/score" + query,
		body: `{"` + field + `":` + value + `}`, header: header,
	}
}

func TestNoAnswerAndNoLogRepeatsWhatWasSent(t *testing.T) {
	logger, written := recording()
	handler := fixture(t, withWeb, func(c *Config) { c.Logger = logger })
	rapid.Check(t, func(rt *rapid.T) {
		c := anyCall(rt)
		answer := ask(t, handler, c)
		if answer.Code >= 500 {
			rt.Errorf("%+v: %d", c, answer.Code)
		}
		said := answer.Body.String()
		for name, values := range answer.Header() {
			said += "\n" + name + ": " + strings.Join(values, "\n")
		}
		for _, secret := range []string{canary, canaryNumber, "203.0.113.77"} {
			if strings.Contains(said, secret) {
				rt.Errorf("%+v is answered with %q: %s", c, secret, said)
			}
		}
	})
	log := strings.ToLower(written.String())
	if !strings.Contains(log, "route=/api/v1/questionnaires/:id/score") || !strings.Contains(log, "duration=") {
		t.Errorf("the log lacks what it should have: %.300s", log)
	}
	for _, secret := range []string{canary, canaryNumber, "203.0.113.77", "192.0.2.1", "sleep"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log has %q", secret)
		}
	}
}

func TestAPanicIsAProblemWithAMarkAndLogsOnlyItsPlace(t *testing.T) {
	logger, written := recording()
	handler := fixture(t, func(c *Config) {
		c.Logger = logger
		c.Now = func() time.Time { panic("c4n4ry") }
	})
	answer := ask(t, handler, scoreCall(`{"answers":{"late":0,"hours":7,"tired":0}}`))
	if answer.Code != http.StatusInternalServerError || strings.Contains(answer.Body.String(), canary) {
		t.Fatalf("%d: %s", answer.Code, answer.Body)
	}
	_, mark, _ := strings.Cut(answer.Body.String(), `"instance":"urn:predah:problem:`)
	mark, _, _ = strings.Cut(mark, `"`)
	log := written.String()
	if len(mark) != 16 || !strings.Contains(log, mark) || !strings.Contains(log, "privacy_test.go") || !strings.Contains(log, "status=500") {
		t.Errorf("mark %q, log %s", mark, log)
	}
	if strings.Contains(log, canary) || strings.Contains(log, "0x") && strings.Contains(log, "({0x") {
		t.Errorf("the log repeats the panic: %s", log)
	}
	if answer.Header().Get("Content-Security-Policy") == "" || answer.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("headers %v", answer.Header())
	}
}
