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

// ask makes one call and reads the answer.
func (l line) ask() error {
	if _, err := io.WriteString(l, "GET /healthz HTTP/1.1\r\nHost: predah.test\r\n\r\n"); err != nil {
		return err
	}
	response, err := http.ReadResponse(l.reader, nil)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

// get is ask, which must go well.
func (l line) get(t *testing.T) {
	t.Helper()
	if err := l.ask(); err != nil {
		t.Fatal(err)
	}
}
