package load_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/questionnaires"
)

// TestBuiltInContentIsWhatItsFilesSay: what is passed over for built-in content changes
// nothing of it but the worked examples, which are left unread.
func TestBuiltInContentIsWhatItsFilesSay(t *testing.T) {
	for name, files := range map[string]fs.FS{"the fixture": validFiles(t), "the product": questionnaires.FS} {
		proved, err := load.Load(load.Options{Schemas: schemas(t), Roots: []fs.FS{files}})
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range proved.Questionnaires {
			if len(q.Examples) == 0 {
				t.Errorf("%s: %s has no worked examples", name, q.ID)
			}
			q.Examples = nil
		}
		got, err := load.Load(load.Options{BuiltIn: files})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(proved, got); diff != "" {
			t.Errorf("%s (-proved +built in):\n%s", name, diff)
		}
	}
}

func TestAnOperatorsFolderIsHeldAgainstTheSchemasBesideBuiltInContent(t *testing.T) {
	own := fstest.MapFS{}
	for name, f := range validFiles(t) {
		if strings.HasPrefix(name, "rests/") {
			own[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(f.Data), "minutes: {min: 1,", "minutes: {min: 0,", 1))}
		}
	}
	_, err := load.Load(load.Options{Schemas: schemas(t), BuiltIn: validFiles(t), Roots: []fs.FS{own}})
	want := "rests/questionnaire.yaml:6:16: `min` must be at least 1, not 0"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestHealthyQuestionnairesAreLoadedWithoutTheOthers(t *testing.T) {
	files := with(t, "rests/questionnaire.yaml", "to: 10", "to: 11", "rests/sl.yaml", "title: Počitek\n", "")
	files["stray.yaml"] = &fstest.MapFile{Data: []byte("a: b\n")}
	catalogue, leftOut, err := load.LoadHealthy(options(t, files))
	if err != nil {
		t.Fatal(err)
	}
	said := map[questionnaire.ID]string{}
	for _, one := range leftOut {
		said[one.ID] = one.Problems.Error()
	}
	want := map[questionnaire.ID]string{
		"rests": "rests/questionnaire.yaml:13:53: `to` is 11, but `sleep` goes from 0 to 10\nrests/sl.yaml:1:1: `title` is missing",
		"":      "stray.yaml: there is no use for this file here; each questionnaire has a folder of its own",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
	if len(catalogue.Questionnaires) != 1 || catalogue.Questionnaires[0].ID != "walks" || catalogue.Areas[1].Questionnaires != nil {
		t.Errorf("loaded: %+v", catalogue)
	}
}

func TestAWrongQuestionnaireOfTheOperatorsDoesNotBringBackTheBuiltInOne(t *testing.T) {
	own := fstest.MapFS{"rests/questionnaire.yaml": {Data: []byte("id: rests\n")}}
	catalogue, leftOut, err := load.LoadHealthy(load.Options{Schemas: schemas(t), BuiltIn: validFiles(t), Roots: []fs.FS{own}})
	if err != nil || len(leftOut) != 1 || leftOut[0].ID != "rests" {
		t.Fatalf("left out %v, error %v", leftOut, err)
	}
	if _, found := catalogue.Questionnaire("rests"); found {
		t.Error("the built-in one is served in its place")
	}
}

func TestWithoutAreasNothingIsServedAndEverythingIsSaid(t *testing.T) {
	files := with(t, "areas/areas.yaml", "- id: indoors", "- id: [indoors]", "rests/sl.yaml", "title: Počitek\n", "")
	catalogue, leftOut, err := load.LoadHealthy(options(t, files))
	if err == nil || !strings.Contains(err.Error(), "areas/areas.yaml") || catalogue != nil || len(leftOut) != 1 {
		t.Errorf("catalogue %v, left out %v, error %v", catalogue, leftOut, err)
	}
}

func TestACatalogueWithoutAQuestionnaireDoesNotListItInItsArea(t *testing.T) {
	whole, err := load.Load(options(t, validFiles(t)))
	if err != nil {
		t.Fatal(err)
	}
	rest := whole.Without("walks")
	if _, found := rest.Questionnaire("walks"); found || len(rest.Questionnaires) != 1 || len(rest.Areas[0].Questionnaires) != 0 {
		t.Errorf("rest: %+v", rest)
	}
	if len(whole.Questionnaires) != 2 || len(whole.Areas[0].Questionnaires) != 1 {
		t.Errorf("the whole has changed: %+v", whole)
	}
}
