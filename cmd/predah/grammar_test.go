package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"predah/internal/difference"
	"predah/internal/explain"
	"predah/internal/preview"
	"predah/internal/proof"
	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/reading"
	"predah/internal/scoring"
	"predah/internal/translation"
	"predah/questionnaires"
)

// drawn is a drawn questionnaire as files.
type drawn struct {
	documents map[string]any // by the name of the schema
	files     fstest.MapFS
}

// filesOf writes a drawn questionnaire; JSON is YAML.
func filesOf(t testing.TB, seed uint64) drawn {
	q, texts, tables := draw(seed)
	d := drawn{documents: map[string]any{"questionnaire": q, "texts": texts}, files: fstest.MapFS{
		"areas/areas.yaml": {Data: read(t, "areas/areas.yaml")}, "areas/sl.yaml": {Data: read(t, "areas/sl.yaml")}, "areas/en.yaml": {Data: read(t, "areas/en.yaml")},
	}}
	d.put(t, "questionnaire.yaml", q)
	d.put(t, "sl.yaml", texts)
	d.put(t, "en.yaml", texts)
	d.put(t, "examples.yaml", object{"examples": []any{object{"name": "Nothing yet", "answers": object{"scale-0": 0}, "expect": object{"criteria": []any{}, "flags": []any{}, "band": nil}}}})
	if tables != nil {
		d.documents["tables"] = tables
		d.put(t, "tables.yaml", tables)
	}
	return d
}

func read(t testing.TB, name string) []byte {
	data, err := fs.ReadFile(questionnaires.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (d drawn) put(t testing.TB, name string, document any) {
	data, err := json.MarshalIndent(document, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	d.files["walks/"+name] = &fstest.MapFile{Data: data}
}

// loaded reads a drawn questionnaire, nil and why not when its author would be told of mistakes.
func (d drawn) loaded(t testing.TB) (*questionnaire.Questionnaire, error) {
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := load.Load(load.Options{Schemas: schemas, Roots: []fs.FS{d.files}})
	if err != nil {
		return nil, err
	}
	return catalogue.Questionnaires[0], nil
}

// useEveryTool takes a questionnaire through every tool that authors have. None may break off, and what
// the proof shows must come out as it says.
func (d drawn) useEveryTool(t testing.TB, q *questionnaire.Questionnaire) {
	report, err := proof.Prove(q)
	if err != nil {
		t.Fatal(err)
	}
	var cases []questionnaire.Example
	for _, finding := range append(report.Faults, report.Notes...) {
		cases = append(cases, finding.Cases...)
	}
	d.pasteExamples(t, q, cases)
	if _, err := proof.Cover(q); err != nil {
		t.Fatal(err)
	}
	for i := range cases {
		body, err := json.Marshal(map[string]any{"subject": map[string]any{"age": cases[i].Age, "sex": cases[i].Sex}, "answers": cases[i].Answers})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := preview.Trace(q, body); err != nil {
			t.Fatalf("preview: %v", err)
		}
	}
	if _, err := preview.Trace(q, []byte(`{"answers":{"scale-0":1,"scale-1":2}}`)); err != nil && !strings.Contains(err.Error(), "missing-answer") {
		t.Fatalf("preview: %v", err)
	}
	for _, language := range questionnaire.Languages() {
		reading.Questionnaire(q, language)
		if text := explain.In(q, language, explain.Names{}).Markdown(); strings.Contains(text, "%!") {
			t.Fatalf("explain in %s:\n%s", language, text)
		}
	}
	other := *q
	other.Bands = other.Bands[:min(1, len(other.Bands))]
	difference.Of(q, &other)
	d.translate(t, q)
	d.loseTexts(t)
	scoring.VerifyExamples(q)
}

// pasteExamples puts the cases that the check printed into the file, as an author would.
func (d drawn) pasteExamples(t testing.TB, q *questionnaire.Questionnaire, cases []questionnaire.Example) {
	if len(cases) == 0 {
		return
	}
	var file bytes.Buffer
	file.WriteString("examples:\n")
	proof.WriteCases(&file, q, cases)
	before := d.files["walks/examples.yaml"]
	d.files["walks/examples.yaml"] = &fstest.MapFile{Data: file.Bytes()}
	again, err := d.loaded(t)
	if err != nil {
		t.Fatalf("what check prints is refused: %v\n%s", err, file.Bytes())
	}
	for _, problem := range scoring.VerifyExamples(again) {
		if strings.Contains(problem.Message, "worked example `") {
			t.Fatalf("what check prints does not come out: %v\n%s", problem, file.Bytes())
		}
	}
	d.files["walks/examples.yaml"] = before
}

// translate takes the texts to a translator and back.
func (d drawn) translate(t testing.TB, q *questionnaire.Questionnaire) {
	sources, err := leavesOf(d.files, "walks", questionnaire.Slovenian)
	if err != nil {
		t.Fatal(err)
	}
	var po bytes.Buffer
	if err := translation.New(q, questionnaire.Slovenian, questionnaire.English, sources, sources).Encode(&po); err != nil {
		t.Fatal(err)
	}
	back, err := translation.Decode(&po)
	if err != nil {
		t.Fatal(err)
	}
	taken, refused := back.Accept(sources)
	if len(refused) > 0 {
		t.Fatal(refused)
	}
	if _, err := translation.Write(nil, taken, sources); err != nil {
		t.Fatal(err)
	}
}

// loseTexts takes all texts of results away and has them added: nothing is missing then, and all that
// is wrong is that they are still to be written.
func (d drawn) loseTexts(t testing.TB) {
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	wanted, problems, err := load.WantedTexts(schemas, d.files, "walks")
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	file := []byte("title: Walks\nscope:\n  asked: Walks.\n")
	if d.documents["questionnaire"].(object)["bands"] != nil {
		file = append(file, "bands: {high: {title: High}}\n"...)
	}
	missing, err := translation.Missing(file, wanted)
	if err != nil {
		t.Fatal(err)
	}
	marked := map[string]string{}
	for _, path := range missing {
		marked[strings.Join(path, ".")] = load.ToWrite + " " + path[len(path)-1]
	}
	if file, err = translation.Add(file, marked, wanted); err != nil {
		t.Fatal(err)
	}
	before := d.files["walks/en.yaml"]
	d.files["walks/en.yaml"] = &fstest.MapFile{Data: file}
	_, err = d.loaded(t)
	d.files["walks/en.yaml"] = before
	for line := range strings.Lines(err.Error()) {
		if !strings.HasSuffix(strings.TrimSpace(line), "this text is still to be written") {
			t.Fatalf("%s in\n%s", line, file)
		}
	}
}

// grammarSeeds is how many questionnaires the test draws; make fuzz draws more.
const grammarSeeds = 140

// TestEveryToolTakesTheWholeGrammar draws questionnaires until every key and every word of the schemas
// has been in one that loads, and takes each through every tool.
func TestEveryToolTakesTheWholeGrammar(t *testing.T) {
	seen, healthy := map[string]bool{}, 0
	var refused []string
	for seed := range uint64(grammarSeeds) {
		d := filesOf(t, seed)
		q, err := d.loaded(t)
		if err != nil {
			refused = append(refused, fmt.Sprintf("%d: %v", seed, err))
			continue
		}
		healthy++
		d.useEveryTool(t, q)
		for name, document := range d.documents {
			markSeen(t, name, document, seen)
		}
	}
	if healthy < grammarSeeds/3 {
		t.Errorf("only %d of %d load:\n%s", healthy, grammarSeeds, strings.Join(refused, "\n"))
	}
	t.Logf("%d of %d load", healthy, grammarSeeds)
	for _, name := range []string{"questionnaire", "texts", "tables"} {
		for _, place := range places(t, name) {
			if !seen[place] {
				t.Errorf("%s is never drawn: extend draw_test.go", place)
			}
		}
	}
}

func FuzzEveryToolTakesTheWholeGrammar(f *testing.F) {
	f.Add(uint64(1000))
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := filesOf(t, seed)
		if q, err := d.loaded(t); err == nil {
			d.useEveryTool(t, q)
		}
	})
}
