package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"predah/internal/questionnaire"
	"predah/internal/starter"
	"predah/questionnaires"
)

type newCommand struct {
	ID      questionnaire.ID `arg:"" help:"Id of the questionnaire and name of its folder, such as online-shopping."`
	Dir     string           `default:"." placeholder:"DIR" help:"Folder of questionnaires to write it to (${default})."`
	TitleSL string           `name:"title-sl" placeholder:"TEXT" help:"Title in Slovenian."`
	TitleEN string           `name:"title-en" placeholder:"TEXT" help:"Title in English."`
	Area    string           `placeholder:"ID" help:"Area of digital life it belongs to, such as gaming."`
	Source  string           `enum:"self,parent," default:"" placeholder:"WHO" help:"Who answers: self, or parent, about a child."`
	MinAge  int              `default:"-1" placeholder:"N" help:"Lowest age in full years."`
	MaxAge  int              `default:"-1" placeholder:"N" help:"Highest age in full years."`
	Author  string           `placeholder:"TEXT" help:"Who writes it, for the provenance."`
}

// Help is shown by predah questionnaires new --help.
func (newCommand) Help() string {
	return `Writes a small questionnaire that passes the check, to be changed line by line. On a
terminal it asks for what no flag says; elsewhere what is not said is taken as: area gaming,
answered by the person (self), ages 12 to 25, and the id as title. Nothing is overwritten.`
}

func (c newCommand) Run(std streams) error {
	if err := starter.CheckID(c.ID); err != nil {
		return err
	}
	areas, err := areaIDs()
	if err != nil {
		return err
	}
	plan, err := c.plan(newQuestioner(std), areas)
	if err != nil {
		return err
	}
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		return fmt.Errorf("open the built-in schemas: %w", err)
	}
	if err := starter.Write(c.Dir, plan, schemas); err != nil {
		return err
	}
	folder := filepath.Join(c.Dir, string(c.ID))
	_, err = fmt.Fprintf(std.out, "%s is ready. Next:\n  predah questionnaires check %s\n  predah questionnaires preview %s\n", folder, c.Dir, folder)
	return err
}

// areaIDs lists the built-in areas.
func areaIDs() ([]string, error) {
	loaded, err := loadWith()
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(loaded.catalogue.Areas))
	for i, area := range loaded.catalogue.Areas {
		ids[i] = string(area.ID)
	}
	return ids, nil
}

// plan gathers what the flags say, and asks for or supposes the rest.
func (c newCommand) plan(q *questioner, areas []string) (starter.Plan, error) {
	title := strings.ReplaceAll(string(c.ID), "-", " ")
	title = strings.ToUpper(title[:1]) + title[1:]
	plan := starter.Plan{
		ID:      c.ID,
		TitleSL: q.text("Title in Slovenian", c.TitleSL, title),
		TitleEN: q.text("Title in English", c.TitleEN, title),
		Area:    questionnaire.AreaID(q.oneOf("Area", c.Area, areas, "gaming")),
		Source:  questionnaire.Source(q.oneOf("Who answers", c.Source, []string{"self", "parent"}, "self")),
		Ages: questionnaire.AgeRange{
			Min: q.age("Lowest age", c.MinAge, 12),
			Max: q.age("Highest age", c.MaxAge, 25),
		},
		Author: q.text("Author, for the provenance", c.Author, "Own questions, written in Slovenian and in English"),
		Date:   time.Now(),
	}
	if plan.Ages.Min > plan.Ages.Max {
		q.fail(fmt.Errorf("the lowest age, %d, is above the highest, %d", plan.Ages.Min, plan.Ages.Max))
	}
	return plan, q.err
}

// questioner asks a person at a terminal; where there is none it takes what is supposed.
// After the first error it asks nothing more.
type questioner struct {
	std   streams
	lines *bufio.Scanner // nil: there is nobody to ask
	err   error
}

func newQuestioner(std streams) *questioner {
	q := &questioner{std: std}
	if file, ok := std.in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		q.lines = bufio.NewScanner(file)
	}
	return q
}

func (q *questioner) fail(err error) {
	if q.err == nil {
		q.err = err
	}
}

// text is what was given, else what is answered, else what is supposed.
func (q *questioner) text(question, given, supposed string) string {
	if given == "" && q.lines != nil && q.err == nil {
		fmt.Fprintf(q.std.err, "%s [%s]: ", question, supposed)
		if !q.lines.Scan() {
			q.fail(errors.New("there was no answer; nothing was written"))
		}
		given = strings.TrimSpace(q.lines.Text())
	}
	if given == "" {
		return supposed
	}
	return given
}

// oneOf is a text that must be one of a list.
func (q *questioner) oneOf(question, given string, allowed []string, supposed string) string {
	list := strings.Join(allowed, ", ")
	chosen := q.text(question+" ("+list+")", given, supposed)
	if !slices.Contains(allowed, chosen) {
		q.fail(fmt.Errorf("%s: %q is not one of %s", strings.ToLower(question), chosen, list))
	}
	return chosen
}

// age is a number of years from 0 to 120; one below 0 was not given.
func (q *questioner) age(question string, given, supposed int) int {
	said := ""
	if given >= 0 {
		said = strconv.Itoa(given)
	}
	years, err := strconv.Atoi(q.text(question, said, strconv.Itoa(supposed)))
	if err != nil || years < 0 || years > 120 {
		q.fail(fmt.Errorf("%s: an age is a whole number from 0 to 120", strings.ToLower(question)))
	}
	return years
}
