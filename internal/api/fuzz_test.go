package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"predah/internal/questionnaire"
)

// FuzzBodies: a JSON body is taken or refused, and never takes the service down.
func FuzzBodies(f *testing.F) {
	handler := parcels(f)
	for _, seed := range []string{
		`{"label":"a","sealed":"-_8"}`, `{"label":"a","label":"b"}`, `{"label":"\ud800","sealed":""}`, "\ufeff{}", `{"label":1e999999}`, `{"sealed":"_9"}`, `{"":0}`,
		strings.Repeat(`{"inner":`, 9) + "{}" + strings.Repeat("}", 9), "[", "nul", "\xff", `{"label":` + strings.Repeat("9", 400) + "}", `{"a/b":1,"~":2}`, "{}{}", " ",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		answer := ask(t, handler, call{method: http.MethodPut, address: "/parcel", body: body, header: jsonBody()})
		if answer.Code >= 500 || !json.Valid(answer.Body.Bytes()) {
			t.Errorf("%d: %s", answer.Code, answer.Body)
		}
	})
}

// FuzzAddresses: so is a path with a query, and a language that somebody asks for.
func FuzzAddresses(f *testing.F) {
	handler := fixture(f, func(c *Config) { c.Web = built() })
	for _, seed := range [][3]string{
		{"/api/v1/support", "need=danger-now&at=2026-11-24T09:30:00%2B01:00", "sl"}, {"/api/v1/support", "at=24:00&age=-1&age=2", "en;q=0.9, *;q=0"}, {"/api/v1/questionnaires/sleep", "lang=xx;", ""},
		{"/api/v1/questionnaires/..%2fsleep", "%zz", "\x00"}, {"//api/v1/areas", "", strings.Repeat("a-", 99)}, {"/api/v1/questionnaires/sleep%00", "a;b", "i-klingon"}, {"/%c0%ae%c0%ae/x", "", "und-u-"}, {"/preveri/", "", ""},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, path, query, language string) {
		decoded, err := url.PathUnescape(path)
		if err != nil || !strings.HasPrefix(path, "/") {
			return // net/http refuses it
		}
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.URL = &url.URL{Path: decoded, RawPath: path, RawQuery: query}
		request.Header["Accept-Language"] = []string{language}
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		if answer.Code >= 500 || answer.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%d %v: %s", answer.Code, answer.Header(), answer.Body)
		}
	})
}

// FuzzAcceptLanguage: every header leads to a language that the service speaks.
func FuzzAcceptLanguage(f *testing.F) {
	for _, seed := range []string{"", "sl", "en-GB,en;q=0.8", "*", "sl;q=0", "x-", ";;;", "de-1996-u-co-phonebk", "\xff", strings.Repeat("en,", 66)} {
		f.Add(seed)
	}
	known := newLanguages()
	f.Fuzz(func(t *testing.T, header string) {
		if got := known.accepted(header); !slices.Contains(questionnaire.Languages(), got) {
			t.Errorf("%q leads to %q", header, got)
		}
	})
}
