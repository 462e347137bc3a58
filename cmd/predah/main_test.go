package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	testscript.Main(leakless{m}, map[string]func(){"predah": main})
}

// leakless runs the tests of the package and fails when they leave a goroutine behind. What the
// sessions start are processes of their own, which are not looked at.
type leakless struct{ tests *testing.M }

// Run returns 0 if all is well.
func (l leakless) Run() (code int) {
	goleak.VerifyTestMain(l.tests, goleak.Cleanup(func(came int) { code = came }))
	return code
}

// TestSessions runs the command-line sessions of testdata, each as a person would type it.
func TestSessions(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("GOCOVERDIR", os.Getenv("GOCOVERDIR"))
			return nil
		},
	})
}
