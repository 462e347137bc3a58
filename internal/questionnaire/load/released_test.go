package load_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
)

// release keeps the questionnaire of the files as it is.
func release(t testing.TB, files fstest.MapFS, id questionnaire.ID) *questionnaire.Questionnaire {
	t.Helper()
	catalogue, err := load.Load(options(t, files))
	if err != nil {
		t.Fatal(err)
	}
	q, _ := catalogue.Questionnaire(id)
	to := load.ReleasedFolder + "/" + q.Version + "/" + string(id) + "/"
	for _, name := range []string{"questionnaire.yaml", "sl.yaml", "en.yaml", "examples.yaml"} {
		kept := *files[string(id)+"/"+name]
		files[to+name] = &kept
	}
	files[to+load.HashFile] = &fstest.MapFile{Data: []byte(q.Hash + "\n")}
	return q
}

// revise puts one text in place of another in a file.
func revise(files fstest.MapFS, name, from, to string) {
	files[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(files[name].Data), from, to))}
}

func TestEveryReleasedVersionIsThere(t *testing.T) {
	files := validFiles(t)
	first := release(t, files, "rests")
	revise(files, "rests/questionnaire.yaml", "version: "+first.Version, "version: 7.0.0")
	revise(files, "rests/en.yaml", first.Texts["en"].Title, "Later")
	catalogue, err := load.Load(options(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if old, found := catalogue.Version("rests", first.Version); !found || old.Hash != first.Hash || old.Texts["en"].Title != first.Texts["en"].Title {
		t.Errorf("the first version is %v", found)
	}
	if now, found := catalogue.Version("rests", "7.0.0"); !found || now.Texts["en"].Title != "Later" {
		t.Error("the version of now is not there")
	}
	for id, version := range map[questionnaire.ID]string{"rests": "6.0.0", "walks": first.Version + "0", "nowhere": "7.0.0"} {
		if _, found := catalogue.Version(id, version); found {
			t.Errorf("%s %s is there", id, version)
		}
	}
	if len(catalogue.Questionnaires) != 2 {
		t.Error("what was released is asked")
	}
}

func TestAVersionThatWasReleasedIsNotChanged(t *testing.T) {
	for _, test := range []struct{ name, file, problem string }{
		{"the questionnaire", "rests/en.yaml", "was released with other content"},
		{"what was kept", "released/2.1.0/rests/en.yaml", "was changed after it was released"},
		{"its hash", "released/2.1.0/rests/hash.txt", "was changed after it was released"},
	} {
		files := validFiles(t)
		if q := release(t, files, "rests"); q.Version != "2.1.0" {
			t.Fatalf("the fixture is %s", q.Version)
		}
		if found := problemsOf(t, files); len(found) != 0 {
			t.Fatal(found)
		}
		files[test.file].Data = append(files[test.file].Data, "# a remark\n"...)
		if found := problemsOf(t, files); len(found) != 1 || !strings.Contains(found[0].Message, test.problem) {
			t.Errorf("%s: %v", test.name, found)
		}
	}
}

func TestAVersionKeptUnderAnotherNumberIsRefused(t *testing.T) {
	files := validFiles(t)
	release(t, files, "rests")
	for _, name := range []string{"questionnaire.yaml", "sl.yaml", "en.yaml", "hash.txt"} {
		files["released/3.0.0/rests/"+name] = files["released/2.1.0/rests/"+name]
	}
	if found := problemsOf(t, files); len(found) != 1 || !strings.Contains(found[0].At.File, "3.0.0") {
		t.Error(found)
	}
}

func TestAReleasedVersionNeedsNoAreaAndNoServiceOfToday(t *testing.T) {
	files := validFiles(t)
	release(t, files, "rests")
	for name := range files {
		if strings.HasPrefix(name, "rests/") {
			delete(files, name)
		}
	}
	catalogue, _, err := load.LoadHealthy(load.Options{Schemas: schemas(t), Roots: options(t, files).Roots, ServiceIDs: []string{"rescue", "guide"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, found := catalogue.Version("rests", "2.1.0"); !found {
		t.Error("it is gone with what is asked now")
	}
}
