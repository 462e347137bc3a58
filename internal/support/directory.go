package support

import (
	"io/fs"
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// Directory is all support services, loaded and checked. It never changes and may
// be shared.
type Directory struct {
	calendar *Calendar
	services []*Service
	byID     map[string]*Service
	needs    []Need
	regions  []Region
	together []string
	plans    []*Hours // every different plan of opening hours, once
}

// folder is where the directory's files are in a root.
const folder = "support"

// Load reads the directory from the folder support of root; schemas holds the JSON
// Schemas, and is nil for a directory that tests have held against them before it was built
// in. What is wrong with the files is returned as questionnaire.Problems, all
// of it at once.
func Load(schemas, root fs.FS) (*Directory, error) {
	compiled := make([]*source.Schema, 4)
	if schemas != nil {
		var err error
		if compiled, err = compileSchemas(schemas); err != nil {
			return nil, err
		}
	}
	return load(compiled, root, nil)
}

// LoadWithOwn reads the directory of root, which was checked before it was built in, with what an
// operator corrects in it: the files services.yaml, sl.yaml and en.yaml of own, by the same rules.
func LoadWithOwn(schemas, root, own fs.FS) (*Directory, error) {
	compiled, err := compileSchemas(schemas)
	if err != nil {
		return nil, err
	}
	compiled[0], compiled[1] = nil, nil
	return load(compiled, root, own)
}

// compileSchemas compiles the schema of the services and that of their texts, and those of an
// operator's.
func compileSchemas(schemas fs.FS) ([]*source.Schema, error) {
	return source.CompileSchemas(schemas, "services.schema.json", "services-texts.schema.json", "own-services.schema.json", "own-services-texts.schema.json")
}

// load reads the directory with these schemas, and an operator's own; nil for none.
func load(compiled []*source.Schema, root, own fs.FS) (*Directory, error) {
	calendar, err := NewCalendar()
	if err != nil {
		return nil, err
	}
	l := &loader{directory: &Directory{calendar: calendar, byID: map[string]*Service{}}}
	if own != nil {
		if l.own, l.problems = readOwn(own, compiled); l.own == nil {
			return nil, l.problems
		}
	}
	l.readServices(root, compiled[0])
	if l.file == nil {
		return nil, l.problems
	}
	for _, language := range questionnaire.Languages() {
		l.readTexts(root, compiled[1], language)
	}
	l.problems.Sort()
	if err := l.problems.Err(); err != nil {
		return nil, err
	}
	return l.directory, nil
}

// Services lists the services in the order of the file.
func (d *Directory) Services() []*Service { return slices.Clone(d.services) }

// Service finds a service by its id.
func (d *Directory) Service(id string) (*Service, bool) {
	service, ok := d.byID[id]
	return service, ok
}

// ServiceIDs lists the id of every service.
func (d *Directory) ServiceIDs() []string {
	ids := make([]string, len(d.services))
	for i, service := range d.services {
		ids[i] = service.ID
	}
	return ids
}

// Needs lists what a person may look for, in the order of the filter.
func (d *Directory) Needs() []Need { return slices.Clone(d.needs) }

// Regions lists the regions a service may be bound to.
func (d *Directory) Regions() []Region { return slices.Clone(d.regions) }

// Calendar is the clock and the holidays the directory's hours are read by.
func (d *Directory) Calendar() *Calendar { return d.calendar }

func (d *Directory) need(id string) (Need, bool) {
	i := slices.IndexFunc(d.needs, func(n Need) bool { return n.ID == id })
	if i < 0 {
		return Need{}, false
	}
	return d.needs[i], true
}
