package api

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// sortedKeys returns the keys of a map in order.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// schemaName returns the name of the schema that is referred to, "" for none.
func schemaName(schema *huma.Schema) string {
	if schema == nil {
		return ""
	}
	return strings.TrimPrefix(schema.Ref, "#/components/schemas/")
}

// fieldsOf returns the fields of an object, the required ones first.
func fieldsOf(schema *huma.Schema) []referenceField {
	var fields []referenceField
	for _, name := range sortedKeys(schema.Properties) {
		field := fieldOf(name, schema.Properties[name])
		field.Required = slices.Contains(schema.Required, name)
		fields = append(fields, field)
	}
	slices.SortStableFunc(fields, func(a, b referenceField) int {
		switch {
		case a.Required == b.Required:
			return 0
		case a.Required:
			return -1
		}
		return 1
	})
	return fields
}

// fieldOf arranges one field.
func fieldOf(name string, schema *huma.Schema) referenceField {
	field := referenceField{Name: name, Description: schema.Description, Bounds: boundsOf(schema)}
	if example := firstExample(schema); example != nil {
		field.Example = shown(example)
	}
	kind, target := schema.Type, schema
	for _, alternative := range schema.AnyOf {
		if alternative.Ref != "" {
			kind, target = "object or null", alternative
		}
	}
	if schema.Nullable {
		kind += " or null"
	}
	if schema.Type == "array" && schema.Items != nil {
		kind, target = "list of "+cmp.Or(schema.Items.Type, "objects"), schema.Items
	}
	field.Link = schemaName(target)
	field.Kind = cmp.Or(kind, "object")
	if schema.Format != "" && schema.Format != "int64" && schema.Format != "double" {
		field.Kind += ", " + schema.Format
	}
	return field
}

// boundsOf says in words what values are allowed.
func boundsOf(schema *huma.Schema) string {
	target := schema
	if schema.Type == "array" && schema.Items != nil {
		target = schema.Items
	}
	var said []string
	if len(target.Enum) > 0 {
		values := make([]string, len(target.Enum))
		for i, value := range target.Enum {
			values[i] = fmt.Sprint(value)
		}
		said = append(said, "one of "+strings.Join(values, ", "))
	}
	if target.Minimum != nil && target.Maximum != nil {
		said = append(said, fmt.Sprintf("%v to %v", *target.Minimum, *target.Maximum))
	}
	if target.MaxLength != nil {
		said = append(said, fmt.Sprintf("at most %d characters", *target.MaxLength))
	}
	if schema.MaxItems != nil {
		said = append(said, fmt.Sprintf("at most %d entries", *schema.MaxItems))
	}
	return strings.Join(said, "; ")
}

// firstExample returns the example of a schema, nil for none.
func firstExample(schema *huma.Schema) any {
	if len(schema.Examples) == 0 {
		return nil
	}
	return schema.Examples[0]
}

// shown returns an example as it is written in the page.
func shown(example any) string {
	if text, ok := example.(string); ok {
		return text
	}
	encoded, err := json.Marshal(example)
	if err != nil {
		return ""
	}
	return string(encoded)
}

// maxExampleDepth stops examples of objects that hold themselves.
const maxExampleDepth = 6

// exampleOf makes an example of a schema from the examples of its fields.
func exampleOf(schema *huma.Schema, schemas map[string]*huma.Schema, depth int) any {
	if depth > maxExampleDepth {
		return nil
	}
	if example := firstExample(schema); example != nil {
		return example
	}
	if named := schemas[schemaName(schema)]; named != nil {
		return exampleOf(named, schemas, depth)
	}
	if len(schema.AnyOf) > 0 {
		return exampleOf(schema.AnyOf[0], schemas, depth)
	}
	switch {
	case schema.Type == "array":
		if item := exampleOf(schema.Items, schemas, depth+1); item != nil {
			return []any{item}
		}
		return []any{}
	case len(schema.Properties) > 0:
		return exampleObject(schema, schemas, depth)
	}
	return nil
}

// exampleObject makes an example of an object. Of a condition's forms, only one may
// be there, so what holds itself is left out.
func exampleObject(schema *huma.Schema, schemas map[string]*huma.Schema, depth int) map[string]any {
	object := make(map[string]any)
	for name, property := range schema.Properties {
		if name == "show_when" || name == "bounds" {
			continue
		}
		if value := exampleOf(property, schemas, depth+1); value != nil {
			object[name] = value
		}
	}
	return object
}
