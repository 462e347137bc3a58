// Command bench measures Predah beside a bare gin handler that does the least
// possible of the same work, in one run on one machine, and writes the ratios
// to docs/performance.md. It starts bin/predah, so run it as `make bench`.
package main

import (
	"fmt"
	"os"
	"slices"
)

const reportPath = "docs/performance.md"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 2 && args[0] == bareCommand {
		return serveBare(args[1])
	}
	rows, err := measure()
	if err != nil {
		return err
	}
	report := render(rows)
	fmt.Print(report)
	if err := os.WriteFile(reportPath, []byte(report), 0o644); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// measure takes every measurement, the servers one after the other in turns.
func measure() ([]row, error) {
	check, err := loadCheck("gaming")
	if err != nil {
		return nil, err
	}
	started, err := measureStart()
	if err != nil {
		return nil, err
	}
	served, err := measureHTTP(check)
	if err != nil {
		return nil, err
	}
	scored, err := measureScoring(check)
	if err != nil {
		return nil, err
	}
	files, err := measureBatch()
	if err != nil {
		return nil, err
	}
	return slices.Concat(served, scored, files, started), nil
}
