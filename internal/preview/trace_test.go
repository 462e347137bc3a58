package preview_test

import (
	"io/fs"
	"testing"

	"predah/internal/preview"
	"predah/internal/questionnaire/load"
	"predah/questionnaires"
)

// Whoever does not say whether they are afraid at home or wish to live leaves what depends on it open, and the trace says so.
func TestATraceTellsWhatIsOpenFromWhatDoesNotHold(t *testing.T) {
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := load.Load(load.Options{Schemas: schemas, Roots: []fs.FS{questionnaires.FS}})
	if err != nil {
		t.Fatal(err)
	}
	q, there := catalogue.Questionnaire("well-being")
	if !there {
		t.Fatal("well-being is gone")
	}
	rules, err := preview.Trace(q, []byte(`{"answers": {"bright-moment": 3, "no-interest": 0, "badly-of-self": 0, "easily-angry": 0, "heavy-morning": 0, "worry-follows": 0, "bad-sleep": 0,
		"runs-dry": 0, "school-or-work": 0, "company-missed": 0, "someone-to-talk": 1, "too-heavy": 0, "hurt-yourself": 0}}`))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]preview.Rule{}
	for _, rule := range rules {
		got[rule.Kind+" "+rule.ID] = rule
	}
	for name, want := range map[string]struct{ held, open, isResult bool }{
		"criterion heavy-thoughts":   {false, true, false},
		"criterion sleep-and-energy": {false, false, false},
		"band talk":                  {false, true, false},
		"band watch":                 {false, true, false},
		"band keep":                  {true, false, true},
		"flag thoughts-or-harm":      {false, false, false},
	} {
		if rule, there := got[name]; !there || rule.Held != want.held || rule.Open != want.open || rule.IsResult != want.isResult {
			t.Errorf("%s is traced as %+v", name, rule)
		}
	}
	if parts := got["band talk"].Parts; len(parts) == 0 || !parts[0].Open || parts[0].Held {
		t.Errorf("the parts of a band that is open are %+v", parts)
	}
}
