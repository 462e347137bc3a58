package load

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"predah/questionnaires"
)

// FuzzLoad: whatever stands in the files, loading gives a catalogue or problems. It is
// inside the package to compile the schemas only once.
func FuzzLoad(f *testing.F) {
	data, err := os.ReadFile("testdata/valid.txtar")
	if err != nil {
		f.Fatal(err)
	}
	valid := map[string][]byte{}
	for _, file := range txtar.Parse(data).Files {
		valid[file.Name] = file.Data
	}
	for _, name := range []string{"walks", "rests"} {
		f.Add(valid[name+"/questionnaire.yaml"], valid[name+"/sl.yaml"], valid[name+"/examples.yaml"], []byte("tables: [{id: t, norms: [{rows: {0: 1, 1: 2}}]}]"))
	}
	f.Add([]byte("id: walks\nitems: [{id: a, kind: yes-no, show-when: {}}]\n"), []byte("{}"), []byte("examples: []"), []byte("tables: [{norms: [{ages: {min: 2, max: 1}, rows: {}}]}]"))
	f.Add([]byte("criteria: [{id: a, when: {criterion: a}}]\nbands: [{when: {criterion: a}}, {score: x, from: 1}]"),
		[]byte("items: {a: }"), []byte("examples: [{answers: {a: [1]}}]"), []byte("tables: []"))
	f.Add([]byte("scores: [{id: a, of: [b], method: sum}, {id: b, of: [a, a]}]\ngroups: [{}]\nitems: [{id: a}, {}, {kind: number}]"),
		[]byte("option-sets: {a: {0: b}}"), []byte("examples: [{expect: {scores: {a: 1}}}]"), []byte("tables: [{id: a, norms: [{sex: x}, {}]}]"))
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		f.Fatal(err)
	}
	var compiled loader
	if err := compiled.compileSchemas(schemas); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("items: [{id: a, kind: number, bounds: {min: 0, max: 9}}]\nscores: [{id: s, method: quotient, of: [a, a], then: [{lookup: t}, {round: half-up}]}]"),
		[]byte("items: {a: {card: x}}"), []byte("examples: []"), []byte("tables: [{id: t, interpolate: true, norms: [{rows: {0: 1, 9: 2}}]}]"))
	f.Fuzz(func(t *testing.T, main, texts, examples, tables []byte) {
		root := fstest.MapFS{
			"walks/questionnaire.yaml": {Data: main}, "walks/examples.yaml": {Data: examples},
			"walks/sl.yaml": {Data: texts}, "walks/en.yaml": {Data: texts}, "walks/tables.yaml": {Data: tables},
		}
		for _, name := range []string{"areas/areas.yaml", "areas/sl.yaml", "areas/en.yaml"} {
			root[name] = &fstest.MapFile{Data: valid[name]}
		}
		l := loader{schemas: compiled.schemas, services: []string{"rescue", "guide"}}
		catalogue, leftOut, err := l.load(Options{Roots: []fs.FS{root}})
		if err != nil || len(catalogue.Questionnaires)+len(leftOut) != 1 {
			t.Errorf("catalogue %v, left out %v, error %v", catalogue, leftOut, err)
		}
	})
}
