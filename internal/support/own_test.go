package support

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"predah/internal/questionnaire"
)

// withOwn loads the built-in directory with an operator's files.
func withOwn(files map[string]string) (*Directory, error) {
	own := fstest.MapFS{}
	for name, text := range files {
		own[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return LoadWithOwn(os.DirFS("../../questionnaires/schemas"), os.DirFS("../../questionnaires"), own)
}

const ownService = `services:
  - {id: svetovalnica, needs: [someone-to-talk], languages: [sl], cost: free, confidence: verified, source: {url: "https://primer.si/", checked: 2026-11-23}, contacts: [{kind: phone, value: "01 234 56 78", hours: "Mo-Fr 08:00-16:00"}]}
`

const ownText = `services: {svetovalnica: {name: Svetovalnica, summary: Pogovor., for: Za vse.}}
`

func TestAnOperatorAddsReplacesAndHidesServices(t *testing.T) {
	built := realDirectory(t)
	replaced := `  - {id: hisa-za-otroke, needs: [after-violence], languages: [sl], cost: free, confidence: verified, source: {url: "https://primer.si/", checked: 2026-11-23}, contacts: [{kind: email, value: "nov@primer.si"}]}
hide: [prelomi]
`
	d, err := withOwn(map[string]string{"services.yaml": ownService + replaced, "sl.yaml": ownText, "en.yaml": ownText})
	if err != nil {
		t.Fatal(err)
	}
	want := append(slices.DeleteFunc(built.ServiceIDs(), func(id string) bool { return id == "prelomi" }), "svetovalnica")
	if got := d.ServiceIDs(); !slices.Equal(got, want) {
		t.Errorf("services %v", got)
	}
	added, _ := d.Service("svetovalnica")
	if got := added.Texts[questionnaire.Slovenian]; got == nil || got.Name != "Svetovalnica" || added.Contacts[0].Texts[questionnaire.English].Hours == "" {
		t.Errorf("added: %+v", added)
	}
	before, _ := built.Service("hisa-za-otroke")
	after, _ := d.Service("hisa-za-otroke")
	if after.Contacts[0].Value != "nov@primer.si" || after.Texts[questionnaire.Slovenian].Name != before.Texts[questionnaire.Slovenian].Name {
		t.Errorf("replaced: %+v", after)
	}
}

func TestMistakesOfAnOperatorAreReportedInTheirFiles(t *testing.T) {
	for name, test := range map[string]struct {
		services, sl string
		want         string
	}{
		"a number with a hyphen": {strings.Replace(ownService, "01 234 56 78", "01-234-5678", 1), ownText, "services.yaml:2:"},
		"hours":                  {strings.Replace(ownService, "Mo-Fr 08", "Mo-Xx 08", 1), ownText, "opening hours"},
		"an unknown need":        {strings.Replace(ownService, "someone-to-talk", "someone-to-tlak", 1), ownText, "did you mean `someone-to-talk`?"},
		"no text":                {ownService, "services: {}\n", "its text is missing in sl.yaml"},
		"a text of nothing":      {ownService, strings.Replace(ownText, "svetovalnica:", "svetovalnice:", 1), "there is no service `svetovalnice`"},
		"a service twice":        {ownService + strings.SplitAfter(ownService, "services:\n")[1], ownText, "the service `svetovalnica` is here twice"},
		"hides nothing":          {ownService + "hide: [prelom]\n", ownText, "did you mean `prelomi`?"},
		"nobody at night":        {"hide: [klic-112, policija-113]\n", "services: {}\n", "none of these is open round the clock"},
		"an unknown key":         {ownService + "hid: [prelomi]\n", ownText, "did you mean `hide`?"},
	} {
		_, err := withOwn(map[string]string{"services.yaml": test.services, "sl.yaml": test.sl, "en.yaml": ownText})
		var problems questionnaire.Problems
		if !errors.As(err, &problems) || !strings.Contains(problems.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := withOwn(nil); err == nil || !strings.Contains(err.Error(), "services.yaml: the file is missing") {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestWhatWasNotLookedAtForLongIsListed(t *testing.T) {
	d, err := withOwn(map[string]string{"services.yaml": strings.Replace(ownService, "checked: 2026-11-23", "checked: 2026-01-02", 1), "sl.yaml": ownText, "en.yaml": ownText})
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	if stale := d.Stale(day); len(stale) != 0 {
		t.Errorf("on the day itself: %v", stale)
	}
	stale := d.Stale(day.AddDate(0, 0, 1))
	if want := (Unchecked{"svetovalnica", "phone", "https://primer.si/", "2026-01-02"}); len(stale) != 1 || stale[0] != want {
		t.Errorf("a day later: %v", stale)
	}
}
