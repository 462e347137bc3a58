package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"predah/questionnaires"
)

// TestCheckShowsTheShortestAnswersOfAFault marks a good thing as harm, which then ends in the lowest level, and takes
// from a flag whoever answers at night.
func TestCheckShowsTheShortestAnswersOfAFault(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "gaming"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"questionnaire.yaml", "sl.yaml", "en.yaml", "examples.yaml"} {
		data, err := fs.ReadFile(questionnaires.FS, "gaming/"+name)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(string(data), "{id: something-good, kind: single,", "{id: something-good, harm: true, kind: single,", 1)
		text = strings.Replace(text, "support: [tom-telefon, logout, samarijan-sopotnik]", "support: [tom-telefon, logout]", 1)
		if err := os.WriteFile(filepath.Join(dir, "gaming", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs bytes.Buffer
	if exit := run([]string{"questionnaires", "check", dir}, streams{out: &out, err: &errs}); exit != 1 {
		t.Errorf("exit code %d", exit)
	}
	for _, want := range []string{
		"gaming: harm at its worst ends in the lowest level: `something-good` at 4 with the band `keep`\n",
		"    answers: {something-good: 4, who-with: [1], bit-more: 0,",
		"      band: keep\n",
		"gaming: the flag `others-money` lacks help: at 12 nobody answers on Monday at 00 o'clock but the emergency numbers; list a line that does, such as `samarijan-sopotnik`\n",
		"predah: 2 faults\n",
	} {
		if !strings.Contains(errs.String(), want) {
			t.Errorf("%q is not in:\n%s", want, errs.String())
		}
	}
	if strings.Contains(out.String(), "are fine") {
		t.Errorf("it is called fine:\n%s", out.String())
	}
}
