package main

import (
	"fmt"

	"predah/frontend"
	"predah/internal/licences"
)

type licencesCommand struct{}

// Help is shown by predah licences --help.
func (licencesCommand) Help() string {
	return `The licence and notices of every module and package of others that is in this program and its
web app, as text. A service answers the same at /licences.txt.`
}

func (licencesCommand) Run(std streams) error {
	app, err := frontend.FS()
	if err != nil {
		return fmt.Errorf("open the built-in web app: %w", err)
	}
	text, err := licences.Text(app)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(std.out, text)
	return err
}
