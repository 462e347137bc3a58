package support_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/support"
)

// TestEveryFlagLinksWhatItsTextNames holds the texts of all flags against their services: a
// number, a chat, a form or an address that a text names must be one tap away, and what it
// names first comes first.
func TestEveryFlagLinksWhatItsTextNames(t *testing.T) {
	directory, flags := shipped(t)
	named := waysToName(directory)
	count := 0
	for id, flag := range flags {
		for language, text := range flag.texts {
			count++
			text = strings.ReplaceAll(text, "\u00a0", " ")
			found := namedIn(text, named)
			for _, one := range found {
				if !slices.ContainsFunc(flag.services, func(id string) bool { return slices.Contains(one.services, id) }) {
					t.Errorf("%s in %s names %q and has %v, want one of %v", id, language, one.name, flag.services, one.services)
				}
			}
			if len(found) > 0 && !slices.Contains(found[0].services, flag.services[0]) {
				t.Errorf("%s in %s names %q first and shows %s first", id, language, found[0].name, flag.services[0])
			}
			for _, number := range numbers.FindAllString(text, -1) {
				if !slices.ContainsFunc(found, func(m mention) bool { return m.name == number }) {
					t.Errorf("%s in %s names %s, which is no number of the directory", id, language, number)
				}
			}
		}
	}
	if count < 2*50 {
		t.Errorf("only %d texts were looked at", count)
	}
}

// TestWhomAFlagNamesIsGivenAtEveryAgeAndHour asks for every flag as a result does: all that it
// names come, an emergency number that it names first stays first, and of 116 111 and 116 123 the
// one for the person's age comes first while it is open.
func TestWhomAFlagNamesIsGivenAtEveryAgeAndHour(t *testing.T) {
	directory, flags := shipped(t)
	zone := directory.Calendar().Zone()
	day, night := time.Date(2026, 11, 23, 14, 0, 0, 0, zone), time.Date(2026, 11, 23, 23, 40, 0, 0, zone)
	ages := []int{12, 16, 18, 30, -1}
	for id, flag := range flags {
		for _, years := range ages {
			for _, at := range []time.Time{day, night} {
				q := support.Query{At: at, First: flag.services, Limit: 1}
				if years >= 0 {
					q.Age = &years
				} else {
					q.First = directory.WithTogether(flag.services)
				}
				var got []string
				for _, m := range directory.Match(q) {
					got = append(got, m.Service.ID)
				}
				for _, named := range q.First {
					if !slices.Contains(got, named) {
						t.Errorf("%s at %d, %s: %s is missing from %v", id, years, at, named, got)
					}
				}
				if first := flag.services[0]; strings.HasSuffix(first, "-112") || strings.HasSuffix(first, "-113") {
					if got[0] != first {
						t.Errorf("%s at %d, %s: %s stands first, not %s", id, years, at, got[0], first)
					}
				}
				young, anyone := slices.Index(got, "tom-telefon"), slices.Index(got, "samarijan-sopotnik")
				if years < 0 && (young < 0) != (anyone < 0) {
					t.Errorf("%s, age not known, %s: only one of the pair is in %v", id, at, got)
				}
				if young < 0 || anyone < 0 || years < 0 {
					continue
				}
				if youngFirst := years <= 18 && at == day; youngFirst != (young < anyone) {
					t.Errorf("%s at %d, %s: the wrong one of the pair is first in %v", id, years, at, got)
				}
			}
		}
	}
}

// numbers are what a text may ask somebody to call.
var numbers = regexp.MustCompile(`\b(?:11[23]|116 \d{3}|0\d{1,2}(?: \d{2,4})+)\b`)

// flagOf is what a flag says and whom it names.
type flagOf struct {
	area     questionnaire.AreaID
	services []string
	texts    map[questionnaire.Language]string
}

func shipped(t *testing.T) (*support.Directory, map[string]flagOf) {
	t.Helper()
	root := os.DirFS("../../questionnaires")
	schemas, err := fs.Sub(root, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	directory, err := support.Load(schemas, root)
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := load.Load(load.Options{Schemas: schemas, Roots: []fs.FS{root}, ServiceIDs: directory.ServiceIDs()})
	if err != nil {
		t.Fatal(err)
	}
	flags := make(map[string]flagOf)
	for _, q := range catalogue.Questionnaires {
		for _, flag := range q.Flags {
			one := flagOf{area: q.Area, services: flag.Support, texts: make(map[questionnaire.Language]string)}
			for language, texts := range q.Texts {
				one.texts[language] = texts.Flags[flag.ID]
			}
			flags[string(q.ID)+"/"+flag.ID] = one
		}
	}
	return directory, flags
}

// mention is a name, a number or an address that stands in a text, and who may be meant by it.
type mention struct {
	name     string
	at       int
	services []string
}

// waysToName gives who is meant by what, as texts may say it: numbers, addresses and names.
func waysToName(directory *support.Directory) map[string][]string {
	named := map[string][]string{
		"TOM": {"tom-telefon"}, "SOS": {"sos-telefon"}, "SI-CERT": {"si-cert"}, "ATVP": {"atvp"}, "Logout": {"logout"},
		"StopNCII": {"stopncii"}, "Take It Down": {"take-it-down"}, "Spletno oko": {"spletno-oko"},
		"Mladi hazarder": {"mladi-hazarder"}, "Safe.si": {"safe-si"}, "Društvo za nenasilno": {"dnk"},
		"Association for Nonviolent": {"dnk"}, "center za socialno delo": {"csd"}, "centre za socialno delo": {"csd"},
		"social work centre": {"csd"}, "centri za duševno zdravje": {"cdzom"}, "mental-health centre": {"cdzom"},
	}
	for _, service := range directory.Services() {
		for _, contact := range service.Contacts {
			name := strings.ReplaceAll(contact.Value, "\u00a0", " ")
			name = strings.TrimPrefix(strings.TrimPrefix(name, "https://"), "www.")
			if contact.Kind != support.InPerson && !slices.Contains(named[name], service.ID) {
				named[name] = append(named[name], service.ID)
			}
		}
	}
	return named
}

// namedIn finds what a text names, in its order.
func namedIn(text string, named map[string][]string) []mention {
	var found []mention
	for name, services := range named {
		if at := regexp.MustCompile(`(?:^|[^\pL\d])` + regexp.QuoteMeta(name)).FindStringIndex(text); at != nil {
			if rest := text[at[1]:]; name[0] >= '0' && name[0] <= '9' && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
				continue
			}
			found = append(found, mention{name, at[0], services})
		}
	}
	slices.SortFunc(found, func(a, b mention) int { return a.at - b.at })
	return found
}
