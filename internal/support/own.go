package support

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// own is what an operator corrects in the directory.
type own struct {
	file  *source.File
	raw   rawOwn
	added map[string]bool // services that are in the directory by now
	texts map[questionnaire.Language]ownTexts
}

type rawOwn struct {
	Hide     []string     `json:"hide"`
	Services []rawService `json:"services"`
}

// ownTexts are an operator's texts in one language.
type ownTexts struct {
	file *source.File
	raw  struct {
		Services map[string]rawServiceText `json:"services"`
	}
}

// readOwn reads an operator's files. The one of services has to be there, those of texts have to
// where a service is new.
func readOwn(root fs.FS, compiled []*source.Schema) (*own, questionnaire.Problems) {
	o := &own{added: map[string]bool{}, texts: map[questionnaire.Language]ownTexts{}}
	var problems questionnaire.Problems
	if o.file, problems = source.Read(root, "services.yaml", compiled[2], &o.raw); o.file == nil {
		return nil, problems
	}
	for _, language := range questionnaire.Languages() {
		name := fmt.Sprintf("%s.yaml", language)
		if _, err := fs.Stat(root, name); err != nil {
			continue
		}
		var texts ownTexts
		var wrong questionnaire.Problems
		texts.file, wrong = source.Read(root, name, compiled[3], &texts.raw)
		problems = append(problems, wrong...)
		o.texts[language] = texts
	}
	return o, problems
}

// index is where an operator's service stands in the file, -1 for none.
func (o *own) index(id string) int {
	if o == nil {
		return -1
	}
	return slices.IndexFunc(o.raw.Services, func(s rawService) bool { return s.ID == id })
}

func idsOf(services []rawService) []string {
	ids := make([]string, len(services))
	for i, service := range services {
		ids[i] = service.ID
	}
	return ids
}

// hide takes the services out that are not shown, also where they are named to be shown first.
func (o *own) hide(l *loader) {
	if o == nil {
		return
	}
	ids := idsOf(l.raw.Services)
	for i, id := range o.raw.Hide {
		if !slices.Contains(ids, id) {
			l.problems = append(l.problems, questionnaire.Problem{
				At: o.file.At("hide", i), Message: fmt.Sprintf("there is no service `%s`", id), Suggestion: source.Suggest(id, ids),
			})
		}
	}
	hidden := func(id string) bool { return slices.Contains(o.raw.Hide, id) }
	l.raw.Services = slices.DeleteFunc(l.raw.Services, func(s rawService) bool { return hidden(s.ID) })
	l.raw.Together = slices.DeleteFunc(l.raw.Together, hidden)
	for i := range l.raw.Needs {
		l.raw.Needs[i].First = slices.DeleteFunc(l.raw.Needs[i].First, hidden)
	}
}

// replaces adds the operator's service of that id in the place of the built-in one, if there is one.
func (o *own) replaces(l *loader, id string) bool {
	i := o.index(id)
	if i < 0 {
		return false
	}
	o.addOne(l, i)
	return true
}

// add adds those that are new, behind the built-in ones.
func (o *own) add(l *loader) {
	if o == nil {
		return
	}
	for i, service := range o.raw.Services {
		if !o.added[service.ID] || i != o.index(service.ID) {
			o.addOne(l, i)
		}
	}
}

// addOne adds a service as a built-in one is added: what is wrong with it is said of this file.
func (o *own) addOne(l *loader, i int) {
	file, services := l.file, l.raw.Services
	l.file, l.raw.Services = o.file, o.raw.Services
	l.addService(i)
	l.file, l.raw.Services = file, services
	o.added[o.raw.Services[i].ID] = true
}

// translate gives each service the operator's text, or leaves it the built-in one where the
// operator has only replaced what is not text.
func (o *own) translate(t *translator) {
	if o == nil {
		return
	}
	for _, id := range o.raw.Hide {
		delete(t.raw.Services, id)
	}
	given := o.texts[t.language]
	for _, id := range slices.Sorted(maps.Keys(given.raw.Services)) {
		if o.index(id) < 0 {
			t.problems = append(t.problems, questionnaire.Problem{
				At: given.file.KeyAt("services", id), Message: fmt.Sprintf("there is no service `%s` in services.yaml beside it", id), Suggestion: source.Suggest(id, idsOf(o.raw.Services)),
			})
			continue
		}
		t.raw.Services[id] = given.raw.Services[id]
	}
	for _, service := range o.raw.Services {
		o.keepLabels(t, service, given)
	}
}

// keepLabels leaves out the built-in labels of contacts that a replaced service has no more, and
// says which new service has no text.
func (o *own) keepLabels(t *translator, service rawService, given ownTexts) {
	text, known := t.raw.Services[service.ID]
	if !known {
		t.problems = append(t.problems, questionnaire.Problem{
			At: o.file.At("services", o.index(service.ID), "id"), Message: fmt.Sprintf("its text is missing in %s.yaml", t.language),
		})
		t.raw.Services[service.ID] = rawServiceText{}
		return
	}
	if _, its := given.raw.Services[service.ID]; its {
		return
	}
	text.Contacts = maps.Clone(text.Contacts)
	maps.DeleteFunc(text.Contacts, func(id, _ string) bool {
		return !slices.ContainsFunc(service.Contacts, func(c rawContact) bool { return c.ID == id || c.ID == "" && string(c.Kind) == id })
	})
	t.raw.Services[service.ID] = text
}
