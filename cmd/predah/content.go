package main

import (
	"fmt"
	"io/fs"
	"os"
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/questionnaire/source"
	"predah/internal/scoring"
	"predah/internal/support"
	"predah/questionnaires"
)

// contentFlags choose which questionnaires a command works with.
type contentFlags struct {
	Questionnaires string `type:"existingdir" placeholder:"DIR" help:"Folder of questionnaires, or of one, that add to the built-in ones, or replace those of the same id."`
	Support        string `type:"existingdir" placeholder:"DIR" help:"Folder with services.yaml, sl.yaml and en.yaml of your own: support services that add to the built-in ones, replace those of the same id, or hide them."`
}

// content is everything that authors write, loaded and checked.
type content struct {
	catalogue *load.Catalogue
	directory *support.Directory
}

// load reads the built-in content and the operator's own. The error is
// questionnaire.Problems when a file of the operator's is wrong, a worked example that does
// not come out as its author expects included. The built-in content was proved by `make
// test` before it was built in; prove does so again.
func (f contentFlags) load() (content, error) {
	directory, err := f.services()
	if err != nil {
		return content{}, err
	}
	options, err := f.options(directory)
	if err != nil {
		return content{}, err
	}
	return loadAll(options, directory)
}

// services reads the directory of support services, with what the operator corrects in it.
func (f contentFlags) services() (*support.Directory, error) {
	if f.Support == "" {
		return support.Load(nil, questionnaires.FS)
	}
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		return nil, fmt.Errorf("open the built-in schemas: %w", err)
	}
	return support.LoadWithOwn(schemas, questionnaires.FS, source.Folder{FS: os.DirFS(f.Support), Path: f.Support})
}

// loadWith reads the built-in content and what is in these folders of questionnaires.
func loadWith(own ...fs.FS) (content, error) {
	directory, err := support.Load(nil, questionnaires.FS)
	if err != nil {
		return content{}, err
	}
	options, err := contentFlags{}.options(directory)
	if err != nil {
		return content{}, err
	}
	options.Roots = own
	return loadAll(options, directory)
}

// prove is load, but holds the built-in content against its schemas and its worked examples too.
func (f contentFlags) prove() (content, error) {
	options, err := f.options(nil)
	if err != nil {
		return content{}, err
	}
	directory, err := support.Load(options.Schemas, questionnaires.FS)
	if err != nil {
		return content{}, err
	}
	options.BuiltIn, options.Roots = nil, append([]fs.FS{questionnaires.FS}, options.Roots...)
	options.ServiceIDs = directory.ServiceIDs()
	return loadAll(options, directory)
}

// loadHealthy is load, but leaves out the questionnaires of the operator's that are wrong.
func (f contentFlags) loadHealthy() (content, []load.LeftOut, error) {
	directory, err := f.services()
	if err != nil {
		return content{}, nil, err
	}
	options, err := f.options(directory)
	if err != nil {
		return content{}, nil, err
	}
	catalogue, leftOut, err := load.LoadHealthy(options)
	if err != nil {
		return content{}, leftOut, err
	}
	for _, q := range slices.Clone(catalogue.Questionnaires) {
		if problems := append(verify(q), unsafeRules(q, directory)...); len(problems) > 0 {
			catalogue = catalogue.Without(q.ID)
			leftOut = append(leftOut, load.LeftOut{ID: q.ID, Problems: problems})
		}
	}
	return content{catalogue: catalogue, directory: directory}, leftOut, nil
}

// options say what to load: the built-in content as it is, and the operator's folder.
func (f contentFlags) options(directory *support.Directory) (load.Options, error) {
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		return load.Options{}, fmt.Errorf("open the built-in schemas: %w", err)
	}
	options := load.Options{Schemas: schemas, BuiltIn: questionnaires.FS}
	if directory != nil {
		options.ServiceIDs = directory.ServiceIDs()
	}
	if f.Questionnaires != "" {
		options.Roots = []fs.FS{f.root()}
	}
	return options, nil
}

// root is the operator's folder. That of a single questionnaire will do too.
func (f contentFlags) root() fs.FS {
	if folder, _ := target(f.Questionnaires + "/").folder(); folder.holdsOne() {
		return folder.root()
	}
	return source.Folder{FS: os.DirFS(f.Questionnaires), Path: f.Questionnaires}
}

// loadAll loads everything or nothing.
func loadAll(options load.Options, directory *support.Directory) (content, error) {
	catalogue, err := load.Load(options)
	if err != nil {
		return content{}, err
	}
	var problems questionnaire.Problems
	for _, q := range catalogue.Questionnaires {
		problems = append(problems, verify(q)...)
	}
	if len(problems) > 0 {
		return content{}, problems
	}
	return content{catalogue: catalogue, directory: directory}, nil
}

// verify scores the worked examples. Built-in questionnaires come without theirs.
func verify(q *questionnaire.Questionnaire) questionnaire.Problems {
	if len(q.Examples) == 0 {
		return nil
	}
	return scoring.VerifyExamples(q)
}
