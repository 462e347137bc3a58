package main

import (
	"fmt"
	"io"

	"predah/internal/difference"
	"predah/internal/questionnaire"
)

type diffCommand struct {
	contentFlags
	From target `arg:"" name:"a" help:"The earlier one: a questionnaire, such as gaming, or the folder of one."`
	To   target `arg:"" name:"b" help:"The later one."`
}

// Help is shown by predah questionnaires diff --help.
func (diffCommand) Help() string {
	return `Says what changed in what can change a result, in how it is asked, and in the texts. When a
result can differ although the version is not higher, the exit code is 1: answers given to one
version must not be scored by the rules of another.`
}

func (c diffCommand) Run(std streams) error {
	_, from, err := c.From.load(c.contentFlags)
	if err != nil {
		return err
	}
	_, to, err := c.To.load(c.contentFlags)
	if err != nil {
		return err
	}
	if from.ID != to.ID {
		return fmt.Errorf("%s and %s are two questionnaires, not two versions of one", from.ID, to.ID)
	}
	report := difference.Of(from, to)
	fmt.Fprintf(std.out, "%s %s -> %s\n", to.ID, report.From, report.To)
	isSame := printChanges(std.out, "Scoring", report.Scoring)
	isSame = printChanges(std.out, "Asking", report.Asking) && isSame
	for _, language := range questionnaire.Languages() {
		changes, err := c.textChanges(language)
		if err != nil {
			return err
		}
		isSame = printChanges(std.out, fmt.Sprintf("Texts, %s", language), changes) && isSame
	}
	if isSame {
		fmt.Fprintln(std.out, "Nothing changed.")
	}
	if report.NeedsVersion() {
		return fmt.Errorf("scoring changed, but the version %s is not above %s; raise it (the first number when results can no longer be compared)", report.To, report.From)
	}
	return nil
}

// textChanges compares the texts of both in a language.
func (c diffCommand) textChanges(language questionnaire.Language) ([]string, error) {
	root, name := c.From.files(c.contentFlags)
	from, err := leavesOf(root, name, language)
	if err != nil {
		return nil, err
	}
	root, name = c.To.files(c.contentFlags)
	to, err := leavesOf(root, name, language)
	if err != nil {
		return nil, err
	}
	return difference.Texts(from, to), nil
}

// printChanges prints a heading and what changed below it, and reports whether nothing did.
func printChanges(w io.Writer, heading string, changes []string) bool {
	if len(changes) == 0 {
		return true
	}
	fmt.Fprintf(w, "\n%s\n", heading)
	for _, change := range changes {
		fmt.Fprintf(w, "  %s\n", change)
	}
	return false
}
