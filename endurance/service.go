package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"predah/internal/caller"
	"predah/internal/process"
)

// stopLimit is how long a service may take to end well.
const stopLimit = 20 * time.Second

// service is a running Predah with data of its own.
type service struct {
	*process.Process
	client                  *caller.Client
	program, data, database string // the database's URL; empty for SQLite
}

// startService runs the program on a folder of data, in SQLite, or in PostgreSQL if there is
// a URL. It limits no rates. More of its environment is NAME=VALUE.
func startService(ctx context.Context, program, data, database string, environment ...string) (*service, error) {
	address, err := process.FreeAddress()
	if err != nil {
		return nil, err
	}
	started, err := process.Start(ctx, process.Command{
		Path: program, Args: []string{"serve", "--listen", address, "--data", data, "--rate-limit-factor", "0"},
		Env: append(environment, "PREDAH_DATABASE="+database), Address: address, Health: "/readyz",
	})
	if err != nil {
		return nil, err
	}
	return &service{Process: started, client: caller.New(address, writers), program: program, data: data, database: database}, nil
}

// restart runs it again after it has ended.
func (s *service) restart(ctx context.Context) error {
	started, err := s.Restart(ctx)
	if err != nil {
		return err
	}
	s.client.Close() // its connections lead to the one before
	s.Process = started
	return nil
}

// stop ends it as an operator does.
func (s *service) stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, stopLimit)
	defer cancel()
	return s.Stop(ctx)
}

// workplace is a folder for one run, that is removed after it.
func workplace() (folder string, remove func(), err error) {
	folder, err = os.MkdirTemp("", "predah-endurance-")
	return folder, func() { os.RemoveAll(folder) }, err
}

// chance returns a source of chance, and says how to get the same again.
func (c common) chance() *rand.Rand {
	seed := c.Seed
	if seed == 0 {
		seed = rand.Uint64()
	}
	fmt.Printf("chance: --seed %d\n", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// machine says on what something was measured, and when.
func machine() string {
	return fmt.Sprintf("%s, %d cores, %s/%s", time.Now().Format(time.DateOnly), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
}

// absolute makes a path absolute: the service may run elsewhere.
func absolute(path string) (string, error) { return filepath.Abs(path) }
