package main

import (
	"fmt"
	"io/fs"
	"os"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/questionnaire/source"
	"predah/internal/scoring"
	"predah/internal/support"
	"predah/questionnaires"
)

// contentFlags choose which questionnaires a command works with.
type contentFlags struct {
	Questionnaires string `type:"existingdir" placeholder:"DIR" help:"Folder of questionnaires that add to the built-in ones, or replace those of the same id."`
}

// content is everything that authors write, loaded and checked.
type content struct {
	catalogue *load.Catalogue
	directory *support.Directory
}

// load reads the built-in content and the operator's own. The error is
// questionnaire.Problems when a file is wrong, a worked example that does not
// come out as its author expects included.
func (f contentFlags) load() (content, error) {
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		return content{}, fmt.Errorf("open the built-in schemas: %w", err)
	}
	directory, err := support.Load(schemas, questionnaires.FS)
	if err != nil {
		return content{}, err
	}
	roots := []fs.FS{questionnaires.FS}
	if f.Questionnaires != "" {
		roots = append(roots, source.Folder{FS: os.DirFS(f.Questionnaires), Path: f.Questionnaires})
	}
	catalogue, err := load.Load(load.Options{Schemas: schemas, Roots: roots, ServiceIDs: directory.ServiceIDs()})
	if err != nil {
		return content{}, err
	}
	var problems questionnaire.Problems
	for _, q := range catalogue.Questionnaires {
		problems = append(problems, scoring.VerifyExamples(q)...)
	}
	if len(problems) > 0 {
		return content{}, problems
	}
	return content{catalogue: catalogue, directory: directory}, nil
}
