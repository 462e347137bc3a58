package main

import (
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"

	"predah/internal/questionnaire"
)

type questionnairesCommand struct {
	List  listCommand  `cmd:"" help:"List the questionnaires."`
	Check checkCommand `cmd:"" help:"Check questionnaires and their worked examples; exit with 1 and print every error if there is one."`
}

type listCommand struct {
	contentFlags
	Lang string `enum:"sl,en" default:"sl" help:"Language of the titles: ${enum}."`
}

func (c listCommand) Run(std streams) error {
	loaded, err := c.load()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tVERSION\tAREA\tAGES\tITEMS\tTITLE")
	for _, q := range loaded.catalogue.Questionnaires {
		title := q.Texts[questionnaire.Language(c.Lang)].Title
		fmt.Fprintf(table, "%s\t%s\t%s\t%d-%d\t%d\t%s\n", q.ID, q.Version, q.Area, q.Ages.Min, q.Ages.Max, len(q.Items), title)
	}
	return table.Flush()
}

type checkCommand struct {
	Dir string `arg:"" optional:"" type:"existingdir" help:"Folder of questionnaires, one folder each; the built-in ones when not given."`
}

func (c checkCommand) Run(std streams) error {
	loaded, err := contentFlags{Questionnaires: c.Dir}.load()
	if err != nil {
		return err
	}
	checked, examples := 0, 0
	for _, q := range loaded.catalogue.Questionnaires {
		if c.holds(q.ID) {
			checked++
			examples += len(q.Examples)
		}
	}
	if checked == 0 {
		return fmt.Errorf("there is no questionnaire in %s", c.Dir)
	}
	_, err = fmt.Fprintf(std.out, "%s and %s are fine\n",
		counted(checked, "questionnaire", "questionnaires"),
		counted(examples, "worked example", "worked examples"))
	return err
}

// holds reports whether a questionnaire is one of those to be checked; the built-in
// ones are loaded beside those of a folder.
func (c checkCommand) holds(id questionnaire.ID) bool {
	if c.Dir == "" {
		return true
	}
	_, err := os.Stat(filepath.Join(c.Dir, string(id)))
	return err == nil
}
