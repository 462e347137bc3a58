package support

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// loader turns content files into a directory and collects what is wrong with them.
type loader struct {
	directory *Directory
	file      *source.File // services.yaml
	raw       rawFile
	own       *own           // what an operator corrects; nil for nothing
	plans     map[string]int // index of a plan of hours by its text
	problems  questionnaire.Problems
}

func (l *loader) report(at questionnaire.Position, suggestion, format string, args ...any) {
	l.problems = append(l.problems, questionnaire.Problem{At: at, Message: fmt.Sprintf(format, args...), Suggestion: suggestion})
}

func (l *loader) readServices(root fs.FS, schema *source.Schema) {
	file, problems := source.Read(root, folder+"/services.yaml", schema, &l.raw)
	l.problems = append(l.problems, problems...)
	if file == nil {
		return
	}
	l.file, l.plans = file, map[string]int{}
	l.own.hide(l)
	l.addNeeds()
	for i, id := range l.raw.Regions {
		if slices.Contains(l.raw.Regions[:i], id) {
			continue // the schema has said so
		}
		l.directory.regions = append(l.directory.regions, Region{ID: id, Names: map[questionnaire.Language]string{}})
	}
	for i, service := range l.raw.Services {
		if !l.own.replaces(l, service.ID) {
			l.addService(i)
		}
	}
	l.own.add(l)
	l.checkFirst()
	l.directory.together = l.raw.Together
	for i, id := range l.raw.Together {
		l.known(id, l.directory.ServiceIDs(), "service", "together", i)
	}
}

func (l *loader) addNeeds() {
	for i, raw := range l.raw.Needs {
		if _, twice := l.directory.need(raw.ID); twice {
			l.report(l.file.At("needs", i, "id"), "", "the need `%s` is here twice", raw.ID)
			continue
		}
		l.directory.needs = append(l.directory.needs, Need{
			ID: raw.ID, Urgent: raw.Urgent, anyAge: raw.AnyAge, aside: raw.Aside, first: raw.First,
			Labels: map[questionnaire.Language]string{},
		})
	}
}

// known reports an id that is not among those known; path is where it stands.
func (l *loader) known(id string, known []string, what string, path ...any) bool {
	if slices.Contains(known, id) {
		return true
	}
	l.report(l.file.At(path...), source.Suggest(id, known), "there is no %s `%s`", what, id)
	return false
}

func (l *loader) addService(i int) {
	raw := l.raw.Services[i]
	if _, twice := l.directory.byID[raw.ID]; twice {
		l.report(l.file.At("services", i, "id"), "", "the service `%s` is here twice", raw.ID)
		return
	}
	s := &Service{
		ID: raw.ID, Needs: raw.Needs, Areas: raw.Areas, Languages: raw.Languages, Regions: raw.Regions,
		Groups: raw.Groups, Cost: raw.Cost, Anonymous: raw.Anonymous, Confidence: raw.Confidence, Website: raw.Website,
		Ages: l.ages(raw.Ages, "services", i, "ages"), Source: Source(raw.Source),
		Texts:        map[questionnaire.Language]*ServiceText{},
		FirstContact: raw.FirstContact == nil || *raw.FirstContact, Role: raw.Role,
	}
	l.checkNeeds(i, s)
	for j, region := range raw.Regions {
		l.known(region, l.raw.Regions, "region", "services", i, "regions", j)
	}
	for j := range raw.Contacts {
		l.addContact(i, j, s)
	}
	l.directory.services = append(l.directory.services, s)
	l.directory.byID[s.ID] = s
}

func (l *loader) checkNeeds(i int, s *Service) {
	ids := needIDs(l.directory.needs)
	s.emergency, s.aside = true, true
	for j, id := range s.Needs {
		if !l.known(id, ids, "need", "services", i, "needs", j) {
			continue
		}
		need, _ := l.directory.need(id)
		s.Urgent, s.emergency = s.Urgent || need.Urgent, s.emergency && need.Urgent
		s.aside = s.aside && need.aside
		if need.Urgent && s.Confidence == OldSource {
			l.report(l.file.At("services", i, "needs", j), "", "`%s` is urgent, and a service of an old source is not shown for an urgent need", id)
		}
	}
}

func (l *loader) ages(raw *rawAges, path ...any) *questionnaire.AgeRange {
	ages := raw.ages()
	if ages != nil && ages.Min > ages.Max {
		l.report(l.file.At(path...), "", "the youngest age is above the oldest")
	}
	return ages
}

func (l *loader) addContact(i, j int, s *Service) {
	raw := l.raw.Services[i].Contacts[j]
	path := func(more ...any) questionnaire.Position {
		return l.file.At(append([]any{"services", i, "contacts", j}, more...)...)
	}
	c := Contact{
		ID: raw.ID, Kind: raw.Kind, Value: raw.Value, Languages: raw.Languages, Confidence: raw.Confidence,
		Ages: l.ages(raw.Ages, "services", i, "contacts", j, "ages"), Source: s.Source,
		Texts: map[questionnaire.Language]ContactText{}, plan: noPlan,
	}
	if c.ID == "" {
		c.ID = string(c.Kind)
	}
	if slices.ContainsFunc(s.Contacts, func(other Contact) bool { return other.ID == c.ID }) {
		l.report(path(), "", "the contact `%s` is here twice; give each an `id`", c.ID)
	}
	if c.Languages == nil {
		c.Languages = s.Languages
	}
	if c.Confidence == "" || s.Confidence == OldSource {
		c.Confidence = s.Confidence
	}
	if raw.Source != nil {
		c.Source = Source(*raw.Source)
	}
	href, err := link(raw.Kind, raw.Value)
	if err != nil && raw.Kind != "" && raw.Value != "" { // else the schema has said so
		l.report(path("value"), "", "%s", err)
	}
	c.Href = href
	if raw.Hours != "" {
		c.Hours, c.plan = l.hours(raw.Hours, path("hours"))
		if c.Confidence == OldSource {
			l.report(path("hours"), "", "hours of an old source are not shown as certain; say them in the note")
		}
	}
	s.Contacts = append(s.Contacts, c)
}

// noPlan stands for opening hours that are not known.
const noPlan = -1

// hours reads a plan; the same plan is kept once.
func (l *loader) hours(text string, at questionnaire.Position) (*Hours, int) {
	if i, ok := l.plans[text]; ok {
		return l.directory.plans[i], i
	}
	hours, err := ParseHours(text)
	if err != nil {
		var problem *HoursError
		if errors.As(err, &problem) {
			l.report(at, "", "%s", problem)
		}
		return nil, noPlan
	}
	i := len(l.directory.plans)
	l.directory.plans = append(l.directory.plans, hours)
	l.plans[text] = i
	return hours, i
}

// checkFirst sees to it that who is shown first for an urgent need helps with it,
// and that one of them is there at any hour.
func (l *loader) checkFirst() {
	for i, need := range l.raw.Needs {
		always := false
		for j, id := range need.First {
			if !l.known(id, l.directory.ServiceIDs(), "service", "needs", i, "first", j) {
				continue
			}
			service := l.directory.byID[id]
			if !slices.Contains(service.Needs, need.ID) {
				l.report(l.file.At("needs", i, "first", j), "", "`%s` does not have `%s` among its needs", id, need.ID)
			}
			if !service.FirstContact {
				l.report(l.file.At("needs", i, "first", j), "", "`%s` is no first contact, so it is not shown before others", id)
			}
			always = always || slices.ContainsFunc(service.Contacts, func(c Contact) bool { return c.Hours != nil && c.Hours.Always() })
		}
		if need.Urgent && !always {
			l.report(l.file.At("needs", i, "first"), "", "none of these is open round the clock")
		}
	}
}
