package main

import (
	"fmt"
	"runtime"
	"time"
)

// measureStart starts Predah several times and takes the median time to ready, and its memory when idle.
func (r *run) measureStart() ([]row, error) {
	var times []time.Duration
	var memories []float64
	for range r.starts {
		p, err := r.startPredah()
		if err != nil {
			return nil, err
		}
		times = append(times, p.Ready)
		if runtime.GOOS == "linux" {
			bytes, err := p.Memory()
			if err != nil {
				p.stop()
				return nil, err
			}
			memories = append(memories, float64(bytes)/1e6)
		}
		p.stop()
	}
	ready := median(times)
	rows := []row{{what: "start to the first answer of `/readyz`", figure: fmt.Sprintf("%d ms", ready.Milliseconds()), aim: "at most 150 ms", met: ready <= 150*time.Millisecond}}
	if len(memories) > 0 {
		resident := median(memories)
		rows = append(rows, row{what: "resident memory when idle", figure: fmt.Sprintf("%.0f MB", resident), aim: "at most 60 MB", met: resident <= 60})
	}
	return rows, nil
}
