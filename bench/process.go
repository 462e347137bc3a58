package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"time"
)

// process is a server that this program started.
type process struct {
	command *exec.Cmd
	address string        // host:port
	ready   time.Duration // from start to the first answered request
	data    string        // the folder that is removed with it, if any
}

var openAt = regexp.MustCompile(`http://([0-9.]+:[0-9]+)`)

// start runs a server and waits until it has printed its address and answers.
func start(name string, args ...string) (*process, error) {
	command := exec.Command(name, args...)
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	p := &process{command: command}
	line, err := bufio.NewReader(out).ReadString('\n')
	found := openAt.FindStringSubmatch(line)
	if err != nil || found == nil {
		p.stop()
		return nil, fmt.Errorf("%s did not say its address: %q", name, line)
	}
	p.address = found[1]
	response, err := http.Get("http://" + p.address + "/readyz")
	if err != nil {
		p.stop()
		return nil, fmt.Errorf("ask %s whether it is ready: %w", name, err)
	}
	response.Body.Close()
	p.ready = time.Since(began)
	return p, nil
}

// stop ends the process; it holds nothing worth finishing.
func (p *process) stop() {
	p.command.Process.Kill()
	p.command.Wait()
	os.RemoveAll(p.data)
}

// startPredah runs the service with a database of its own.
func startPredah() (*process, error) {
	data, err := os.MkdirTemp("", "predah-bench-")
	if err != nil {
		return nil, err
	}
	p, err := start("bin/predah", "serve", "--listen", "127.0.0.1:0", "--data", data, "--rate-limit-factor", "1000000")
	if err != nil {
		os.RemoveAll(data)
		return nil, err
	}
	p.data = data
	return p, nil
}

// memory is the resident set in bytes; Linux only.
func (p *process) memory() (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range bytes.Lines(status) {
		if fields := bytes.Fields(line); len(fields) == 3 && string(fields[0]) == "VmRSS:" {
			kib, err := strconv.Atoi(string(fields[1]))
			return kib << 10, err
		}
	}
	return 0, fmt.Errorf("no VmRSS in the status of process %d", p.command.Process.Pid)
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
		times = append(times, float64(p.ready)/float64(time.Millisecond))
		if runtime.GOOS == "linux" {
			bytes, err := p.memory()
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
