package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"

	"predah/internal/limit"
)

// begun tells of the first read of a body: its request is counted by then.
type begun struct {
	io.ReadCloser
	tell func()
}

func (b begun) Read(to []byte) (int, error) {
	b.tell()
	return b.ReadCloser.Read(to)
}

// behindHTTP2 is a service behind a proxy that speaks HTTP/2 and is trusted. What was posted is told of
// on the channel as soon as the service reads it.
func behindHTTP2(t *testing.T, each int) (address string, client *http.Client, posted <-chan struct{}) {
	t.Helper()
	handler := newHouse(t, func(h *house, c *Config) {
		c.Limits, c.Each, c.TrustedProxies = limit.New(limit.Config{Factor: 1, Now: h.Clock.Now}), each, []string{"127.0.0.0/8"}
	}).Handler
	reads := make(chan struct{}, each)
	service := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			r.Body = begun{r.Body, sync.OnceFunc(func() { reads <- struct{}{} })}
		}
		handler.ServeHTTP(w, r)
	}))
	service.Listener = PerNetwork(service.Listener, handler)
	service.Start()
	t.Cleanup(service.Close)
	to, err := url.Parse(service.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewUnstartedServer(httputil.NewSingleHostReverseProxy(to))
	proxy.EnableHTTP2 = true
	proxy.StartTLS()
	t.Cleanup(proxy.Close)
	return proxy.URL, proxy.Client(), reads
}

// TestAttack21StreamsOfOneAddressLeaveRoomForOthers: somebody opens streams whose bodies never end,
// all on one connection to the proxy.
func TestAttack21StreamsOfOneAddressLeaveRoomForOthers(t *testing.T) {
	const each = 3
	address, client, posted := behindHTTP2(t, each)
	send := func(method, path, from string, body io.Reader) *http.Response {
		request, err := http.NewRequestWithContext(t.Context(), method, address+path, body)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("X-Forwarded-For", from)
		request.Header.Set("Content-Type", "application/json")
		answer, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	status := func(from string) (int, string) {
		answer := send("GET", "/api/v1/support?need=danger-now&open=true", from, nil)
		defer answer.Body.Close()
		if answer.ProtoMajor != 2 {
			t.Fatalf("the proxy speaks %s", answer.Proto)
		}
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, answer.Header.Get("RateLimit-Policy") + string(body)
	}

	var ends []*io.PipeWriter
	answers := make(chan int, each)
	for range each {
		body, end := io.Pipe()
		ends = append(ends, end)
		go func() {
			answer := send("POST", "/api/v1/questionnaires/sleep/score", "203.0.113.7", body)
			answer.Body.Close()
			answers <- answer.StatusCode
		}()
		if _, err := end.Write([]byte("{")); err != nil {
			t.Fatal(err)
		}
		<-posted
	}
	code, said := status("203.0.113.7")
	if code != http.StatusTooManyRequests || !strings.HasPrefix(said, `"at-once";q=3`) || !strings.Contains(said, "(3)") {
		t.Errorf("the refusal is %d %s", code, said)
	}
	if code, said := status("203.0.113.8"); code != http.StatusOK {
		t.Errorf("somebody else: %d %s", code, said)
	}
	for _, end := range ends {
		_, _ = end.Write([]byte(`"answers":{}}`))
		end.Close()
		if code := <-answers; code != http.StatusUnprocessableEntity { // there are no answers in it
			t.Errorf("a stream that ended after all: %d", code)
		}
	}
	for range 1000 { // the last is let go a moment after its answer
		if code, said = status("203.0.113.7"); code == http.StatusOK {
			break
		}
	}
	if code != http.StatusOK {
		t.Errorf("after all ended: %d %s", code, said)
	}
}

// A proxy's own connections are not counted: everybody's requests come through them.
func TestConnectionsOfATrustedProxyAreNotCounted(t *testing.T) {
	handler := newHouse(t, func(h *house, c *Config) {
		c.Limits, c.Each, c.TrustedProxies = limit.New(limit.Config{Factor: 1, Now: h.Clock.Now}), 1, []string{"127.0.0.1"}
	}).Handler
	service := httptest.NewUnstartedServer(handler)
	service.Listener = PerNetwork(service.Listener, handler)
	service.Start()
	defer service.Close()
	for range 3 {
		client := &http.Client{Transport: &http.Transport{}}
		defer client.CloseIdleConnections() // they stay open until then
		answer, err := client.Get(service.URL + "/healthz")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s", answer.Status)
		}
	}
}
