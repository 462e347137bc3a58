package load_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/questionnaires"
)

// validFiles is the fixture that every test begins with.
func validFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/valid.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files
}

func schemas(t testing.TB) fs.FS {
	t.Helper()
	sub, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	return sub
}

func options(t testing.TB, roots ...fs.FS) load.Options {
	return load.Options{Schemas: schemas(t), Roots: roots, ServiceIDs: []string{"rescue", "guide"}}
}

// problemsOf loads the roots and gives what is wrong with them.
func problemsOf(t testing.TB, roots ...fs.FS) questionnaire.Problems {
	t.Helper()
	catalogue, err := load.Load(options(t, roots...))
	var problems questionnaire.Problems
	if err != nil && !errors.As(err, &problems) {
		t.Fatal(err)
	}
	if (catalogue == nil) != (err != nil) {
		t.Fatalf("catalogue %v with error %v", catalogue, err)
	}
	return problems
}

func TestTheFixtureLoads(t *testing.T) {
	catalogue, err := load.Load(options(t, validFiles(t)))
	if err != nil {
		t.Fatal(err)
	}
	want := []load.Area{
		{ID: "outdoors", Questionnaires: []questionnaire.ID{"walks"}, Texts: map[questionnaire.Language]load.AreaText{
			"sl": {Title: "Zunaj", Summary: "Zunaj.", Description: "Zunaj je lepo."},
			"en": {Title: "Outdoors", Summary: "Outdoors.", Description: "It is nice outdoors."},
		}},
		{ID: "indoors", Questionnaires: []questionnaire.ID{"rests"}, Texts: map[questionnaire.Language]load.AreaText{
			"sl": {Title: "Znotraj", Summary: "Znotraj.", Description: "Znotraj je toplo."},
			"en": {Title: "Indoors", Summary: "Indoors.", Description: "It is warm indoors."},
		}},
	}
	if diff := cmp.Diff(want, catalogue.Areas); diff != "" {
		t.Error(diff)
	}
	if len(catalogue.Questionnaires) != 2 || catalogue.Questionnaires[0].ID != "walks" {
		t.Errorf("questionnaires are not in the order of the areas")
	}
	if _, ok := catalogue.Questionnaire("hikes"); ok {
		t.Error("found a questionnaire that is not there")
	}
}

// TestEverythingThatIsWrittenIsLoaded holds the values against what the files of `walks` say.
func TestEverythingThatIsWrittenIsLoaded(t *testing.T) {
	catalogue, err := load.Load(options(t, validFiles(t)))
	if err != nil {
		t.Fatal(err)
	}
	q, _ := catalogue.Questionnaire("walks")
	is := func(op questionnaire.Operator, x ...float64) questionnaire.Comparison {
		return questionnaire.Comparison{Operator: op, Values: x}
	}
	frequency := []questionnaire.Option{{Code: 0}, {Code: 1, Points: 1}, {Code: 2, Points: 4}}
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"ages", q.Ages, questionnaire.AgeRange{Min: 12, Max: 25}},
		{"groups", q.Groups, []questionnaire.Group{{ID: "week", Items: []questionnaire.ItemID{"walk", "run"}}}},
		{"a yes-no item", q.Items[0], questionnaire.Item{ID: "alone", Kind: "yes-no", Options: []questionnaire.Option{{Code: 1, Points: 1}, {}}}},
		{"an item of a group", q.Items[2], questionnaire.Item{ID: "run", Kind: "single", Group: "week", Options: frequency, Optional: true}},
		{"a number item", q.Items[3], questionnaire.Item{ID: "hours", Kind: "number", Bounds: questionnaire.Bounds{Max: 24}, Optional: true}},
		{"a hidden item", q.Items[5].ShowWhen, &questionnaire.Condition{Any: []*questionnaire.Condition{
			{Item: "walk", Test: is("in", 1, 2)}, {Age: true, Test: is("at-least", 15)},
		}}},
		{"a weighted score", q.Scores[2].Of, []questionnaire.Part{{Item: "walk", Weight: 0.5}, {Score: "total", Weight: 2}}},
		{"a reversed part", q.Scores[1].Of[1], questionnaire.Part{Item: "run", Reverse: true, Weight: 1}},
		{"what counts", q.Scores[3].CountWhen, &questionnaire.Comparison{Operator: "at-least", Values: []float64{2}}},
		{"at least n of", q.Criteria[0].When.AtLeast, 2},
		{"not", q.Criteria[1].When.All[1].Not, &questionnaire.Condition{Item: "run", Test: is("answered", 1)}},
		{"a band", q.Bands[0], questionnaire.Band{ID: "slow-down", Level: 3, Advice: []string{"sit", "drink"}, When: &questionnaire.Condition{
			All: []*questionnaire.Condition{{Criterion: "restless"}, {Criterion: "lonely"}},
		}}},
		{"the last band", q.Bands[2], questionnaire.Band{ID: "start", Level: 1, Advice: []string{"drink", "sit"}}},
		{"a flag", q.Flags[1], questionnaire.Flag{ID: "near", Urgency: "soon", Support: []string{"rescue", "guide"},
			When: &questionnaire.Condition{Item: "with-whom", Test: is("includes", 3)}}},
		{"how it is shown", q.Result, questionnaire.Levels},
		{"the exit", q.Exit, questionnaire.ProminentExit},
		{"a section with a limit", q.Guidance[0].AtMost, 2},
		{"a section of guidance", q.Guidance[1], questionnaire.Section{ID: "later", Place: questionnaire.AfterAdvice, Steps: []questionnaire.Step{
			{ID: "shoes", When: &questionnaire.Condition{Criterion: "restless"}},
		}}},
		{"a place not written", q.Guidance[0].Place, questionnaire.BeforeAdvice},
		{"a suggestion", q.Suggest[1], questionnaire.Suggestion{Check: "swims", At: questionnaire.Position{File: walks, Line: 78, Column: 13}}},
		{"a scope", q.Texts["en"].Scope, questionnaire.ScopeText{Asked: "About walking.", NotAsked: "About swimming."}},
		{"a card", q.Texts["en"].Items["run"].Card, "I {answer} run."},
		{"a section's text", q.Texts["sl"].Guidance["later"], questionnaire.SectionText{Title: "Potem", Steps: map[string]string{"shoes": "Sezuj se."}}},
		{"why another check", q.Texts["en"].Suggest["swims"], "Go swimming."},
		{"a source", q.Provenance.Sources[0], questionnaire.Reference{Title: "Walker (2020), Walks", DOI: "10.1000/walks", Used: "The thought that people walk."}},
		{"the date", q.Provenance.Date.Format("2 Jan 2006"), "23 Nov 2026"},
		{"labels of a set", q.Texts["sl"].Items["run"].Options, map[int]string{0: "nikoli", 1: "včasih", 2: "pogosto"}},
		{"labels of an item", q.Texts["en"].Items["with-whom"].Options[3], "strangers"},
		{"a criterion's text", q.Texts["en"].Criteria["lonely"], questionnaire.CriterionText{Label: "Alone", Met: "Yes.", NotMet: "No."}},
		{"an example's answers", q.Examples[1].Answers["with-whom"], questionnaire.Answer{Codes: []int{1, 3}}},
		{"an example's yes", q.Examples[0].Answers["alone"], questionnaire.Answer{Number: 1}},
		{"an example's place", q.Examples[1].At.String(), "walks/examples.yaml:11:5"},
		{"advice compared", q.Examples[0].Expect.Advice, []string{"drink"}},
		{"advice not compared", q.Examples[1].Expect.Advice, []string(nil)},
		{"guidance compared", q.Examples[1].Expect.Guidance, map[string][]string{"first-steps": {"shoes", "water"}, "later": {"shoes"}}},
		{"guidance not compared", q.Examples[0].Expect.Guidance, map[string][]string(nil)},
		{"suggestions compared", q.Examples[1].Expect.Suggest, []questionnaire.ID{"swims"}},
		{"suggestions not compared", q.Examples[0].Expect.Suggest, []questionnaire.ID(nil)},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s:\n%s", c.what, diff)
		}
	}
}

func TestTheContentOfTheProductLoads(t *testing.T) {
	files, err := fs.Sub(questionnaires.FS, ".")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := load.Load(load.Options{Schemas: schemas(t), Roots: []fs.FS{files}}); err != nil {
		t.Error(err)
	}
}

func TestALaterRootReplacesAQuestionnaireOfTheSameID(t *testing.T) {
	files := validFiles(t)
	own := fstest.MapFS{}
	for name, f := range files {
		if rest, ok := strings.CutPrefix(name, "rests/"); ok {
			own["rests/"+rest] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(f.Data), "version: 2.1.0", "version: 9.0.0"))}
		}
	}
	files["rests/questionnaire.yaml"] = &fstest.MapFile{Data: []byte("broken, but replaced")}
	catalogue, err := load.Load(options(t, files, own))
	if err != nil {
		t.Fatal(err)
	}
	if q, _ := catalogue.Questionnaire("rests"); q.Version != "9.0.0" || len(catalogue.Questionnaires) != 2 {
		t.Errorf("version %s, %d questionnaires", q.Version, len(catalogue.Questionnaires))
	}
}

func TestALaterRootAddsAndReplacesAreas(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	own := fstest.MapFS{
		"areas/areas.yaml": file("areas:\n  - id: school\n  - id: indoors\n"),
		"areas/sl.yaml":    file("areas:\n  school: {title: Šola, summary: Šola., description: V šoli.}\n  indoors: {title: Doma, summary: Doma., description: Doma je toplo.}\n"),
		"areas/en.yaml":    file("areas:\n  school: {title: School, summary: School., description: At school.}\n  indoors: {title: Home, summary: Home., description: It is warm at home.}\n"),
	}
	files := validFiles(t)
	catalogue, err := load.Load(options(t, files, own))
	if err != nil {
		t.Fatal(err)
	}
	built, err := load.Load(options(t, files))
	if err != nil {
		t.Fatal(err)
	}
	for i, area := range built.Areas {
		got := catalogue.Areas[i]
		if want := area.Texts["en"].Title; got.ID != area.ID || !slices.Equal(got.Questionnaires, area.Questionnaires) || (got.Texts["en"].Title != want) != (area.ID == "indoors") {
			t.Errorf("area %d is %+v, was %+v", i, got, area)
		}
	}
	if last := catalogue.Areas[len(catalogue.Areas)-1]; len(catalogue.Areas) != len(built.Areas)+1 || last.ID != "school" || last.Texts["sl"].Title != "Šola" {
		t.Errorf("the new area comes last: %+v", catalogue.Areas)
	}
	own["areas/en.yaml"] = file("areas: {}\n")
	if problems := problemsOf(t, files, own).Error(); !strings.Contains(problems, "the text of the area `school` is missing") {
		t.Error(problems)
	}
}

func TestFoldersThatHoldNoQuestionnaireAreLeftAlone(t *testing.T) {
	files := validFiles(t)
	for _, name := range []string{"README.md", "schemas/x.json", "support/services.yaml", ".git/config", "walks/notes.txt"} {
		files[name] = &fstest.MapFile{Data: []byte("x")}
	}
	if problems := problemsOf(t, files); len(problems) > 0 {
		t.Error(problems)
	}
}

func TestLineEndsOfWindowsChangeNothing(t *testing.T) {
	files := validFiles(t)
	for name, f := range maps.Clone(files) {
		files[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(f.Data), "\n", "\r\n"))}
	}
	if problems := problemsOf(t, files); len(problems) > 0 {
		t.Error(problems)
	}
}

func TestAFolderThatCannotBeListedIsAnError(t *testing.T) {
	_, err := load.Load(options(t, os.DirFS("testdata/nowhere")))
	var problems questionnaire.Problems
	if err == nil || errors.As(err, &problems) {
		t.Errorf("got %v", err)
	}
}

func TestAQuestionnaireBesideTheFoldersIsNotPassedOver(t *testing.T) {
	files := validFiles(t)
	files["questionnaire.yaml"], files["sl.yaml"] = files[walks], files["walks/sl.yaml"]
	want := "questionnaire.yaml: there is no use for this file here; each questionnaire has a folder of its own. If this is one, name the folder that holds it"
	if got := problemsOf(t, files).Error(); got != want {
		t.Errorf("got %s", got)
	}
}

func TestWithoutAnyRootThereIsAProblem(t *testing.T) {
	if problems := problemsOf(t); len(problems) != 1 {
		t.Errorf("got %v", problems)
	}
}
