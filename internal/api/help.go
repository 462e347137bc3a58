package api

import (
	"bytes"
	"fmt"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/questionnaire"
	"predah/internal/support"
)

// helpers is the support directory with what never changes about it as JSON, made
// at start. Only who is open is added to an answer.
type helpers struct {
	directory *support.Directory
	areas     map[questionnaire.AreaID]bool
	needs     map[string]bool
	regions   map[string]bool
	parts     map[questionnaire.Language]*helpParts
}

// helpParts is the directory in one language. A service's JSON ends where its
// contacts begin, a contact's where its being open begins.
type helpParts struct {
	services map[*support.Service][]byte
	contacts map[*support.Contact][]byte
	next     map[*support.Service][]byte // ends where its contact begins
	lists    []byte                      // the needs and regions that can be asked for
}

// newHelpers encodes the directory.
func newHelpers(directory *support.Directory) (*helpers, error) {
	h := &helpers{
		directory: directory,
		areas:     make(map[questionnaire.AreaID]bool),
		needs:     make(map[string]bool),
		regions:   make(map[string]bool),
		parts:     make(map[questionnaire.Language]*helpParts),
	}
	for _, service := range directory.Services() {
		for _, area := range service.Areas {
			h.areas[area] = true
		}
	}
	for _, need := range directory.Needs() {
		h.needs[need.ID] = true
	}
	for _, region := range directory.Regions() {
		h.regions[region.ID] = true
	}
	for _, language := range questionnaire.Languages() {
		var e encoder
		h.parts[language] = newHelpParts(&e, directory, language)
		if e.err != nil {
			return nil, fmt.Errorf("prepare the support directory in %s: %w", language, e.err)
		}
	}
	return h, nil
}

// newHelpParts encodes the directory in one language.
func newHelpParts(e *encoder, directory *support.Directory, language questionnaire.Language) *helpParts {
	parts := &helpParts{
		services: make(map[*support.Service][]byte),
		contacts: make(map[*support.Contact][]byte),
		next:     make(map[*support.Service][]byte),
	}
	for _, service := range directory.Services() {
		parts.services[service] = bytes.TrimSuffix(e.json(serviceIn(service, language)), []byte("]}"))
		parts.next[service] = e.join(`{"service":`, e.json(service.ID), `,"name":`, e.json(service.Texts[language].Name), `,"contact":`)
		for i := range service.Contacts {
			contact := &service.Contacts[i]
			parts.contacts[contact] = bytes.TrimSuffix(e.json(contactIn(contact, language)), []byte("}"))
		}
	}
	needs := []Need{}
	for _, need := range directory.Needs() {
		needs = append(needs, Need{ID: need.ID, Label: need.Labels[language], Urgent: need.Urgent})
	}
	regions := []Region{}
	for _, region := range directory.Regions() {
		regions = append(regions, Region{ID: region.ID, Name: region.Names[language]})
	}
	parts.lists = e.join(`,"needs":`, e.json(needs), `,"regions":`, e.json(regions))
	return parts
}

// serviceIn returns what never changes about a service, without contacts.
func serviceIn(service *support.Service, language questionnaire.Language) Service {
	text := service.Texts[language]
	return Service{
		ID: service.ID, Name: text.Name, Summary: text.Summary, For: text.For,
		Areas: append([]questionnaire.AreaID{}, service.Areas...), Needs: append([]string{}, service.Needs...),
		Ages: rangeOf(service.Ages), Languages: append([]questionnaire.Language{}, service.Languages...),
		Nationwide: service.Nationwide(), Region: text.Regions,
		Cost: service.Cost, CostText: text.Cost, Anonymous: service.Anonymous,
		Confidence: service.Confidence, Remark: text.Confidence, Urgent: service.Urgent, Role: service.Role,
		Website: service.Website, Source: service.Source.URL, Checked: service.Source.Checked, Note: text.Note,
		Contacts: []Contact{},
	}
}

// contactIn returns what never changes about a contact.
func contactIn(contact *support.Contact, language questionnaire.Language) Contact {
	text := contact.Texts[language]
	out := Contact{
		Kind: contact.Kind, Value: contact.Value, Href: contact.Href, Label: text.Label,
		Languages: append([]questionnaire.Language{}, contact.Languages...), Ages: rangeOf(contact.Ages),
		HoursText: text.Hours, Source: contact.Source.URL, Checked: contact.Source.Checked,
	}
	if contact.Hours != nil {
		out.OpeningHours = contact.Hours.String()
	}
	return out
}

// rangeOf returns a range that may be missing.
func rangeOf(ages *questionnaire.AgeRange) *Range {
	if ages == nil {
		return nil
	}
	out := Range(*ages)
	return &out
}

// appendMatches appends the JSON of services as they stand, with commas between.
func (p *helpParts) appendMatches(out []byte, matches []support.Match) []byte {
	for i := range matches {
		m := &matches[i]
		out = append(comma(out, i), p.services[m.Service]...)
		for j := range m.Contacts {
			out = p.appendContact(comma(out, j), &m.Contacts[j])
		}
		out = append(out, ']')
		if best, known := m.Best(); known {
			out = appendState(out, best.State)
		}
		out = append(out, '}')
	}
	return out
}

// appendContact appends the JSON of a contact as it stands.
func (p *helpParts) appendContact(out []byte, contact *support.ContactState) []byte {
	out = append(out, p.contacts[contact.Contact]...)
	if contact.Known {
		out = appendState(out, contact.State)
	}
	return append(out, '}')
}

// appendState appends the members of an Openness.
func appendState(out []byte, state support.State) []byte {
	if state.Open {
		out = append(out, `,"open":true`...)
	} else {
		out = append(out, `,"open":false`...)
	}
	if closes, ok := state.ClosesAt(); ok {
		out = append(out, `,"closes_at":"`...)
		out = append(closes.AppendFormat(out, time.RFC3339), '"')
	}
	if opens, ok := state.OpensAt(); ok {
		out = append(out, `,"opens_at":"`...)
		out = append(opens.AppendFormat(out, time.RFC3339), '"')
	}
	return out
}

// renderedServices is an answer of GET /support, ready to be written: the JSON of a
// ServiceList.
type renderedServices struct {
	language questionnaire.Language
	at       time.Time
	parts    *helpParts
	matches  []support.Match
	next     *support.Next // nil when no hours are known
}

// appendJSON appends the JSON of the answer.
func (r renderedServices) appendJSON(out []byte) []byte {
	out = append(append(out, `{"language":"`...), r.language...)
	out = append(out, `","at":"`...)
	out = r.at.AppendFormat(out, time.RFC3339)
	out = append(out, `","services":[`...)
	out = r.parts.appendMatches(out, r.matches)
	out = append(out, `],"next":`...)
	if r.next == nil {
		out = append(out, "null"...)
	} else {
		out = append(out, r.parts.next[r.next.Service]...)
		out = append(r.parts.appendContact(out, &r.next.Contact), '}')
	}
	return append(append(out, r.parts.lists...), '}')
}

// Schema says that the answer is a ServiceList; huma asks for it.
func (renderedServices) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[ServiceList](), true, "ServiceList")
}
