package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
	"time"

	"predah/internal/statistics"
)

type statsCommand struct {
	dataFlags
	From string `placeholder:"MONTH" help:"First month, such as 2026-01; a year before the last one by default."`
	To   string `placeholder:"MONTH" help:"Last month; by default the last that is over and written."`
	JSON bool   `name:"json" xor:"form" help:"Write JSON."`
	CSV  bool   `name:"csv" xor:"form" help:"Write CSV."`
}

// Help is shown by predah stats --help.
func (statsCommand) Help() string {
	return `How many self-checks were finished, for each month and questionnaire: numbers from 10 on, all others are
"fewer than 10", none included. Totals are of the numbers that are shown, so that no small one can be found by
subtraction. The running month is not shown, since two looks at it would tell what came between.

A check counts when its answers are scored through the API. The same answers scored again count again, as nobody
can tell; scores that come with a receipt do not count, as they are of checks that counted already and are being
saved; predah score does not count. What a process had not written when it was killed is lost.`
}

func (c statsCommand) Run(std streams) (err error) {
	from, to, err := c.months(time.Now())
	if err != nil {
		return err
	}
	ctx := context.Background()
	opened, err := openExisting(ctx, c.config(newLogger(std.err, "text", "info")))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	report, err := statistics.Compile(ctx, opened.Statistics(), from, to, time.Now())
	if err != nil {
		return err
	}
	switch {
	case c.JSON:
		return json.NewEncoder(std.out).Encode(report)
	case c.CSV:
		return writeCSV(std.out, report)
	}
	return writeTable(std.out, report)
}

// months are the first and the last month of the report.
func (c statsCommand) months(now time.Time) (from, to statistics.Month, err error) {
	last := statistics.LastShown(now)
	if to, err = statistics.ParseMonth(cmp.Or(c.To, last.String())); err != nil {
		return from, to, fmt.Errorf("--to: %w", err)
	}
	if from, err = statistics.ParseMonth(cmp.Or(c.From, to.Plus(-11).String())); err != nil {
		return from, to, fmt.Errorf("--from: %w", err)
	}
	return from, to, nil
}

// shown writes a number, or that there is none to show.
func shown(checks *int, otherwise string) string {
	if checks == nil {
		return otherwise
	}
	return strconv.Itoa(*checks)
}

func writeTable(w io.Writer, r statistics.Report) error {
	if len(r.Cells) == 0 {
		_, err := fmt.Fprintf(w, "From %s to %s no questionnaire has a month of %d or more.\n", r.From, r.To, r.FewerThan)
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "MONTH\tQUESTIONNAIRE\tCHECKS")
	for _, c := range r.Cells {
		fmt.Fprintf(table, "%s\t%s\t%s\n", c.Month, c.Questionnaire, shown(c.Checks, fmt.Sprintf("fewer than %d", r.FewerThan)))
	}
	for _, t := range r.Totals {
		fmt.Fprintf(table, "shown\t%s\t%d\n", t.Questionnaire, t.Checks)
	}
	fmt.Fprintf(table, "shown\tall\t%d\n", r.Total)
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\nWithout fewer than %d, and without questionnaires that have no month of %d or more.\n", r.FewerThan, r.FewerThan)
	return err
}

func writeCSV(w io.Writer, r statistics.Report) error {
	rows := [][]string{{"month", "questionnaire", "checks"}}
	for _, c := range r.Cells {
		rows = append(rows, []string{c.Month.String(), string(c.Questionnaire), shown(c.Checks, fmt.Sprintf("<%d", r.FewerThan))})
	}
	return csv.NewWriter(w).WriteAll(rows)
}
