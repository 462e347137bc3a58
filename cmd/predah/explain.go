package main

import (
	"fmt"

	"predah/internal/explain"
	"predah/internal/questionnaire"
)

type explainCommand struct {
	contentFlags
	Questionnaire target `arg:"" name:"id|dir" help:"Questionnaire, such as gaming, or the folder of one."`
	Lang          string `enum:"sl,en" default:"sl" help:"Language of the words: ${enum}."`
}

// Help is shown by predah questionnaires explain --help.
func (explainCommand) Help() string {
	return "Writes Markdown: the questions, how scores are made, and when each criterion, level, flag, piece of advice, step and suggestion follows."
}

func (c explainCommand) Run(std streams) error {
	loaded, q, err := c.Questionnaire.load(c.contentFlags)
	if err != nil {
		return err
	}
	language := questionnaire.Language(c.Lang)
	rules := explain.In(q, language, explain.NamesIn(language, loaded.catalogue, loaded.directory))
	_, err = fmt.Fprint(std.out, rules.Markdown())
	return err
}
