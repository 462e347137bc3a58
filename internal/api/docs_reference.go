package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/questionnaire"
)

// reference is the OpenAPI document as the docs page shows it.
type reference struct {
	Info     *huma.Info
	Tags     []referenceTag
	Schemas  []referenceSchema
	Problems []problemLink
	address  string                         // where the service is reached, for the examples
	checks   []*questionnaire.Questionnaire // for examples that work
}

// referenceTag is a group of operations.
type referenceTag struct {
	Name, Description string
	Operations        []referenceOperation
}

// referenceOperation is one operation.
type referenceOperation struct {
	ID, Method, Path, Summary, Description string
	Parameters                             []referenceField
	Body, Answer                           string // names of schemas, "" for none
	Curl, Example                          string
	Responses                              []referenceResponse
}

// referenceResponse is one status an operation answers with.
type referenceResponse struct{ Status, Description string }

// referenceSchema is one object of the API.
type referenceSchema struct {
	Name   string
	Fields []referenceField
}

// referenceField is a field or a parameter.
type referenceField struct {
	Name, Place, Kind, Link, Description, Example, Bounds string
	Required                                              bool
}

// newReference arranges the document for reading.
func newReference(document *huma.OpenAPI, publicURL string, checks []*questionnaire.Questionnaire) *reference {
	address := strings.TrimSuffix(publicURL, "/")
	if address == "" {
		address = "http://127.0.0.1:8080"
	}
	r := &reference{Info: document.Info, address: address, checks: checks}
	schemas := document.Components.Schemas.Map()
	for _, tag := range document.Tags {
		group := referenceTag{Name: tag.Name, Description: tag.Description}
		for _, operation := range operationsOf(document) {
			if slices.Contains(operation.Tags, tag.Name) {
				group.Operations = append(group.Operations, r.operation(operation, schemas))
			}
		}
		r.Tags = append(r.Tags, group)
	}
	for _, name := range sortedKeys(schemas) {
		r.Schemas = append(r.Schemas, referenceSchema{Name: name, Fields: fieldsOf(schemas[name])})
	}
	for _, slug := range slugs() {
		r.Problems = append(r.Problems, problemLink{Address: slug.path() + "?lang=en", Title: string(slug)})
	}
	return r
}

// operationsOf returns the operations of a document by address.
func operationsOf(document *huma.OpenAPI) []*huma.Operation {
	var all []*huma.Operation
	for _, path := range sortedKeys(document.Paths) {
		item := document.Paths[path]
		for _, operation := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if operation != nil {
				all = append(all, operation)
			}
		}
	}
	return all
}

// operation arranges one operation.
func (r *reference) operation(o *huma.Operation, schemas map[string]*huma.Schema) referenceOperation {
	out := referenceOperation{
		ID: o.OperationID, Method: o.Method, Path: o.Path, Summary: o.Summary, Description: o.Description,
		Curl: r.curl(o, schemas),
	}
	for _, parameter := range o.Parameters {
		field := fieldOf(parameter.Name, parameter.Schema)
		field.Place, field.Required, field.Description = parameter.In, parameter.Required, parameter.Description
		if parameter.Example != nil {
			field.Example = shown(parameter.Example)
		}
		out.Parameters = append(out.Parameters, field)
	}
	if o.RequestBody != nil && o.RequestBody.Content["application/json"] != nil {
		out.Body = schemaName(o.RequestBody.Content["application/json"].Schema)
	}
	for _, status := range sortedKeys(o.Responses) {
		response := o.Responses[status]
		out.Responses = append(out.Responses, referenceResponse{Status: status, Description: response.Description})
		if media := response.Content["application/json"]; media != nil {
			out.Answer = schemaName(media.Schema)
			out.Example = indented(exampleOf(media.Schema, schemas, 0))
		}
	}
	return out
}

// curl returns a command line that calls the operation.
func (r *reference) curl(o *huma.Operation, schemas map[string]*huma.Schema) string {
	path := o.Path
	for _, parameter := range o.Parameters {
		if parameter.In == "path" {
			path = strings.ReplaceAll(path, "{"+parameter.Name+"}", shown(firstExample(parameter.Schema)))
		}
	}
	line := "curl "
	if o.Method != http.MethodGet && (o.Method != http.MethodPost || o.RequestBody == nil) {
		line += "-X " + o.Method + " "
	}
	if len(o.Security) > 0 {
		line += "-H \"Authorization: Bearer $TOKEN\" "
	}
	if o.RequestBody == nil {
		return line + r.address + path
	}
	media := o.RequestBody.Content["application/json"]
	if media == nil {
		return line + "-H 'Content-Type: " + sealedMediaType + "' \\\n  --data-binary @sealed.age \\\n  " + r.address + path
	}
	body := indented(exampleOf(media.Schema, schemas, 0))
	if o.OperationID == scoreOperation && len(r.checks) > 0 && len(r.checks[0].Examples) > 0 {
		path = strings.ReplaceAll(o.Path, "{id}", string(r.checks[0].ID))
		body = indented(workedBody(r.checks[0]))
	}
	return line + "-H 'Content-Type: application/json' \\\n  -d '" + strings.TrimSpace(body) + "' \\\n  " + r.address + path
}

// workedExample is a request to score, made of a worked example.
type workedExample struct {
	Version string                       `json:"version"`
	Subject *workedSubject               `json:"subject,omitempty"`
	Answers map[questionnaire.ItemID]any `json:"answers"`
}

// workedSubject is whom a worked example is about.
type workedSubject struct {
	Age int `json:"age"`
}

// workedBody returns the questionnaire's first worked example as a request, so that
// what the docs show can be tried as it is.
func workedBody(q *questionnaire.Questionnaire) workedExample {
	example := q.Examples[0]
	body := workedExample{Version: q.Version, Answers: make(map[questionnaire.ItemID]any)}
	if example.Age != nil {
		body.Subject = &workedSubject{Age: *example.Age}
	}
	for id, answer := range example.Answers {
		if answer.Codes != nil {
			body.Answers[id] = answer.Codes
		} else {
			body.Answers[id] = answer.Number
		}
	}
	return body
}
