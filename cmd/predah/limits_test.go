package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"predah/internal/limit/redistest"
)

// limitsAt is what /readyz says of the limits.
func limitsAt(t *testing.T, address string) string {
	t.Helper()
	_, body := asked(t, address+"/readyz")
	_, status, _ := strings.Cut(body, `{"name":"limits","status":"`)
	status, _, _ = strings.Cut(status, `"`)
	return status
}

// TestReplicasCountTogetherInRedisAndEachAloneWithoutIt has two services with the same keys.
func TestReplicasCountTogetherInRedisAndEachAloneWithoutIt(t *testing.T) {
	server := redistest.Start(t)
	limits := limitFlags{RateFactor: 1, Redis: server.Address()}
	data := []string{filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "data")}
	one, endOne := serving(t, serveCommand{dataFlags: dataFlags{Data: data[0]}, limitFlags: limits})
	defer endOne()
	if err := os.CopyFS(filepath.Join(data[1], "secrets"), os.DirFS(filepath.Join(data[0], "secrets"))); err != nil {
		t.Fatal(err)
	}
	makeOwn(t, data[1])
	two, endTwo := serving(t, serveCommand{dataFlags: dataFlags{Data: data[1]}, limitFlags: limits})
	defer endTwo()

	refused := false
	for range 1000 { // far more than 300 a minute, however fast they come back meanwhile
		if refused = scored(t, one, `{"answers":{}}`) == http.StatusTooManyRequests; refused {
			break
		}
	}
	if !refused {
		t.Fatal("a thousand calls were answered")
	}
	if got := scored(t, two, `{"answers":{}}`); got != http.StatusTooManyRequests {
		t.Errorf("the other replica answers %d", got)
	}
	if got := limitsAt(t, two); got != "ok" {
		t.Errorf("limits are %q", got)
	}
	server.Kill(t)
	if got := scored(t, two, `{"answers":{}}`); got == http.StatusTooManyRequests || got >= http.StatusInternalServerError {
		t.Errorf("without Redis it answers %d", got)
	}
	if got := limitsAt(t, two); got != "degraded" {
		t.Errorf("without Redis limits are %q", got)
	}
}

// makeOwn gives copied secrets the modes that they must have.
func makeOwn(t *testing.T, data string) {
	t.Helper()
	if err := filepath.WalkDir(data, func(path string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			return os.Chmod(path, 0o700)
		}
		return os.Chmod(path, 0o600)
	}); err != nil {
		t.Fatal(err)
	}
}

// TestMoreConnectionsThanAllowedWait: the second connection is answered once the first is closed.
func TestMoreConnectionsThanAllowedWait(t *testing.T) {
	address, end := serving(t, serveCommand{limitFlags: limitFlags{MaxConnections: 1}})
	defer end()
	first, second := dial(t, address), dial(t, address)
	first.get(t)
	answered := make(chan error, 1)
	go func() { answered <- second.ask() }()
	for range 50 { // each takes as long as the other's answer would
		first.get(t)
	}
	select {
	case err := <-answered:
		t.Fatalf("the second connection was answered beside the first: %v", err)
	default:
	}
	first.Close()
	if err := <-answered; err != nil {
		t.Errorf("the second connection is not answered after the first: %v", err)
	}
}

// TestAttack21OneAddressLeavesConnectionsForOthers has a real process, which another address comes to.
func TestAttack21OneAddressLeavesConnectionsForOthers(t *testing.T) {
	p := start(t, "--data", filepath.Join(t.TempDir(), "data"), "--max-connections", "5", "--max-connections-each", "3")
	defer p.end()
	address := anAddress.FindString(p.read("Predah is open"))
	var held []line
	for range 3 {
		one := dial(t, address)
		one.get(t)
		held = append(held, one)
	}
	for range 3 { // more than there is room for among all
		answer, body := dial(t, address).answer(t)
		if answer.StatusCode != http.StatusTooManyRequests || !answer.Close || answer.Header.Get("Retry-After") == "" ||
			!strings.HasPrefix(answer.Header.Get("RateLimit-Policy"), `"connections";q=3`) ||
			answer.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(body, "(3)") {
			t.Errorf("a fourth connection: %s %v %s", answer.Status, answer.Header, body)
		}
	}
	from := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}
	other, err := from.DialContext(t.Context(), "tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		t.Skipf("this machine has no second address: %v", err)
	}
	defer other.Close()
	line{Conn: other, reader: bufio.NewReader(other)}.get(t)

	held[0].Close()
	for status := 0; status != http.StatusOK; { // it takes a moment until the service sees it
		answer, _ := dial(t, address).answer(t)
		status = answer.StatusCode
	}
}

// line is one connection to the service.
type line struct {
	net.Conn
	reader *bufio.Reader
}

func dial(t *testing.T, address string) line {
	t.Helper()
	connection, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	return line{Conn: connection, reader: bufio.NewReader(connection)}
}

// call makes one call and reads the answer.
func (l line) call() (response *http.Response, body []byte, err error) {
	if _, err := io.WriteString(l, "GET /healthz HTTP/1.1\r\nHost: predah.test\r\n\r\n"); err != nil {
		return nil, nil, err
	}
	if response, err = http.ReadResponse(l.reader, nil); err != nil {
		return nil, nil, err
	}
	body, err = io.ReadAll(response.Body)
	return response, body, err
}

// ask is call without its answer.
func (l line) ask() error {
	_, _, err := l.call()
	return err
}

// answer is call, which must be answered somehow.
func (l line) answer(t *testing.T) (response *http.Response, body string) {
	t.Helper()
	response, read, err := l.call()
	if err != nil {
		t.Fatal(err)
	}
	return response, string(read)
}

// get is call, which must go well.
func (l line) get(t *testing.T) {
	t.Helper()
	if response, body := l.answer(t); response.StatusCode != http.StatusOK {
		t.Fatalf("%s %s", response.Status, body)
	}
}
