package reference_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"predah/internal/questionnaire/source"
	"predah/questionnaires"
)

// schemasWithoutTop compiles each schema without what it wants at its top, since an example
// shows a part of a file.
func schemasWithoutTop(t *testing.T) []*jsonschema.Schema {
	t.Helper()
	var compiled []*jsonschema.Schema
	for _, name := range []string{"questionnaire", "texts", "examples", "tables"} {
		data, err := fs.ReadFile(questionnaires.FS, "schemas/"+name+".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		top := parsed.(map[string]any)
		delete(top, "required")
		delete(top, "allOf")
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource(name, top); err != nil {
			t.Fatal(err)
		}
		schema, err := compiler.Compile(name)
		if err != nil {
			t.Fatal(err)
		}
		compiled = append(compiled, schema)
	}
	return compiled
}

// plain gives a YAML text as the values that JSON knows.
func plain(t *testing.T, text string) any {
	t.Helper()
	var value any
	if _, problems := source.ReadBytes("example", []byte(text), nil, &value); len(problems) > 0 {
		t.Fatalf("%v in:\n%s", problems, text)
	}
	return value
}

func TestEveryExampleOfTheDocumentFitsASchema(t *testing.T) {
	document, err := os.ReadFile("../../docs/questionnaires.md")
	if err != nil {
		t.Fatal(err)
	}
	schemas := schemasWithoutTop(t)
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(document, -1)
	if len(blocks) < 11 {
		t.Fatalf("the document has %d examples", len(blocks))
	}
	for _, block := range blocks {
		examples := []string{string(block[1])}
		if strings.HasPrefix(examples[0], "when:") { // one condition a line
			examples = nil
			for line := range strings.Lines(string(block[1])) {
				examples = append(examples, fmt.Sprintf("criteria:\n  - id: some\n    %s", line))
			}
		}
		for _, example := range examples {
			value := plain(t, example)
			var refused []string
			for _, schema := range schemas {
				if err := schema.Validate(value); err != nil {
					refused = append(refused, err.Error())
				}
			}
			if len(refused) == len(schemas) {
				t.Errorf("no schema takes:\n%s\n%s", example, strings.Join(refused, "\n"))
			}
		}
	}
}

func TestTheDocumentShowsEveryKey(t *testing.T) {
	document, err := os.ReadFile("../../docs/questionnaires.md")
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(questionnaires.FS, "schemas/questionnaire.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties  map[string]any
		Definitions map[string]struct{ Properties map[string]any } `json:"$defs"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	keys := schema.Properties
	for _, definition := range schema.Definitions {
		for key := range definition.Properties {
			keys[key] = nil
		}
	}
	for key := range keys {
		if !regexp.MustCompile(`(^|[^a-z-])` + regexp.QuoteMeta(key) + `([^a-z-]|$)`).Match(document) {
			t.Errorf("docs/questionnaires.md has no example of `%s`", key)
		}
	}
}
