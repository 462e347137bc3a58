// Command bench measures Predah beside bare gin handlers that do the least possible of the
// same work, and beside PocketBase, in one run on one machine, and writes the ratios to
// docs/performance.md. It starts bin/predah, so run it as `make bench`.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
)

const reportPath = "docs/performance.md"

func main() {
	if err := begin(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// begin measures, or is one of the servers that Predah is compared with.
func begin(args []string) error {
	if len(args) == 2 {
		switch args[0] {
		case bareCommand:
			return serveBare(args[1])
		case bareRecordsCommand:
			var on database
			if err := json.Unmarshal([]byte(args[1]), &on); err != nil {
				return fmt.Errorf("read where the database is: %w", err)
			}
			return serveBareRecords(on)
		}
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	only := flags.String("only", "", "measure these only and print the report instead of writing it: http,scoring,batch,start,saving,reading,mixed,growth,deleted")
	growth := flags.Int("growth", whole().many, "with how many records growth is measured; each takes about 7 KB of the disk meanwhile")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return measure(*only, *growth)
}

// measure takes the measurements and reports them.
func measure(only string, growth int) error {
	disk, err := os.MkdirTemp("bin", "bench-") // where the database of a service would be, and no file system in memory
	if err != nil {
		return fmt.Errorf("make a folder for the databases: %w", err)
	}
	defer os.RemoveAll(disk)
	r := &run{size: whole(), predah: "bin/predah", pocketbase: "bin/bench-pocketbase", disk: disk}
	r.many = growth
	sections, err := r.measure(func(name string) bool { return only == "" || slices.Contains(strings.Split(only, ","), name) })
	if err != nil {
		return err
	}
	report := r.render(sections)
	fmt.Print(report)
	if only != "" {
		return nil
	}
	if err := os.WriteFile(reportPath, []byte(report), 0o644); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}
