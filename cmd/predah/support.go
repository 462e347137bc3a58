package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/support"
)

type supportCommand struct {
	Find  findSupportCommand  `cmd:"" default:"withargs" help:"Look up support services."`
	Check checkSupportCommand `cmd:"" help:"Check a folder of your own, as serve --support does."`
	Stale staleSupportCommand `cmd:"" help:"List what was not looked at for half a year."`
}

type checkSupportCommand struct {
	Folder string `arg:"" type:"existingdir" help:"Folder with services.yaml, sl.yaml and en.yaml."`
}

// Run loads everything that serve loads: a hidden service may be one that a questionnaire names.
func (c checkSupportCommand) Run(std streams) error {
	loaded, err := contentFlags{Support: c.Folder}.load()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "%s is fine: %s in all\n", c.Folder, counted(len(loaded.directory.Services()), "service", "services"))
	return err
}

type staleSupportCommand struct {
	Support string    `type:"existingdir" placeholder:"DIR" help:"Folder of your own services."`
	Days    int       `default:"180" placeholder:"N" help:"How many days ago it was looked at last (${default})."`
	On      time.Time `format:"2006-01-02" placeholder:"DAY" help:"The day to count from; by default today."`
}

// Run lists contacts with the page to look at, the oldest first.
func (c staleSupportCommand) Run(std streams) error {
	directory, err := contentFlags{Support: c.Support}.services()
	if err != nil {
		return err
	}
	if c.On.IsZero() {
		c.On = time.Now()
	}
	for _, one := range directory.Stale(c.On.AddDate(0, 0, -c.Days)) {
		fmt.Fprintf(std.out, "%s  %s  %s  %s\n", one.Checked, one.Service, one.Contact, one.URL)
	}
	return nil
}

type findSupportCommand struct {
	Area    questionnaire.AreaID   `placeholder:"ID" help:"Area of digital life, such as gaming."`
	Age     *int                   `placeholder:"YEARS" help:"Age of the person who needs support."`
	Need    string                 `placeholder:"ID" help:"What is needed, such as suicidal-thoughts."`
	Now     bool                   `help:"Only what is open now."`
	Support string                 `type:"existingdir" placeholder:"DIR" help:"Folder of your own services."`
	Lang    questionnaire.Language `enum:"sl,en" default:"sl" help:"Language: ${enum}."`
}

func (c findSupportCommand) Run(std streams) error {
	loaded, err := contentFlags{Support: c.Support}.load()
	if err != nil {
		return err
	}
	if err := c.check(loaded); err != nil {
		return err
	}
	query := support.Query{Area: c.Area, Age: c.Age, Need: c.Need, OpenOnly: c.Now, At: time.Now()}
	matches := loaded.directory.Match(query)
	for _, match := range matches {
		printService(std.out, match, c.Lang)
	}
	if next, known := loaded.directory.OpenNowOrNext(matches, query); known && !next.Contact.Open {
		fmt.Fprintf(std.out, "%s: %s, %s\n", next.Service.Texts[c.Lang].Name, next.Contact.Value, state(next.Contact))
	}
	return nil
}

// check refuses an area, a need or an age that cannot be meant.
func (c findSupportCommand) check(loaded content) error {
	areas := ids(loaded.catalogue.Areas, func(a load.Area) string { return string(a.ID) })
	if c.Area != "" && !slices.Contains(areas, string(c.Area)) {
		return fmt.Errorf("there is no area %q; the areas are %s", c.Area, strings.Join(areas, ", "))
	}
	needs := ids(loaded.directory.Needs(), func(n support.Need) string { return n.ID })
	if c.Need != "" && !slices.Contains(needs, c.Need) {
		return fmt.Errorf("there is no need %q; the needs are %s", c.Need, strings.Join(needs, ", "))
	}
	if c.Age != nil && (*c.Age < 0 || *c.Age > 120) {
		return fmt.Errorf("--age is from 0 to 120, not %d", *c.Age)
	}
	return nil
}

func ids[T any](all []T, id func(T) string) []string {
	list := make([]string, len(all))
	for i, one := range all {
		list[i] = id(one)
	}
	return list
}

// printService writes a service and, indented, each of its contacts.
func printService(w io.Writer, match support.Match, language questionnaire.Language) {
	text := match.Service.Texts[language]
	fmt.Fprintf(w, "%s\n  %s\n", text.Name, text.Summary)
	for _, contact := range match.Contacts {
		hours := contact.Texts[language].Hours
		if hours != "" {
			hours = " (" + hours + ")"
		}
		fmt.Fprintf(w, "  %s %s%s %s\n", contact.Texts[language].Kind, contact.Value, hours, state(contact))
	}
	fmt.Fprintln(w)
}

// state says in one machine-readable word and a time whether a contact is open.
func state(contact support.ContactState) string {
	if !contact.Known {
		return "hours=unknown"
	}
	if closes, ok := contact.ClosesAt(); ok {
		return "open until=" + closes.Format(time.RFC3339)
	}
	if opens, ok := contact.OpensAt(); ok {
		return "closed opens=" + opens.Format(time.RFC3339)
	}
	return "open"
}
