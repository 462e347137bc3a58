package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/questionnaire/source"
	"predah/internal/reading"
)

type checkCommand struct {
	Dir     string `arg:"" optional:"" type:"existingdir" help:"Folder of questionnaires, one folder each, or of one; the built-in ones when not given."`
	Details bool   `help:"Say of each questionnaire how much is proved and covered, and how easy it reads, also where nothing is to be done."`
}

func (c checkCommand) Run(std streams) error {
	loaded, err := contentFlags{Questionnaires: c.Dir}.prove()
	if err != nil {
		return err
	}
	checked, examples, faults := 0, 0, 0
	for _, q := range loaded.catalogue.Questionnaires {
		if c.holds(q.ID) {
			checked++
			examples += len(q.Examples)
			found, err := c.print(std, q)
			if err != nil {
				return err
			}
			faults += found + printShortfalls(std.err, q, loaded.directory)
			warnOfSuggestions(std.err, q, loaded.catalogue)
		}
	}
	if checked == 0 {
		return fmt.Errorf("there is no questionnaire in %s", c.Dir)
	}
	if faults > 0 {
		fmt.Fprintf(std.err, "predah: %s\n", counted(faults, "fault", "faults"))
		return errReported
	}
	_, err = fmt.Fprintf(std.out, "%s and %s are fine\n",
		counted(checked, "questionnaire", "questionnaires"),
		counted(examples, "worked example", "worked examples"))
	return err
}

// print says what is to be done about a questionnaire, and with Details what else is known. It
// gives the number of faults.
func (c checkCommand) print(std streams, q *questionnaire.Questionnaire) (faults int, err error) {
	var said bytes.Buffer
	faults, err = printProof(streams{out: &said, err: std.err}, q, c.Details)
	if err != nil {
		return 0, err
	}
	printReading(&said, q, c.Details)
	if said.Len() > 0 {
		fmt.Fprintf(std.out, "%s %s\n%s", q.ID, q.Version, said.Bytes())
	}
	return faults, nil
}

// warnOfSuggestions tells of suggested checks that are nowhere, and therefore never shown. It is
// no error: the other check may be one that only some services have.
func warnOfSuggestions(w io.Writer, q *questionnaire.Questionnaire, all *load.Catalogue) {
	var known []string
	for _, other := range all.Questionnaires {
		known = append(known, string(other.ID))
	}
	for _, suggestion := range q.Suggest {
		if _, found := all.Questionnaire(suggestion.Check); !found {
			fmt.Fprintln(w, questionnaire.Problem{
				At:         suggestion.At,
				Message:    fmt.Sprintf("warning: there is no check `%s`, so it is never suggested", suggestion.Check),
				Suggestion: source.Suggest(string(suggestion.Check), known),
			}.Error())
		}
	}
}

// holds reports whether a questionnaire is one of those to be checked; the built-in
// ones are loaded beside those of a folder.
func (c checkCommand) holds(id questionnaire.ID) bool {
	if c.Dir == "" {
		return true
	}
	if folder, _ := target(c.Dir + "/").folder(); folder.holdsOne() {
		return folder.name == string(id)
	}
	_, err := os.Stat(filepath.Join(c.Dir, string(id)))
	return err == nil
}

// printReading says what to mend where the texts are not easy to read, and else, with details, how easy they are.
func printReading(w io.Writer, q *questionnaire.Questionnaire, details bool) {
	for _, language := range questionnaire.Languages() {
		level := reading.Questionnaire(q, language)
		if !details && len(level.Worst) == 0 {
			continue
		}
		fmt.Fprintf(w, "  reading %s: %.1f words a sentence (at most %.0f), %.0f %% long words (at most %.0f %%)\n", language,
			level.WordsPerSentence(), level.Bounds.WordsPerSentence, 100*level.LongShare(), 100*level.Bounds.LongShare)
		for _, s := range level.Worst {
			fmt.Fprintf(w, "    mend first: %s.yaml %s: %d words, %d long: %s\n", language, s.Where, s.Words, s.Long, s.Text)
		}
	}
}
