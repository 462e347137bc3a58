package api

import (
	"bufio"
	"bytes"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"predah/internal/limit"
	"predah/internal/questionnaire/load"
)

// FuzzCredentials: an Authorization header opens a vault only with the token that was issued, and
// a cookie that was not issued opens nothing.
func FuzzCredentials(f *testing.F) {
	h := newHouse(f)
	v := h.newVault(f)
	for _, seed := range [][2]string{
		{"Bearer " + v.token, "__Host-predah-refresh=bW9kcmEgbGlwYSB0aWhvIMWhZXBldGEgNDIgaW4gdmU"}, {"bearer " + v.token + " ", "__Host-predah-refresh="}, {"Bearer  " + v.token, "__host-predah-refresh=AAAA"},
		{"Basic " + v.token, `__Host-predah-refresh="a\r\n"; __Host-predah-refresh=b`}, {"Bearer", ";=;,"}, {v.token, "\xff"}, {"", ""},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, authorization, cookie string) {
		opened := ask(t, h, call{address: v.path, header: map[string]string{"Authorization": authorization}})
		scheme, raw, _ := strings.Cut(authorization, " ")
		want := http.StatusUnauthorized
		if raw == v.token && strings.EqualFold(scheme, "Bearer") {
			want = http.StatusOK
		}
		if opened.Code != want {
			t.Errorf("%q: %d %s", authorization, opened.Code, opened.Body)
		}
		refreshed := ask(t, h, call{method: http.MethodPost, address: "/api/v1/sessions/refresh", header: map[string]string{"X-Predah": "1", "Cookie": cookie}})
		if refreshed.Code < 400 || refreshed.Code >= 500 {
			t.Errorf("%q: %d %s", cookie, refreshed.Code, refreshed.Body)
		}
		if token, ok := (&cookieInput{Refresh: cookie}).token(); ok && token.Text() != cookie {
			t.Errorf("%q is the token %q", cookie, token.Text())
		}
	})
}

// FuzzForwardedFor: what a caller writes into X-Forwarded-For changes nothing about the address
// that a trusted proxy adds behind it, and nothing at all without one.
func FuzzForwardedFor(f *testing.F) {
	s, err := newService(Config{Catalogue: &load.Catalogue{}, Directory: directory(f)})
	if err != nil {
		f.Fatal(err)
	}
	engine, err := s.engine([]string{"192.0.2.1", "198.51.100.0/24"})
	if err != nil {
		f.Fatal(err)
	}
	var seen netip.Addr
	engine.GET("/caller", func(c *gin.Context) { seen = caller(c) })
	from := func(remote, header string) string {
		request := httptest.NewRequest(http.MethodGet, "/caller", nil)
		request.RemoteAddr, request.Header["X-Forwarded-For"] = remote, []string{header}
		engine.ServeHTTP(httptest.NewRecorder(), request)
		return limit.Network(seen)
	}
	for _, seed := range []string{"203.0.113.1", "203.0.113.9, 203.0.113.1", "2001:db8:1:2::1", "::ffff:192.0.2.1", "fe80::1%eth0", "198.51.100.7", "canary", ",", " , ,", "", "\x00", "1.2.3", "[::1]:80"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		for _, one := range []struct{ remote, added, want string }{
			{"203.0.113.5:1000", "", "203.0.113.5"},
			{"192.0.2.1:1000", ", 203.0.113.6", "203.0.113.6"},
			{"192.0.2.1:1000", ",203.0.113.7, 198.51.100.20", "203.0.113.7"},
			{"192.0.2.1:1000", ",2001:db8:1:2::9", "2001:db8:1:2::/64"},
		} {
			if got := from(one.remote, header+one.added); got != one.want {
				t.Errorf("%q from %s: %s, not %s", header+one.added, one.remote, got, one.want)
			}
		}
		if alone := from("192.0.2.1:1000", header); !isNetwork(alone) {
			t.Errorf("%q alone: %q", header, alone)
		}
	})
}

// isNetwork tells whether a text is an address or a prefix, with nothing else in it.
func isNetwork(text string) bool {
	address, err := netip.ParseAddr(text)
	if err == nil {
		return address.Zone() == ""
	}
	_, err = netip.ParsePrefix(text)
	return err == nil
}

// FuzzAcceptEncoding: who names a coding gets it or not, whatever else they name.
func FuzzAcceptEncoding(f *testing.F) {
	for _, seed := range []string{"", "gzip, deflate, br, zstd", "gzip;q=0", "*;q=0", "*", "br;q=0.5, *;q=0", ";;;", "gzip;q=NaN", "gzip; q = 1", "zstd;q=1e999", "\xff,"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		for _, coding := range []string{codingGzip, codingZstd, codingBrotli} {
			if !accepts(coding+","+header, coding) || accepts(coding+";q=0,"+header, coding) || accepts(header, coding) != accepts(header+",", coding) {
				t.Errorf("%q before %q", coding, header)
			}
			if accepts(header, coding) && !strings.Contains(strings.ToLower(header), coding) && !strings.Contains(header, "*") {
				t.Errorf("%q is taken for %s", header, coding)
			}
		}
	})
}

// FuzzIsJSON: no Content-Type is taken for JSON that others read as something else, as a form of
// another site's page can send it.
func FuzzIsJSON(f *testing.F) {
	for _, seed := range []string{"application/json", "Application/JSON; charset=\"UTF-8\"", "application/json;", "application/json;charset=latin1", "text/plain; application/json", "application/json, text/plain", "text/plain", "application/json;x=1", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		if !isJSON(header) {
			return
		}
		media, parameters, err := mime.ParseMediaType(header)
		if err != nil {
			return // no browser sends it
		}
		charset, given := parameters["charset"]
		if media != "application/json" || given && !strings.EqualFold(charset, "utf-8") || len(parameters) > 1 {
			t.Errorf("%q is %s with %v", header, media, parameters)
		}
	})
}

// FuzzRefusedWith: only a refusal is taken for one, and what is said in its place is an answer
// that is passed on as it stands.
func FuzzRefusedWith(f *testing.F) {
	words, ok := fixture(f).(wording)
	if !ok {
		f.Fatal("the handler has no words for refusals")
	}
	for _, seed := range []string{
		"HTTP/1.1 400 Bad Request" + string(bareRefusal) + "400 Bad Request", "HTTP/1.1 431 Request Header Fields Too Large" + string(bareRefusal), "HTTP/1.1 +40" + string(bareRefusal),
		"HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 09:30:00 GMT\r\n\r\n", "HTTP/1.1 ", "HTTP/1.1 \r\n", "", "HTTP/1.0 400 Bad Request" + string(bareRefusal),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		status := refusedWith(answer)
		if status == 0 {
			return
		}
		if status < 400 || status > 599 || !bytes.HasPrefix(answer, []byte("HTTP/1.1 "+strconv.Itoa(status))) {
			t.Errorf("%q is refused with %d", answer, status)
		}
		said := words.refusal(status)
		reworded, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(said)), nil)
		if err != nil || refusedWith(said) != 0 {
			t.Fatalf("%q in the place of %q: %v", said, answer, err)
		}
		defer reworded.Body.Close()
		if reworded.StatusCode < 400 || reworded.StatusCode >= 500 || reworded.Header.Get("Content-Type") != problemMediaType {
			t.Errorf("%q in the place of %q", said, answer)
		}
	})
}
