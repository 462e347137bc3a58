package process_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"predah/internal/process"
)

// TestMain lets this binary be the program that is started.
func TestMain(m *testing.M) {
	if how := os.Getenv("PROCESS_TEST"); how != "" {
		serve(how)
		return
	}
	os.Exit(m.Run())
}

// serve is a program: it says its address, answers, and ends when it is told to.
func serve(how string) {
	if how == "fails" {
		fmt.Fprintln(os.Stderr, "there is no such folder")
		os.Exit(3)
	}
	listen := "127.0.0.1:0"
	if len(os.Args) > 1 {
		listen = os.Args[1]
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(4)
	}
	end := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGTERM)
	fmt.Printf("open at http://%s\n", listener.Addr())
	go func() {
		_ = http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "well") }))
	}()
	<-end
	if how == "stubborn" {
		select {}
	}
}

// program is this binary as a program.
func program(t *testing.T, how string, args ...string) process.Command {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return process.Command{Path: self, Args: args, Env: []string{"PROCESS_TEST=" + how}, Health: "/"}
}

func start(t *testing.T, command process.Command) *process.Process {
	t.Helper()
	p, err := process.Start(t.Context(), command)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	return p
}

func TestAProgramIsStartedAskedAndStopped(t *testing.T) {
	p := start(t, program(t, "serves"))
	response, err := http.Get("http://" + p.Address)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	memory, err := p.Memory()
	if err != nil || memory < 1<<20 {
		t.Errorf("%d bytes of memory, %v", memory, err)
	}
	if own, err := p.OwnMemory(); err != nil || own < 1<<18 || own >= memory {
		t.Errorf("%d bytes of its own of %d, %v", own, memory, err)
	}
	if files, sockets, err := p.Open(); err != nil || files < 3 || sockets < 1 {
		t.Errorf("%d open files, %d sockets, %v", files, sockets, err)
	}
	if err := p.Stop(t.Context()); err != nil {
		t.Errorf("it ended with %v", err)
	}
}

func TestAKilledProgramIsRestartedAtItsAddress(t *testing.T) {
	address, err := process.FreeAddress()
	if err != nil {
		t.Fatal(err)
	}
	p := start(t, program(t, "serves", address))
	p.Kill()
	again, err := p.Restart(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(again.Kill)
	if again.Address != address || again.PID() == p.PID() {
		t.Errorf("restarted at %s as %d", again.Address, again.PID())
	}
}

func TestAProgramThatEndsSaysWhy(t *testing.T) {
	_, err := process.Start(t.Context(), program(t, "fails"))
	if err == nil || !strings.Contains(err.Error(), "there is no such folder") {
		t.Errorf("the error is %v", err)
	}
}

func TestAProgramThatDoesNotEndIsKilled(t *testing.T) {
	p := start(t, program(t, "stubborn"))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := p.Stop(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the error is %v", err)
	}
	<-p.Ended()
}

func TestAPausedProgramAnswersWhenItIsResumed(t *testing.T) {
	p := start(t, program(t, "serves"))
	if err := p.Pause(); err != nil {
		t.Fatal(err)
	}
	impatient := http.Client{Timeout: 100 * time.Millisecond}
	if response, err := impatient.Get("http://" + p.Address); err == nil {
		response.Body.Close()
		t.Error("it answers while it is paused")
	}
	p.Resume()
	response, err := http.Get("http://" + p.Address)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
}
