package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"time"

	"predah/internal/process"
)

// server is a server that this program started.
type server struct {
	*process.Process
	data string // the folder that is removed with it, if any
}

// start runs a server and waits until it has printed its address and answers.
func start(name string, args ...string) (*server, error) {
	p, err := process.Start(context.Background(), process.Command{Path: name, Args: args, Health: "/readyz"})
	if err != nil {
		return nil, err
	}
	return &server{Process: p}, nil
}

// stop ends the process; it holds nothing worth finishing.
func (s *server) stop() {
	s.Kill()
	os.RemoveAll(s.data)
}

// startPredah runs the service with a database of its own.
func startPredah() (*server, error) {
	data, err := os.MkdirTemp("", "predah-bench-")
	if err != nil {
		return nil, err
	}
	s, err := start("bin/predah", "serve", "--listen", "127.0.0.1:0", "--data", data, "--rate-limit-factor", "1000000")
	if err != nil {
		os.RemoveAll(data)
		return nil, err
	}
	s.data = data
	return s, nil
}

// measureStart starts Predah several times and takes the median time to ready, and its memory when idle.
func measureStart() ([]row, error) {
	const starts = 9
	var times, memories []float64
	for range starts {
		p, err := startPredah()
		if err != nil {
			return nil, err
		}
		times = append(times, float64(p.Ready)/float64(time.Millisecond))
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
	rows := []row{{what: "start to the first answer of `/readyz`", figure: fmt.Sprintf("%.0f ms", ready), aim: "at most 150 ms", met: ready <= 150}}
	if len(memories) > 0 {
		resident := median(memories)
		rows = append(rows, row{what: "resident memory when idle", figure: fmt.Sprintf("%.0f MB", resident), aim: "at most 60 MB", met: resident <= 60})
	}
	return rows, nil
}
