package scoring_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestNoProductIsAddedToInOneInstruction compiles what computes scores for arm64, which Go lets
// multiply and add in one instruction that rounds once. Results would then differ between processors
// in their last digit. `make soak` runs the tests of this package for arm64.
func TestNoProductIsAddedToInOneInstruction(t *testing.T) {
	// A rounding that is written changes nothing in the binary of this test, so go test would take
	// its result from the cache; it does not once a file that the test has read has changed.
	for _, folder := range []string{".", "../questionnaire", "../questionnaire/load"} {
		if err := fs.WalkDir(os.DirFS(folder), ".", func(path string, _ fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".go") {
				_, err = os.ReadFile(filepath.Join(folder, path))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	build := exec.Command("go", "build", "-gcflags=-S", "predah/internal/questionnaire", "predah/internal/questionnaire/load", "predah/internal/scoring")
	build.Env = append(os.Environ(), "GOARCH=arm64", "GOOS=linux", "CGO_ENABLED=0")
	listing, err := build.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, listing)
	}
	if !strings.Contains(string(listing), "FMULD") {
		t.Fatal("the listing has no multiplication at all")
	}
	for _, fused := range regexp.MustCompile(`\((\S+\.go:\d+)\)\s+(FN?M(?:ADD|SUB)[DS])`).FindAllStringSubmatch(string(listing), -1) {
		t.Errorf("%s: %s; write float64(x*y)", fused[1], fused[2])
	}
}
