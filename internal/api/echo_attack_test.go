package api

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"predah/internal/account"
)

// jsonSchema is a JSON Schema of the document.
type jsonSchema = map[string]any

// fuzzer draws calls from the document: what they send has the shape that the schemas ask
// for, but for one value that has a canary in it.
type fuzzer struct {
	schemas map[string]jsonSchema
	*rapid.T
}

// resolve follows a reference.
func (f *fuzzer) resolve(s jsonSchema) jsonSchema {
	if reference, ok := s["$ref"].(string); ok {
		return f.schemas[strings.TrimPrefix(reference, "#/components/schemas/")]
	}
	return s
}

// sound returns a value that fits the schema.
func (f *fuzzer) sound(s jsonSchema) any {
	s = f.resolve(s)
	if examples, ok := s["examples"].([]any); ok && len(examples) > 0 {
		return examples[0]
	}
	if choices, ok := s["enum"].([]any); ok {
		return choices[0]
	}
	switch kind, _ := s["type"].(string); kind {
	case "object":
		value := make(map[string]any)
		for name, property := range properties(s) {
			value[name] = f.sound(property)
		}
		return value
	case "array":
		return []any{}
	case "integer", "number":
		return 1
	case "boolean":
		return true
	}
	return "text"
}

// properties are those that a schema names.
func properties(s jsonSchema) map[string]jsonSchema {
	named := make(map[string]jsonSchema)
	all, _ := s["properties"].(map[string]any)
	for name, property := range all {
		named[name], _ = property.(map[string]any)
	}
	return named
}

// spoilt returns a value that fits the schema but for one place with a canary.
func (f *fuzzer) spoilt(s jsonSchema) any {
	s = f.resolve(s)
	names := slices.Sorted(maps.Keys(properties(s)))
	value, isObject := f.sound(s).(map[string]any)
	if !isObject || len(names) == 0 {
		return f.canary(s)
	}
	value = maps.Clone(value)
	switch name := rapid.SampledFrom(append(names, "", "no object")).Draw(f.T, "field"); name {
	case "no object":
		return f.canary(s)
	case "":
		value["<"+canary+">"] = f.canary(nil)
	default:
		value[name] = f.spoilt(properties(s)[name])
	}
	return value
}

// canary draws a value that must not come back: of the right kind or of another, too long,
// too large, too deep, or right but for one character.
func (f *fuzzer) canary(s jsonSchema) any {
	long := strings.Repeat(canary, 9)
	choices := []any{
		canary, "<" + canary + ">", canary + "@primer.si", "age1pq1" + canary, long[:43], long[:22], long[:26], canary + "\u0000\u202e", strings.Repeat(canary, 20_000),
		json.Number(canaryNumber), json.Number("-" + canaryNumber), json.Number(canaryNumber + ".5e300"), "2026-11-24T" + canaryNumber,
		[]any{canary}, []any{json.Number(canaryNumber), canary}, map[string]any{"<" + canary + ">": canary}, map[string]any{"a b": []any{map[string]any{"c": canary}}},
	}
	if example, ok := f.sound(s).(string); ok && s != nil && len(example) > len(canary) {
		choices = append(choices, canary+example[len(canary):], example[:len(example)-len(canary)]+canary, example+canary)
	}
	return rapid.SampledFrom(choices).Draw(f.T, "canary")
}

// TestAttack23NoRefusalRepeatsWhatWasSent sends every operation of the document, as those who
// may call it, what its schema asks for with a canary in one place: of the body, the address,
// the query or a header.
func TestAttack23NoRefusalRepeatsWhatWasSent(t *testing.T) {
	logger, written := recording()
	w := newWorldWith(t, func(_ *house, c *Config) { c.Logger = logger })
	var document struct {
		Paths      map[string]map[string]operationShape
		Components struct{ Schemas map[string]jsonSchema }
	}
	if err := json.Unmarshal(liveDocument(t), &document); err != nil {
		t.Fatal(err)
	}
	for path, methods := range document.Paths {
		for method, operation := range methods {
			t.Run(strings.ToUpper(method)+" "+path, func(t *testing.T) {
				rapid.Check(t, func(rt *rapid.T) {
					f := &fuzzer{schemas: document.Components.Schemas, T: rt}
					w.refuseQuietly(rt, f.call(w, strings.ToUpper(method), path, operation))
				})
			})
		}
	}
	if log := strings.ToLower(written.String()); strings.Contains(log, canary) || strings.Contains(log, canaryNumber) || !strings.Contains(log, "route=") {
		t.Error("the log has a canary, or nothing")
	}
}

// operationShape is what of an operation tells what it takes.
type operationShape struct {
	Parameters []struct {
		Name, In string
		Schema   jsonSchema
	}
	RequestBody struct {
		Content map[string]struct{ Schema jsonSchema }
	}
	Security []map[string][]string
}

// call draws a call of an operation.
func (f *fuzzer) call(w *world, method, path string, operation operationShape) call {
	place := rapid.SampledFrom([]string{"body", "body", "body", "path", "query", "header"}).Draw(f.T, "place")
	inPath := []string{"{vault}", strings.TrimPrefix(w.vault.path, base+"/vaults/"), "{record}", w.record, "{grant}", w.grant,
		"{link}", string(w.desk.link), "{session}", string(w.desk.caller.Session), "{id}", "sleep"}
	if place == "path" {
		for i := 1; i < len(inPath); i += 2 {
			inPath[i] = rapid.SampledFrom([]string{canary, "%3C" + canary + "%3E", canary + strings.Repeat("a", 26-len(canary)), "%00" + canary, inPath[i] + canary}).Draw(f.T, "id")
		}
	}
	c := call{method: method, address: strings.NewReplacer(inPath...).Replace(path), header: map[string]string{"Content-Type": "application/json"}}
	f.parameters(&c, operation, place)
	for kind, content := range operation.RequestBody.Content {
		c.header["Content-Type"] = kind
		if kind != "application/json" {
			c.body = strings.Repeat(canary, 100)
		} else if value := f.sound(content.Schema); place == "body" {
			c.body = w.asJSON(f.spoilt(content.Schema))
		} else {
			c.body = w.asJSON(value)
		}
	}
	for _, scheme := range operation.Security {
		if _, ok := scheme[schemeVault]; ok {
			c = c.with(w.vault.token)
		} else if place != "header" {
			c = c.with(w.desk.token)
		}
	}
	return c
}

// parameters fills the query, the headers and the cookie of a call.
func (f *fuzzer) parameters(c *call, operation operationShape, place string) {
	for _, parameter := range operation.Parameters {
		switch {
		case parameter.Name == "X-Predah":
			c.header["X-Predah"] = "1"
		case place == "header" && parameter.In == "header":
			c.header[parameter.Name] = canary + ";q=" + canaryNumber
		case place == "header" && parameter.In == "cookie":
			c.header["Cookie"] = refreshCookie + "=" + rapid.SampledFrom([]string{canary, strings.Repeat(canary, 9)[:43], account.Token{1}.Text()}).Draw(f.T, "cookie")
		}
	}
	if place == "header" {
		c.header["Authorization"] = "Bearer " + canary
	}
	if place == "query" {
		names := []string{"<" + canary + ">"} // a name that looks like one is said back, a value never
		for _, parameter := range operation.Parameters {
			if parameter.In == "query" {
				names = append(names, parameter.Name)
			}
		}
		value := rapid.SampledFrom([]string{canary, canaryNumber, "<" + canary + ">", canary + "\n"}).Draw(f.T, "argument")
		c.address += "?" + url.QueryEscape(rapid.SampledFrom(names).Draw(f.T, "parameter")) + "=" + url.QueryEscape(value)
	}
}

// refuseQuietly makes a call and looks for the canaries in a refusal. Answers of success may
// hold what was saved, such as the label of a link.
func (w *world) refuseQuietly(t *rapid.T, c call) {
	answer := ask(w.t, w, c)
	if answer.Code < 400 {
		return
	}
	said := answer.Body.String()
	for name, values := range answer.Header() {
		said += "\n" + name + ": " + strings.Join(values, "\n")
	}
	if strings.Contains(strings.ToLower(said), canary) || strings.Contains(said, canaryNumber) || answer.Code >= 500 {
		t.Errorf("%s %s with %v and %.300s is answered %d %s", c.method, c.address, c.header, c.body, answer.Code, said)
	}
}
