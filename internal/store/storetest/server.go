package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"predah/internal/process/postgres"
)

// superuser is the only user of the server; its socket asks for no password.
const superuser = "predah"

// startLimit is how long a server may take to answer.
const startLimit = time.Minute

// serverScript makes a cluster and runs it until its standard input ends, which it does when
// the test binary does, even killed. Then it stops the server and removes everything.
// Nothing waits for the disk: a test cluster need not outlive the machine.
const serverScript = `
programs=$1 home=$2
trap '' INT HUP
cd "$home" || exit 1
if "$programs/initdb" -D cluster -U ` + superuser + ` -A trust -E UTF8 --locale=C --no-sync; then
	"$programs/postgres" -D cluster -k "$home" -c listen_addresses= -c fsync=off -c full_page_writes=off \
		-c synchronous_commit=off -c max_connections=200 -c shared_buffers=32MB & server=$!
	cat >/dev/null
	kill -INT $server
	wait $server
fi
cd / && rm -rf "$home"
`

// startServer finds PostgreSQL's programs, makes a cluster in a temporary folder and waits
// until it answers.
func startServer() (*server, error) {
	home, err := os.MkdirTemp("", "predah-pg-")
	if err != nil {
		return nil, err
	}
	programs, err := postgres.Programs(filepath.Join(home, "programs"))
	if err != nil {
		return nil, err
	}
	log := filepath.Join(home, "log")
	lifeline, err := runServer(programs, home, log)
	if err != nil {
		return nil, err
	}
	started := &server{socket: home, lifeline: lifeline}
	if err := started.await(); err != nil {
		said, _ := os.ReadFile(log)
		return nil, fmt.Errorf("%w; it said: %s", err, said)
	}
	return started, nil
}

// runServer starts the script, as an unprivileged user where this one is root, which
// PostgreSQL refuses to run as. The server runs as long as the pipe it returns is open.
func runServer(programs, home, log string) (io.Closer, error) {
	output, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer output.Close()
	script := exec.Command("/bin/sh", "-c", serverScript, "sh", programs, home)
	script.Stdout, script.Stderr = output, output
	script.Env = append(os.Environ(), "LC_ALL=C")
	script.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() == 0 {
		nobody, err := postgres.Unprivileged()
		if err != nil {
			return nil, err
		}
		if err := postgres.Give(home, nobody); err != nil {
			return nil, err
		}
		script.SysProcAttr.Credential = nobody
	}
	lifeline, err := script.StdinPipe()
	if err != nil {
		return nil, err
	}
	return lifeline, script.Start()
}

// await returns when the server answers.
func (s *server) await() error {
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	pool, err := sql.Open("pgx", s.address("postgres"))
	if err != nil {
		return err
	}
	defer pool.Close()
	for {
		err := pool.PingContext(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the test server does not answer: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
