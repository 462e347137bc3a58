package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"predah/internal/store/storetest"
)

// logged is a line of the log.
type logged struct{ Time, Level, Msg string }

// process is a real process of the service whose log is JSON.
type process struct {
	t       *testing.T
	running *exec.Cmd
	lines   *bufio.Reader // of both streams
	said    []string      // the message of each line that was read
}

// start starts the service with more arguments.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	reader, writer := io.Pipe()
	p := &process{t: t, lines: bufio.NewReader(reader)}
	p.running = exec.Command("predah", append([]string{"serve", "--listen", "127.0.0.1:0", "--log-format", "json"}, args...)...)
	p.running.Stdout, p.running.Stderr = writer, writer
	if err := p.running.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { writer.CloseWithError(errors.Join(io.EOF, p.running.Wait())) }()
	return p
}

// read reads lines until one has the text, or the process has ended; each has to be JSON.
func (p *process) read(until string) (line string) {
	p.t.Helper()
	for {
		text, err := p.lines.ReadString('\n')
		if err != nil {
			if text != "" {
				p.t.Errorf("half a line: %q", text)
			}
			return ""
		}
		var one logged
		decoder := json.NewDecoder(strings.NewReader(text))
		if err := decoder.Decode(&one); err != nil || one.Time == "" || one.Level == "" || one.Msg == "" || decoder.More() {
			p.t.Errorf("this line is not one of a log in JSON: %q", text)
		}
		p.said = append(p.said, one.Msg)
		if until != "" && strings.Contains(text, until) {
			return text
		}
	}
}

// end ends the service as an operator does, and reads what is left.
func (p *process) end() {
	p.t.Helper()
	if err := p.running.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	p.read("")
}

// wants compares which lines came, of those that matter.
func (p *process) wants(lines ...string) {
	p.t.Helper()
	for _, line := range lines {
		if !slices.ContainsFunc(p.said, func(said string) bool { return strings.Contains(said, line) }) {
			p.t.Errorf("no line has %q: %q", line, p.said)
		}
	}
}

var anAddress = regexp.MustCompile(`http://[0-9.:]+`)

func TestEveryLineOfALogInJSONIsJSON(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	t.Run("from start to end", func(t *testing.T) {
		p := start(t, "--data", data, "--log-level", "debug", "--metrics-listen", "127.0.0.1:0", "--redis", "redis://127.0.0.1:1")
		address := anAddress.FindString(p.read("Predah is open"))
		for _, body := range []string{`{"answers":`, `{"answers":{}}`} {
			answer, err := http.Post(address+"/api/v1/questionnaires/gaming/score", "application/json", bytes.NewReader([]byte(body)))
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
		}
		p.end()
		p.wants("starting", "the tables were brought up to date", "serving", "Metrics are at", "request", "ended")
	})
	wrong := filepath.Join(t.TempDir(), "own", "wrong")
	if err := errors.Join(os.MkdirAll(wrong, 0o700), os.WriteFile(filepath.Join(wrong, "questionnaire.yaml"), []byte("id: wrong\nsorce: self\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"a flag that there is not":    {"--data", data, "--no-such-flag"},
		"an address that is none":     {"--data", data, "--public-url", "predah.example"},
		"a folder of wrong content":   {"--data", data, "--questionnaires", filepath.Dir(wrong)},
		"an address that is taken":    {"--data", data, "--listen", "256.0.0.1:1"},
		"a database that is none":     {"--data", data, "--database", "mysql://here"},
		"a folder that is a file":     {"--data", "log_test.go"},
		"a wrong standby":             {"--data", data, "--database-standby", "postgres://here/predah"},
		"proxies that are no proxies": {"--data", data, "--trusted-proxies", "everybody"},
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t, args...)
			p.read("")
			p.wants("predah: ")
		})
	}
}

func TestAServiceWaitsForItsDatabase(t *testing.T) {
	for name, known := range map[string]bool{"with secrets": true, "on the first start": false} {
		t.Run(name, func(t *testing.T) {
			database, data := storetest.Postgres(t).Postgres, filepath.Join(t.TempDir(), "data")
			if known {
				must(t, "has the pepper", "keys", "make", "--data", data)
			}
			late := lateDatabase(t, database)
			p := start(t, "--data", data, "--database", late.address)
			p.read("the database is out of reach: waiting for it")
			if known {
				address := anAddress.FindString(p.read("Predah is open"))
				for path, want := range map[string]int{"/healthz": 200, "/readyz": 503, "/api/v1/questionnaires/gaming": 200} {
					if got := statusOf(t, address+path); got != want {
						t.Errorf("%s: %d", path, got)
					}
				}
				late.arrive(t)
				p.read("the database is there")
				if got := statusOf(t, address+"/readyz"); got != http.StatusOK {
					t.Errorf("afterwards: %d", got)
				}
			} else {
				late.arrive(t)
				p.read("Predah is open")
			}
			p.end()
			p.wants("serving", "ended")
		})
	}
}

func statusOf(t *testing.T, address string) int {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}
