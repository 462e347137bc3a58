package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// previewing is a preview that runs as a process of its own.
type previewing struct {
	t       *testing.T
	process *exec.Cmd
	address string
	out     *bufio.Scanner
	err     *bufio.Scanner
}

// startPreview previews a folder from the folder above it.
func startPreview(t *testing.T, dir, folder string) *previewing {
	t.Helper()
	p := &previewing{t: t, process: exec.Command("predah", "questionnaires", "preview", folder, "--listen", "127.0.0.1:0")}
	p.process.Dir = dir
	out, err := p.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errs, err := p.process.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.process.Process.Kill() }) // it has mostly ended by itself
	p.out, p.err = bufio.NewScanner(out), bufio.NewScanner(errs)
	p.address = regexp.MustCompile(`http://[0-9.:]+`).FindString(p.line(p.out, "The preview is open at http://"))
	return p
}

// line reads on to a line that holds the text.
func (p *previewing) line(from *bufio.Scanner, text string) string {
	p.t.Helper()
	for from.Scan() {
		if strings.Contains(from.Text(), text) {
			return from.Text()
		}
	}
	p.t.Fatalf("no line holds %q", text)
	return ""
}

func (p *previewing) get(path string) (*http.Response, string) {
	p.t.Helper()
	response, err := http.Get(p.address + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return response, string(body)
}

// events opens the stream; the function returned reads on to an event of that name whose
// data holds the text.
func (p *previewing) events() func(name, text string) string {
	p.t.Helper()
	response, err := http.Get(p.address + "/_preview/events")
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { response.Body.Close() })
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	return func(name, text string) string {
		p.t.Helper()
		for lines.Scan() {
			if lines.Text() != "event: "+name || !lines.Scan() {
				continue
			}
			if data, _ := strings.CutPrefix(lines.Text(), "data: "); strings.Contains(data, text) {
				return data
			}
		}
		p.t.Fatalf("no event %s holds %q", name, text)
		return ""
	}
}

// newWalks writes a questionnaire to be previewed.
func newWalks(t *testing.T) (dir, folder string) {
	t.Helper()
	dir = t.TempDir()
	command := exec.Command("predah", "questionnaires", "new", "walks", "--title-en", "Walks")
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir, filepath.Join(dir, "walks")
}

// replace changes a text in a file.
func replace(t *testing.T, file, old, now string) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(content), old) {
		t.Fatalf("%s does not hold %q", file, old)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(content), old, now, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestAPreviewFollowsTheFiles(t *testing.T) {
	dir, folder := newWalks(t)
	p := startPreview(t, dir, "walks")
	p.line(p.out, "loaded")
	next := p.events()
	next("state", `"number":1,"problems":[]`)

	response, page := p.get("/")
	if !strings.Contains(page, `<script src="/_preview/panel.js" defer></script></body>`) {
		t.Errorf("there is no panel in the page:\n%s", page)
	}
	if policy := response.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe-inline") {
		t.Errorf("the policy is %q", policy)
	}
	if _, script := p.get("/_preview/panel.js"); !strings.Contains(script, "EventSource") {
		t.Error("there is no script")
	}

	replace(t, filepath.Join(folder, "en.yaml"), `title: "Walks"`, `title: "Hikes"`)
	next("state", `"number":2,"problems":[]`)
	if _, body := p.get("/api/v1/questionnaires/walks?lang=en"); !strings.Contains(body, `"title":"Hikes"`) {
		t.Errorf("the service has not followed: %s", body)
	}

	replace(t, filepath.Join(folder, "questionnaire.yaml"), "criterion: harm}", "criterion: hram}")
	problem := "walks/questionnaire.yaml:"
	next("state", problem)
	if line := p.line(p.err, problem); !regexp.MustCompile(`walks/questionnaire\.yaml:[0-9]+:[0-9]+: .*hram`).MatchString(line) {
		t.Errorf("the terminal says %s", line)
	}
	if _, body := p.get("/api/v1/questionnaires/walks?lang=en"); !strings.Contains(body, `"title":"Hikes"`) {
		t.Errorf("the version before is gone: %s", body)
	}

	replace(t, filepath.Join(folder, "questionnaire.yaml"), "criterion: hram}", "criterion: harm}")
	next("state", `"number":3,"problems":[]`)
	p.end()
}

// end ends the process as Ctrl+C does.
func (p *previewing) end() {
	p.t.Helper()
	if err := p.process.Process.Signal(os.Interrupt); err != nil {
		p.t.Fatal(err)
	}
	for p.out.Scan() { // all of it is read before the process is waited for
	}
	if err := p.process.Wait(); err != nil {
		p.t.Errorf("the preview ended with %v", err)
	}
}

func TestAPreviewShowsWhichRulesHeld(t *testing.T) {
	dir, _ := newWalks(t)
	p := startPreview(t, dir, "walks")
	p.line(p.out, "loaded")
	next := p.events()
	answers := `{"version": "1.0.0", "subject": {"age": 15}, "answers": {"something-good": 0, "longer": 3, "comes-first": 0, "sleep-lost": 1, "too-heavy": null}}`
	response, err := http.Post(p.address+"/api/v1/questionnaires/walks/score?lang=en", "application/json", strings.NewReader(answers))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("scoring answers %s", response.Status)
	}
	var traced struct {
		Questionnaire string
		Rules         []struct {
			Kind, ID, Words string
			Held            bool
			IsResult        bool `json:"is_result"`
			Parts           []struct{ Held bool }
		}
	}
	if err := json.Unmarshal([]byte(next("trace", "walks")), &traced); err != nil {
		t.Fatal(err)
	}
	held := make(map[string]bool)
	for _, rule := range traced.Rules {
		name := rule.Kind + " " + rule.ID
		held[name] = rule.Held
		if rule.IsResult != (name == "band watch") {
			t.Errorf("%s is the result: %v", name, rule.IsResult)
		}
		if name == "band watch" && (len(rule.Parts) != 3 || !rule.Parts[0].Held || rule.Parts[1].Held || !strings.Contains(rule.Words, "criteria")) {
			t.Errorf("%+v", rule)
		}
	}
	for name, want := range map[string]bool{
		"criterion signs": true, "criterion harm": false, "band change": false, "band watch": true, "band keep": false,
		"flag too-heavy": false, "advice one-change": true, "advice tell-one": true, "advice keep-good": false,
	} {
		if got, ok := held[name]; !ok || got != want {
			t.Errorf("%s: %v (there: %v)", name, got, ok)
		}
	}
	p.end()
}

func TestAPreviewOfWhatIsBrokenWaitsForIt(t *testing.T) {
	dir, folder := newWalks(t)
	replace(t, filepath.Join(folder, "questionnaire.yaml"), "version: 1.0.0", "version: one")
	p := startPreview(t, dir, "walks")
	p.line(p.err, "walks/questionnaire.yaml:5:10:")
	next := p.events()
	if state := next("state", "walks/questionnaire.yaml:5:10:"); !strings.Contains(state, `"number":0,`) {
		t.Errorf("something is shown already: %s", state)
	}
	if _, page := p.get("/preveri"); !strings.Contains(page, "/_preview/panel.js") {
		t.Errorf("there is no page: %s", page)
	}
	replace(t, filepath.Join(folder, "questionnaire.yaml"), "version: one", "version: 1.0.0")
	next("state", `"number":1,"problems":[]`)
	p.end()
}

func TestAPreviewIsForThisMachineOnly(t *testing.T) {
	dir, _ := newWalks(t)
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "example.org:80"} {
		command := exec.Command("predah", "questionnaires", "preview", "walks", "--listen", address)
		command.Dir = dir
		if out, err := command.CombinedOutput(); err == nil || !strings.Contains(string(out), "this machine only") {
			t.Errorf("%s: %v, %s", address, err, out)
		}
	}
	p := startPreview(t, dir, "walks")
	p.line(p.out, "loaded")
	request, err := http.NewRequest(http.MethodGet, p.address+"/_preview/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "rebound.example:8090"
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusForbidden {
		t.Errorf("another name of this machine answers %s", response.Status)
	}
	p.end()
}
