package postgres

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// Freeze stops the server and every process of it (SIGSTOP): connections stay open and
// nothing answers, as when a machine hangs. Linux only.
func (c *Cluster) Freeze() error {
	if err := c.Pause(); err != nil { // it starts no more processes from here on
		return err
	}
	return c.signalChildren(syscall.SIGSTOP)
}

// Thaw lets it go on.
func (c *Cluster) Thaw() error {
	if err := c.signalChildren(syscall.SIGCONT); err != nil {
		return err
	}
	c.Resume()
	return nil
}

// signalChildren signals the processes that the server has started.
func (c *Cluster) signalChildren(signal syscall.Signal) error {
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", c.PID(), c.PID()))
	if err != nil {
		return fmt.Errorf("list the processes of PostgreSQL: %w", err)
	}
	for _, child := range strings.Fields(string(children)) {
		pid, err := strconv.Atoi(child)
		if err != nil {
			return fmt.Errorf("list the processes of PostgreSQL: %w", err)
		}
		_ = syscall.Kill(pid, signal) // its only failure is that it has ended
	}
	return nil
}
