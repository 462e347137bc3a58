package api

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/support"
)

var update = flag.Bool("update", false, "rewrite the OpenAPI document that the web app's types are made of")

// documentFile is the document as the web app reads it.
var documentFile = filepath.Join("..", "..", "frontend", "src", "lib", "api", "openapi.json")

// liveDocument is the document that the service serves.
func liveDocument(t *testing.T) []byte {
	t.Helper()
	answer := ask(t, fixture(t), call{address: "/api/openapi.json"})
	var indented bytes.Buffer
	if err := json.Indent(&indented, answer.Body.Bytes(), "", "  "); err != nil {
		t.Fatal(err)
	}
	indented.WriteByte('\n')
	return indented.Bytes()
}

func TestWebAppKnowsTheCurrentDocument(t *testing.T) {
	live := liveDocument(t)
	if *update {
		if err := os.MkdirAll(filepath.Dir(documentFile), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(documentFile, live, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(documentFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(kept, live) {
		t.Errorf("%s is not what the service serves; run go test ./internal/api -update, then make the web app's types anew", documentFile)
	}
}

// schema is what a schema of the document says about a value.
type schema struct {
	Ref         string `json:"$ref"`
	Type        any
	Description string
	Examples    []any
	Enum        []any
	Properties  map[string]schema
	Items       *schema
	AnyOf       []schema
	OneOf       []schema
	MaxLength   *int
	MaxItems    *int
	Minimum     *float64
	Maximum     *float64

	AdditionalProperties any
}

// document is what the tests read of the document.
type document struct {
	OpenAPI string
	Info    struct {
		Title, Version, Description string
		License                     struct{ Identifier string }
	}
	Paths map[string]map[string]struct {
		OperationID, Summary, Description string
		Tags                              []string
		Parameters                        []struct {
			Name, In, Description string
			Schema                schema
		}
		Responses map[string]struct {
			Description string
			Content     map[string]struct{ Schema schema }
		}
	}
	Components struct{ Schemas map[string]schema }
}

// parsedDocument is the live document, parsed.
func parsedDocument(t *testing.T) document {
	t.Helper()
	var d document
	if err := json.Unmarshal(liveDocument(t), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEveryFieldHasADescriptionAnExampleAndBounds(t *testing.T) {
	d := parsedDocument(t)
	if !strings.HasPrefix(d.OpenAPI, "3.1.") || d.Info.License.Identifier != "EUPL-1.2" {
		t.Errorf("document of OpenAPI %s under %s", d.OpenAPI, d.Info.License.Identifier)
	}
	for object, s := range d.Components.Schemas {
		for name, property := range s.Properties {
			checkField(t, object+"."+name, property)
		}
		if s.AdditionalProperties != false {
			t.Errorf("%s allows unknown fields", object)
		}
	}
	for path, methods := range d.Paths {
		for method, operation := range methods {
			if operation.OperationID == "" || operation.Summary == "" || operation.Description == "" || len(operation.Tags) != 1 {
				t.Errorf("%s %s lacks an id, a summary, a description or a tag", method, path)
			}
			for _, parameter := range operation.Parameters {
				if parameter.Description == "" || len(parameter.Schema.Examples) == 0 {
					t.Errorf("%s %s: the parameter %s lacks a description or an example", method, path, parameter.Name)
				}
			}
		}
	}
}

// checkField checks what is said of a field that is not an object.
func checkField(t *testing.T, name string, s schema) {
	t.Helper()
	if s.Description == "" {
		t.Errorf("%s has no description", name)
	}
	if s.Ref != "" || len(s.AnyOf) > 0 {
		return // an object, described on its own
	}
	kind, _ := s.Type.(string)
	objects := s.Items != nil && s.Items.Ref != ""
	if len(s.Examples) == 0 && !objects {
		t.Errorf("%s has no example", name)
	}
	if kind == "array" && s.MaxItems == nil {
		t.Errorf("%s has no greatest number of entries", name)
	}
	if kind == "string" && s.MaxLength == nil && len(s.Enum) == 0 {
		t.Errorf("%s has no greatest length", name)
	}
}

// TestGeneratedClientsHaveWhatTheyNeed: linters want a security of every operation, [] where it needs
// none, and somebody to turn to; client generators have names of their own, such as ogen's Option.
func TestGeneratedClientsHaveWhatTheyNeed(t *testing.T) {
	var d struct {
		Info       struct{ Contact *struct{ Name string } }
		Paths      map[string]map[string]struct{ Security *[]any }
		Components struct{ Schemas map[string]any }
	}
	if err := json.Unmarshal(liveDocument(t), &d); err != nil {
		t.Fatal(err)
	}
	if d.Info.Contact == nil || d.Info.Contact.Name == "" {
		t.Error("the document says nobody to turn to")
	}
	for path, methods := range d.Paths {
		for method, operation := range methods {
			if operation.Security == nil {
				t.Errorf("%s %s does not say what security it has", method, path)
			}
		}
	}
	for _, taken := range []string{"Option", "Client", "Server", "Error", "Handler", "Invoker"} {
		if _, ok := d.Components.Schemas[taken]; ok {
			t.Errorf("the schema %s has a name that client generators use themselves", taken)
		}
	}
}

func TestDocumentNamesNothingOfTheFramework(t *testing.T) {
	live := string(liveDocument(t))
	for _, word := range []string{"ErrorModel", "ErrorDetail", "$schema", "huma", "localhost", "127.0.0.1"} {
		if strings.Contains(live, word) {
			t.Errorf("the document speaks of %s", word)
		}
	}
}

func TestEveryOperationDescribesItsProblems(t *testing.T) {
	for path, methods := range parsedDocument(t).Paths {
		for method, operation := range methods {
			problems := 0
			for status, response := range operation.Responses {
				if len(status) != 3 {
					t.Errorf("%s %s describes a problem without a status: %s", method, path, response.Description)
				}
				if media, ok := response.Content["application/problem+json"]; ok {
					problems++
					if media.Schema.Ref != "#/components/schemas/Problem" {
						t.Errorf("%s %s: %s is no Problem", method, path, status)
					}
				}
			}
			if problems == 0 {
				t.Errorf("%s %s describes no problem", method, path)
			}
		}
	}
}

func TestOperationsDescribeTheStatusesTheyAnswerWith(t *testing.T) {
	paths := parsedDocument(t).Paths
	for path, want := range map[string]struct {
		method   string
		statuses []string
	}{
		"/api/v1/areas":                     {"get", []string{"200", "304", "414", "422", "500"}},
		"/api/v1/questionnaires":            {"get", []string{"200", "304", "414", "422", "500"}},
		"/api/v1/questionnaires/{id}":       {"get", []string{"200", "304", "404", "414", "422", "500"}},
		"/api/v1/questionnaires/{id}/rules": {"get", []string{"200", "304", "404", "414", "422", "500"}},
		"/api/v1/questionnaires/{id}/score": {"post", []string{"200", "400", "404", "409", "413", "414", "415", "422", "429", "500"}},
		"/api/v1/support":                   {"get", []string{"200", "414", "422", "500"}},
	} {
		if diff := cmp.Diff(want.statuses, sortedKeys(paths[path][want.method].Responses)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func TestChannelsOfTheDocumentAreThoseOfTheDirectory(t *testing.T) {
	for _, parameter := range parsedDocument(t).Paths["/api/v1/support"]["get"].Parameters {
		if parameter.Name != "channel" {
			continue
		}
		for _, channel := range support.Channels() {
			if !slices.Contains(parameter.Schema.Enum, any(string(channel))) {
				t.Errorf("the channel %s is not in the document", channel)
			}
		}
		if len(parameter.Schema.Enum) != len(support.Channels()) {
			t.Errorf("the document has the channels %v", parameter.Schema.Enum)
		}
	}
}
