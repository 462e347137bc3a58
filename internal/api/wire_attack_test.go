package api

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// wire is a server on a socket, which is sent bytes that no client of Go's sends.
type wire struct {
	address string
}

// newWire starts a server with Predah's limits of a connection, changed.
func newWire(t *testing.T, change ...func(*http.Server)) wire {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	handler := newHouse(t, func(_ *house, c *Config) {
		c.Web = fstest.MapFS{"index.html": {Data: []byte("<p>Predah</p>")}, "404.html": {Data: []byte("<p>404</p>")}}
	}).Handler
	server.Config = Server(handler)
	for _, c := range change {
		c(server.Config)
	}
	server.Listener = Refusing(server.Listener, handler)
	server.Start()
	t.Cleanup(server.Close)
	return wire{address: server.Listener.Addr().String()}
}

// send sends bytes and reads answers until the server closes the connection. With hold it is
// the server's turn to give up; else nothing more comes after the bytes.
func (w wire) send(t *testing.T, raw string, hold bool) (answers []*http.Response, bodies []string) {
	t.Helper()
	connection, err := net.Dial("tcp", w.address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	_, _ = io.WriteString(connection, raw) // the server may refuse before it has read all
	if !hold {
		_ = connection.(*net.TCPConn).CloseWrite()
	}
	all, err := io.ReadAll(connection)
	if err != nil && len(all) == 0 && !errors.Is(err, io.EOF) {
		return nil, nil // closed with a reset
	}
	reader := bufio.NewReader(bytes.NewReader(all))
	for {
		answer, err := http.ReadResponse(reader, nil)
		if err != nil {
			return answers, bodies
		}
		body, _ := io.ReadAll(answer.Body)
		answers, bodies = append(answers, answer), append(bodies, string(body))
	}
}

// TestAttackOnTheWireIsRefusedWithoutAnEcho sends what clients do not: each is refused, or the
// connection is closed, and what was sent never comes back.
func TestAttackOnTheWireIsRefusedWithoutAnEcho(t *testing.T) {
	w := newWire(t)
	const score = "/api/v1/questionnaires/sleep/score"
	get := func(target string) string {
		return "GET " + target + " HTTP/1.1\r\nHost: predah.test\r\nConnection: close\r\n\r\n"
	}
	post := func(headers, body string) string {
		return "POST " + score + " HTTP/1.1\r\nHost: predah.test\r\nContent-Type: application/json\r\nConnection: close\r\n" + headers + "\r\n" + body
	}
	for name, raw := range map[string]string{
		"no host":                                "GET /api/v1/areas HTTP/1.1\r\n\r\n",
		"two hosts":                              "GET /api/v1/areas HTTP/1.1\r\nHost: canary\r\nHost: predah.test\r\n\r\n",
		"a host that is none":                    "GET /api/v1/areas HTTP/1.1\r\nHost: canary/<x>\r\n\r\n",
		"obsolete folding":                       "GET /api/v1/canary HTTP/1.1\r\nHost: predah.test\r\nX-A: a\r\n canary: b\r\nConnection: close\r\n\r\n",
		"a space before the colon":               "GET / HTTP/1.1\r\nHost: predah.test\r\nX-Canary : a\r\n\r\n",
		"a line break in a header":               "GET / HTTP/1.1\r\nHost: predah.test\r\nX-A: a\ncanary\r\n\r\n",
		"a zero byte in a header":                "GET / HTTP/1.1\r\nHost: predah.test\r\nX-A: canary\x00\r\n\r\n",
		"a thousand headers":                     "GET / HTTP/1.1\r\nHost: predah.test\r\n" + strings.Repeat("X-Canary: aaaaaaaaaaaaaaaa\r\n", 1000) + "\r\n",
		"an address of 32 KiB":                   get("/" + strings.Repeat("canary", 5500)),
		"an address of 8 KiB":                    get("/api/v1/" + strings.Repeat("canary", 1300)),
		"HTTP/0.9":                               "GET /canary\r\n\r\n",
		"no method":                              "/canary HTTP/1.1\r\nHost: predah.test\r\n\r\n",
		"a method in lower case":                 "get /api/v1/areas HTTP/1.1\r\nHost: predah.test\r\nConnection: close\r\n\r\n",
		"TRACE":                                  "TRACE /api/v1/areas HTTP/1.1\r\nHost: predah.test\r\nX-Canary: canary\r\nConnection: close\r\n\r\n",
		"CONNECT":                                "CONNECT canary.example:443 HTTP/1.1\r\nHost: canary.example:443\r\nConnection: close\r\n\r\n",
		"a method that is made up":               "CANARY /api/v1/areas HTTP/1.1\r\nHost: predah.test\r\nConnection: close\r\n\r\n",
		"a method in a header":                   strings.Replace(get("/api/v1/vaults/"+strings.Repeat("a", 26)), "Connection", "X-HTTP-Method-Override: DELETE\r\nConnection", 1),
		"a length and chunks":                    post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
		"two lengths":                            post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}"),
		"a length below zero":                    post("Content-Length: -1\r\n", "{}"),
		"a length that is no number":             post("Content-Length: 0x2\r\n", "{}"),
		"a length beyond the body":               post("Content-Length: 60000\r\n", `{"canary":1`),
		"a length of a petabyte":                 post("Content-Length: 1000000000000000\r\n", strings.Repeat(" ", 70<<10)),
		"chunks that do not end":                 post("Transfer-Encoding: chunked\r\n", strings.Repeat("1000\r\n"+strings.Repeat(" ", 4096)+"\r\n", 20)),
		"chunks of a size that is none":          post("Transfer-Encoding: chunked\r\n", "canary\r\n"),
		"a compressed body":                      post("Content-Encoding: gzip\r\nContent-Length: 3\r\n", "\x1f\x8b\x08"),
		"a compressed body by another name":      post("Content-Encoding: identity, x-gzip\r\nContent-Length: 3\r\n", "\x1f\x8b\x08"),
		"dots, encoded":                          get("/api/v1/questionnaires/..%2f..%2fcanary"),
		"dots":                                   get("/api/v1/../../canary"),
		"overlong UTF-8":                         get("/api/v1/questionnaires/%c0%ae%c0%ae%c0%afcanary"),
		"two slashes":                            get("//canary.example/api/v1/areas"),
		"a zero byte in the address":             get("/api/v1/questionnaires/sleep%00canary"),
		"a semicolon":                            get("/api/v1/questionnaires/sleep;canary=1"),
		"a backslash":                            get("/api/v1/questionnaires/..\\canary"),
		"an escape that is none":                 get("/api/v1/questionnaires/%zzcanary"),
		"an address with a user":                 get("http://canary:canary@predah.test/api/v1/canary"),
		"a line break in the address":            get("/api/v1/questionnaires/x%0d%0aSet-Cookie:%20canary=1"),
		"an answer that is expected to go on":    post("Expect: canary\r\nContent-Length: 2\r\n", "{}"),
		"a request inside the body of another":   post("Content-Length: 0\r\nX-A: canary\r\n", ""),
		"a body for a GET":                       "GET /canary HTTP/1.1\r\nHost: predah.test\r\nTransfer-Encoding: canary\r\n\r\n",
		"a version that is none":                 "GET / HTTP/9.9\r\nHost: predah.test\r\n\r\n",
		"the beginning of TLS":                   "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03canary\r\n\r\n",
		"the beginning of HTTP/2 by its preface": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\ncanary",
	} {
		t.Run(name, func(t *testing.T) {
			answers, bodies := w.send(t, raw, false)
			for i, answer := range answers {
				if answer.StatusCode < 400 || answer.StatusCode >= 500 {
					t.Errorf("answered %s", answer.Status)
				}
				var written strings.Builder
				if err := answer.Header.Write(&written); err != nil {
					t.Fatal(err)
				}
				if said := strings.ToLower(written.String() + bodies[i]); strings.Contains(said, "canary") {
					t.Errorf("it is said back: %s", said)
				}
				if kind := answer.Header.Get("Content-Type"); strings.HasPrefix(kind, "text/plain") {
					t.Errorf("answered as %s: %s", kind, bodies[i])
				}
				if answer.StatusCode == http.StatusExpectationFailed && bodies[i] == "" {
					return // net/http's own too, but with nothing in it
				}
				for _, header := range securityHeaders() {
					if answer.Header.Get(header.name) == "" {
						t.Errorf("no %s", header.name)
					}
				}
			}
		})
	}
}

// TestWhatNeverReachesTheHandlerIsRefusedInItsWords names the kinds of refusals that net/http
// writes by itself, and the address that is too long for any of ours.
func TestWhatNeverReachesTheHandlerIsRefusedInItsWords(t *testing.T) {
	w := newWire(t)
	const rest = " HTTP/1.1\r\nHost: predah.test\r\nConnection: close\r\n\r\n"
	for name, one := range map[string]struct {
		raw  string
		want Slug
	}{
		"no header at all":           {"canary\r\n\r\n", BadRequest},
		"a reason of its own":        {"GET / HTTP/1.1\r\n\r\n", BadRequest},
		"an unknown transfer coding": {"POST / HTTP/1.1\r\nHost: predah.test\r\nTransfer-Encoding: zip\r\n\r\n", BadRequest},
		"an unknown version":         {"GET / HTTP/3.9\r\nHost: predah.test\r\n\r\n", BadRequest},
		"headers of 40 KiB":          {"GET / HTTP/1.1\r\nHost: predah.test\r\nX-A: " + strings.Repeat("a", 40<<10) + "\r\n\r\n", HeadersTooLarge},
		"an address of 4097 bytes":   {"GET /" + strings.Repeat("a", maxAddress) + rest, AddressTooLong},
		"an address of 4096 bytes":   {"GET /api/v1/" + strings.Repeat("a", maxAddress-len("/api/v1/")) + rest, NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			answers, bodies := w.send(t, one.raw, false)
			if len(answers) != 1 {
				t.Fatalf("%d answers", len(answers))
			}
			var got Problem
			if err := json.Unmarshal([]byte(bodies[0]), &got); err != nil {
				t.Fatalf("%v: %s", err, bodies[0])
			}
			if answers[0].StatusCode != one.want.status() || got.Type != one.want.path() || got.Status != one.want.status() || got.Detail == "" {
				t.Errorf("answered %s, %+v", answers[0].Status, got)
			}
		})
	}
}

func TestAForeignHostNameChangesNothing(t *testing.T) {
	w := newWire(t)
	for _, request := range []string{
		"GET /api/v1/areas HTTP/1.1\r\nHost: canary.example\r\nX-Forwarded-Host: canary.example\r\nX-Forwarded-Proto: canary\r\nX-Original-URL: /canary\r\nX-Rewrite-URL: /canary\r\nConnection: close\r\n\r\n",
		"GET http://canary.example/api/v1/areas HTTP/1.1\r\nHost: predah.test\r\nConnection: close\r\n\r\n",
		"GET /preveri/?canary HTTP/1.0\r\nHost: canary.example\r\n\r\n",
	} {
		answers, bodies := w.send(t, request, false)
		if len(answers) != 1 {
			t.Fatalf("%d answers", len(answers))
		}
		if at := answers[0].Header.Get("Location"); strings.Contains(bodies[0], "canary.example") || strings.Contains(at, "//") {
			t.Errorf("%s, to %q: %s", answers[0].Status, at, bodies[0])
		}
	}
}

func TestRequestsThatFollowEachOtherAreAnsweredInTheirOrder(t *testing.T) {
	one := func(path string) string { return "GET " + path + " HTTP/1.1\r\nHost: predah.test\r\n\r\n" }
	answers, _ := newWire(t).send(t, one("/healthz")+one("/api/v1/nothing")+one("/readyz")+"GET / HTTP/1.1\r\n\r\n"+one("/healthz"), false)
	var got []int
	for _, answer := range answers {
		got = append(got, answer.StatusCode)
	}
	if len(got) != 4 || got[0] != 200 || got[1] != 404 || got[2] != 200 || got[3] != 400 {
		t.Errorf("answered %v", got)
	}
}

// TestASlowClientIsLetGo: a client that sends its header or its body too slowly holds its
// connection no longer than it may. The test ends only if the server closes it.
func TestASlowClientIsLetGo(t *testing.T) {
	w := newWire(t, func(s *http.Server) {
		s.ReadHeaderTimeout, s.ReadTimeout, s.IdleTimeout = time.Millisecond, 20*time.Millisecond, time.Millisecond
	})
	for name, raw := range map[string]string{
		"in its header":   "GET /healthz HTTP/1.1\r\nHost: predah.test\r\nX-A: ",
		"in its body":     "POST /api/v1/questionnaires/sleep/score HTTP/1.1\r\nHost: predah.test\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
		"from the first":  "",
		"after a request": "GET /healthz HTTP/1.1\r\nHost: predah.test\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			answers, _ := w.send(t, raw, true)
			for _, answer := range answers {
				if name != "after a request" && (answer.StatusCode < 400 || answer.StatusCode >= 500) {
					t.Errorf("answered %s", answer.Status)
				}
			}
		})
	}
}

// soon is how long a test waits for a server whose limits are milliseconds.
const soon = 20 * time.Second

// dial connects for a while, which a server that lets go never uses up.
func (w wire) dial(t *testing.T) net.Conn {
	t.Helper()
	connection, err := net.Dial("tcp", w.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	if err := connection.SetDeadline(time.Now().Add(soon)); err != nil {
		t.Fatal(err)
	}
	return connection
}

// TestAClientThatDripsIsLetGo: each byte comes soon after the one before, and the last one never.
func TestAClientThatDripsIsLetGo(t *testing.T) {
	w := newWire(t, func(s *http.Server) { s.ReadHeaderTimeout, s.ReadTimeout = 20*time.Millisecond, 40*time.Millisecond })
	for name, begins := range map[string]string{
		"its header": "GET /healthz HTTP/1.1\r\nHost: predah.test\r\nX-A: ",
		"its body":   "POST /api/v1/questionnaires/sleep/score HTTP/1.1\r\nHost: predah.test\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			connection := w.dial(t)
			_, err := io.WriteString(connection, begins)
			for tick := time.NewTicker(time.Millisecond); err == nil; <-tick.C {
				_, err = io.WriteString(connection, " ")
			}
			if errors.Is(err, os.ErrDeadlineExceeded) {
				t.Error("the server reads on")
			}
		})
	}
}

// TestAClientThatNeverReadsIsLetGo: it asks on and on, until all that lies between the two is full
// of answers and of questions.
func TestAClientThatNeverReadsIsLetGo(t *testing.T) {
	w := newWire(t, func(s *http.Server) { s.WriteTimeout = 50 * time.Millisecond })
	connection := w.dial(t)
	var err error
	for err == nil {
		_, err = io.WriteString(connection, "GET /api/openapi.json HTTP/1.1\r\nHost: predah.test\r\n\r\n")
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("the server waits to write on")
	}
}
