package main

import (
	"os"
	"testing"

	"predah/internal/questionnaire/load"
	"predah/internal/scoring"
)

// mostAsked is how many questions anybody is asked by one questionnaire.
const mostAsked = 20

// TestNobodyIsAskedMoreThanTwenty goes every way through every questionnaire.
func TestNobodyIsAskedMoreThanTwenty(t *testing.T) {
	catalogue, err := load.Load(load.Options{BuiltIn: os.DirFS("../../questionnaires")})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range catalogue.Questionnaires {
		program, err := scoring.Compile(q)
		if err != nil {
			t.Fatal(err)
		}
		if p := longest(q, program); p.questions > mostAsked {
			t.Errorf("%s asks %d questions%s", q.ID, p.questions, p.by(q))
		}
	}
}
