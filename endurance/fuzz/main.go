// Command fuzz runs every fuzz target of the project one after another, keeps some of the inputs
// that reached new code in its package's testdata/fuzz, where every later run begins with them,
// and writes into docs/reliability.md how many inputs each was given.
package main

import (
	"bytes"
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"predah/internal/measured"
)

func main() {
	each := flag.Duration("time", time.Minute, "how long each target runs")
	flag.Parse()
	if err := run(*each); err != nil {
		fmt.Fprintln(os.Stderr, "fuzz:", err)
		os.Exit(1)
	}
}

// kept is how many inputs of a target the project keeps.
const kept = 16

// target is a fuzz target, and how many inputs it was given.
type target struct {
	folder, name string
	inputs       int64
}

var declaration = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(f \*testing\.F\)`)

// run fuzzes each target for that long. A target that fails ends it: the input is then in the
// package's testdata/fuzz.
func run(each time.Duration) error {
	var targets []target
	for _, folder := range []string{"cmd", "internal"} {
		found, err := find(folder)
		if err != nil {
			return err
		}
		targets = append(targets, found...)
	}
	found, err := cache()
	if err != nil {
		return err
	}
	for i := range targets {
		if err := targets[i].fuzz(each); err != nil {
			return err
		}
		if err := targets[i].keep(found); err != nil {
			return err
		}
	}
	return measured.Section(filepath.Join("docs", "reliability.md"), "Fuzzing", report(targets, each))
}

// find lists the targets below a folder.
func find(root string) (targets []target, err error) {
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, match := range declaration.FindAllSubmatch(source, -1) {
			targets = append(targets, target{folder: filepath.ToSlash(filepath.Dir(path)), name: string(match[1])})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for fuzz targets: %w", err)
	}
	return targets, nil
}

var executions = regexp.MustCompile(`execs: (\d+)`)

// shortening is how long go test may look for a shorter input that reaches the same code. Its
// usual minute is all the time that a target with long inputs has.
const shortening = time.Second

// fuzz runs the target and reads how many inputs it was given.
func (t *target) fuzz(each time.Duration) error {
	fmt.Printf("%s %s\n", t.folder, t.name)
	var said bytes.Buffer
	command := exec.Command("go", "test", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", each.String(),
		"-fuzzminimizetime", shortening.String(), "./"+t.folder)
	command.Stdout, command.Stderr = io.MultiWriter(os.Stdout, &said), os.Stderr
	if err := command.Run(); err != nil && !ranOut(said.Bytes()) {
		return fmt.Errorf("%s in %s: %w", t.name, t.folder, err)
	}
	counts := executions.FindAllSubmatch(said.Bytes(), -1)
	if len(counts) == 0 {
		return fmt.Errorf("%s in %s: go test does not say how many inputs it tried", t.name, t.folder)
	}
	last := counts[len(counts)-1][1]
	inputs, err := strconv.ParseInt(string(last), 10, 64)
	if err != nil {
		return fmt.Errorf("%s in %s: read how many inputs it tried: %w", t.name, t.folder, err)
	}
	t.inputs = inputs
	return nil
}

// cache is the folder in which go test has the inputs that reached new code.
func cache() (string, error) {
	said, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		return "", fmt.Errorf("ask go for its cache: %w", err)
	}
	return filepath.Join(strings.TrimSpace(string(said)), "fuzz"), nil
}

// keep copies the shortest inputs that reached new code to the package, until it has enough.
func (t *target) keep(cache string) error {
	from := filepath.Join(cache, "predah", t.folder, t.name)
	to := filepath.Join(t.folder, "testdata", "fuzz", t.name)
	inputs, err := os.ReadDir(from)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("keep inputs of %s: %w", t.name, err)
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return fmt.Errorf("keep inputs of %s: %w", t.name, err)
	}
	there, err := os.ReadDir(to)
	if err != nil {
		return fmt.Errorf("keep inputs of %s: %w", t.name, err)
	}
	slices.SortFunc(inputs, func(a, b fs.DirEntry) int {
		return cmp.Or(cmp.Compare(length(a), length(b)), cmp.Compare(a.Name(), b.Name()))
	})
	for _, input := range inputs[:min(len(inputs), max(0, kept-len(there)))] {
		text, err := os.ReadFile(filepath.Join(from, input.Name()))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, input.Name()), text, 0o644)
		}
		if err != nil {
			return fmt.Errorf("keep an input of %s: %w", t.name, err)
		}
	}
	return nil
}

// length is how long a file is, 0 for one that is gone.
func length(file fs.DirEntry) int64 {
	info, err := file.Info()
	if err != nil {
		return 0
	}
	return info.Size()
}

// ranOut tells whether go test failed for nothing but the end of its time, which it takes for a
// failure now and then (https://go.dev/issue/75804, mended in Go 1.27). Of an input that fails it
// says in which file it wrote it.
func ranOut(said []byte) bool {
	return bytes.Contains(said, []byte("    context deadline exceeded\n")) && !bytes.Contains(said, []byte("Failing input written"))
}

// report is the table for the document.
func report(targets []target, each time.Duration) string {
	var table strings.Builder
	var total int64
	for _, t := range targets {
		fmt.Fprintf(&table, "| `%s` | `%s` | %d |\n", t.folder, t.name, t.inputs)
		total += t.inputs
	}
	return fmt.Sprintf("`make fuzz FUZZTIME=%s` on %s, %d processors: %d inputs in %d targets, none of which failed.\n\n| package | target | inputs |\n|---|---|--:|\n%s",
		each, time.Now().UTC().Format(time.DateOnly), runtime.NumCPU(), total, len(targets), table.String())
}
