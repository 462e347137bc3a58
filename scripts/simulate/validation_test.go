package main

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

// page reads a page of docs, in one line.
func page(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestThePredictiveValuesAreRight works the table for operators out anew.
func TestThePredictiveValuesAreRight(t *testing.T) {
	const people, sensitivity, specificity = 2000, 0.85, 0.95
	text := page(t, "validation.md")
	for where, prevalence := range map[string]float64{
		"a school, 2 %": 0.02, "a school, 5 %": 0.05, "a group under strain, 10 %": 0.10, "a counselling centre, 30 %": 0.30,
	} {
		ill := people * prevalence
		right, missed := ill*sensitivity, ill*(1-sensitivity)
		wrong := (people - ill) * (1 - specificity)
		well := (people - ill) * specificity
		row := fmt.Sprintf("| %s | %.0f | %.0f | %.0f | %.0f %% | %.0f | %.1f %% |\n",
			where, ill, right+wrong, right, 100*right/(right+wrong), missed, 100*well/(well+missed))
		if !strings.Contains(text, row) {
			t.Errorf("docs/validation.md lacks the row %s", row)
		}
	}
}

// TestTheSamplesOfTheStudyGiveWhatIsSaid works the half-widths of the 95 % intervals out anew.
func TestTheSamplesOfTheStudyGiveWhatIsSaid(t *testing.T) {
	const z = 1.96
	share := func(p, n float64) float64 { return z * math.Sqrt(p*(1-p)/n) }
	area := func(a, ill, well float64) float64 { // Hanley and McNeil, Radiology 143, 1982
		q1, q2 := a/(2-a), 2*a*a/(1+a)
		return z * math.Sqrt((a*(1-a)+(ill-1)*(q1-a*a)+(well-1)*(q2-a*a))/(ill*well))
	}
	again := func(r, n float64) float64 { return z * (1 - r) * (1 + r) / math.Sqrt(n-1) } // of two sittings
	text := page(t, "validation.md")
	for _, want := range []string{
		fmt.Sprintf("49 with the disorder give a sensitivity of 0.85 ± %.2f", share(0.85, 49)),
		fmt.Sprintf("217 without it a specificity of 0.90 ± %.2f", share(0.90, 217)),
		fmt.Sprintf("50 and 200 an area under the curve of 0.85 ± %.2f", area(0.85, 50, 200)),
		fmt.Sprintf("0.80 ± %.2f with 100, ± %.2f with 150", again(0.80, 100), again(0.80, 150)),
		fmt.Sprintf("At 2 %% it would take %s pupils to find 49", strings.Replace(fmt.Sprintf("%.0f", 49/0.02), "2", "2,", 1)),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("docs/validation.md does not say: %s", want)
		}
	}
}
