// Package postgres finds PostgreSQL's programs and runs clusters of them that are killed,
// paused and restarted like any other program.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"predah/internal/process"
)

// superuser is the only user of a cluster, who needs no password.
const superuser = "predah"

// answerLimit is how long a started cluster may take to answer; it may have to recover first.
const answerLimit = time.Minute

// Cluster is a PostgreSQL server that keeps what it acknowledges: unlike those that tests of
// the store use, it waits for the disk. It listens on the loopback.
type Cluster struct {
	*process.Process
	home string
}

// Start makes a cluster in an empty folder and runs it, as the user nobody where this
// process is root's. Settings are NAME=VALUE.
func Start(ctx context.Context, home string, settings ...string) (*Cluster, error) {
	programs, err := Programs(filepath.Join(home, "programs"))
	if err != nil {
		return nil, err
	}
	var nobody *syscall.Credential
	if os.Geteuid() == 0 {
		if nobody, err = Unprivileged(); err != nil {
			return nil, err
		}
		if err := Give(home, nobody); err != nil {
			return nil, fmt.Errorf("give a folder to the user nobody: %w", err)
		}
	}
	data := filepath.Join(home, "cluster")
	initdb := exec.CommandContext(ctx, filepath.Join(programs, "initdb"), "-D", data, "-U", superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.Dir = home
	initdb.SysProcAttr = &syscall.SysProcAttr{Credential: nobody}
	if said, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("make a cluster: %w; it said: %s", err, said)
	}
	address, err := process.FreeAddress()
	if err != nil {
		return nil, err
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	args := []string{"-D", data, "-c", "listen_addresses=127.0.0.1", "-p", port, "-c", "unix_socket_directories=", "-c", "shared_buffers=32MB"}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	started, err := process.Start(ctx, process.Command{
		Path: filepath.Join(programs, "postgres"), Args: args, Dir: home, User: nobody, Address: address, Env: []string{"LC_ALL=C"},
	})
	if err != nil {
		return nil, err
	}
	c := &Cluster{Process: started, home: home}
	if err := c.await(ctx); err != nil {
		c.Kill()
		return nil, err
	}
	return c, nil
}

// URL is where its one database is.
func (c *Cluster) URL() string {
	return "postgres://" + superuser + "@" + c.Address + "/postgres?sslmode=disable"
}

// Restart runs the cluster again after it has ended, and returns when it has recovered.
func (c *Cluster) Restart(ctx context.Context) error {
	started, err := c.Process.Restart(ctx)
	if err != nil {
		return err
	}
	c.Process = started
	return c.await(ctx)
}

// Stop ends the cluster: what runs is broken off, and everything is written down.
func (c *Cluster) Stop(ctx context.Context) error { return c.StopBy(ctx, syscall.SIGINT) }

// await returns when it answers.
func (c *Cluster) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, answerLimit)
	defer cancel()
	for {
		connection, err := pgx.Connect(ctx, c.URL())
		if err == nil {
			return errors.Join(connection.Ping(ctx), connection.Close(ctx))
		}
		select {
		case <-c.Ended():
			return fmt.Errorf("PostgreSQL ended; it said: %s", c.Said())
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL does not answer: %w; it said: %s", err, c.Said())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
