package check

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// caddy is the path of Caddy.
func caddy(t *testing.T) string {
	t.Helper()
	path := os.Getenv("PREDAH_CADDY")
	if path == "" {
		path = "caddy"
	}
	found, err := exec.LookPath(path)
	if err != nil {
		t.Fatalf("Caddy is needed (make test-deploy finds or installs it): %v", err)
	}
	return found
}

func caddyfile(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(root, "deploy", "Caddyfile"))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCaddyTakesTheCaddyfile(t *testing.T) {
	for _, site := range []string{"localhost", "predah.example"} {
		validate := exec.Command(caddy(t), "validate", "--adapter", "caddyfile", "--config", caddyfile(t))
		validate.Env = append(os.Environ(), "HOME="+t.TempDir(), "PREDAH_SITE="+site, "PREDAH_UPSTREAMS=predah-1:8080 predah-2:8080")
		if said, err := validate.CombinedOutput(); err != nil || bytes.Contains(said, []byte(`"level":"warn"`)) {
			t.Errorf("%s: %v\n%s", site, err, said)
		}
	}
}

// replica stands for a replica that ends while it answers, once for every call that it is told to.
type replica struct {
	*httptest.Server
	calls atomic.Int64
	last  atomic.Pointer[http.Request]
	ends  atomic.Bool
}

func newReplica(t *testing.T, ends bool) *replica {
	r := new(replica)
	r.ends.Store(ends)
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		if request.URL.Path == "/healthz" {
			return
		}
		_, _ = io.Copy(io.Discard, request.Body)
		r.calls.Add(1)
		r.last.Store(request)
		if r.ends.Load() {
			connection, _, _ := http.NewResponseController(w).Hijack()
			connection.Close()
		}
	}))
	t.Cleanup(r.Close)
	return r
}

// proxy runs Caddy with the Caddyfile before upstreams, without TLS, and returns its address and
// what it logs.
func proxy(t *testing.T, upstreams ...string) (address string, logged *bytes.Buffer) {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = "http://" + free.Addr().String()
	free.Close()
	logged = new(bytes.Buffer)
	home := t.TempDir()
	run := exec.Command(caddy(t), "run", "--adapter", "caddyfile", "--config", caddyfile(t))
	run.Env = append(os.Environ(), "HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home,
		"PREDAH_SITE="+address, "PREDAH_UPSTREAMS="+strings.Join(upstreams, " "))
	run.Stdout, run.Stderr = logged, logged
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = run.Process.Signal(syscall.SIGTERM)
		_ = run.Wait()
	})
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		connection, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
		if err == nil {
			connection.Close()
			return address, logged
		}
		if time.Now().After(deadline) {
			t.Fatalf("Caddy does not answer: %v", err)
		}
	}
}

// call sends a request through the proxy and returns the status.
func call(t *testing.T, method, address string, body string) int {
	t.Helper()
	request, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}

// One replica ends as soon as it is asked, the other answers. A call that may be sent twice
// succeeds; another one is sent once, and its sender hears that it failed.
func TestAReplicaThatEndsCostsNothingThatMayBeSentTwice(t *testing.T) {
	const vault = "/api/v1/vaults/aaaaaaaaaaaaaaaaaaaaaaaaaa"
	for _, test := range []struct {
		method, path string
		again        bool
	}{
		{"GET", "/", true},
		{"DELETE", vault + "/grants/1", true},
		{"PUT", vault + "/records/1", false},
		{"POST", vault + "/token", false},
		{"POST", "/api/v1/sessions", false},
		{"POST", "/api/v1/inbox/1/open", false},
		{"PUT", "/api/v1/me/password", false},
	} {
		t.Run(test.method+test.path, func(t *testing.T) {
			ending, healthy := newReplica(t, true), newReplica(t, false)
			address, _ := proxy(t, strings.TrimPrefix(ending.URL, "http://"), strings.TrimPrefix(healthy.URL, "http://"))
			for ending.calls.Load() == 0 {
				before := healthy.calls.Load()
				body := "something"
				if test.again {
					body = ""
				}
				status := call(t, test.method, address+test.path, body)
				switch met := ending.calls.Load() > 0; {
				case met && !test.again && (status != http.StatusBadGateway || healthy.calls.Load() != before):
					t.Errorf("it was sent again, and answered %d", status)
				case met && test.again && status != http.StatusOK:
					t.Errorf("it was answered %d", status)
				case !met && status != http.StatusOK:
					t.Errorf("the healthy replica answers %d", status)
				}
			}
		})
	}
}

func TestAReplicaThatIsGoneCostsNothing(t *testing.T) {
	gone, healthy := newReplica(t, false), newReplica(t, false)
	gone.Close()
	address, _ := proxy(t, strings.TrimPrefix(gone.URL, "http://"), strings.TrimPrefix(healthy.URL, "http://"))
	for range 20 {
		if status := call(t, http.MethodPost, address+"/api/v1/sessions", "{}"); status != http.StatusOK {
			t.Fatalf("answered %d", status)
		}
	}
}

func TestCaddyPassesTheHostAndTheAddressOn(t *testing.T) {
	healthy := newReplica(t, false)
	address, _ := proxy(t, strings.TrimPrefix(healthy.URL, "http://"))
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Forwarded-For", "192.0.2.7") // a lie
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	passed := healthy.last.Load()
	if "http://"+passed.Host != address || passed.Header.Get("X-Forwarded-For") != "127.0.0.1" {
		t.Errorf("the service sees host %s and %s", passed.Host, passed.Header.Get("X-Forwarded-For"))
	}
	if status := call(t, http.MethodPost, address, strings.Repeat("x", 2<<20)); status < 400 {
		t.Errorf("2 MiB are passed on: %d", status)
	}
}

func TestCaddyLogsNoAddressAndNoPath(t *testing.T) {
	ending := newReplica(t, true)
	address, logged := proxy(t, strings.TrimPrefix(ending.URL, "http://"))
	if status := call(t, http.MethodPost, address+"/canary-in-the-path?canary=in-the-query", "canary-in-the-body"); status != http.StatusBadGateway {
		t.Fatalf("answered %d", status)
	}
	call(t, http.MethodPost, address+"/canary", strings.Repeat("x", 2<<20))
	for _, secret := range []string{"canary", "remote_ip", "remote_addr", "User-Agent"} {
		if said := logged.String(); strings.Contains(said, secret) {
			t.Errorf("%s is in the log:\n%s", secret, said)
		}
	}
	if !strings.Contains(logged.String(), "serving initial configuration") {
		t.Errorf("nothing is logged: %s", logged)
	}
}
