// Package process runs programs for measurements and endurance tests: it starts one, waits
// until it answers, and stops, kills, pauses or restarts it as an operator or an accident
// would. It knows nothing of what the program does. What it reads of a running process
// (memory, open files) is there on Linux only.
package process

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"sync"
	"syscall"
	"time"
)

// startLimit is how long a program may take until it answers, unless its Command says so.
const startLimit = time.Minute

// waitDelay is how long the end of a program waits for those that it started and that still
// hold its output.
const waitDelay = 10 * time.Second

// pollEvery is how often a starting program is asked.
const pollEvery = 5 * time.Millisecond

// Command says how a program is started and how it is known to be ready.
type Command struct {
	Path string
	Args []string
	Env  []string            // added to this process's own
	Dir  string              // where it runs; this process's own folder if empty
	User *syscall.Credential // as whom; as this process if nil

	// Address is where it will listen, as host:port. If empty it is read from the first line
	// of the program's output, which has to hold http://HOST:PORT.
	Address string
	// Health is the path that it answers by HTTP once it is ready, any status below 500
	// will do. If empty, an accepted connection is enough.
	Health string
	// Limit is how long it may take until it is ready; 0 for a minute.
	Limit time.Duration

	Output io.Writer // what it prints, both streams; nil for nowhere
}

// Process is a program that runs, or has run.
type Process struct {
	Address string        // host:port
	Ready   time.Duration // from the start to the first answer

	command Command
	running *exec.Cmd
	ended   chan struct{} // closed when it has ended
	result  error         // how; set before ended is closed
	said    *tail
}

var openAt = regexp.MustCompile(`http://([0-9.]+:[0-9]+)`)

// Start runs a program and waits until it is ready. One that is not ready in time is killed.
// An error holds the end of what the program printed.
func Start(ctx context.Context, command Command) (*Process, error) {
	if command.Limit == 0 {
		command.Limit = startLimit
	}
	ctx, cancel := context.WithTimeout(ctx, command.Limit)
	defer cancel()
	p := &Process{command: command, ended: make(chan struct{}), said: &tail{to: command.Output}}
	began := time.Now()
	err := p.start(ctx)
	if err == nil {
		err = p.await(ctx)
	}
	if err != nil {
		p.Kill()
		return nil, fmt.Errorf("start %s: %w; it said: %s", command.Path, err, p.said)
	}
	p.Ready = time.Since(began)
	return p, nil
}

// start starts the program, and reads its address if that is to be read.
func (p *Process) start(ctx context.Context) error {
	running := exec.Command(p.command.Path, p.command.Args...)
	running.Env = append(os.Environ(), p.command.Env...)
	running.Dir = p.command.Dir
	running.SysProcAttr = &syscall.SysProcAttr{Credential: p.command.User}
	running.Stderr = p.said
	running.WaitDelay = waitDelay
	printed, prints, err := os.Pipe()
	if err != nil {
		return err
	}
	running.Stdout = prints
	err = running.Start()
	prints.Close()
	if err != nil {
		printed.Close()
		close(p.ended)
		return err
	}
	p.running = running
	address := make(chan string, 1)
	go p.listen(printed, address)
	go func() {
		p.result = running.Wait()
		close(p.ended)
	}()
	if p.Address = p.command.Address; p.Address == "" {
		select {
		case p.Address = <-address:
		case <-ctx.Done():
		}
	}
	if p.Address == "" {
		return errors.New("it did not say its address")
	}
	return nil
}

// listen passes on what the program prints, after it has read the address from the first line.
func (p *Process) listen(printed *os.File, address chan<- string) {
	defer printed.Close()
	lines := bufio.NewReader(printed)
	line, _ := lines.ReadString('\n')
	found := openAt.FindStringSubmatch(line)
	if found != nil {
		address <- found[1]
	}
	close(address)
	_, _ = io.WriteString(p.said, line)
	_, _ = io.Copy(p.said, lines)
}

// await returns when the program answers.
func (p *Process) await(ctx context.Context) error {
	for {
		err := p.ask(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-p.ended:
			return fmt.Errorf("it ended (%s)", p.running.ProcessState)
		case <-ctx.Done():
			return fmt.Errorf("it was not ready in time: %w", err)
		case <-time.After(pollEvery):
		}
	}
}

// ask asks once.
func (p *Process) ask(ctx context.Context) error {
	if p.command.Health == "" {
		connection, err := new(net.Dialer).DialContext(ctx, "tcp", p.Address)
		if err != nil {
			return err
		}
		return connection.Close()
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.Address+p.command.Health, nil)
	if err != nil {
		return err
	}
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= http.StatusInternalServerError {
		return fmt.Errorf("it answers %s", response.Status)
	}
	return nil
}

// Await returns when the program answers, as it did when it was started.
func (p *Process) Await(ctx context.Context) error {
	if err := p.await(ctx); err != nil {
		return fmt.Errorf("wait for %s: %w; it said: %s", p.command.Path, err, p.said)
	}
	return nil
}

// Restart starts the program again, after it has ended, with the same arguments and, if
// these name it, at the same address.
func (p *Process) Restart(ctx context.Context) (*Process, error) {
	<-p.ended
	return Start(ctx, p.command)
}

// Stop asks the program to end (SIGTERM) and waits. When ctx ends first it is killed, and
// the error says so; an error is also what the program ends with, if not well.
func (p *Process) Stop(ctx context.Context) error {
	return p.StopBy(ctx, syscall.SIGTERM)
}

// StopBy is Stop with another signal.
func (p *Process) StopBy(ctx context.Context, signal syscall.Signal) error {
	p.Signal(signal)
	select {
	case <-p.ended:
		return p.result
	case <-ctx.Done():
		p.Kill()
		return fmt.Errorf("stop %s: %w; it said: %s", p.command.Path, ctx.Err(), p.said)
	}
}

// Kill ends the program at once (SIGKILL), as a crash does, and waits until it is gone.
func (p *Process) Kill() {
	p.Signal(syscall.SIGKILL)
	<-p.ended
}

// Pause stops the program where it is (SIGSTOP) and returns when it stands still: its
// connections stay open and nothing answers. Linux only.
func (p *Process) Pause() error {
	p.Signal(syscall.SIGSTOP)
	for {
		still, err := p.standsStill()
		if still || err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
	}
}

// Resume lets a paused program go on.
func (p *Process) Resume() { p.Signal(syscall.SIGCONT) }

// Signal sends a signal; a program that has ended gets none.
func (p *Process) Signal(signal syscall.Signal) {
	if p.running != nil {
		_ = p.running.Process.Signal(signal) // its only failure is that the program has ended
	}
}

// PID is the program's process id.
func (p *Process) PID() int { return p.running.Process.Pid }

// Ended is closed when the program has ended.
func (p *Process) Ended() <-chan struct{} { return p.ended }

// Said is the end of what the program has printed so far, at most 8 KiB.
func (p *Process) Said() string { return p.said.String() }

// FreeAddress returns an address of the loopback that nobody listens on, outside the ports
// that the system gives to outgoing connections: a program that is restarted finds it free.
func FreeAddress() (string, error) {
	for range 100 {
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", somePort()))
		if err == nil {
			return listener.Addr().String(), listener.Close()
		}
	}
	return "", errors.New("no free port was found in a hundred tries")
}

// tail keeps the end of what is written and passes everything on.
type tail struct {
	mu   sync.Mutex
	to   io.Writer
	kept []byte
}

const tailLength = 8 << 10

// Write never fails.
func (t *tail) Write(text []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.to != nil {
		_, _ = t.to.Write(text)
	}
	t.kept = append(t.kept, text...)
	if surplus := len(t.kept) - tailLength; surplus > 0 {
		t.kept = append(t.kept[:0], t.kept[surplus:]...)
	}
	return len(text), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(bytes.TrimSpace(t.kept))
}
