package load

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// Options say what to load.
type Options struct {
	// Schemas holds the schema files, such as questionnaire.schema.json, at its top.
	Schemas fs.FS
	// Roots hold one folder per questionnaire, named as its id. One in a later root
	// replaces that of the same id in an earlier one. The areas are those of the
	// last root that has a folder areas.
	Roots []fs.FS
	// ServiceIDs are the ids of the support services that flags may name; nil: any.
	ServiceIDs []string
}

// Catalogue is everything that was loaded. It does not change.
type Catalogue struct {
	Areas          []Area                         // in the order shown
	Questionnaires []*questionnaire.Questionnaire // by area, then by id
}

// Questionnaire finds a questionnaire by its id.
func (c *Catalogue) Questionnaire(id questionnaire.ID) (*questionnaire.Questionnaire, bool) {
	for _, q := range c.Questionnaires {
		if q.ID == id {
			return q, true
		}
	}
	return nil, false
}

// Load reads the areas and questionnaires of the roots. When anything is wrong there is no
// catalogue, and the error is questionnaire.Problems: all of them, by file and place.
// Any other error means that the schemas or the roots themselves cannot be read.
func Load(options Options) (*Catalogue, error) {
	l := loader{services: options.ServiceIDs}
	if err := l.compileSchemas(options.Schemas); err != nil {
		return nil, err
	}
	folders, err := find(options.Roots)
	if err != nil {
		return nil, err
	}
	for _, root := range options.Roots {
		l.checkTop(root)
	}
	return l.load(folders)
}

// load reads what was found.
func (l *loader) load(folders folders) (*Catalogue, error) {
	catalogue := &Catalogue{Areas: l.loadAreas(folders.areas)}
	ids := folders.ids()
	catalogue.Questionnaires = make([]*questionnaire.Questionnaire, len(ids))
	loaders := make([]loader, len(ids)) // side by side, because reading one takes tens of milliseconds
	var reading sync.WaitGroup
	for i, id := range ids {
		loaders[i] = loader{schemas: l.schemas, services: l.services, areas: l.areas.clone()}
		reading.Go(func() {
			catalogue.Questionnaires[i] = loaders[i].loadQuestionnaire(folders.questionnaires[id], id)
		})
	}
	reading.Wait()
	for i := range loaders {
		l.problems = append(l.problems, loaders[i].problems...)
	}
	if len(l.problems) > 0 {
		l.problems.Sort()
		return nil, l.problems
	}
	catalogue.arrange()
	return catalogue, nil
}

// arrange puts the questionnaires in the order of the areas and lists them there.
func (c *Catalogue) arrange() {
	rank := map[questionnaire.AreaID]int{}
	for i, a := range c.Areas {
		rank[a.ID] = i
	}
	slices.SortFunc(c.Questionnaires, func(a, b *questionnaire.Questionnaire) int {
		return cmp.Or(cmp.Compare(rank[a.Area], rank[b.Area]), cmp.Compare(a.ID, b.ID))
	})
	for _, q := range c.Questionnaires {
		area := &c.Areas[rank[q.Area]]
		area.Questionnaires = append(area.Questionnaires, q.ID)
	}
}

// loader holds what loading the files of one catalogue shares.
type loader struct {
	schemas  schemas
	services []string
	areas    *names // nil when they could not be read
	problems questionnaire.Problems
}

type schemas struct {
	questionnaire, texts, examples, areas, areaTexts *source.Schema
}

func (l *loader) compileSchemas(fsys fs.FS) error {
	compiled, err := source.CompileSchemas(fsys, "questionnaire.schema.json", "texts.schema.json", "examples.schema.json",
		"areas.schema.json", "areas-texts.schema.json")
	if err != nil {
		return err
	}
	l.schemas = schemas{
		questionnaire: compiled[0], texts: compiled[1], examples: compiled[2],
		areas: compiled[3], areaTexts: compiled[4],
	}
	return nil
}

// read reads one file and keeps its problems.
func (l *loader) read(fsys fs.FS, path string, schema *source.Schema, into any) *source.File {
	file, problems := source.Read(fsys, path, schema, into)
	l.problems = append(l.problems, problems...)
	return file
}

// folders are where the roots keep what is to be loaded.
type folders struct {
	areas          fs.FS
	questionnaires map[string]fs.FS // the root by folder name
}

func (f folders) ids() []string {
	ids := make([]string, 0, len(f.questionnaires))
	for id := range f.questionnaires {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// find looks through the roots; later ones replace what earlier ones have.
func find(roots []fs.FS) (folders, error) {
	found := folders{questionnaires: map[string]fs.FS{}}
	for _, root := range roots {
		entries, err := fs.ReadDir(root, ".")
		if err != nil {
			return folders{}, fmt.Errorf("listing a folder of questionnaires: %w", err)
		}
		for _, entry := range entries {
			name := entry.Name()
			switch {
			case !isFolder(root, entry) || strings.HasPrefix(name, "."):
			case name == "areas":
				found.areas = root
			case name == "schemas" || name == "support":
			default:
				found.questionnaires[name] = root
			}
		}
	}
	if found.areas == nil && len(roots) > 0 {
		found.areas = roots[0] // where areas.yaml is reported missing
	}
	return found, nil
}

// isFolder follows a link, as an operator may have made one.
func isFolder(root fs.FS, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.IsDir()
	}
	info, err := fs.Stat(root, entry.Name())
	return err == nil && info.IsDir()
}

// checkTop refuses YAML files beside the folders of a root. Mostly the root is itself the
// folder of a questionnaire, which would go unread.
func (l *loader) checkTop(root fs.FS) {
	names, err := fs.Glob(root, "*.y*ml")
	if err != nil || len(names) == 0 {
		return // the pattern is right
	}
	message := "there is no use for this file here; each questionnaire has a folder of its own"
	if slices.Contains(names, "questionnaire.yaml") {
		names = []string{"questionnaire.yaml"}
		message += ". If this is one, name the folder that holds it"
	}
	for _, name := range names {
		l.problems = append(l.problems, questionnaire.Problem{
			At: questionnaire.Position{File: source.NameIn(root, name)}, Message: message,
		})
	}
}

// checkFiles refuses YAML files in a folder that nothing reads, which are mostly misspelt.
func (l *loader) checkFiles(root fs.FS, folder string, known []string) {
	entries, err := fs.ReadDir(root, folder)
	if err != nil {
		return // the files that are missing are reported one by one
	}
	for _, entry := range entries {
		name := entry.Name()
		if ext := path.Ext(name); ext != ".yaml" && ext != ".yml" || slices.Contains(known, name) {
			continue
		}
		l.problems = append(l.problems, questionnaire.Problem{
			At:         questionnaire.Position{File: source.NameIn(root, path.Join(folder, name))},
			Message:    "there is no use for this file here; known are " + strings.Join(known, ", "),
			Suggestion: source.Suggest(name, known),
		})
	}
}

// languageFile is the name of the file with the texts in a language.
func languageFile(language questionnaire.Language) string { return string(language) + ".yaml" }
