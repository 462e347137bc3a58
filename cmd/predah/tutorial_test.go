package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestTheTutorialIsExecuted: testdata/tutorial.txtar runs each command of the tutorial.
func TestTheTutorialIsExecuted(t *testing.T) {
	document, err := os.ReadFile("../../docs/questionnaires.md")
	if err != nil {
		t.Fatal(err)
	}
	session, err := os.ReadFile("testdata/tutorial.txtar")
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllSubmatch(document, -1)
	if len(commands) < 6 {
		t.Fatalf("the tutorial has %d commands", len(commands))
	}
	for _, command := range commands {
		for line := range strings.Lines(string(command[1])) {
			if !strings.Contains(string(session), "\nexec "+strings.TrimSpace(line)) {
				t.Errorf("tutorial.txtar does not run: %s", line)
			}
		}
	}
}
