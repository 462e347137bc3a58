package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// inlineScript is the script that stands in the built pages.
const inlineScript = "\n\t__start = { base: \"\" };\n"

// built is a small web app as the build leaves it.
func built() fstest.MapFS {
	page := func(text string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("<!doctype html><p style=\"display: contents\">" + text + "</p><script>" + inlineScript + "</script><script src=\"/_app/a.js\"></script>")}
	}
	return fstest.MapFS{
		".keep":                       {},
		"index.html":                  page("začetek"),
		"preveri.html":                page("preveri"),
		"preveri.html.br":             {Data: []byte("br")},
		"preveri.html.gz":             {Data: []byte("gz!")},
		"en.html":                     page("start"),
		"en/check/index.html":         page("check"),
		"404.html":                    page("tega ni"),
		"en/404.html":                 page("not here"),
		"robots.txt":                  {Data: []byte("User-agent: *\n")},
		"site.webmanifest":            {Data: []byte("{}")},
		"_app/immutable/a.123.js":     {Data: []byte(`x='<div id="svelte-announcer" aria-live="assertive" style="position: absolute">'`)},
		"_app/immutable/font.1.woff2": {Data: []byte("woff2")},
		"icon.svg":                    {Data: []byte("<svg/>")},
		"podrocja/igre/__data.json":   {Data: []byte(`{"type":"data"}`)},
	}
}

// withWeb adds the small web app to a fixture.
func withWeb(config *Config) { config.Web = built() }

// hashOf is the CSP source of an inline part.
func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func TestWebAppIsServedAtPrettyAddresses(t *testing.T) {
	handler := fixture(t, withWeb)
	tests := []struct {
		address, contentType, cache, text string
		status                            int
	}{
		{"/", "text/html; charset=utf-8", "no-store", "začetek", 200},
		{"/preveri", "text/html; charset=utf-8", "no-store", "preveri", 200},
		{"/en", "text/html; charset=utf-8", "no-store", "start", 200},
		{"/en/check", "text/html; charset=utf-8", "no-store", "check", 200},
		{"/robots.txt", "text/plain; charset=utf-8", "no-store", "User-agent", 200},
		{"/site.webmanifest", "application/manifest+json", "no-store", "{}", 200},
		{"/icon.svg", "image/svg+xml", "no-store", "<svg/>", 200},
		{"/podrocja/igre/__data.json", "application/json", "no-store", "data", 200},
		{"/_app/immutable/a.123.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "announcer", 200},
		{"/_app/immutable/font.1.woff2", "font/woff2", "public, max-age=31536000, immutable", "woff2", 200},
		{"/nikjer", "text/html; charset=utf-8", "no-store", "tega ni", 404},
		{"/en/nowhere", "text/html; charset=utf-8", "no-store", "not here", 404},
		{"/entropy", "text/html; charset=utf-8", "no-store", "tega ni", 404},
		{"/_app/immutable/old.9.js", "text/plain; charset=utf-8", "no-store", "404", 404},
		{"/preveri.html.br", "text/html; charset=utf-8", "no-store", "tega ni", 404},
		{"/.keep", "text/html; charset=utf-8", "no-store", "tega ni", 404},
	}
	for _, test := range tests {
		t.Run(test.address, func(t *testing.T) {
			answer := ask(t, handler, call{address: test.address})
			got := []any{answer.Code, answer.Header().Get("Content-Type"), answer.Header().Get("Cache-Control")}
			if diff := cmp.Diff([]any{test.status, test.contentType, test.cache}, got); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
			if !strings.Contains(answer.Body.String(), test.text) {
				t.Errorf("body %q lacks %q", answer.Body, test.text)
			}
		})
	}
}

func TestWebAppComesInTheSmallestAcceptedCoding(t *testing.T) {
	handler := fixture(t, withWeb)
	for accept, want := range map[string]string{
		"br, gzip":               "br",
		"gzip":                   "gzip",
		"gzip;q=1, br;q=0":       "gzip",
		"br;q=0, *":              "gzip",
		"*":                      "br",
		"":                       "",
		"identity":               "",
		"br;q=0.000, gzip;q=0.0": "",
		"*;q=0":                  "",
		"BR":                     "br",
		"brotli":                 "",
		"gzip;q=x":               "",
	} {
		answer := ask(t, handler, call{address: "/preveri", header: map[string]string{"Accept-Encoding": accept}})
		if got := answer.Header().Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q: got %q, want %q", accept, got, want)
		}
		if want != "" && answer.Body.Len() > 3 {
			t.Errorf("Accept-Encoding %q: got the plain body", accept)
		}
	}
}

func TestSlashAtTheEndLeadsToThePage(t *testing.T) {
	answer := ask(t, fixture(t, withWeb), call{address: "/en/check/?a=1"})
	if answer.Code != http.StatusPermanentRedirect || answer.Header().Get("Location") != "/en/check?a=1" || answer.Body.Len() > 0 {
		t.Errorf("got %d to %q: %s", answer.Code, answer.Header().Get("Location"), answer.Body)
	}
}

func TestPathTricksFindNothing(t *testing.T) {
	handler := fixture(t, withWeb)
	for _, address := range []string{
		"/../go.mod", "/%2e%2e/go.mod", "/..%2fgo.mod", "/en/../preveri", "/en/%2e%2e/preveri", "//preveri", "/./preveri",
		"/preveri%00", "/preveri%00.html", "/\\preveri", "/en%5ccheck", "//evil.example/", "/%2f%2fevil.example/", "/preveri%2f",
	} {
		answer := ask(t, handler, call{address: address})
		if address == "/preveri%2f" { // decodes to the page with a slash, and leads there
			continue
		}
		if answer.Code != http.StatusNotFound {
			t.Errorf("%s: status %d, Location %q", address, answer.Code, answer.Header().Get("Location"))
		}
		if strings.Contains(answer.Body.String(), "evil") || strings.Contains(answer.Body.String(), "go.mod") {
			t.Errorf("%s is said back", address)
		}
	}
}

func TestPagesMayRunTheirOwnInlineScriptsOnly(t *testing.T) {
	handler := fixture(t, withWeb)
	page := ask(t, handler, call{address: "/preveri"}).Header().Get("Content-Security-Policy")
	want := "default-src 'none'; script-src 'self' " + hashOf(inlineScript) + "; style-src 'self'; style-src-attr 'unsafe-hashes' "
	if !strings.HasPrefix(page, want) {
		t.Errorf("policy of a page:\n%s", page)
	}
	for _, style := range []string{"display: contents", "position: absolute"} {
		if !strings.Contains(page, hashOf(style)) {
			t.Errorf("the policy lacks the style %q", style)
		}
	}
	if missing := ask(t, handler, call{address: "/nikjer"}).Header().Get("Content-Security-Policy"); missing != page {
		t.Errorf("policy of the page for what is not there:\n%s", missing)
	}
	if other := ask(t, handler, call{address: "/api/v1/areas"}).Header().Get("Content-Security-Policy"); strings.Contains(other, hashOf(inlineScript)) {
		t.Errorf("policy of an answer of the API allows the page's script:\n%s", other)
	}
}

func TestWebAppThatIsNotBuiltSaysHowToBuildIt(t *testing.T) {
	for _, web := range []fs.FS{nil, fstest.MapFS{}, fstest.MapFS{".keep": {}}} {
		handler := fixture(t, func(c *Config) { c.Web = web })
		answer := ask(t, handler, call{address: "/"})
		if answer.Code != http.StatusServiceUnavailable || !bytes.Contains(answer.Body.Bytes(), []byte("make build")) {
			t.Errorf("got %d: %s", answer.Code, answer.Body)
		}
	}
}

func TestWebAppIsNotSentTwice(t *testing.T) {
	handler := fixture(t, withWeb)
	first := ask(t, handler, call{address: "/robots.txt"})
	again := ask(t, handler, call{address: "/robots.txt", header: map[string]string{"If-None-Match": first.Header().Get("ETag")}})
	if again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		t.Errorf("got %d with %d bytes", again.Code, again.Body.Len())
	}
}
