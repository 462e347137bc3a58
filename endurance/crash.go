package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"predah/internal/caller"
	"predah/internal/measured"
	"predah/internal/process/postgres"
)

const (
	// A kill comes at a random moment of this time after the load began. PostgreSQL gets
	// more, since it starts slowly on empty tables.
	loadAtLeast, loadAtMost = 50 * time.Millisecond, 800 * time.Millisecond
	postgresLoadAtMost      = 3 * time.Second
	// cyclesPerDatabase is after how many cycles everything is compared once more, and a new
	// database is begun, so that disks and patience are enough.
	cyclesPerDatabase = 20
)

type crashCommand struct {
	common
	Cycles   int  `default:"200" help:"How often to kill (${default})."`
	Postgres bool `help:"On PostgreSQL, which is killed too."`
}

// Run is the crash test.
func (c crashCommand) Run(ctx context.Context) error {
	began := time.Now()
	result, err := c.try(ctx, c.chance())
	if err != nil {
		return err
	}
	line := fmt.Sprintf("%d kills, %s", c.Cycles, result)
	fmt.Println(line)
	if !result.Whole() {
		return errors.New("the service does not have what it acknowledged")
	}
	if !c.Write {
		return nil
	}
	name, command := "Crashes on SQLite", "go run ./endurance crash"
	if c.Postgres {
		name, command = "Crashes on PostgreSQL", "go run ./endurance crash --postgres"
	}
	return measured.Section(reportPath, name, fmt.Sprintf("`%s --cycles %d` (%s, %s): %s.", command, c.Cycles, machine(), time.Since(began).Round(time.Second), line))
}

// try runs all cycles and returns how the service compares with the journal at their end.
func (c crashCommand) try(ctx context.Context, chance *rand.Rand) (caller.Report, error) {
	program, err := absolute(c.Program)
	if err != nil {
		return caller.Report{}, err
	}
	pool, err := caller.NewPool()
	if err != nil {
		return caller.Report{}, err
	}
	var all caller.Report
	for done := 0; done < c.Cycles; done += cyclesPerDatabase {
		one := crashes{program: program, postgres: c.Postgres, cycles: min(cyclesPerDatabase, c.Cycles-done), chance: chance, pool: pool, before: done}
		report, err := one.run(ctx)
		all.Add(report)
		if err != nil || !report.Whole() {
			return all, err
		}
	}
	return all, nil
}

// crashes is some cycles on one database.
type crashes struct {
	program  string
	postgres bool
	cycles   int
	before   int // cycles on other databases, for the numbers that are printed
	chance   *rand.Rand
	pool     *caller.Pool

	service     *service
	cluster     *postgres.Cluster // nil on SQLite
	counsellors counsellors
}

// run kills again and again, compares what is new after each cycle, and everything at the end.
func (c *crashes) run(ctx context.Context) (caller.Report, error) {
	folder, remove, err := workplace()
	if err != nil {
		return caller.Report{}, err
	}
	defer remove()
	if err := c.start(ctx, folder); err != nil {
		return caller.Report{}, err
	}
	defer c.end()
	var journals []*caller.Journal
	for cycle := range c.cycles {
		journal, report, err := c.cycle(ctx)
		if err != nil {
			return report, fmt.Errorf("cycle %d: %w", c.before+cycle+1, err)
		}
		journals = append(journals, journal)
		fmt.Printf("%4d  %s\n", c.before+cycle+1, report)
		if !report.Whole() {
			return report, nil
		}
	}
	var all caller.Report
	for _, journal := range journals {
		report, err := journal.Compare(ctx, c.service.client)
		all.Add(report)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

func (c *crashes) start(ctx context.Context, folder string) (err error) {
	url := ""
	if c.postgres {
		home := filepath.Join(folder, "postgres")
		if err := errors.Join(os.Chmod(folder, 0o755), os.Mkdir(home, 0o700)); err != nil {
			return err
		}
		if c.cluster, err = postgres.Start(ctx, home); err != nil {
			return err
		}
		url = c.cluster.URL()
	}
	if c.service, err = startService(ctx, c.program, filepath.Join(folder, "data"), url); err == nil {
		c.counsellors, err = c.service.invite(ctx)
	}
	if err != nil {
		c.end()
	}
	return err
}

// end ends what runs.
func (c *crashes) end() {
	if c.service != nil {
		c.service.Kill()
	}
	if c.cluster != nil {
		c.cluster.Kill()
	}
}

// cycle loads, kills, restarts and compares.
func (c *crashes) cycle(ctx context.Context) (*caller.Journal, caller.Report, error) {
	places, err := c.counsellors.links(ctx, 1)
	if err != nil {
		return nil, caller.Report{}, err
	}
	l := load{client: c.service.client, journal: caller.NewJournal(), pool: c.pool, places: places, rarely: 6}
	loading, stop := context.WithCancel(ctx)
	ended := l.start(loading, c.chance)
	atMost := loadAtMost
	if c.postgres {
		atMost = postgresLoadAtMost
	}
	rest(ctx, loadAtLeast+time.Duration(c.chance.Int64N(int64(atMost-loadAtLeast))))
	killed := c.kill()
	stop()
	<-ended
	if err := errors.Join(ctx.Err(), killed(ctx)); err != nil {
		return l.journal, caller.Report{}, err
	}
	report, err := l.journal.Compare(ctx, c.service.client)
	return l.journal, report, err
}

// kill kills the service; on PostgreSQL by chance the service, the database or both. What it
// returns runs again what was killed, and returns when the service is ready.
func (c *crashes) kill() (restart func(context.Context) error) {
	what := 0
	if c.postgres {
		what = c.chance.IntN(3)
	}
	database, service := what != 0, what != 1
	if database {
		c.cluster.Kill()
	}
	if service {
		c.service.Kill()
	}
	return func(ctx context.Context) error {
		if database {
			if err := c.cluster.Restart(ctx); err != nil {
				return err
			}
		}
		if service {
			return c.service.restart(ctx)
		}
		return c.service.Await(ctx)
	}
}
