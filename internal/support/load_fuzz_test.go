package support

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"predah/internal/questionnaire"
)

// aFewServices is a directory that is as it should be.
const aFewServices = `needs: [{id: danger-now, urgent: true, first: [rescue]}, {id: talk, any-age: true}]
regions: [koroska]
together: [rescue, guide]
services:
  - {id: rescue, needs: [danger-now], languages: [sl], cost: free, confidence: verified, source: {url: "https://a.si/", checked: 2026-11-23},
     contacts: [{kind: phone, value: "112", hours: "24/7"}, {kind: sms, value: "112"}]}
  - {id: guide, needs: [talk], regions: [koroska], ages: {min: 14}, languages: [sl, en], cost: unknown, confidence: old-source, website: "https://b.si", source: {url: "https://b.si/", checked: 2026-11-23},
     contacts: [{kind: email, value: "b@b.si"}, {kind: in-person, value: "Trg 1"}]}
`

// theirWords are the texts of it, in one language for both.
const theirWords = `needs: {danger-now: a, talk: b}
regions: {koroska: c}
costs: {free: d, operator-rate: e, public-health: f, unknown: g}
confidence: {verified: h, old-source: i}
kinds: {phone: j, chat: k, sms: l, email: m, form: n, website: o, in-person: p}
hours: {always: q, all-day: r, every-day: s, from-to: "{from} to {to}", "on": "on {days}", and: t, holidays-too: u, holidays: v, no-holidays: w, clock: "07:00",
  weekdays: {from: [a, b, c, d, e, f, g], to: [a, b, c, d, e, f, g], "on": [a, b, c, d, e, f, g]}}
services:
  rescue: {name: x, summary: y, for: z}
  guide: {name: x, summary: y, for: z, contacts: {email: check it first, in-person: check it first}}
`

// FuzzLoad: whatever stands in the files, they are refused with problems, or every service has its
// words in every language and opens nothing but a call, a message or a page.
func FuzzLoad(f *testing.F) {
	schemas, err := compileSchemas(os.DirFS("../../questionnaires/schemas"))
	if err != nil {
		f.Fatal(err)
	}
	read := func(services, texts string) (*Directory, error) {
		words := &fstest.MapFile{Data: []byte(texts)}
		return load(schemas, fstest.MapFS{"support/services.yaml": {Data: []byte(services)}, "support/sl.yaml": words, "support/en.yaml": words}, nil)
	}
	if _, err := read(aFewServices, theirWords); err != nil {
		f.Fatal(err)
	}
	f.Add(aFewServices, theirWords)
	f.Add(strings.Replace(aFewServices, `{kind: sms, value: "112"}`, `{kind: website, value: "javascript:alert(1)"}`, 1), theirWords)
	f.Add(strings.ReplaceAll(aFewServices, "rescue", "guide"), "services: {guide: {}}")
	f.Add("services: [{contacts: [{}, {kind: website, value: 'javascript:a'}], ages: {min: 2, max: 1}}]\nneeds: [{}, {}]\nregions: [a, a]", "hours: {weekdays: {from: []}}")
	f.Add("services: &a [*a]", "needs: []")
	f.Fuzz(func(t *testing.T, services, texts string) {
		directory, err := read(services, texts)
		if err != nil {
			if problems := (questionnaire.Problems)(nil); !errors.As(err, &problems) {
				t.Errorf("no problems but %v", err)
			}
			return
		}
		for _, service := range directory.Services() {
			for _, language := range questionnaire.Languages() {
				if text := service.Texts[language]; text == nil || text.Name == "" {
					t.Errorf("%s has no name in %s", service.ID, language)
				}
			}
			for _, contact := range service.Contacts {
				scheme, _, _ := strings.Cut(contact.Href, ":")
				if !strings.Contains(" https tel sms mailto ", " "+scheme+" ") && contact.Href != "" {
					t.Errorf("%s opens %q", service.ID, contact.Href)
				}
			}
		}
	})
}
