package caller_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"predah/internal/caller"
	"predah/internal/process"
	"predah/internal/seal"
)

// program is the service, built for these tests.
var program string

// TestMain builds the service once.
func TestMain(m *testing.M) { os.Exit(build(m)) }

func build(m *testing.M) int {
	folder, err := os.MkdirTemp("", "predah-caller-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	program = filepath.Join(folder, "predah")
	if said, err := exec.Command("go", "build", "-o", program, "predah/cmd/predah").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the service: %v\n%s", err, said)
		return 1
	}
	return m.Run()
}

// service is the program, with a database of its own.
type service struct{ address, data string }

func start(t *testing.T) service {
	t.Helper()
	s := service{data: filepath.Join(t.TempDir(), "data")}
	args := []string{"serve", "--listen", "127.0.0.1:0", "--rate-limit-factor", "0", "--data", s.data}
	p, err := process.Start(t.Context(), process.Command{Path: program, Args: args, Health: "/readyz"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	s.address = p.Address
	return s
}

// written is a journal with one record that stays, one that was deleted, and one of which
// nothing is known; and likewise with what is shared.
type written struct {
	journal                *caller.Journal
	vault                  *caller.Vault
	kept, deleted, unsure  string
	shared, taken, unknown caller.Grant
}

func write(t *testing.T, s service) written {
	t.Helper()
	client := caller.New(s.address, 4)
	t.Cleanup(client.Close)
	pool, err := caller.NewPool()
	if err != nil {
		t.Fatal(err)
	}
	w := written{journal: caller.NewJournal(), kept: caller.NewID(), deleted: caller.NewID(), unsure: caller.NewID()}
	if w.vault, err = w.journal.NewVault(t.Context(), client); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{w.kept, w.deleted} {
		if answer, err := w.journal.PutRecord(t.Context(), w.vault, id, pool.Record(id)); err != nil || answer.Status != http.StatusCreated {
			t.Fatalf("save: %v, %d %s", err, answer.Status, answer.Body)
		}
	}
	if answer, err := w.journal.DeleteRecord(t.Context(), w.vault, w.deleted); err != nil || !answer.Acknowledged() {
		t.Fatalf("delete: %v, %d %s", err, answer.Status, answer.Body)
	}
	if _, err := w.journal.PutRecord(t.Context(), w.vault.At(nowhere(t)), w.unsure, pool.Record(w.unsure)); err == nil {
		t.Fatal("a service that is not there answers")
	}
	w.share(t, s.counsellor(t, client), pool)
	return w
}

// nowhere is a client of a service that is gone.
func nowhere(t *testing.T) *caller.Client {
	t.Helper()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	return caller.New(gone.URL, 1)
}

func TestAServiceThatKeepsWhatItAcknowledgedIsWhole(t *testing.T) {
	s := start(t)
	w := write(t, s)
	report, err := w.journal.Compare(t.Context(), caller.New(s.address, 4))
	if err != nil || !report.Whole() {
		t.Errorf("%s, %v", report, err)
	}
	if report.Saved != 2 || report.Deleted != 1 || report.Shared != 2 || report.TakenBack != 1 || report.Unknown != 2 {
		t.Errorf("it counts %s", report)
	}
}

// lie is what a service that does not keep what it acknowledged answers, and what is found of it.
type lie struct {
	answer func(path string, answer *http.Response)
	found  func(caller.Report) int
}

func TestAServiceThatDoesNotIsFoundOut(t *testing.T) {
	s := start(t)
	w := write(t, s)
	lies := map[string]lie{
		"a record is lost": {
			func(path string, answer *http.Response) {
				if strings.HasSuffix(path, w.kept) {
					answer.StatusCode = http.StatusNotFound
				}
				change(answer, path, "/records", w.kept, caller.NewID())
			},
			func(r caller.Report) int { return len(r.Lost) },
		},
		"a record is half-written": {
			func(path string, answer *http.Response) {
				if strings.HasSuffix(path, w.kept) {
					body, _ := io.ReadAll(answer.Body)
					replace(answer, body[:len(body)/2])
				}
			},
			func(r caller.Report) int { return len(r.Torn) },
		},
		"a deleted record is back": {
			func(path string, answer *http.Response) {
				if strings.HasSuffix(path, w.deleted) {
					answer.StatusCode = http.StatusOK
				}
			},
			func(r caller.Report) int { return len(r.Undead) },
		},
		"a record is there that nobody sent": {
			func(path string, answer *http.Response) { change(answer, path, "/records", w.kept, caller.NewID()) },
			func(r caller.Report) int { return len(r.Duplicated) },
		},
		"a record is counted twice": {
			func(path string, answer *http.Response) {
				change(answer, path, w.vault.ID, `"records":1`, `"records":2`)
			},
			func(r caller.Report) int { return len(r.Duplicated) },
		},
		"a vault is lost": {
			func(path string, answer *http.Response) {
				if strings.HasSuffix(path, "/token") {
					answer.StatusCode = http.StatusUnauthorized
				}
			},
			func(r caller.Report) int { return len(r.Lost) },
		},
	}
	maps.Copy(lies, liesOfSharing(w))
	for name, lie := range lies {
		t.Run(name, func(t *testing.T) {
			report, err := w.journal.Compare(t.Context(), through(t, s, lie.answer))
			if err != nil || report.Whole() || lie.found(report) == 0 {
				t.Errorf("%s, %v", report, err)
			}
		})
	}
}

// through is a client of the service whose answers are changed on their way.
func through(t *testing.T, s service, change func(path string, answer *http.Response)) *caller.Client {
	t.Helper()
	between := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(&url.URL{Scheme: "http", Host: s.address}) },
		ModifyResponse: func(answer *http.Response) error {
			change(answer.Request.URL.Path, answer)
			return nil
		},
	})
	t.Cleanup(between.Close)
	return caller.New(between.URL, 4)
}

// change replaces a text in the answers to one path.
func change(answer *http.Response, path, at, from, to string) {
	if strings.HasSuffix(path, at) {
		body, _ := io.ReadAll(answer.Body)
		replace(answer, bytes.ReplaceAll(body, []byte(from), []byte(to)))
	}
}

func replace(answer *http.Response, body []byte) {
	answer.Body = io.NopCloser(bytes.NewReader(body))
	answer.Header.Set("Content-Length", strconv.Itoa(len(body)))
}

func TestWhatIsSealedOpensAndAPoolOnlyLooksLikeIt(t *testing.T) {
	v := caller.New("127.0.0.1:1", 1).Person(seal.NewCode())
	sealed, err := v.SealRecord(caller.NewID(), []byte(`{"text":"well"}`))
	if err != nil {
		t.Fatal(err)
	}
	if opened, err := seal.Open(sealed, v.Code.Identity()); err != nil || !bytes.Contains(opened, []byte("well")) {
		t.Errorf("it opens as %.60s, %v", opened, err)
	}
	pool, err := caller.NewPool()
	if err != nil {
		t.Fatal(err)
	}
	one, other := caller.NewID(), caller.NewID()
	if !bytes.Equal(pool.Record(one), pool.Record(one)) || bytes.Equal(pool.Record(one), pool.Record(other)) {
		t.Error("the bytes do not follow from the id")
	}
	if seal.Keys(pool.Record(one)) != 1 {
		t.Error("it is not a file for one key")
	}
}
