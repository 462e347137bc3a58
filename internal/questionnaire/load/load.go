package load

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"sync"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// Options say what to load.
type Options struct {
	// Schemas holds the schema files, such as questionnaire.schema.json, at its top. They
	// are needed for the Roots only.
	Schemas fs.FS
	// BuiltIn is content that tests have proved before it was built in. It comes before the
	// Roots and is laid out like one, but is held against no schema again, and its worked
	// examples are left unread: that is most of the time that loading takes. nil: none.
	BuiltIn fs.FS
	// Roots hold one folder per questionnaire, named as its id. One in a later root
	// replaces that of the same id in an earlier one. So does an area, and one
	// that is new comes behind those of earlier roots.
	Roots []fs.FS
	// ServiceIDs are the ids of the support services that flags may name; nil: any.
	ServiceIDs []string
}

// Catalogue is everything that was loaded. It does not change.
type Catalogue struct {
	Areas          []Area                         // in the order shown
	Questionnaires []*questionnaire.Questionnaire // by area, then by id
	Released       []*questionnaire.Questionnaire // versions that results are kept of, in no order
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

// Without is the catalogue without one questionnaire.
func (c *Catalogue) Without(id questionnaire.ID) *Catalogue {
	rest := &Catalogue{Areas: slices.Clone(c.Areas), Released: c.Released}
	for _, q := range c.Questionnaires {
		if q.ID != id {
			rest.Questionnaires = append(rest.Questionnaires, q)
		}
	}
	for i := range rest.Areas {
		rest.Areas[i].Questionnaires = slices.DeleteFunc(slices.Clone(rest.Areas[i].Questionnaires),
			func(other questionnaire.ID) bool { return other == id })
	}
	return rest
}

// Load reads the areas and questionnaires of the roots. When anything is wrong there is no
// catalogue, and the error is questionnaire.Problems: all of them, by file and place.
// Any other error means that the schemas or the roots themselves cannot be read.
func Load(options Options) (*Catalogue, error) {
	catalogue, leftOut, err := LoadHealthy(options)
	var problems questionnaire.Problems
	if err != nil && !errors.As(err, &problems) {
		return nil, err
	}
	for _, one := range leftOut {
		problems = append(problems, one.Problems...)
	}
	if len(problems) > 0 {
		problems.Sort()
		return nil, problems
	}
	return catalogue, nil
}

// LeftOut is a questionnaire that is not served, and what is wrong with it.
type LeftOut struct {
	ID       questionnaire.ID // as its folder is named; "" for files beside the folders and released versions
	Problems questionnaire.Problems
}

// LoadHealthy is Load, but leaves out the questionnaires with problems instead of refusing
// all. Without areas nothing can be served, so what is wrong with them remains an error; the
// list is complete all the same.
func LoadHealthy(options Options) (*Catalogue, []LeftOut, error) {
	l := &loader{services: options.ServiceIDs}
	if len(options.Roots) > 0 {
		if err := l.compileSchemas(options.Schemas); err != nil {
			return nil, nil, err
		}
	}
	return l.load(options)
}

// load reads the roots.
func (l *loader) load(options Options) (*Catalogue, []LeftOut, error) {
	folders, err := find(options)
	if err != nil {
		return nil, nil, err
	}
	catalogue := &Catalogue{Areas: l.loadAllAreas(folders.areas)}
	var released loader
	catalogue.loadReleased(&released, folders.roots)
	leftOut := catalogue.load(l, folders)
	var beside loader
	for _, root := range options.Roots {
		beside.checkTop(root)
	}
	if problems := append(released.problems, beside.problems...); len(problems) > 0 {
		leftOut = append(leftOut, LeftOut{Problems: problems})
	}
	if len(l.problems) > 0 {
		return nil, leftOut, l.problems
	}
	catalogue.arrange()
	return catalogue, leftOut, nil
}

// load reads the questionnaires that were found, and tells of those that are wrong.
func (c *Catalogue) load(l *loader, folders folders) (leftOut []LeftOut) {
	ids := folders.ids()
	all := make([]*questionnaire.Questionnaire, len(ids))
	loaders := make([]*loader, len(ids)) // side by side, because reading one takes milliseconds
	var reading sync.WaitGroup
	for i, id := range ids {
		root := folders.questionnaires[id]
		loaders[i] = l.in(root)
		reading.Go(func() {
			all[i] = loaders[i].loadQuestionnaire(root.FS, id)
			if c.changed(all[i]) {
				loaders[i].refuseChanged(root.FS, all[i])
			}
		})
	}
	reading.Wait()
	for i, id := range ids {
		if problems := loaders[i].problems; len(problems) > 0 {
			problems.Sort()
			leftOut = append(leftOut, LeftOut{ID: questionnaire.ID(id), Problems: problems})
			continue
		}
		c.Questionnaires = append(c.Questionnaires, all[i])
	}
	return leftOut
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
	proved   bool   // what is read was proved before
	problems questionnaire.Problems
}

// in is a loader for what lies in a root, with problems of its own.
func (l *loader) in(r root) *loader {
	return &loader{schemas: l.schemas, services: l.services, areas: l.areas.clone(), proved: r.proved}
}

type schemas struct {
	questionnaire, texts, examples, tables, areas, areaTexts *source.Schema
}

func (l *loader) compileSchemas(fsys fs.FS) error {
	compiled, err := source.CompileSchemas(fsys, "questionnaire.schema.json", "texts.schema.json", "examples.schema.json", "tables.schema.json",
		"areas.schema.json", "areas-texts.schema.json")
	if err != nil {
		return err
	}
	l.schemas = schemas{
		questionnaire: compiled[0], texts: compiled[1], examples: compiled[2], tables: compiled[3],
		areas: compiled[4], areaTexts: compiled[5],
	}
	return nil
}

// read reads one file and keeps its problems.
func (l *loader) read(fsys fs.FS, path string, schema *source.Schema, into any) *source.File {
	if l.proved {
		schema = nil
	}
	file, problems := source.Read(fsys, path, schema, into)
	l.problems = append(l.problems, problems...)
	return file
}

// languageFile is the name of the file with the texts in a language.
func languageFile(language questionnaire.Language) string { return string(language) + ".yaml" }
