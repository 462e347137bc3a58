package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"time"

	"predah/internal/caller"
	"predah/internal/measured"
	"predah/internal/process"
)

const (
	// soakPace is how long each person rests between two writes: about 200 writes a second.
	soakPace = 300 * time.Millisecond
	// sampleEvery is how often it is looked at what the service uses.
	sampleEvery = 2 * time.Second
	// warmUp is the part of the run before the samples that count: caches fill.
	warmUp = 3 // a third
)

type soakCommand struct {
	common
	For time.Duration `default:"10m" help:"How long (${default})."`
}

// Run is the soak.
func (c soakCommand) Run(ctx context.Context) error {
	result, err := c.try(ctx, c.chance())
	if err != nil {
		return err
	}
	fmt.Println(result)
	if err := result.judge(); err != nil || !c.Write {
		return err
	}
	return measured.Section(reportPath, "Soak", fmt.Sprintf("`go run ./endurance soak --for %s` (%s):\n\n%s", c.For, machine(), result))
}

// soaked is what came of a soak.
type soaked struct {
	samples []sample // those that count
	writes  *tally
	report  caller.Report
	ended   error // how the service ended when it was asked to
}

// judge says what is wrong with it.
func (s soaked) judge() error {
	var wrong []error
	for _, use := range uses {
		if grown := growth(s.samples, use.of); grown > use.atMost {
			wrong = append(wrong, fmt.Errorf("%s grew by %.1f, at most %.0f is fine", use.name, grown, use.atMost))
		}
	}
	if s.writes.broken+len(s.writes.strange) > 0 {
		wrong = append(wrong, fmt.Errorf("%d writes had no answer, and others a strange one: %v", s.writes.broken, s.writes.strange))
	}
	if !s.report.Whole() {
		wrong = append(wrong, errors.New("the service does not have what it acknowledged"))
	}
	return errors.Join(append(wrong, s.ended)...)
}

// String is a table of what was used, and what was left.
func (s soaked) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%d writes acknowledged, %d refused for now, the slowest took %s. After a graceful stop and a new start: %s.\n\n",
		s.writes.acknowledged, s.writes.unavailable, s.writes.slowest.Round(time.Millisecond), s.report)
	out.WriteString("| used | at the beginning | at the end | growth | at most |\n|---|---|---|---|---|\n")
	if len(s.samples) == 0 {
		return out.String()
	}
	for _, use := range uses {
		fmt.Fprintf(&out, "| %s | %.1f | %.1f | %.1f | %.0f |\n", use.name, use.of(s.samples[0]), use.of(s.samples[len(s.samples)-1]), growth(s.samples, use.of), use.atMost)
	}
	out.WriteString("\nGrowth is the slope of a straight line through the samples of the last two thirds, over that time.\n")
	return out.String()
}

// try keeps the service busy and watches it.
func (c soakCommand) try(ctx context.Context, chance *rand.Rand) (result soaked, err error) {
	program, err := absolute(c.Program)
	if err != nil {
		return soaked{}, err
	}
	pool, err := caller.NewPool()
	if err != nil {
		return soaked{}, err
	}
	folder, remove, err := workplace()
	if err != nil {
		return soaked{}, err
	}
	defer remove()
	metrics, err := process.FreeAddress()
	if err != nil {
		return soaked{}, err
	}
	s, err := startService(ctx, program, filepath.Join(folder, "data"), "", "PREDAH_METRICS_LISTEN="+metrics)
	if err != nil {
		return soaked{}, err
	}
	defer func() { s.Kill() }()
	places, err := s.places(ctx)
	if err != nil {
		return soaked{}, err
	}
	result.writes = newTally()
	l := load{client: s.client, journal: caller.NewJournal(), pool: pool, places: places, rarely: 200, seen: result.writes.count, pace: soakPace, reads: true}
	loading, stop := context.WithTimeout(ctx, c.For)
	defer stop()
	over := l.start(loading, chance)
	if result.samples, err = watch(loading, s.Process, metrics, c.For); err != nil {
		return result, err
	}
	<-over
	result.ended = s.stop(ctx)
	if err := errors.Join(ctx.Err(), s.restart(ctx)); err != nil {
		return result, err
	}
	result.report, err = l.journal.Compare(ctx, s.client)
	return result, err
}

// watch takes samples until ctx ends, and returns those after the warm-up.
func watch(ctx context.Context, p *process.Process, metrics string, during time.Duration) ([]sample, error) {
	began := time.Now()
	ticks := time.NewTicker(sampleEvery)
	defer ticks.Stop()
	var samples []sample
	for {
		select {
		case <-ctx.Done():
			return samples, nil
		case <-ticks.C:
		}
		one, err := take(p, metrics)
		if ctx.Err() != nil {
			return samples, nil
		}
		if err != nil {
			return samples, err
		}
		if one.at = time.Since(began); one.at > during/warmUp {
			samples = append(samples, one)
		}
		if len(samples)%15 == 1 {
			fmt.Printf("%8s  %s\n", one.at.Round(time.Second), one)
		}
	}
}
