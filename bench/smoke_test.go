package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestMain lets this binary be the bare handlers.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && strings.HasPrefix(os.Args[1], bareCommand) {
		if err := begin(os.Args[1:]); err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

// TestEveryMeasurementRuns takes each measurement as small as can be: what comes out is no
// figure, but everything that is measured was answered well. PocketBase, a module of its
// own, is left out.
func TestEveryMeasurementRuns(t *testing.T) {
	predah := filepath.Join(t.TempDir(), "predah")
	build := exec.Command("go", "build", "-o", predah, "predah/cmd/predah")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build Predah: %v\n%s", err, said)
	}
	disk, err := os.MkdirTemp("", "predah-bench-") // where the user of PostgreSQL comes to, unlike the test's own folder
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(disk) })
	r := &run{predah: predah, disk: disk, size: size{
		turns: 1, turnTime: 20 * time.Millisecond, paced: 20 * time.Millisecond,
		starts: 1, batchRows: 1000, vaults: connections, records: connections, few: 100, many: 200, deleted: 1000,
	}}
	// scoring is a benchmark of a second, and has tests of its own
	sections, err := r.measure(func(name string) bool { return name != "scoring" })
	if err != nil {
		t.Fatal(err)
	}
	report := r.render(sections)
	for _, row := range []string{"bare gin with one transaction", "through gorm", "at 80 %", "listing an inbox", "start with 200 records", "start with 1000 tombstones"} {
		if !strings.Contains(report, row) {
			t.Errorf("no row about %q in\n%s", row, report)
		}
	}
}
