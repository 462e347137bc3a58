package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"predah/internal/faultydisk"
	"predah/internal/race"
)

// program is the service, built for these tests.
var program string

// TestMain builds the service once, with the race detector if the tests have it.
func TestMain(m *testing.M) { os.Exit(build(m)) }

func build(m *testing.M) int {
	folder, err := os.MkdirTemp("", "predah-endurance-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	program = filepath.Join(folder, "predah")
	build := exec.Command("go", "build", fmt.Sprintf("-race=%t", race.Enabled), "-o", program, "predah/cmd/predah")
	if said, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the service: %v\n%s", err, said)
		return 1
	}
	races := filepath.Join(folder, "race")
	if err := os.Setenv("GORACE", "log_path="+races); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return max(m.Run(), reported(races))
}

// reported prints the races that services found, and returns 1 if there are any. They are read from
// files, since a service that is killed has no status that tells of them.
func reported(races string) (code int) {
	files, _ := filepath.Glob(races + ".*")
	for _, file := range files {
		report, err := os.ReadFile(file)
		if err != nil {
			report = []byte(err.Error())
		}
		fmt.Fprintf(os.Stderr, "%s\n", report)
		code = 1
	}
	return code
}

// luck is a source of chance whose seed is logged.
func luck(t *testing.T) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

func TestNothingIsLostWhenTheServiceIsKilled(t *testing.T) {
	report, err := crashCommand{common: common{Program: program}, Cycles: 4}.try(t.Context(), luck(t))
	if err != nil || !report.Whole() {
		t.Errorf("%s, %v", report, err)
	}
	if report.Saved == 0 || report.Deleted == 0 {
		t.Errorf("nothing was tried: %s", report)
	}
}

func TestNothingIsLostWhenPostgreSQLIsKilled(t *testing.T) {
	report, err := crashCommand{common: common{Program: program}, Cycles: 4, Postgres: true}.try(t.Context(), luck(t))
	if err != nil || !report.Whole() {
		t.Errorf("%s, %v", report, err)
	}
	if report.Vaults == 0 {
		t.Errorf("nothing was tried: %s", report)
	}
}

func TestAcknowledgedWritesSurvivePowerCuts(t *testing.T) {
	needsDisk(t)
	result, err := cutCommand{common: common{Program: program}, Runs: 2, Cuts: 10}.try(t.Context(), luck(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := result.judge(); err != nil {
		t.Errorf("%v\n%s", err, result)
	}
}

// needsDisk skips a test where no disk can be mounted.
func needsDisk(t *testing.T) {
	t.Helper()
	if err := faultydisk.Available(); err != nil {
		t.Skipf("no disk that fails can be mounted: %v", err)
	}
}

// TestAKilledReplicaCostsNoAcknowledgedWrite gives Caddy more time than make scale does to see
// that a replica is gone or back: other tests may keep the machine busy.
func TestAKilledReplicaCostsNoAcknowledgedWrite(t *testing.T) {
	line, err := scaleCommand{common: common{Program: program}, Kills: 3, Instant: 6 * time.Second, Caddy: caddy(t)}.try(t.Context(), luck(t))
	if err != nil {
		t.Errorf("%v\n%s", err, line)
	}
}

// caddy finds Caddy, or installs it.
func caddy(t *testing.T) string {
	t.Helper()
	script, err := fromRoot("scripts/caddy")
	if err != nil {
		t.Fatal(err)
	}
	path, err := exec.Command(script).Output()
	if err != nil {
		t.Fatalf("find Caddy: %v", err)
	}
	return strings.TrimSpace(string(path))
}
