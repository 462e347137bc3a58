package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
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
// the check as it is answered and not of one lucky set of answers.
func measureScoring(c check) ([]row, error) {
	program, err := scoring.Compile(c.questionnaire)
	if err != nil {
		return nil, err
	}
	var inputs []scoring.Input
	for _, example := range c.questionnaire.Examples {
		inputs = append(inputs, scoring.Input{Age: example.Age, Answers: example.Answers})
	}
	const runs = 9
	var times []float64
	var allocations int64
	for range runs {
		result := testing.Benchmark(func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if _, err := program.Score(inputs[i%len(inputs)]); err != nil {
					b.Fatal(err)
				}
			}
		})
		times = append(times, float64(result.NsPerOp())/1000)
		allocations = result.AllocsPerOp()
	}
	// What disturbs a run only ever adds to it, so the fastest is nearest to the cost itself.
	fastest := slices.Min(times)
	return []row{
		{what: "scoring the gaming check in process, mean of its worked examples", figure: fmt.Sprintf("%.2f µs (fastest of %d runs; median %.2f µs)", fastest, runs, median(times)),
			aim: "at most 2 µs", met: fastest <= 2},
		{what: "memory allocations of one scoring", figure: fmt.Sprint(allocations),
			aim: "at most 5", met: allocations <= 5},
	}, nil
}
