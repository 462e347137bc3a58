package main

import (
	"bufio"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"predah/internal/process"
)

// sample is what the service uses at some moment.
type sample struct {
	at             time.Duration // since the beginning
	resident, heap float64       // MiB, and MiB that live after a collection
	files, sockets float64
	goroutines     float64 // but for one for each socket, which waits on it
}

// String is the sample in a line.
func (s sample) String() string {
	return fmt.Sprintf("%.1f MiB resident, %.1f MiB heap, %.0f files, %.0f sockets, %.0f goroutines besides", s.resident, s.heap, s.files, s.sockets, s.goroutines)
}

// uses is what is watched, and by how much it may grow over a run.
var uses = []struct {
	name   string
	of     func(sample) float64
	atMost float64
}{
	{"resident memory, MiB", func(s sample) float64 { return s.resident }, 16},
	{"heap that lives, MiB", func(s sample) float64 { return s.heap }, 8},
	{"open files", func(s sample) float64 { return s.files }, 8},
	{"sockets, of which the callers open as many as they need", func(s sample) float64 { return s.sockets }, writers},
	{"goroutines besides one for each socket", func(s sample) float64 { return s.goroutines }, 16},
}

// take takes a sample.
func take(p *process.Process, metrics string) (sample, error) {
	resident, err := p.Memory()
	if err != nil {
		return sample{}, err
	}
	files, sockets, err := p.Open()
	if err != nil {
		return sample{}, err
	}
	read, err := scrape(metrics, "go_goroutines", "go_gc_heap_live_bytes", "go_memstats_heap_alloc_bytes")
	if err != nil {
		return sample{}, err
	}
	heap, known := read["go_gc_heap_live_bytes"]
	if !known {
		heap = read["go_memstats_heap_alloc_bytes"]
	}
	return sample{
		resident: float64(resident) / (1 << 20), heap: heap / (1 << 20),
		files: float64(files), sockets: float64(sockets), goroutines: read["go_goroutines"] - float64(sockets),
	}, nil
}

// scrape reads some metrics.
func scrape(address string, names ...string) (map[string]float64, error) {
	response, err := http.Get("http://" + address + "/metrics")
	if err != nil {
		return nil, fmt.Errorf("read the metrics: %w", err)
	}
	defer response.Body.Close()
	values := make(map[string]float64)
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		for _, name := range names {
			if text, found := strings.CutPrefix(lines.Text(), name+" "); found {
				if values[name], err = strconv.ParseFloat(text, 64); err != nil {
					return nil, fmt.Errorf("read the metric %s: %w", name, err)
				}
			}
		}
	}
	if len(values) == 0 {
		return nil, fmt.Errorf("read the metrics: none of %v is there", names)
	}
	return values, nil
}

// growth is the slope of the straight line through the samples (least squares), times the
// time between the first and the last.
func growth(samples []sample, of func(sample) float64) float64 {
	if len(samples) < 2 {
		return 0
	}
	var meanAt, mean float64
	for _, s := range samples {
		meanAt += s.at.Seconds() / float64(len(samples))
		mean += of(s) / float64(len(samples))
	}
	var above, below float64
	for _, s := range samples {
		away := s.at.Seconds() - meanAt
		above += away * (of(s) - mean)
		below += away * away
	}
	return above / below * (samples[len(samples)-1].at - samples[0].at).Seconds()
}
