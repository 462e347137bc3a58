package client_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// service is the program itself, running.
type service struct {
	url     string
	program string
	data    string
}

// start builds the program and runs it with a database of its own.
func start(t *testing.T) service {
	t.Helper()
	s := service{program: filepath.Join(t.TempDir(), "predah"), data: filepath.Join(t.TempDir(), "data")}
	if out, err := exec.Command("go", "build", "-o", s.program, "predah/cmd/predah").CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	command := exec.Command(s.program, "serve", "--listen", "127.0.0.1:0", "--data", s.data)
	command.Stderr = io.Discard
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(os.Interrupt)
		_ = command.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("it printed no address: %v", err)
	}
	s.url = regexp.MustCompile(`http://[0-9.:]+`).FindString(line)
	return s
}

// invite has an administrator invite somebody, and returns the link.
func (s service) invite(t *testing.T, email string) string {
	t.Helper()
	out, err := exec.Command(s.program, "counsellors", "invite", email, "--data", s.data,
		"--name", "Svetovalna služba", "--organisation", "Svetovalni center", "--public-url", s.url).Output()
	if err != nil {
		t.Fatalf("inviting: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// open opens a downloaded file with the program and a code, without the service.
func (s service) open(t *testing.T, sealed []byte, code string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "record.age")
	if err := os.WriteFile(file, sealed, 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(s.program, "open", file)
	command.Stdin = strings.NewReader(code + "\n")
	out, err := command.Output()
	if err != nil {
		t.Fatalf("opening a downloaded record: %v", err)
	}
	return out
}

// caller calls the API as one person: with a token, or without.
type caller struct {
	service
	token  string
	cookie *http.Cookie
}

// answer is what came of a call.
type answer struct {
	status  int
	problem string // the last part of its type
	body    []byte
	object  object
}

// call sends a JSON object, or bytes as they are, or nothing.
func (c *caller) call(t *testing.T, method, address string, content any) answer {
	t.Helper()
	var body io.Reader
	media := "application/json"
	switch content := content.(type) {
	case nil:
	case []byte:
		media = "application/octet-stream"
		body = bytes.NewReader(content)
	default:
		written, err := json.Marshal(content)
		if err != nil {
			t.Fatal(err)
		}
		body = bytes.NewReader(written)
	}
	request, err := http.NewRequest(method, c.url+"/api/v1"+address, body)
	if err != nil {
		t.Fatal(err)
	}
	if body != nil {
		request.Header.Set("Content-Type", media)
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.cookie != nil {
		request.AddCookie(c.cookie)
		request.Header.Set("X-Predah", "1")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	for _, cookie := range response.Cookies() {
		c.cookie = cookie
	}
	return read(t, response)
}

func read(t *testing.T, response *http.Response) answer {
	t.Helper()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	got := answer{status: response.StatusCode, body: raw}
	if strings.Contains(response.Header.Get("Content-Type"), "json") {
		if err := json.Unmarshal(raw, &got.object); err != nil {
			t.Fatal(err)
		}
	}
	if response.Header.Get("Content-Type") == "application/problem+json" {
		kind, _ := got.object["type"].(string)
		got.problem = path.Base(kind)
	}
	return got
}

// expect calls, and ends the test unless this status comes; for a refusal, this problem.
func (c *caller) expect(t *testing.T, status int, problem, method, address string, content any) answer {
	t.Helper()
	got := c.call(t, method, address, content)
	if got.status != status || got.problem != problem {
		t.Fatalf("%s %s answered %d %q, want %d %q\n%.500s", method, address, got.status, got.problem, status, problem, got.body)
	}
	return got
}
