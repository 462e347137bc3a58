package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/questionnaires"
)

// wire is a connection by TLS, of which somebody who watches the network counts the bytes.
type wire struct {
	*tls.Conn
	reader *bufio.Reader
	came   *counting
}

// counting counts what is read from the network, encrypted.
type counting struct {
	net.Conn
	read int
}

// Read reads.
func (c *counting) Read(into []byte) (int, error) {
	n, err := c.Conn.Read(into)
	c.read += n
	return n, err
}

// overTLS is the service with its built-in content, and a connection to it that counts.
func overTLS(t *testing.T) (http.Handler, *wire) {
	t.Helper()
	c := serveCommand{dataFlags: dataFlags{Data: t.TempDir()}}
	parts, handler, err := c.prepare(t.Context(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { parts.close() })
	server := httptest.NewUnstartedServer(handler)
	server.TLS = &tls.Config{DynamicRecordSizingDisabled: true} // which depends on what came before
	server.StartTLS()
	t.Cleanup(server.Close)
	plain, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	came := &counting{Conn: plain}
	config := server.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	config.ServerName = "example.com" // in the certificate of httptest
	w := &wire{Conn: tls.Client(came, config), came: came}
	w.reader = bufio.NewReader(w.Conn)
	t.Cleanup(func() { w.Close() })
	w.get(t, "/healthz", "") // the handshake is over
	return handler, w
}

// ask sends a request and returns the body of the answer, and how many encrypted bytes came for it.
func (w *wire) ask(t *testing.T, request string) (body []byte, bytes int) {
	t.Helper()
	before := w.came.read
	if _, err := io.WriteString(w, request); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(w.reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	if body, err = io.ReadAll(answer.Body); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %s %v", request, answer.Status, body, err)
	}
	return body, w.came.read - before
}

func (w *wire) get(t *testing.T, path, coding string) (body []byte, bytes int) {
	t.Helper()
	return w.ask(t, "GET "+path+" HTTP/1.1\r\nHost: predah.test\r\nAccept-Encoding: "+coding+"\r\n\r\n")
}

// sizes are how many bytes came, with what was asked for.
type sizes map[int][]string

// one fails unless all had one size.
func (s sizes) one(t *testing.T, kind string) {
	t.Helper()
	if len(s) != 1 {
		t.Errorf("%s: %d sizes: %v", kind, len(s), s)
	}
}

// isJSON fails unless the body is JSON in a coding.
func isJSON(t *testing.T, what, coding string, body []byte) {
	t.Helper()
	var decoded io.Reader = bytes.NewReader(body)
	var err error
	switch coding {
	case "gzip":
		decoded, err = gzip.NewReader(decoded)
	case "zstd":
		decoded, err = zstd.NewReader(decoded)
	}
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(decoded)
	if err != nil || !json.Valid(plain) {
		t.Errorf("%s as %q is no JSON: %v", what, coding, err)
	}
}

// TestTheSizeOfAnAnswerDoesNotTellWhichCheckItIsAbout counts what a watcher of the network counts.
func TestTheSizeOfAnAnswerDoesNotTellWhichCheckItIsAbout(t *testing.T) {
	_, w := overTLS(t)
	content, err := contentFlags{}.load()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"", "/codebook", "/rules"} {
		for _, coding := range []string{"identity", "gzip", "zstd"} {
			came := make(sizes)
			for _, q := range content.catalogue.Questionnaires {
				for _, language := range questionnaire.Languages() {
					path := fmt.Sprintf("/api/v1/questionnaires/%s%s?lang=%s", q.ID, kind, language)
					body, size := w.get(t, path, coding)
					came[size] = append(came[size], path)
					if kind == "/codebook" {
						isJSON(t, path, "", body) // it is never compressed
					} else {
						isJSON(t, path, coding, body)
					}
				}
			}
			came.one(t, "questionnaires/{id}"+kind+" as "+coding)
		}
	}
	came := make(sizes)
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	read, err := load.Load(load.Options{Schemas: schemas, Roots: []fs.FS{questionnaires.FS}}) // with their examples
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range read.Questionnaires {
		for _, example := range q.Examples {
			for _, receipts := range []int{0, 4} {
				body, size := w.ask(t, scoredExample(t, q, example, receipts))
				came[size] = append(came[size], string(q.ID)+" "+example.Name)
				isJSON(t, string(q.ID), "", body)
			}
		}
	}
	came.one(t, "results")
}

// scoredExample is the request for the result of a worked example with so many receipts.
func scoredExample(t *testing.T, q *questionnaire.Questionnaire, example questionnaire.Example, receipts int) string {
	t.Helper()
	subject := map[string]any{}
	if example.Age != nil {
		subject["age"] = *example.Age
	}
	if example.Sex != "" {
		subject["sex"] = example.Sex
	}
	asked := map[string]any{"answers": example.Answers, "subject": subject}
	if receipts > 0 {
		asked["receipts"] = receipts
	}
	body, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("POST /api/v1/questionnaires/%s/score HTTP/1.1\r\nHost: predah.test\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", q.ID, len(body), body)
}

// TestTheSizeOfAnAreasPageDoesNotTellWhichAreaItIs is of what browsers ask for: compressed. The web app
// has to be built.
func TestTheSizeOfAnAreasPageDoesNotTellWhichAreaItIs(t *testing.T) {
	handler, w := overTLS(t)
	list := httptest.NewRecorder()
	handler.ServeHTTP(list, httptest.NewRequest(http.MethodGet, "/.well-known/predah-build.json", nil))
	var build struct{ Assets []struct{ Address string } }
	if err := json.Unmarshal(list.Body.Bytes(), &build); err != nil {
		t.Fatal(err)
	}
	kinds := make(map[string]sizes)
	for _, asset := range build.Assets {
		folder, rest, ok := cutArea(asset.Address)
		if !ok {
			continue
		}
		_, file, _ := strings.Cut(rest, "/")
		_, size := w.get(t, asset.Address, "br, gzip")
		kind := folder + "*/" + file
		if kinds[kind] == nil {
			kinds[kind] = make(sizes)
		}
		kinds[kind][size] = append(kinds[kind][size], asset.Address)
	}
	if len(kinds) == 0 {
		t.Skip("the web app is not built")
	}
	for kind, came := range kinds {
		came.one(t, kind)
	}
}

// cutArea cuts the folder off what is of an area.
func cutArea(address string) (folder, rest string, ok bool) {
	for _, folder := range []string{"/podrocja/", "/en/areas/"} {
		if rest, ok := strings.CutPrefix(address, folder); ok {
			return folder, rest, true
		}
	}
	return "", "", false
}
