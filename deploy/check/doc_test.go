// Package check tests what Predah is run with: the Dockerfile, the compose file, and the files in
// deploy. It is a module of its own, so that the product's go.mod has no container tools.
//
// It needs bin/predah (make bin/predah), Caddy, and Valkey or Redis; PREDAH_CADDY and
// PREDAH_REDIS_SERVER say where these are. PostgreSQL it finds as the product's tests do.
package check

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// root is the folder of the project.
const root = "../.."

// built is the program that make built.
func built(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(root, "bin", "predah"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("run make bin/predah first: %v", err)
	}
	return path
}

// read is the text of a file of the project.
func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// help is what a command of the program says of its flags.
var help = sync.OnceValues(func() (string, error) {
	said, err := exec.Command(filepath.Join(root, "bin", "predah"), "serve", "--help").CombinedOutput()
	return string(said), err
})

// settings are the environment variables that predah serve reads.
func settings(t *testing.T) map[string]bool {
	t.Helper()
	built(t)
	said, err := help()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	known := make(map[string]bool)
	for _, name := range regexp.MustCompile(`PREDAH_[A-Z_]+`).FindAllString(said, -1) {
		known[name] = true
	}
	if !known["PREDAH_LISTEN"] {
		t.Fatalf("the help names no variables: %s", said)
	}
	return known
}

// expectSettings fails for a variable that predah serve does not read.
func expectSettings[V any](t *testing.T, environment map[string]V) {
	t.Helper()
	known := settings(t)
	for name := range environment {
		if strings.HasPrefix(name, "PREDAH_") && !known[name] {
			t.Errorf("%s is set, and predah serve reads no such variable", name)
		}
	}
}
