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
	"strings"

	"github.com/goccy/go-yaml"
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
	for _, file := range files {
		data, err := fs.ReadFile(schemas, file[0]+".schema.json")
		if err != nil {
			return "", fmt.Errorf("read a schema: %w", err)
		}
		var schema yaml.MapSlice // JSON is YAML, and this keeps its order
		if err := yaml.UnmarshalWithOptions(data, &schema, yaml.UseOrderedMap()); err != nil {
			return "", fmt.Errorf("read the schema %s: %w", file[0], err)
		}
		w.file(file[1], schema)
	}
	return w.out.String(), nil
}

type writer struct{ out strings.Builder }

func (w *writer) line(text string) { w.out.WriteString(text + "\n") }

// file writes what may stand in one file, and the parts that it names.
func (w *writer) file(name string, schema yaml.MapSlice) {
	w.line("\n## " + name + "\n")
	w.line(text(schema, "description"))
	w.table(schema)
	for _, part := range object(schema, "$defs") {
		definition, ok := part.Value.(yaml.MapSlice)
		if !ok || len(object(definition, "properties")) == 0 {
			continue
		}
		w.line(fmt.Sprintf("\n### %s, in %s\n", part.Key, name))
		w.line(text(definition, "description"))
		w.table(definition)
	}
}

// table writes a row for each key.
func (w *writer) table(schema yaml.MapSlice) {
	w.line("\n| key | what stands there | meaning |\n|---|---|---|")
	w.rows("", schema)
}

// rows writes the keys of an object below a prefix, and those within them.
func (w *writer) rows(prefix string, schema yaml.MapSlice) {
	required := make(map[string]bool)
	for _, name := range list(schema, "required") {
		required[fmt.Sprint(name)] = true
	}
	for _, property := range object(schema, "properties") {
		name := fmt.Sprint(property.Key)
		w.row(prefix+name, property.Value, required[name])
	}
	for _, property := range object(schema, "patternProperties") {
		key := "‹id›"
		if !strings.HasPrefix(fmt.Sprint(property.Key), "^[a-z]") {
			key = "‹number›"
		}
		w.row(prefix+key, property.Value, false)
	}
}

// row writes one key and those within it.
func (w *writer) row(name string, value any, isRequired bool) {
	schema, ok := value.(yaml.MapSlice)
	if !ok {
		return
	}
	label := "`" + name + "`"
	if isRequired {
		label = "**" + label + "**"
	}
	w.line(fmt.Sprintf("| %s | %s | %s |", label, cell(kind(schema)), cell(text(schema, "description"))))
	w.rows(name+".", schema)
	if items, ok := get(schema, "items").(yaml.MapSlice); ok {
		w.rows(name+"[].", items)
	}
}

// kind says what a value may be.
func kind(schema yaml.MapSlice) string {
	if reference := text(schema, "$ref"); reference != "" {
		return strings.TrimPrefix(reference, "#/$defs/")
	}
	if choices := list(schema, "enum"); choices != nil {
		return "`" + joined(choices, "`, `") + "`"
	}
	if constant := get(schema, "const"); constant != nil {
		return fmt.Sprintf("`%v`", constant)
	}
	if choices := list(schema, "anyOf"); choices != nil {
		kinds := make([]any, 0, len(choices))
		for _, choice := range choices {
			if one, ok := choice.(yaml.MapSlice); ok {
				kinds = append(kinds, kind(one))
			}
		}
		return joined(kinds, " or ")
	}
	said := cmp.Or(text(schema, "type"), "object")
	switch said {
	case "array":
		said = "list"
		if items, ok := get(schema, "items").(yaml.MapSlice); ok && len(object(items, "properties")) == 0 {
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
func bounds(schema yaml.MapSlice) string {
	var said []string
	for _, limit := range [][2]string{
		{"minimum", "at least %v"}, {"maximum", "at most %v"}, {"maxLength", "at most %v characters"},
		{"minItems", "at least %v"}, {"maxItems", "at most %v"}, {"default", "%v when not written"},
	} {
		if value := get(schema, limit[0]); value != nil {
			said = append(said, fmt.Sprintf(limit[1], value))
		}
	}
	if said == nil {
		return ""
	}
	return ", " + strings.Join(said, ", ")
}

func get(schema yaml.MapSlice, key string) any {
	for _, item := range schema {
		if item.Key == key {
			return item.Value
		}
	}
	return nil
}

func object(schema yaml.MapSlice, key string) yaml.MapSlice {
	value, _ := get(schema, key).(yaml.MapSlice)
	return value
}

func list(schema yaml.MapSlice, key string) []any {
	value, _ := get(schema, key).([]any)
	return value
}

func text(schema yaml.MapSlice, key string) string {
	value, _ := get(schema, key).(string)
	return value
}

func joined(values []any, separator string) string {
	said := make([]string, len(values))
	for i, value := range values {
		said[i] = fmt.Sprint(value)
	}
	return strings.Join(said, separator)
}

// cell keeps a text within its column.
func cell(text string) string { return strings.NewReplacer("|", `\|`, "\n", " ").Replace(text) }
