package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/translation"
	"predah/questionnaires"
)

type textsCommand struct {
	Folder target `arg:"" name:"dir" help:"Folder of the questionnaire."`
}

// Help is shown by predah questionnaires texts --help.
func (textsCommand) Help() string {
	return `Adds to sl.yaml and en.yaml every text that questionnaire.yaml asks for and they do not have, marked
with ` + load.ToWrite + `. No other line changes. Until the marks are gone, check names each.`
}

func (c textsCommand) Run(std streams) error {
	folder, ok := c.Folder.folder()
	if !ok {
		return fmt.Errorf("%q is not the folder of a questionnaire", string(c.Folder))
	}
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		return fmt.Errorf("open the built-in schemas: %w", err)
	}
	wanted, problems, err := load.WantedTexts(schemas, folder.root(), folder.name)
	if err := errors.Join(err, problems.Err()); err != nil {
		return err
	}
	for _, language := range questionnaire.Languages() {
		name := filepath.Join(folder.path, string(language)+".yaml")
		added, err := addTexts(name, wanted)
		if err != nil {
			return err
		}
		fmt.Fprintf(std.out, "%s: %s added, to be written\n", name, counted(added, "text", "texts"))
	}
	return nil
}

// addTexts marks in a file the texts that are wanted and not there, and says how many.
func addTexts(name string, wanted [][]string) (int, error) {
	before, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	missing, err := translation.Missing(before, wanted)
	if err != nil || len(missing) == 0 {
		return 0, err
	}
	texts := make(map[string]string, len(missing))
	for _, path := range missing {
		texts[strings.Join(path, ".")] = load.ToWrite + " " + path[len(path)-1]
	}
	after, err := translation.Add(before, texts, wanted)
	if err != nil {
		return 0, fmt.Errorf("write %s: %w", name, err)
	}
	return len(missing), os.WriteFile(name, after, 0o644)
}
