// Package reference writes the reference of the content files, a table for each schema, from
// the JSON Schemas themselves: what stands in docs/questionnaires-reference.md.
//
//	go test ./internal/reference -update
//
// writes it anew; without -update the test says when it is not current.
package reference

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// files are the schemas in the order of the reference, with the file each is of.
var files = [][2]string{
	{"questionnaire", "questionnaire.yaml"}, {"texts", "sl.yaml and en.yaml"},
	{"examples", "examples.yaml"}, {"tables", "tables.yaml"},
}

// Markdown writes the reference of the schemas in a folder.
func Markdown(schemas fs.FS) (string, error) {
	w := &writer{}
	w.line("# Reference of the content files")
	w.line("")
	w.line("Written from `questionnaires/schemas` by `go test ./internal/reference -update`; do not change it by hand.")
	w.line("[questionnaires.md](questionnaires.md) explains the format.")
	w.line("")
	w.line("A key in **bold** must be there; of those in *italics* at one place, one must be. Where a key is needed in some cases only, its meaning says so.")
	for _, file := range files {
		data, err := fs.ReadFile(schemas, file[0]+".schema.json")
		if err != nil {
			return "", fmt.Errorf("read a schema: %w", err)
		}
		var document yaml.Node // JSON is YAML, and this keeps its order
		if err := yaml.Load(data, &document); err != nil {
			return "", fmt.Errorf("read the schema %s: %w", file[0], err)
		}
		w.file(file[1], document.Content[0])
	}
	return w.out.String(), nil
}

type writer struct{ out strings.Builder }

func (w *writer) line(text string) { w.out.WriteString(text + "\n") }

// file writes what may stand in one file, and the parts that it names.
func (w *writer) file(name string, schema *yaml.Node) {
	w.line("\n## " + name + "\n")
	w.line(text(schema, "description"))
	w.table(schema)
	for part := range slices.Chunk(get(schema, "$defs").Content, 2) {
		definition := part[1]
		if get(definition, "properties").Content == nil {
			continue
		}
		w.line(fmt.Sprintf("\n### %s, in %s\n", part[0].Value, name))
		w.line(text(definition, "description"))
		w.table(definition)
	}
}

// table writes a row for each key.
func (w *writer) table(schema *yaml.Node) {
	w.line("\n| key | what stands there | meaning |\n|---|---|---|")
	w.rows("", schema)
}

// rows writes the keys of an object below a prefix, and those within them.
func (w *writer) rows(prefix string, schema *yaml.Node) {
	required, choices := list(schema, "required"), alternatives(schema)
	for property := range slices.Chunk(get(schema, "properties").Content, 2) {
		name := property[0].Value
		need := optional
		switch {
		case slices.Contains(required, name):
			need = needed
		case slices.Contains(choices, name):
			need = oneNeeded
		}
		w.row(prefix+name, property[1], need)
	}
	for property := range slices.Chunk(get(schema, "patternProperties").Content, 2) {
		key := "‹id›"
		if !strings.HasPrefix(property[0].Value, "^[a-z]") {
			key = "‹number›"
		}
		w.row(prefix+key, property[1], optional)
	}
}

// need says whether a key must be there, and is what stands around it in the table.
type need string

const (
	optional  need = ""
	needed    need = "**"
	oneNeeded need = "*" // it or another
)

// alternatives lists the keys of which an object needs one.
func alternatives(schema *yaml.Node) []string {
	var keys []string
	for _, choice := range slices.Concat(get(schema, "anyOf").Content, get(schema, "oneOf").Content) {
		keys = append(keys, list(choice, "required")...)
	}
	return keys
}

// row writes one key and those within it.
func (w *writer) row(name string, schema *yaml.Node, how need) {
	label := string(how) + "`" + name + "`" + string(how)
	w.line(fmt.Sprintf("| %s | %s | %s |", label, cell(kind(schema)), cell(text(schema, "description"))))
	w.rows(name+".", schema)
	w.rows(name+"[].", get(schema, "items"))
}

// kind says what a value may be.
func kind(schema *yaml.Node) string {
	if reference := text(schema, "$ref"); reference != "" {
		return strings.TrimPrefix(reference, "#/$defs/")
	}
	if choices := list(schema, "enum"); choices != nil {
		return "`" + strings.Join(choices, "`, `") + "`"
	}
	if constant := text(schema, "const"); constant != "" {
		return "`" + constant + "`"
	}
	if choices := get(schema, "anyOf").Content; choices != nil {
		kinds := make([]string, len(choices))
		for i, choice := range choices {
			kinds[i] = kind(choice)
		}
		return strings.Join(kinds, " or ")
	}
	said := cmp.Or(text(schema, "type"), "object")
	switch said {
	case "array":
		said = "list"
		if items := get(schema, "items"); items.Content != nil && get(items, "properties").Content == nil {
			said = "list of " + kind(items)
		}
	case "object":
		said = "keys"
	case "string":
		said = "text"
	case "boolean":
		said = "`true` or `false`"
	}
	return said + bounds(schema)
}

// bounds says the limits of a value.
func bounds(schema *yaml.Node) string {
	var said []string
	for _, limit := range [][2]string{
		{"minimum", "at least %s"}, {"maximum", "at most %s"}, {"maxLength", "at most %s characters"},
		{"minItems", "at least %s"}, {"maxItems", "at most %s"}, {"default", "%s when not written"},
	} {
		if value := text(schema, limit[0]); value != "" {
			said = append(said, fmt.Sprintf(limit[1], value))
		}
	}
	if said == nil {
		return ""
	}
	return ", " + strings.Join(said, ", ")
}

// get is what stands under a key, an empty node when nothing does.
func get(schema *yaml.Node, key string) *yaml.Node {
	for property := range slices.Chunk(schema.Content, 2) {
		if property[0].Value == key {
			return property[1]
		}
	}
	return new(yaml.Node)
}

func list(schema *yaml.Node, key string) []string {
	var texts []string
	for _, part := range get(schema, key).Content {
		texts = append(texts, part.Value)
	}
	return texts
}

func text(schema *yaml.Node, key string) string { return get(schema, key).Value }

// cell keeps a text within its column.
func cell(text string) string { return strings.NewReplacer("|", `\|`, "\n", " ").Replace(text) }
