package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"predah/internal/race"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"predah": main})
}

// TestSessions runs the command-line sessions of testdata, each as a person would type it.
func TestSessions(t *testing.T) {
	if race.Enabled {
		t.Skip("the program does one thing after the other there; make test runs it without the race detector")
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("GOCOVERDIR", os.Getenv("GOCOVERDIR"))
			return nil
		},
	})
}
