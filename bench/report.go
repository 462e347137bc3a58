package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// section is one table of the report.
type section struct {
	title string
	notes string // what has to be known to read it
	rows  []row
}

// row is one line of a table.
type row struct {
	what   string
	figure string
	aim    string
	met    bool
}

// render gives the whole report as Markdown.
func (r *run) render(sections []section) string {
	var out strings.Builder
	out.WriteString("# Performance\n\nWritten by `make bench`; do not edit by hand.\n\n")
	fmt.Fprintf(&out, "Measured on %s: %s, %d cores, %s/%s, %s. %s\n", time.Now().Format(time.DateOnly),
		processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), r.describeDisk())
	fmt.Fprintf(&out, "Client and server share the machine; %d connections; two servers take turns, %d times %s each; a ratio is the median of the turns.\n",
		connections, r.turns, r.turnTime)
	for _, s := range sections {
		fmt.Fprintf(&out, "\n## %s\n\n", s.title)
		if s.notes != "" {
			out.WriteString(s.notes + "\n\n")
		}
		out.WriteString("| what | measured | aim | met |\n|---|---|---|---|\n")
		for _, row := range s.rows {
			fmt.Fprintf(&out, "| %s | %s | %s | %s |\n", row.what, row.figure, row.aim, row.verdict())
		}
	}
	return out.String()
}

// verdict says whether the aim is met, and nothing where there is none.
func (r row) verdict() string {
	switch {
	case r.aim == "none":
		return ""
	case r.met:
		return "yes"
	}
	return "**no**"
}

// describeDisk says how long the disk takes to make sure of a small write: the median of a
// hundred.
func (r *run) describeDisk() string {
	took, err := timeSync(r.disk)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("The disk takes %.2f ms to make sure of 4 KiB (`fsync`).", took.Seconds()*1000)
}

// timeSync writes and syncs a file again and again.
func timeSync(folder string) (time.Duration, error) {
	file, err := os.CreateTemp(folder, "sync-")
	if err != nil {
		return 0, err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	var times []time.Duration
	for range 100 {
		began := time.Now()
		if _, err := file.Write(make([]byte, 4<<10)); err != nil {
			return 0, err
		}
		if err := file.Sync(); err != nil {
			return 0, err
		}
		times = append(times, time.Since(began))
	}
	return median(times), nil
}

// processor names the processor, where the system says it.
func processor() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "processor not known"
	}
	for line := range strings.Lines(string(info)) {
		if name, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "processor not known"
}
