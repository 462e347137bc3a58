package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/scoring"
	"predah/questionnaires"
)

// check is one questionnaire with the answers that are sent to it.
type check struct {
	questionnaire *questionnaire.Questionnaire
	example       questionnaire.Example
}

// loadCheck takes the worked example that answers most items.
func loadCheck(id questionnaire.ID) (check, error) {
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		return check{}, err
	}
	catalogue, err := load.Load(load.Options{Schemas: schemas, Roots: []fs.FS{questionnaires.FS}})
	if err != nil {
		return check{}, err
	}
	found, ok := catalogue.Questionnaire(id)
	if !ok {
		return check{}, fmt.Errorf("no questionnaire %q", id)
	}
	longest := found.Examples[0]
	for _, example := range found.Examples {
		if len(example.Answers) > len(longest.Answers) {
			longest = example
		}
	}
	return check{questionnaire: found, example: longest}, nil
}

// body is the check's answers as a client sends them.
func (c check) body() ([]byte, error) {
	type subject struct {
		Age *int `json:"age,omitempty"`
	}
	return json.Marshal(struct {
		Subject subject `json:"subject"`
		Answers any     `json:"answers"`
	}{subject{c.example.Age}, c.example.Answers})
}

// measureScoring scores every worked example in turn, so that the figure is of
// the check as it is answered and not of one lucky set of answers. It measures what
// the API and the command line do: a sheet that is filled, scored into a new result.
// Answers in a map, which are looked up by name, are measured beside it.
func (r *run) measureScoring(c check) ([]row, error) {
	program, err := scoring.Compile(c.questionnaire)
	if err != nil {
		return nil, err
	}
	var inputs []scoring.Input
	var sheets []*scoring.Sheet
	for _, example := range c.questionnaire.Examples {
		inputs = append(inputs, scoring.InputOf(&example))
		sheet := program.NewSheet()
		sheet.Age = example.Age
		for id, answer := range example.Answers {
			place, _ := program.Place(id)
			sheet.Answer(place, answer)
		}
		sheets = append(sheets, sheet)
	}
	sheet, err := r.timed(func(i int) error {
		var result scoring.Result
		return program.ScoreSheet(sheets[i%len(sheets)], &result)
	})
	if err != nil {
		return nil, err
	}
	byName, err := r.timed(func(i int) error {
		_, err := program.Score(inputs[i%len(inputs)])
		return err
	})
	if err != nil {
		return nil, err
	}
	return []row{
		{what: fmt.Sprintf("scoring the gaming check in process (%d items, its worked examples in turn), median of %d runs", len(c.questionnaire.Items), r.scoringRuns),
			figure: fmt.Sprintf("%.2f µs", sheet.median), aim: "at most 2 µs", met: sheet.median <= 2},
		{what: "memory allocations of one scoring", figure: fmt.Sprint(sheet.allocations), aim: "at most 5", met: sheet.allocations <= 5},
		{what: "the same with the answers in a map by item, median", figure: fmt.Sprintf("%.2f µs, %d allocations", byName.median, byName.allocations), aim: "none"},
	}, nil
}

// timing is what one scoring costs.
type timing struct {
	median      float64 // of the runs, in microseconds
	allocations int64
}

// timed measures a scoring, which is told how many went before it.
func (r *run) timed(score func(i int) error) (timing, error) {
	var times []float64
	var out timing
	var failed error
	for range r.scoringRuns {
		result := testing.Benchmark(func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if err := score(i); err != nil {
					failed = err
					return
				}
			}
		})
		times = append(times, float64(result.NsPerOp())/1000)
		out.allocations = result.AllocsPerOp()
	}
	out.median = median(times)
	return out, failed
}
