package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"predah/internal/caller"
	"predah/internal/measured"
)

const (
	// writesAgainWithin is how long after the death of the leader writes are answered again.
	writesAgainWithin = 30 * time.Second
	// looksAfter is how long the load goes on after a failover.
	looksAfter = 3 * time.Second
	// A leader is killed a random time after the load began.
	calmAtLeast, calmAtMost = 3 * time.Second, 6 * time.Second
	failoverLimit           = 2 * time.Minute
)

type drillCommand struct {
	common
	Rounds int `default:"5" help:"How often the leader is killed (${default})."`
}

// Run is the failover drill.
func (c drillCommand) Run(ctx context.Context) error {
	began := time.Now()
	rounds, err := c.try(ctx, c.chance())
	if err != nil || !c.Write {
		return err
	}
	var table strings.Builder
	table.WriteString("| leader killed | writes again after | writes | reads meanwhile | self-checks meanwhile | compared |\n|---|---|---|---|---|---|\n")
	for i, r := range rounds {
		fmt.Fprintf(&table, "| %d | %s |\n", i+1, strings.Join(r.cells(), " | "))
	}
	return measured.Section(reportPath, "Failover", fmt.Sprintf("`make drill` (%d rounds, %s, %s):\n\n%s", c.Rounds, machine(), time.Since(began).Round(time.Second), &table))
}

// round is what one death of a leader cost.
type round struct {
	silent time.Duration // from the kill to the first acknowledged write
	seen   *sight
	reads  asked // of a vault, its list and a record
	checks asked
	report caller.Report
}

func (r round) cells() []string {
	return []string{
		r.silent.Round(100 * time.Millisecond).String(), r.seen.String(),
		r.reads.String(), r.checks.String(), r.report.String(),
	}
}

// judge says what is wrong with it.
func (r round) judge() error {
	switch {
	case !r.report.Whole():
		return errors.New("the service does not have what it acknowledged")
	case r.silent > writesAgainWithin:
		return fmt.Errorf("writes were answered again after %s", r.silent)
	case len(r.reads.failures) > 0:
		return fmt.Errorf("a vault was not read: %d", r.reads.failures[0].status)
	case len(r.checks.failures) > 0:
		return fmt.Errorf("a self-check was not scored: %d", r.checks.failures[0].status)
	}
	for _, failed := range r.seen.failures {
		if !failed.retryable() {
			return fmt.Errorf("a write was answered %d", failed.status)
		}
	}
	return nil
}

// drill is a cluster with two services on it.
type drill struct {
	cluster  *patroniCluster
	services [2]*service
	pool     *caller.Pool
	chance   *rand.Rand

	counsellors counsellors
}

// try kills leaders and lets each come back, under load.
func (c drillCommand) try(ctx context.Context, chance *rand.Rand) (rounds []round, err error) {
	folder, remove, err := workplace()
	if err != nil {
		return nil, err
	}
	defer remove()
	if err := os.Chmod(folder, 0o755); err != nil {
		return nil, err
	}
	d := drill{chance: chance}
	if d.pool, err = caller.NewPool(); err != nil {
		return nil, err
	}
	if d.cluster, err = startPatroni(ctx, folder); err != nil {
		return nil, err
	}
	defer d.cluster.end()
	defer func() { endServices(d.services) }()
	if d.services, err = startReplicas(ctx, c.Program, folder, d.cluster.url(d.cluster.leader), "PREDAH_DATABASE_STANDBY="+d.cluster.url(d.cluster.standby)); err != nil {
		return nil, err
	}
	if d.counsellors, err = d.services[0].invite(ctx); err != nil {
		return nil, err
	}
	for n := range c.Rounds {
		one, err := d.round(ctx)
		if err != nil {
			return rounds, fmt.Errorf("round %d: %w", n+1, err)
		}
		fmt.Printf("%4d  %s\n", n+1, strings.Join(one.cells(), "; "))
		if err := one.judge(); err != nil {
			return rounds, fmt.Errorf("round %d: %w", n+1, err)
		}
		rounds = append(rounds, one)
	}
	return rounds, nil
}

// round kills the leader under load, waits until writes are answered and the node is back, and
// compares.
func (d *drill) round(ctx context.Context) (round, error) {
	leader, err := d.cluster.healthy(ctx)
	if err != nil {
		return round{}, err
	}
	places, err := d.counsellors.links(ctx, 1)
	if err != nil {
		return round{}, err
	}
	r := round{seen: new(sight)}
	journal := caller.NewJournal()
	busy, stop := context.WithCancel(ctx)
	defer stop()
	checks, err := scoring(busy, d.services[0].client)
	if err != nil {
		return round{}, err
	}
	reads, err := reading(busy, d.services[1].client, d.pool)
	if err != nil {
		return round{}, err
	}
	var writing [2]<-chan struct{}
	for i, one := range d.services {
		writing[i] = load{client: one.client, journal: journal, pool: d.pool, places: places, rarely: 10, seen: r.seen.count}.start(busy, d.chance)
	}
	r.silent, err = d.fail(ctx, leader, r.seen)
	stop()
	for _, one := range writing {
		<-one
	}
	r.reads, r.checks = <-reads, <-checks
	if err != nil {
		return r, err
	}
	if err := d.cluster.run(ctx, leader); err != nil {
		return r, err
	}
	if _, err := d.cluster.healthy(ctx); err != nil {
		return r, err
	}
	r.report, err = journal.Compare(ctx, d.services[1].client)
	return r, err
}

// fail kills the leader and returns how long no write was acknowledged.
func (d *drill) fail(ctx context.Context, leader *node, seen *sight) (time.Duration, error) {
	linger(ctx, between(d.chance, calmAtLeast, calmAtMost))
	killed := time.Now()
	if err := leader.kill(); err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, failoverLimit)
	defer cancel()
	for {
		if silent, again := seen.silent(killed); again {
			linger(ctx, looksAfter)
			return silent, ctx.Err()
		}
		if ctx.Err() != nil {
			return 0, errors.New("no write was answered again")
		}
		linger(ctx, 100*time.Millisecond)
	}
}
