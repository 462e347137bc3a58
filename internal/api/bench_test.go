package api

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		fixture(b)
	}
}

func BenchmarkScore(b *testing.B) {
	handler := fixture(b, func(c *Config) { c.Logger = slog.New(slog.NewTextHandler(devNull(b), nil)) })
	const body = `{"version":"1.2.0","subject":{"age":15},"answers":{"late":2,"hours":7,"where":[1,2],"tired":1,"school":1}}`
	b.ReportAllocs()
	for b.Loop() {
		request := httptest.NewRequest(http.MethodPost, "/api/v1/questionnaires/sleep/score", strings.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		w := &silent{header: http.Header{}}
		handler.ServeHTTP(w, request)
		if w.status != 0 && w.status != 200 {
			b.Fatal(w.status)
		}
	}
}

func BenchmarkPrepared(b *testing.B) {
	handler := fixture(b, func(c *Config) { c.Logger = slog.New(slog.NewTextHandler(devNull(b), nil)) })
	request := httptest.NewRequest(http.MethodGet, "/api/v1/questionnaires/sleep", nil)
	b.ReportAllocs()
	for b.Loop() {
		handler.ServeHTTP(&silent{header: http.Header{}}, request)
	}
}

// silent is a response writer that keeps nothing.
type silent struct {
	header http.Header
	status int
}

func (s *silent) Header() http.Header            { return s.header }
func (s *silent) WriteHeader(status int)         { s.status = status }
func (s *silent) Write(body []byte) (int, error) { return len(body), nil }

// devNull is a file to log to, so that writing a line costs what it does in earnest.
func devNull(b *testing.B) *os.File {
	file, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		b.Fatal(err)
	}
	return file
}
