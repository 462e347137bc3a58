package process

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// The ports that FreeAddress chooses from: below those of outgoing connections, above those
// of well-known services.
const firstPort, ports = 20000, 10000

func somePort() int { return firstPort + rand.IntN(ports) }

// Memory is the resident set in bytes; Linux only.
func (p *Process) Memory() (int, error) { return p.memory("VmRSS:") }

// OwnMemory is the part of the resident set that is no file's, in bytes; Linux only. The rest are
// pages of the program, which the system may drop and read again.
func (p *Process) OwnMemory() (int, error) { return p.memory("RssAnon:") }

// PeakMemory is the most that the resident set ever was, in bytes; Linux only.
func (p *Process) PeakMemory() (int, error) { return p.memory("VmHWM:") }

// memory is a size of the status, in bytes.
func (p *Process) memory(name string) (int, error) {
	status, err := os.ReadFile(p.proc("status"))
	if err != nil {
		return 0, err
	}
	for line := range bytes.Lines(status) {
		if fields := bytes.Fields(line); len(fields) == 3 && string(fields[0]) == name {
			kib, err := strconv.Atoi(string(fields[1]))
			return kib << 10, err
		}
	}
	return 0, fmt.Errorf("no %s in the status of process %d", name, p.PID())
}

// Open is how many files and how many sockets the program has open; Linux only.
func (p *Process) Open() (files, sockets int, err error) {
	open, err := os.ReadDir(p.proc("fd"))
	if err != nil {
		return 0, 0, err
	}
	for _, each := range open {
		target, err := os.Readlink(filepath.Join(p.proc("fd"), each.Name()))
		switch {
		case errors.Is(err, fs.ErrNotExist): // closed meanwhile
		case err != nil:
			return 0, 0, err
		case strings.HasPrefix(target, "socket:"):
			sockets++
		default:
			files++
		}
	}
	return files, sockets, nil
}

// proc is a file that the system has about the program.
func (p *Process) proc(name string) string { return fmt.Sprintf("/proc/%d/%s", p.PID(), name) }

// standsStill tells whether every thread of the program is stopped.
func (p *Process) standsStill() (bool, error) {
	threads, err := filepath.Glob(p.proc("task/*/stat"))
	if err != nil || len(threads) == 0 {
		return false, fmt.Errorf("process %d is gone", p.PID())
	}
	for _, thread := range threads {
		stat, err := os.ReadFile(thread)
		if errors.Is(err, fs.ErrNotExist) {
			continue // it ended meanwhile
		}
		if err != nil {
			return false, err
		}
		// What follows the name, which is in brackets, begins with the state.
		if _, state, found := bytes.Cut(stat, []byte(") ")); !found || state[0] != 'T' {
			return false, nil
		}
	}
	return true, nil
}
