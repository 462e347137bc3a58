package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"predah/internal/batch"
	"predah/internal/questionnaire"
)

type scoreCommand struct {
	contentFlags
	ID       questionnaire.ID `arg:"" help:"Questionnaire, such as gaming."`
	File     string           `arg:"" optional:"" type:"existingfile" help:"File of answers, .gz and .zst too; standard input when not given or -."`
	From     string           `enum:"auto,csv,jsonl" default:"auto" help:"Format of the answers: csv or jsonl (${default}: by the file's name, csv for .csv, .tsv and .txt, else jsonl)."`
	To       string           `enum:"auto,csv,jsonl" default:"auto" help:"Format of the results: csv or jsonl (${default}: by the name of --out, else as the answers)."`
	Dialect  string           `enum:"auto,comma,semicolon,tab" default:"auto" help:"How results in CSV are written: comma (with decimal points), semicolon (with decimal commas) or tab (${default}: as the answers)."`
	Missing  []string         `placeholder:"CELL" default:"NA" help:"Cells of a CSV file that are no answer, beside the empty one: --missing=NA,-99,. (${default})."`
	Encoding string           `enum:"utf-8,windows-1250,windows-1252,iso-8859-2" default:"utf-8" help:"How letters in the answers are encoded: utf-8, windows-1250, windows-1252 or iso-8859-2 (${default})."`
	Out      string           `placeholder:"FILE" help:"Where to write the results, compressed if it ends in .gz or .zst; standard output when not given."`
	Bad      string           `placeholder:"FILE" help:"Where to list the rows that can't be scored; standard error when not given."`
	Keep     []string         `placeholder:"COLUMN" help:"Columns of a CSV file to carry over to the results as they are."`
	Workers  int              `default:"0" placeholder:"N" help:"How many cores to use; all when not given."`
	Quiet    bool             `help:"No progress and no summary."`
}

// Help is shown by predah score --help.
func (scoreCommand) Help() string {
	return `JSON lines in: {"subject": {"age": 15, "sex": "female"}, "answers": {"item-id": 3, "other-item": [1, 2]}} a line; subject, or either part of it, may be left out.
CSV in: the heading names the items, and "age" (in full years) and "sex" (female, male or other) if they are known; a cell
is a code, several codes with spaces between them, or empty for a question that was skipped or not shown; yes and no may be
words (yes, da, true; no, ne, false), and 3.0 is 3. Commas, semicolons or tabs, with a decimal comma too where commas don't
separate cells. A first column without a name is passed over, and so are rows in which all cells are empty.
Out comes a result a row, in ids and numbers, in the order of the answers: a criterion is 1, 0, or empty when the answers
don't settle it, and "open" names the bands that could have been another with what is missing. A row that can't be scored
is reported with its line and the reason, the rest goes on, and the exit code is 1. A summary ends it, on standard error.`
}

// Validate refuses what no file can be.
func (c scoreCommand) Validate() error {
	if c.File != "" && slices.Contains([]string{".xlsx", ".xls", ".ods", ".sav", ".dta"}, strings.ToLower(filepath.Ext(c.File))) {
		return errors.New("a " + filepath.Ext(c.File) + " file is not read: save the table as CSV in UTF-8 and score that")
	}
	if c.Workers < 0 || c.Workers > 1024 {
		return errors.New("--workers must be from 0 to 1024")
	}
	if isSame(c.Out, c.File) || isSame(c.Bad, c.File) {
		return errors.New("--out and --bad must not be the file of answers itself")
	}
	if c.Out != "" && (filepath.Clean(c.Out) == filepath.Clean(c.Bad) || isSame(c.Out, c.Bad)) {
		return errors.New("--out and --bad must be two files")
	}
	return nil
}

// isSame says whether both names are of one file that exists.
func isSame(one, other string) bool {
	a, err := os.Stat(one)
	if err != nil {
		return false
	}
	b, err := os.Stat(other)
	return err == nil && os.SameFile(a, b)
}

func (c scoreCommand) Run(std streams) error {
	loaded, err := c.load()
	if err != nil {
		return err
	}
	asked, found := loaded.catalogue.Questionnaire(c.ID)
	if !found {
		return fmt.Errorf("there is no questionnaire %q; see predah questionnaires list", c.ID)
	}
	job := batch.Job{Questionnaire: asked, Others: loaded.catalogue.Questionnaires, Keep: c.Keep, Workers: c.Workers, Missing: c.Missing}
	job.From = formatOf(c.From, c.File, batch.JSONL)
	job.To = formatOf(c.To, c.Out, job.From)
	job.Dialect = map[string]batch.Dialect{"comma": batch.Comma, "semicolon": batch.Semicolon, "tab": batch.Tab}[c.dialect()]
	job.Warn = func(what string) { fmt.Fprintln(std.err, "Note:", what) }
	if len(c.Keep) > 0 && job.From != batch.CSV {
		return errors.New("--keep is for answers in CSV")
	}
	summary, err := c.score(job, std)
	if err != nil {
		return err
	}
	if !c.Quiet {
		summary.Print(std.err)
	}
	if summary.Rejected > 0 {
		return errReported
	}
	return nil
}

// dialect is the dialect asked for, or the one that the name of the results tells.
func (c scoreCommand) dialect() string {
	if name := strings.TrimSuffix(strings.TrimSuffix(c.Out, ".gz"), ".zst"); c.Dialect == "auto" && strings.HasSuffix(name, ".tsv") {
		return "tab"
	}
	return c.Dialect
}

// formatOf is the format asked for, or else the one that a file's name tells.
func formatOf(asked, name string, otherwise batch.Format) batch.Format {
	if asked != "auto" {
		return batch.Format(asked)
	}
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".zst")
	switch {
	case strings.HasSuffix(name, ".csv"), strings.HasSuffix(name, ".tsv"), strings.HasSuffix(name, ".tab"), strings.HasSuffix(name, ".txt"):
		return batch.CSV
	case strings.HasSuffix(name, ".jsonl"), strings.HasSuffix(name, ".ndjson"):
		return batch.JSONL
	}
	return otherwise
}

// score opens the files, does the job and closes them.
func (c scoreCommand) score(job batch.Job, std streams) (summary batch.Summary, err error) {
	input, size := std.in, int64(-1)
	if c.File != "" && c.File != "-" {
		file, err := os.Open(c.File)
		if err != nil {
			return batch.Summary{}, err
		}
		defer file.Close()
		if info, err := file.Stat(); err == nil {
			size = info.Size()
		}
		input = file
	}
	bar := newProgress(std.err, size, c.Quiet)
	answers, err := batch.Decompress(bar.reader(input))
	if err != nil {
		return batch.Summary{}, err
	}
	defer answers.Close()
	text, err := batch.Decode(answers, c.Encoding)
	if err != nil {
		return batch.Summary{}, err
	}
	results, err := c.results(std)
	if err != nil {
		return batch.Summary{}, err
	}
	defer func() { err = errors.Join(err, results.Close()) }()
	bad, err := c.badRows(std)
	if err != nil {
		return batch.Summary{}, err
	}
	defer func() { err = errors.Join(err, bad.Close()) }()

	job.Reject = func(row batch.Rejected) { fmt.Fprintln(bad, row) }
	job.Progress = bar.rows
	defer bar.finish()
	return batch.Score(job, text, results)
}

// closers is a writer with what must be closed after it, in order.
type closers struct {
	io.Writer
	close []func() error
}

func (c closers) Close() error {
	var errs []error
	for _, closing := range c.close {
		errs = append(errs, closing())
	}
	return errors.Join(errs...)
}

// private makes a file that its owner alone may read, because it is about people's answers.
func private(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
}

// results is where the results go.
func (c scoreCommand) results(std streams) (closers, error) {
	if c.Out == "" {
		out := bufio.NewWriter(std.out)
		return closers{out, []func() error{out.Flush}}, nil
	}
	file, err := private(c.Out)
	if err != nil {
		return closers{}, err
	}
	out, err := batch.Compress(file, c.Out)
	if err != nil {
		return closers{}, errors.Join(err, file.Close())
	}
	return closers{out, []func() error{out.Close, file.Close}}, nil
}

// badRows is where the rows go that can't be scored.
func (c scoreCommand) badRows(std streams) (closers, error) {
	if c.Bad == "" {
		return closers{Writer: std.err}, nil
	}
	file, err := private(c.Bad)
	if err != nil {
		return closers{}, err
	}
	out := bufio.NewWriter(file)
	return closers{out, []func() error{out.Flush, file.Close}}, nil
}
