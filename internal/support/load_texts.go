package support

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// translator puts the texts of one language into a directory.
type translator struct {
	*loader
	file     *source.File
	raw      rawTexts
	language questionnaire.Language
}

func (l *loader) readTexts(root fs.FS, schema *source.Schema, language questionnaire.Language) {
	t := &translator{loader: l, language: language}
	file, problems := source.Read(root, fmt.Sprintf("%s/%s.yaml", folder, language), schema, &t.raw)
	l.problems = append(l.problems, problems...)
	if file == nil {
		return
	}
	t.file = file
	l.own.translate(t)
	t.complete(t.raw.Needs, needIDs(l.directory.needs), "need", "needs")
	t.complete(t.raw.Regions, l.raw.Regions, "region", "regions")
	t.complete(t.raw.Costs, costs(), "cost", "costs")
	t.complete(t.raw.Confidence, []string{string(Verified), string(OldSource)}, "confidence", "confidence")
	t.complete(t.raw.Kinds, kinds(), "kind of contact", "kinds")
	complete(t, t.raw.Services, l.directory.ServiceIDs(), "service", "services")
	for i := range l.directory.needs {
		need := &l.directory.needs[i]
		need.Labels[language] = t.raw.Needs[need.ID]
	}
	for i := range l.directory.regions {
		region := &l.directory.regions[i]
		region.Names[language] = t.raw.Regions[region.ID]
	}
	for _, service := range l.directory.services {
		t.translate(service)
	}
}

// costs lists the ids of what a service may cost, as in the schema.
func costs() []string { return []string{"free", "operator-rate", "public-health", "unknown"} }

func kinds() []string {
	return []string{string(Phone), string(Chat), string(SMS), string(Email), string(Form), string(Website), string(InPerson)}
}

func needIDs(needs []Need) []string {
	ids := make([]string, len(needs))
	for i, need := range needs {
		ids[i] = need.ID
	}
	return ids
}

func (t *translator) complete(texts map[string]string, ids []string, what string, path ...any) {
	complete(t, texts, ids, what, path...)
}

// complete reports ids without a text and texts without an id.
func complete[T any](t *translator, texts map[string]T, ids []string, what string, path ...any) {
	for _, id := range ids {
		if _, ok := texts[id]; !ok {
			t.report(t.file.KeyAt(path...), "", "the text of the %s `%s` is missing", what, id)
		}
	}
	t.dangling(slices.Sorted(maps.Keys(texts)), ids, what, path...)
}

func (t *translator) dangling(keys, ids []string, what string, path ...any) {
	for _, key := range keys {
		if !slices.Contains(ids, key) {
			t.report(t.file.KeyAt(append(slices.Clone(path), key)...), source.Suggest(key, ids), "there is no %s `%s`", what, key)
		}
	}
}

func (t *translator) translate(s *Service) {
	raw, ok := t.raw.Services[s.ID]
	if !ok {
		return // reported as missing
	}
	text := &ServiceText{
		Name: raw.Name, Summary: raw.Summary, For: raw.For, Cost: raw.Cost, Note: raw.Note,
		Confidence: t.raw.Confidence[string(s.Confidence)],
	}
	if text.Cost == "" {
		text.Cost = t.raw.Costs[s.Cost]
	}
	regions := make([]string, len(s.Regions))
	for i, id := range s.Regions {
		regions[i] = t.raw.Regions[id]
	}
	text.Regions = strings.Join(regions, ", ")
	s.Texts[t.language] = text

	ids := make([]string, len(s.Contacts))
	for i := range s.Contacts {
		contact := &s.Contacts[i]
		ids[i] = contact.ID
		words := ContactText{Kind: t.raw.Kinds[string(contact.Kind)], Label: raw.Contacts[contact.ID]}
		if contact.Hours != nil {
			words.Hours = contact.Hours.Text(&t.raw.Hours)
		}
		contact.Texts[t.language] = words
		if contact.Confidence != s.Confidence && words.Label == "" {
			t.report(t.file.KeyAt("services", s.ID), "", "the contact `%s` is of an old source; its label must say so", contact.ID)
		}
	}
	t.dangling(slices.Sorted(maps.Keys(raw.Contacts)), ids, "contact", "services", s.ID, "contacts")
}
