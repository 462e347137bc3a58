package explain

import (
	"cmp"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/support"
)

// Names says what things outside a questionnaire are called in one language. An id that
// has no name stands for itself, but for a check, which is then left out: nobody can be
// sent to it.
type Names struct {
	Services map[string]string               // of support services, by id
	Checks   map[questionnaire.ID]string     // titles of questionnaires; nil: any id may be named
	Areas    map[questionnaire.AreaID]string // titles of areas
}

// NamesIn gathers the names of everything that is loaded.
func NamesIn(language questionnaire.Language, catalogue *load.Catalogue, directory *support.Directory) Names {
	names := Names{
		Services: make(map[string]string),
		Checks:   make(map[questionnaire.ID]string, len(catalogue.Questionnaires)),
		Areas:    make(map[questionnaire.AreaID]string, len(catalogue.Areas)),
	}
	for _, service := range directory.Services() {
		names.Services[service.ID] = service.Texts[language].Name
	}
	for _, q := range catalogue.Questionnaires {
		names.Checks[q.ID] = q.Texts[language].Title
	}
	for _, area := range catalogue.Areas {
		names.Areas[area.ID] = area.Texts[language].Title
	}
	return names
}

func (n Names) service(id string) string { return cmp.Or(n.Services[id], id) }

func (n Names) area(id questionnaire.AreaID) string { return cmp.Or(n.Areas[id], string(id)) }

// check is the title of a questionnaire, and whether anyone can be sent to it.
func (n Names) check(id questionnaire.ID) (title string, ok bool) {
	title, ok = n.Checks[id]
	return cmp.Or(title, string(id)), ok || n.Checks == nil
}
