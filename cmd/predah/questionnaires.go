package main

import (
	"fmt"
	"text/tabwriter"

	"predah/internal/questionnaire"
)

type questionnairesCommand struct {
	List    listCommand    `cmd:"" help:"List the questionnaires."`
	Check   checkCommand   `cmd:"" help:"Check questionnaires and their worked examples; exit with 1 and print every error if there is one."`
	New     newCommand     `cmd:"" help:"Write the folder of a new questionnaire."`
	Texts   textsCommand   `cmd:"" help:"Add the texts that a changed questionnaire lacks, marked as still to be written."`
	Explain explainCommand `cmd:"" help:"Say every rule of a questionnaire in words, as Markdown."`
	Preview previewCommand `cmd:"" help:"Show a folder in the browser while it is being written."`
	Diff    diffCommand    `cmd:"" help:"Say what changed between two versions; exit with 1 when scoring did without a new version."`
	Release releaseCommand `cmd:"" help:"Keep a version for good, so that results made with it can always be read."`
	Export  exportCommand  `cmd:"" help:"Write the texts of a questionnaire for a translator, as gettext PO."`
	Import  importCommand  `cmd:"" help:"Put a translator's PO file back into a questionnaire."`
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
