package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"predah/internal/caller"
	"predah/internal/faultydisk"
	"predah/internal/measured"
)

// cutLoad is how long people write before each series of cuts.
const cutLoad = 300 * time.Millisecond

// liesPerRun is how many cuts of each run are tried on disks that lie.
const liesPerRun = 4

// honesty is which flushes a disk honours. Only the first kind of disk is one to keep data
// on; the others show that this test finds what is lost.
type honesty struct {
	name    string
	ignored func(path string) bool
}

// honest is a disk that does what it says, with the service as it is: synchronous=FULL.
var honest = honesty{"every flush", func(string) bool { return false }}

// lies are what the same run would have left with less. SQLite's synchronous=NORMAL does not
// flush its log at a commit, only when it moves the log into the file, which does not come in
// so short a run; OFF never flushes.
func lies() []honesty {
	return []honesty{
		{"no flush of SQLite's log, as with synchronous=NORMAL", func(path string) bool { return strings.HasSuffix(path, "-wal") }},
		{"no flush at all, as with synchronous=OFF", func(string) bool { return true }},
	}
}

type cutCommand struct {
	common
	Runs int `default:"40" help:"How often the service runs (${default})."`
	Cuts int `default:"25" help:"How many cuts are tried of each run (${default})."`
}

// Run is the power cut test.
func (c cutCommand) Run(ctx context.Context) error {
	if err := faultydisk.Available(); err != nil {
		return fmt.Errorf("the power can't be cut here: %w", err)
	}
	began := time.Now()
	result, err := c.try(ctx, c.chance())
	if err != nil {
		return err
	}
	text := result.String()
	fmt.Println(text)
	if err := result.judge(); err != nil || !c.Write {
		return err
	}
	return measured.Section(reportPath, "Power cuts", fmt.Sprintf("`go run ./endurance cut --runs %d --cuts %d` (%s, %s):\n\n%s",
		c.Runs, c.Cuts, machine(), time.Since(began).Round(time.Second), text))
}

// outcome is what was left after cuts.
type outcome struct {
	cuts     int
	flushes  int
	honest   caller.Report
	lies     []honesty
	liesCuts int   // how many cuts were tried of each lie
	lost     []int // by each lie: after how many cuts something acknowledged was missing
	dead     []int // by each lie: after how many cuts the service did not even start
}

// judge says what is wrong with it.
func (o outcome) judge() error {
	if !o.honest.Whole() {
		return errors.New("after a power cut the service does not have what it acknowledged")
	}
	for i, lost := range o.lost {
		if lost+o.dead[i] == 0 {
			return fmt.Errorf("with %s nothing was lost: the test finds nothing", o.lies[i].name)
		}
	}
	return nil
}

// String is a table of what was left.
func (o outcome) String() string {
	var out strings.Builder
	out.WriteString("| what the disk honours | cuts | left |\n|---|---|---|\n")
	fmt.Fprintf(&out, "| %s (%d in all runs) | %d | %s |\n", honest.name, o.flushes, o.cuts, o.honest)
	for i, lie := range o.lies {
		fmt.Fprintf(&out, "| %s | %d | acknowledged writes missing after %d cuts; after %d the service did not start |\n", lie.name, o.liesCuts, o.lost[i], o.dead[i])
	}
	return out.String()
}

// try runs the service again and again, and cuts the power of each run many times.
func (c cutCommand) try(ctx context.Context, chance *rand.Rand) (outcome, error) {
	result := outcome{lies: lies()}
	result.lost, result.dead = make([]int, len(result.lies)), make([]int, len(result.lies))
	program, err := absolute(c.Program)
	if err != nil {
		return result, err
	}
	pool, err := caller.NewPool()
	if err != nil {
		return result, err
	}
	for run := range c.Runs {
		recorded, err := record(ctx, program, pool, chance)
		if err != nil {
			return result, err
		}
		if err := recorded.cut(ctx, c.Cuts, chance, &result); err != nil {
			return result, fmt.Errorf("run %d: %w", run+1, err)
		}
		fmt.Printf("%4d  %s\n", run+1, result.honest)
		if !result.honest.Whole() {
			break
		}
	}
	return result, nil
}

// recording is one run of the service on a disk that remembers, with what was acknowledged
// at which moment of the disk's history.
type recording struct {
	program string
	journal *caller.Journal
	trace   faultydisk.Trace
	ready   int // from when on the service answered
}

// record runs the service under load for a moment.
func record(ctx context.Context, program string, pool *caller.Pool, chance *rand.Rand) (_ recording, err error) {
	folder, remove, err := workplace()
	if err != nil {
		return recording{}, err
	}
	defer remove()
	disk, err := faultydisk.Mount(folder)
	if err != nil {
		return recording{}, err
	}
	defer func() { err = errors.Join(err, disk.Unmount()) }()
	s, err := startService(ctx, program, filepath.Join(disk.Folder, "data"), "")
	if err != nil {
		return recording{}, err
	}
	defer s.Kill()
	places, err := s.places(ctx)
	if err != nil {
		return recording{}, err
	}
	r := recording{program: program, journal: caller.NewTimedJournal(disk.Position), ready: disk.Position()}
	loading, stop := context.WithTimeout(ctx, cutLoad)
	defer stop()
	load{client: s.client, journal: r.journal, pool: pool, places: places, rarely: 4}.run(loading, chance)
	r.trace = disk.Trace()
	return r, ctx.Err()
}

// cut cuts the power at random moments.
func (r recording) cut(ctx context.Context, cuts int, chance *rand.Rand, result *outcome) error {
	result.flushes += r.trace.Flushes()
	for range cuts {
		moment := chance.IntN(r.trace.Len() + 1)
		report, err := r.look(ctx, moment, honest, chance)
		if err != nil {
			return fmt.Errorf("after a cut at %d of %d: %w", moment, r.trace.Len(), err)
		}
		result.cuts++
		result.honest.Add(report)
		if !report.Whole() {
			return nil
		}
	}
	for range liesPerRun {
		r.cutLies(ctx, chance, result)
	}
	return ctx.Err()
}

// cutLies cuts the power once, late enough that something was acknowledged, as if the disk
// had not honoured every flush.
func (r recording) cutLies(ctx context.Context, chance *rand.Rand, result *outcome) {
	middle := (r.ready + r.trace.Len()) / 2
	moment := middle + chance.IntN(r.trace.Len()-middle+1)
	result.liesCuts++
	for i, lie := range result.lies {
		report, err := r.look(ctx, moment, lie, chance)
		switch {
		case err != nil:
			result.dead[i]++
		case !report.Whole():
			result.lost[i]++
		}
	}
}

// look starts the service on what a cut left and compares.
func (r recording) look(ctx context.Context, moment int, disk honesty, chance *rand.Rand) (caller.Report, error) {
	folder, remove, err := workplace()
	if err != nil {
		return caller.Report{}, err
	}
	defer remove()
	if err := r.trace.Cut(moment, chance, disk.ignored, folder); err != nil {
		return caller.Report{}, err
	}
	data := filepath.Join(folder, "data")
	if err := os.MkdirAll(data, 0o700); err != nil {
		return caller.Report{}, err
	}
	s, err := startService(ctx, r.program, data, "")
	if err != nil {
		return caller.Report{}, err
	}
	defer s.Kill()
	defer s.client.Close()
	return r.journal.CompareAt(ctx, s.client, moment)
}
