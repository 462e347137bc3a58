package support

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"predah/internal/questionnaire"
)

// realDirectory loads the directory that Predah ships.
func realDirectory(t testing.TB) *Directory {
	t.Helper()
	directory, err := Load(os.DirFS("../../questionnaires/schemas"), os.DirFS("../../questionnaires"))
	if err != nil {
		t.Fatal(err)
	}
	return directory
}

func TestEveryServiceSpeaksEveryLanguage(t *testing.T) {
	for _, service := range realDirectory(t).Services() {
		for _, language := range questionnaire.Languages() {
			text := service.Texts[language]
			if text.Name == "" || text.Summary == "" || text.For == "" || text.Cost == "" || text.Confidence == "" {
				t.Errorf("%s in %s: %+v", service.ID, language, text)
			}
			if service.Nationwide() != (text.Regions == "") {
				t.Errorf("%s in %s is in %q", service.ID, language, text.Regions)
			}
			for _, contact := range service.Contacts {
				words := contact.Texts[language]
				if words.Kind == "" || (contact.Hours != nil) != (words.Hours != "") {
					t.Errorf("%s, %s in %s: %+v", service.ID, contact.ID, language, words)
				}
			}
		}
	}
}

func TestLineForTipsIsNotForEmergencies(t *testing.T) {
	tips, ok := realDirectory(t).Service("policija-anon")
	if !ok || tips.Urgent || !slices.Equal(tips.Needs, []string{"report"}) || tips.Texts[questionnaire.Slovenian].Note == "" {
		t.Errorf("the anonymous line of the police: %+v", tips)
	}
}

// TestMistakesAreReportedWhereTheyStand makes one mistake at a time in the shipped
// files: `old`, found once, becomes `new`, and the message must stand on the line of
// `at`, or of `new` when `at` is empty.
func TestMistakesAreReportedWhereTheyStand(t *testing.T) {
	for _, test := range []struct{ name, file, old, new, at, want string }{
		{"an unknown key", "services.yaml", "    website: https://drustvo-sos.si\n", "    webiste: https://drustvo-sos.si\n", "", "`webiste` (did you mean `website`?)"},
		{"an unknown need", "services.yaml", "needs: [gambling-block]", "needs: [gambling-blok]", "", "there is no need `gambling-blok` (did you mean `gambling-block`?)"},
		{"an unknown area", "services.yaml", "areas: [gambling]\n    ages: {min: 18}\n    languages: [sl]\n    cost: unknown\n    confidence: verified", "areas: [gabling]\n    languages: [sl]\n    cost: unknown\n    confidence: verified", "areas: [gabling]", "gabling"},
		{"an unknown region", "services.yaml", "regions: [goriska]", "regions: [goriskaa]", "", "there is no region `goriskaa` (did you mean `goriska`?)"},
		{"an unknown service to show first", "services.yaml", "first: [klic-112, policija-113]", "first: [klic-112, policija-13]", "", "there is no service `policija-13` (did you mean `policija-113`?)"},
		{"a service to show first without the need", "services.yaml", "first: [policija-113, klic-116000]", "first: [policija-113, klic-112]", "", "`klic-112` does not have `runaway` among its needs"},
		{"a service to show first that others send to", "services.yaml", "  - id: spletno-oko\n", "  - id: spletno-oko\n    first-contact: false\n", "  - {id: child-abuse-images", "`spletno-oko` is no first contact"},
		{"nobody at night", "services.yaml", "first: [policija-113, spletno-oko]", "first: [spletno-oko]", "", "none of these is open round the clock"},
		{"an unknown service to show together", "services.yaml", "together: [tom-telefon, samarijan-sopotnik]", "together: [tom-telefon, samarijan]", "", "there is no service `samarijan`"},
		{"a service twice", "services.yaml", "  - id: policijska-postaja\n", "  - id: policija-anon\n", "  - id: policija-anon\n    role: true", "the service `policija-anon` is here twice"},
		{"a contact twice", "services.yaml", "{id: west, kind: phone", "{id: east, kind: phone", "{id: east, kind: phone, value: \"031 778", "the contact `east` is here twice"},
		{"a need twice", "services.yaml", "  - {id: purchase}", "  - {id: fraud}", "  - {id: fraud}\n  - {id: check-offer}", "the need `fraud` is here twice"},
		{"an urgent need of an old source", "services.yaml", "    needs: [after-violence, home-troubles]", "    needs: [after-violence, runaway]", "", "`runaway` is urgent"},
		{"hours of an old source", "services.yaml", `value: "080 28 80"`, `value: "080 28 80", hours: "24/7"`, "", "hours of an old source"},
		{"hours outside the subset", "services.yaml", `hours: "Mo-Fr 10:00-15:00; PH off"`, `hours: "Mo-Fr 10:00-15:00, PH off"`, "", "opening hours, character 20"},
		{"a number with a hyphen", "services.yaml", `value: "080 1200"`, `value: "080-1200"`, "", "groups of digits"},
		{"a number without quotes", "services.yaml", `value: "113"`, `value: 113`, "", "must be text, not a number"},
		{"an address without encryption", "services.yaml", `kind: website, value: "https://safe.si"`, `kind: website, value: "http://safe.si"`, "", "no address that begins with https://"},
		{"a website that is a script", "services.yaml", "website: https://safe.si", "website: javascript:alert(1)", "", "https://"},
		{"ages the wrong way round", "services.yaml", "ages: {min: 14}", "ages: {min: 14, max: 12}", "", "the youngest age is above the oldest"},
		{"a missing source", "services.yaml", "    source: {url: \"https://www.hisa-za-otroke.si/\", checked: 2026-11-23}\n", "", "  - id: hisa-za-otroke", "source"},
		{"a missing text", "sl.yaml", "  learn-more: Želim prebrati več\n", "", "needs:", "the text of the need `learn-more` is missing"},
		{"a text of nothing", "en.yaml", "  prelomi:\n", "  prelom:\n", "", "there is no service `prelom` (did you mean `prelomi`?)"},
		{"a label of nothing", "en.yaml", "contacts: {phone: Logout centre}", "contacts: {phon: Logout centre}", "", "there is no contact `phon` (did you mean `phone`?)"},
		{"an old contact that does not say so", "en.yaml", `    contacts: {email: "an address from 2020, check it first"}` + "\n", "", "  sos-telefon:", "the contact `email` is of an old source"},
		{"a day too few", "en.yaml", "from: [Monday, ", "from: [", "", "from"},
	} {
		t.Run(test.name, func(t *testing.T) {
			root, edited := withMistake(t, test.file, test.old, test.new)
			_, err := Load(os.DirFS("../../questionnaires/schemas"), root)
			var problems questionnaire.Problems
			if !errors.As(err, &problems) {
				t.Fatalf("no problems but %v", err)
			}
			at := test.at
			if at == "" {
				at = test.new
			}
			line := 1 + strings.Count(edited[:strings.Index(edited, at)], "\n")
			if !slices.ContainsFunc(problems, func(p questionnaire.Problem) bool {
				return p.At.File == "support/"+test.file && p.At.Line == line && p.At.Column > 0 && strings.Contains(p.Error(), test.want)
			}) {
				t.Errorf("want support/%s:%d: …%s…, got\n%v", test.file, line, test.want, err)
			}
		})
	}
}

func TestAllMistakesAreReportedAtOnce(t *testing.T) {
	root, _ := withMistake(t, "services.yaml", `value: "080 1200"`, `value: "080-1200"`)
	delete(root, "support/en.yaml")
	_, err := Load(os.DirFS("../../questionnaires/schemas"), root)
	var problems questionnaire.Problems
	if !errors.As(err, &problems) || len(problems) != 2 {
		t.Errorf("want two problems, got %v", err)
	}
}

func TestADirectoryThatIsMissingIsAnError(t *testing.T) {
	if _, err := Load(os.DirFS("../../questionnaires/schemas"), fstest.MapFS{}); err == nil {
		t.Error("no error")
	}
	if _, err := Load(fstest.MapFS{}, os.DirFS("../../questionnaires")); err == nil {
		t.Error("no error without schemas")
	}
}

// withMistake gives the shipped files with one replacement, and the edited text.
func withMistake(t *testing.T, file, old, replacement string) (fstest.MapFS, string) {
	t.Helper()
	root := fstest.MapFS{}
	edited := ""
	for _, name := range []string{"services.yaml", "sl.yaml", "en.yaml"} {
		data, err := os.ReadFile("../../questionnaires/support/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if name == file {
			if strings.Count(string(data), old) != 1 {
				t.Fatalf("%q is in %s %d times", old, name, strings.Count(string(data), old))
			}
			edited = strings.Replace(string(data), old, replacement, 1)
			data = []byte(edited)
		}
		root["support/"+name] = &fstest.MapFile{Data: data}
	}
	return root, edited
}
