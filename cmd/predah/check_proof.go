package main

import (
	"fmt"
	"io"
	"math"
	"path/filepath"

	"predah/internal/proof"
	"predah/internal/questionnaire"
	"predah/internal/support"
)

// maxMissing is how many things that no worked example reaches are listed.
const maxMissing = 5

// printProof says what does not hold, or is not proved, for all answers to a questionnaire, and what
// its worked examples leave out; with details also how much was proved and covered. It gives the number
// of faults, which go to the errors with the shortest answers that show them.
func printProof(std streams, q *questionnaire.Questionnaire, details bool) (faults int, err error) {
	report, err := proof.Prove(q)
	if err != nil {
		return 0, fmt.Errorf("prove questionnaire %s: %w", q.ID, err)
	}
	if details || len(report.NotProved) > 0 || len(report.Notes) > 0 {
		fmt.Fprintf(std.out, "  rules: %s proved for all answers\n", counted(report.Proved, "statement", "statements"))
	}
	for _, statement := range report.NotProved {
		fmt.Fprintf(std.out, "    not proved: %s\n", statement)
	}
	for _, note := range report.Notes {
		printFinding(std.out, "    note: ", q, note)
	}
	for _, fault := range report.Faults {
		printFinding(std.err, string(q.ID)+": ", q, fault)
	}
	coverage, err := proof.Cover(q)
	if err != nil {
		return 0, fmt.Errorf("cover questionnaire %s: %w", q.ID, err)
	}
	if details || len(coverage.Missing) > 0 {
		fmt.Fprintf(std.out, "  examples: %s cover %.0f %% of results and of both outcomes of each test\n",
			counted(len(q.Examples), "worked example", "worked examples"), math.Floor(100*coverage.Share()))
	}
	for i, missing := range coverage.Missing {
		if i == maxMissing {
			fmt.Fprintf(std.out, "    and %d more\n", len(coverage.Missing)-maxMissing)
			break
		}
		fmt.Fprintf(std.out, "    not covered: %s\n", missing)
	}
	return len(report.Faults), nil
}

// printShortfalls says whose help a flag lacks, and gives the number of faults.
func printShortfalls(w io.Writer, q *questionnaire.Questionnaire, directory *support.Directory) (faults int) {
	lacks := shortfalls(q, directory)
	for _, lack := range lacks {
		fmt.Fprintf(w, "%s: %s\n", q.ID, lack)
	}
	return len(lacks)
}

// shortfalls say whose help a flag lacks, at the first age of each kind.
func shortfalls(q *questionnaire.Questionnaire, directory *support.Directory) (all []string) {
	ages := proof.FlagAges(q)
	for _, flag := range q.Flags {
		var last []string
		for _, age := range ages[flag.ID] {
			lacks := directory.Shortfalls(flag, age)
			if len(lacks) > 0 && len(last) == 0 {
				for _, lack := range lacks {
					all = append(all, fmt.Sprintf("the flag `%s` lacks help: %s", flag.ID, lack))
				}
			}
			last = lacks
		}
	}
	return all
}

// unsafeRules says what of a questionnaire's rules could hurt somebody: what check refuses of harm, urgent flags and
// their help. Built-in ones come without worked examples, and were proved before they were built in.
func unsafeRules(q *questionnaire.Questionnaire, directory *support.Directory) questionnaire.Problems {
	if len(q.Examples) == 0 {
		return nil
	}
	at := questionnaire.Position{File: filepath.Join(filepath.Dir(q.Examples[0].At.File), "questionnaire.yaml")}
	report, err := proof.ProveSafety(q)
	if err != nil {
		return questionnaire.Problems{{At: at, Message: err.Error()}}
	}
	var problems questionnaire.Problems
	for _, fault := range report.Faults {
		problems = append(problems, questionnaire.Problem{At: at, Message: fmt.Sprintf("%s: %s (`predah questionnaires check` shows the answers)", q.ID, fault.Message)})
	}
	for _, lack := range shortfalls(q, directory) {
		problems = append(problems, questionnaire.Problem{At: at, Message: fmt.Sprintf("%s: %s", q.ID, lack)})
	}
	return problems
}

// printFinding prints what was found and the answers that show it, as entries of examples.yaml.
func printFinding(w io.Writer, before string, q *questionnaire.Questionnaire, f proof.Finding) {
	fmt.Fprintf(w, "%s%s\n", before, f.Message)
	proof.WriteCases(w, q, f.Cases)
}
