package main

import (
	"math"
	"testing"
	"time"
)

func TestGrowthIsFoundBehindNoise(t *testing.T) {
	var leaks, flat []sample
	for i := range 200 {
		noise := float64(i%7) - 3
		at := time.Duration(i) * time.Second
		leaks = append(leaks, sample{at: at, resident: 80 + float64(i)*0.1 + noise})
		flat = append(flat, sample{at: at, resident: 80 + noise})
	}
	resident := func(s sample) float64 { return s.resident }
	if grown := growth(leaks, resident); math.Abs(grown-19.9) > 0.5 {
		t.Errorf("a leak of 19.9 MiB is found to be %.1f", grown)
	}
	if grown := growth(flat, resident); math.Abs(grown) > 0.5 {
		t.Errorf("what does not grow is found to grow by %.1f", grown)
	}
	wrong := soaked{samples: leaks, writes: newTally()}
	if wrong.judge() == nil {
		t.Error("a leak of 19.9 MiB is fine")
	}
	right := soaked{samples: flat, writes: newTally()}
	if err := right.judge(); err != nil {
		t.Errorf("what does not grow is not fine: %v", err)
	}
}
