package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// serving starts the service on a free port. It gives its address and what ends it, which
// returns what it has logged.
func serving(t *testing.T, command serveCommand) (address string, end func() string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	command.Listen, command.LogFormat = "127.0.0.1:0", "json"
	if command.Data == "" {
		command.Data = filepath.Join(t.TempDir(), "data")
	}
	reader, writer := io.Pipe()
	var logs bytes.Buffer
	ended := make(chan error, 1)
	go func() {
		ended <- command.serve(ctx, streams{out: writer, err: &logs})
		writer.Close()
	}()
	line, err := bufio.NewReader(reader).ReadString('\n')
	if err != nil {
		t.Fatalf("no address was printed: %v; %v", err, <-ended)
	}
	return regexp.MustCompile(`http://[0-9.:]+`).FindString(line), func() string {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the service ended with %v", err)
		}
		return logs.String()
	}
}

func TestServeAnswersUntilItIsEnded(t *testing.T) {
	address, end := serving(t, serveCommand{})
	for _, path := range []string{"/healthz", "/readyz", "/api/v1/questionnaires/gaming", "/api/v1/support?need=danger-now"} {
		response, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s answered %s", path, response.Status)
		}
	}
	end()
}

// TestALenientServiceLeavesOutWhatIsWrong: of four questionnaires one is healthy, one has a
// mistake in a file, one a worked example that does not come out and one a flag that leaves somebody alone at night.
func TestALenientServiceLeavesOutWhatIsWrong(t *testing.T) {
	own := t.TempDir()
	for id, change := range map[string][2]string{
		"healthy":  {"id: gaming", "id: healthy"},
		"mistaken": {"id: gaming", "id: mistaken\nsorce: self"},
		"unproved": {"id: gaming", "id: unproved"},
		"unsafe":   {"id: gaming", "id: unsafe"},
	} {
		if err := os.CopyFS(filepath.Join(own, id), os.DirFS("../../questionnaires/gaming")); err != nil {
			t.Fatal(err)
		}
		rewrite(t, filepath.Join(own, id, "questionnaire.yaml"), change[0], change[1])
	}
	rewrite(t, filepath.Join(own, "unproved", "examples.yaml"), "scores: {total: 6, harm: 2}", "scores: {total: 7, harm: 2}")

	rewrite(t, filepath.Join(own, "unsafe", "questionnaire.yaml"), "support: [samarijan-sopotnik, tom-telefon, klic-112]", "support: [tom-telefon, klic-112]")

	address, end := serving(t, serveCommand{contentFlags: contentFlags{Questionnaires: own}, Lenient: true})
	for path, want := range map[string]int{"healthy": 200, "gaming": 200, "mistaken": 404, "unproved": 404, "unsafe": 404} {
		response, err := http.Get(address + "/api/v1/questionnaires/" + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s answered %s", path, response.Status)
		}
	}
	response, err := http.Get(address + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if ready, err := io.ReadAll(response.Body); err != nil || !strings.Contains(string(ready), `"status":"degraded","left_out":["mistaken","unproved","unsafe"]`) {
		t.Errorf("%v: %s", err, ready)
	}
	logs := end()
	for _, want := range []string{
		filepath.Join(own, "mistaken", "questionnaire.yaml") + ":3:1: unknown key `sorce` (did you mean `source`?)",
		"score `total`: expected 7, got 6",
		"unsafe: the flag `much-too-heavy` lacks help: ",
	} {
		if !strings.Contains(logs, want) {
			t.Errorf("%q is not in the log: %s", want, logs)
		}
	}
}

// TestNoServiceStartsWithWhatCheckRefusesForSafety: what leaves somebody alone at night is refused in the words of check.
func TestNoServiceStartsWithWhatCheckRefusesForSafety(t *testing.T) {
	own := t.TempDir()
	if err := os.CopyFS(filepath.Join(own, "unsafe"), os.DirFS("../../questionnaires/gaming")); err != nil {
		t.Fatal(err)
	}
	rules := filepath.Join(own, "unsafe", "questionnaire.yaml")
	rewrite(t, rules, "id: gaming", "id: unsafe")
	command := serveCommand{contentFlags: contentFlags{Questionnaires: own}}
	if _, err := command.loadServed(slog.New(slog.DiscardHandler)); err != nil {
		t.Fatalf("refused before anything is wrong: %v", err)
	}
	rewrite(t, rules, "support: [samarijan-sopotnik, tom-telefon, klic-112]", "support: [tom-telefon, klic-112]")
	var checked strings.Builder
	if err := (checkCommand{Dir: own}).Run(streams{out: io.Discard, err: &checked}); err == nil {
		t.Error("check takes it")
	}
	_, err := command.loadServed(slog.New(slog.DiscardHandler))
	first, _, _ := strings.Cut(checked.String(), "\n")
	if err == nil || !strings.Contains(first, "lacks help") || !strings.Contains(err.Error(), first) {
		t.Errorf("check says %q, serve %v", first, err)
	}
}

// rewrite replaces a text in a file.
func rewrite(t *testing.T, path, old, new string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("%q is not in %s", old, path)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(data), old, new, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestServeSaysWhichAddressItCannotTake(t *testing.T) {
	command := serveCommand{Listen: "256.0.0.1:1", LogFormat: "text", dataFlags: dataFlags{Data: t.TempDir()}}
	err := command.serve(t.Context(), streams{out: io.Discard, err: io.Discard})
	if err == nil || !regexp.MustCompile(`listen on 256\.0\.0\.1:1`).MatchString(err.Error()) {
		t.Errorf("got %v", err)
	}
}
