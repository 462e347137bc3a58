package main

import (
	"fmt"
	"slices"
	"time"

	"predah/bench/load"
)

// comparison is what two servers did in turns.
type comparison struct {
	ratio       float64       // median over the turns
	ours, other float64       // median requests per second
	slow        time.Duration // 99 in 100 of our answers came within it, median over the turns
}

func (c comparison) String() string {
	return fmt.Sprintf("%.2f (%.0f/s beside %.0f/s)", c.ratio, c.ours, c.other)
}

// row is the comparison with its aim, the least ratio.
func (c comparison) row(what string, aim float64) row {
	return row{what: what, figure: c.String(), aim: fmt.Sprintf("at least %.2f", aim), met: c.ratio >= aim}
}

// compare puts two servers under the same load in turns.
func (r *run) compare(ours, other load.Target) (comparison, error) {
	var ratios, oursRates, otherRates []float64
	var slow []time.Duration
	for turn := range r.turns + 1 {
		oursDid, otherDid, err := r.takeTurns(ours, other, turn%2 == 0)
		if err != nil {
			return comparison{}, err
		}
		if turn == 0 && r.turns > 1 {
			continue // both warm up
		}
		ratios = append(ratios, oursDid.Rate/otherDid.Rate)
		oursRates = append(oursRates, oursDid.Rate)
		otherRates = append(otherRates, otherDid.Rate)
		slow = append(slow, oursDid.Percentile(99))
	}
	return comparison{ratio: median(ratios), ours: median(oursRates), other: median(otherRates), slow: median(slow)}, nil
}

// takeTurns measures both, now the one first and now the other, since what runs on the
// machine besides changes from second to second.
func (r *run) takeTurns(ours, other load.Target, oursFirst bool) (oursDid, otherDid load.Result, err error) {
	if !oursFirst {
		otherDid, oursDid, err = r.takeTurns(other, ours, true)
		return oursDid, otherDid, err
	}
	if oursDid, err = load.Closed(ours, connections, r.turnTime); err != nil {
		return load.Result{}, load.Result{}, err
	}
	otherDid, err = load.Closed(other, connections, r.turnTime)
	return oursDid, otherDid, err
}

func median[T float64 | time.Duration](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
