package main

import (
	"errors"
	"fmt"
	"runtime"
	"time"
)

// settling is how long a service is left alone before its memory is called that of an idle one:
// it gives back what loading took once it has begun to answer.
const settling = time.Second

// measureStart starts Predah several times and takes the median time to ready, and its memory when idle.
func (r *run) measureStart() ([]row, error) {
	var times []time.Duration
	var memories, own []float64
	for range r.starts {
		p, err := r.startPredah()
		if err != nil {
			return nil, err
		}
		times = append(times, p.Ready)
		if runtime.GOOS == "linux" {
			time.Sleep(settling)
			all, err := p.Memory()
			private, ownErr := p.OwnMemory()
			if err := errors.Join(err, ownErr); err != nil {
				p.stop()
				return nil, err
			}
			memories, own = append(memories, float64(all)/1e6), append(own, float64(private)/1e6)
		}
		p.stop()
	}
	ready := median(times)
	rows := []row{{what: "start to the first answer of `/readyz`", figure: fmt.Sprintf("%d ms", ready.Milliseconds()), aim: "at most 150 ms", met: ready <= 150*time.Millisecond}}
	if len(memories) > 0 {
		resident := median(memories)
		rows = append(rows, row{what: "resident memory when idle", figure: fmt.Sprintf("%.0f MB", resident), aim: "at most 60 MB", met: resident <= 60},
			row{what: "… of which its own; the rest are pages of the program, which the system may drop", figure: fmt.Sprintf("%.0f MB", median(own)), aim: "none"})
	}
	return rows, nil
}
