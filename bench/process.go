package main

import (
	"context"
	"os"

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

// startSelf runs this program as one of the servers that Predah is compared with.
func startSelf(command string, args ...string) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return start(self, append([]string{command}, args...)...)
}

// stop ends the process; it holds nothing worth finishing.
func (s *server) stop() {
	s.Kill()
	if s.data != "" {
		os.RemoveAll(s.data)
	}
}

// startPredah runs the service with a data folder of its own, and without limits for callers.
func (r *run) startPredah(flags ...string) (*server, error) {
	data, err := r.newFolder()
	if err != nil {
		return nil, err
	}
	s, err := r.startPredahOn(data, flags...)
	if err != nil {
		os.RemoveAll(data)
		return nil, err
	}
	s.data = data
	return s, nil
}

// startPredahOn runs the service with a data folder that stays.
func (r *run) startPredahOn(data string, flags ...string) (*server, error) {
	args := []string{"serve", "--listen", "127.0.0.1:0", "--data", data, "--rate-limit-factor", "0"}
	return start(r.predah, append(args, flags...)...)
}

// newFolder makes a folder on the disk that is measured.
func (r *run) newFolder() (string, error) { return os.MkdirTemp(r.disk, "bench-") }
