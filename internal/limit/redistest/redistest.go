// Package redistest gives tests a real Redis or Valkey server, which ends with the test
// binary, however that ends.
package redistest

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
)

// serverScript runs a server that keeps nothing, says its process id, and kills it when its
// standard input ends.
const serverScript = `
trap '' INT HUP
"$1" --port 0 --unixsocket "$2" --unixsocketperm 700 --save '' --appendonly no --daemonize no --logfile /dev/null --dir / & server=$!
echo $server
cat >/dev/null
kill -KILL $server
wait $server
`

// startLimit is how long a server may take to answer.
const startLimit = time.Minute

// Server is a server on a socket that only this user reaches.
type Server struct {
	socket  string
	process int       // 0 while it is stopped
	line    io.Closer // the server lives while it is open
	script  *exec.Cmd
}

// Start starts a server and ends it after the test.
func Start(t testing.TB) *Server {
	t.Helper()
	folder, err := os.MkdirTemp("", "predah-redis-") // the test's own would make the socket's path too long
	if err != nil {
		t.Fatal(err)
	}
	logging.Disable() // it would tell of each try before the server answers
	s := &Server{socket: filepath.Join(folder, "socket")}
	t.Cleanup(func() {
		s.Kill(t)
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	s.Restart(t)
	return s
}

// Address is where the server is, as a URL.
func (s *Server) Address() string { return "unix://" + s.socket }

// Kill ends the server as if it had crashed. Killing it twice does nothing.
func (s *Server) Kill(t testing.TB) {
	t.Helper()
	if s.process == 0 {
		return
	}
	s.process = 0
	if err := s.line.Close(); err != nil {
		t.Error(err)
	}
	_ = s.script.Wait() // tells that the server was killed
}

// Freeze lets the server take connections and answer nothing, until Thaw.
func (s *Server) Freeze(t testing.TB) { s.signal(t, syscall.SIGSTOP) }

// Thaw lets a frozen server go on.
func (s *Server) Thaw(t testing.TB) { s.signal(t, syscall.SIGCONT) }

func (s *Server) signal(t testing.TB, signal syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(s.process, signal); err != nil {
		t.Fatal(err)
	}
}

// Restart starts the server, empty, at the same address, and returns when it answers.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	s.Kill(t)
	program, err := find()
	if err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(s.socket)
	s.script = exec.Command("/bin/sh", "-c", serverScript, "sh", program, s.socket)
	s.script.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if s.line, err = s.script.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	output, err := s.script.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.script.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	if s.process, err = strconv.Atoi(strings.TrimSpace(line)); err != nil {
		t.Fatal(err)
	}
	s.await(t)
}

// Client talks to the server, until the test ends.
func (s *Server) Client(t testing.TB) *redis.Client {
	t.Helper()
	client := redis.NewClient(&redis.Options{Network: "unix", Addr: s.socket})
	t.Cleanup(func() { _ = client.Close() })
	return client
}

// await returns when the server answers.
func (s *Server) await(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), startLimit)
	defer cancel()
	client := redis.NewClient(&redis.Options{Network: "unix", Addr: s.socket, MaxRetries: -1, DialerRetries: 1})
	defer client.Close()
	for {
		err := client.Ping(ctx).Err()
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("the test server does not answer: %v", err)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// find returns the program: what PREDAH_REDIS_SERVER names, else Valkey's or Redis' on the
// path.
func find() (string, error) {
	for _, name := range []string{os.Getenv("PREDAH_REDIS_SERVER"), "valkey-server", "redis-server"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("the tests need valkey-server or redis-server: install your system's package, or set PREDAH_REDIS_SERVER to its path (scripts/redis does so)")
}
