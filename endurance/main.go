// Command endurance tries what Predah promises about its writes: it kills the service and
// the database, cuts the power, fills the disk and keeps everything busy for a long time,
// and each time compares the service with a journal of what was acknowledged. It runs
// bin/predah, so run it as `make soak`. A fault is an exit status of 1.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// reportPath is the document that figures are written to.
const reportPath = "docs/reliability.md"

// common is what every command needs.
type common struct {
	Program string `default:"bin/predah" placeholder:"FILE" help:"The service (${default})."`
	Seed    uint64 `placeholder:"N" help:"Makes chance the same again; by default a new one, which is printed."`
	Write   bool   `help:"Write the figures into docs/reliability.md."`
}

type commands struct {
	Crash crashCommand `cmd:"" help:"Kill the service, and with --postgres the database, at random moments under load."`
	Cut   cutCommand   `cmd:"" help:"Cut the power at random moments: what was not flushed is lost."`
	Scale scaleCommand `cmd:"" help:"Kill one of two replicas behind Caddy, again and again, under load."`
	Drill drillCommand `cmd:"" help:"Kill the leader of three PostgreSQL nodes under Patroni, with two replicas of the service on them."`
	Keep  keepCommand  `cmd:"" help:"Keep a backup of a version of the tables, before a migration brings the next one."`
	Soak  soakCommand  `cmd:"" help:"Keep the service busy for minutes and watch what it uses."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	var command commands
	parsed := kong.Parse(&command, kong.Name("endurance"), kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := parsed.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "endurance:", err)
		os.Exit(1)
	}
}
