package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// row is one line of the report.
type row struct {
	what   string
	figure string
	aim    string
	met    bool
}

// render gives the whole report as Markdown.
func render(rows []row) string {
	var out strings.Builder
	out.WriteString("# Performance\n\nWritten by `make bench`; do not edit by hand.\n\n")
	fmt.Fprintf(&out, "Measured on %s: %s, %d cores, %s/%s, %s.\n", time.Now().Format(time.DateOnly),
		processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	fmt.Fprintf(&out, "Client and server share the machine; %d connections; the two servers take turns, %d times %s each; a ratio is the median of the turns.\n\n",
		connections, turns, turnTime)
	out.WriteString("| what | measured | aim | met |\n|---|---|---|---|\n")
	for _, r := range rows {
		met := "**no**"
		switch {
		case r.aim == "none":
			met = ""
		case r.met:
			met = "yes"
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s |\n", r.what, r.figure, r.aim, met)
	}
	out.WriteString("\nThe bare handlers are in `bench/bare.go`: gin without middleware. The one for scoring decodes the same body, adds up the answers and encodes a\n" +
		"reply of the same size. Of those for the questionnaire one sends the same headers and body, the other the body alone: what the security headers cost.\n")
	return out.String()
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
