package main

import (
	"fmt"
	"math/rand/v2"
	"time"

	"predah/bench/load"
)

// supportPath asks for support services as the page of a result does.
const supportPath = "/api/v1/support?area=gaming&lang=sl"

// mix is what people do, by how many of 50 requests.
type mix struct{ score, questionnaire, support, save int }

// usual is the mix of a day: 70 % scoring, 20 % reading a questionnaire, 8 % looking for
// support, 2 % saving.
func usual() mix { return mix{score: 35, questionnaire: 10, support: 4, save: 1} }

// requests gives each connection the mix, in an order of its own.
func (m mix) requests(answers []byte, made *vaults) func() load.Source {
	kinds := []struct {
		count int
		next  func() load.Source
	}{
		{m.score, load.Same(post(scorePath, answers))},
		{m.questionnaire, load.Same(get(questionnairePath))},
		{m.support, load.Same(get(supportPath))},
		{m.save, made.saves(apiPrefix)},
	}
	return func() load.Source {
		var order []load.Source
		for _, kind := range kinds {
			source := kind.next()
			for range kind.count {
				order = append(order, source)
			}
		}
		rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		asked := 0
		return func() []byte {
			asked++
			return order[asked%len(order)]()
		}
	}
}

// measureMixed finds how much Predah answers at most, and how fast it answers half and four
// fifths of that.
func (r *run) measureMixed(on engine, c check) ([]row, error) {
	answers, err := c.body()
	if err != nil {
		return nil, err
	}
	in, err := r.install(on)
	if err != nil {
		return nil, err
	}
	defer in.stop()
	made, err := makeVaults(in.predah.Address, max(r.vaults/10, connections))
	if err != nil {
		return nil, err
	}
	target := load.At("mixed load", in.predah.Address, usual().requests(answers, made))
	most, err := r.most(target)
	if err != nil {
		return nil, err
	}
	rows := []row{{what: "mixed load, as many requests as are answered", figure: fmt.Sprintf("%.0f/s", most), aim: "none"}}
	for _, part := range []float64{0.5, 0.8} {
		did, err := load.Open(target, connections, part*most, r.paced)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{
			what:   fmt.Sprintf("… at %.0f %% of it, open load (%.0f/s): p50, p99, p99.9", part*100, part*most),
			figure: latencies(did), aim: "none",
		})
	}
	return rows, nil
}

// most is how many requests a second are answered under closed load, median over the turns.
func (r *run) most(target load.Target) (float64, error) {
	var rates []float64
	for range r.turns {
		did, err := load.Closed(target, connections, r.turnTime)
		if err != nil {
			return 0, err
		}
		rates = append(rates, did.Rate)
	}
	return median(rates), nil
}

func latencies(r load.Result) string {
	round := func(p float64) time.Duration { return r.Percentile(p).Round(10 * time.Microsecond) }
	return fmt.Sprintf("%v, %v, %v", round(50), round(99), round(99.9))
}
