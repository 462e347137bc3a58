package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// schemaOf reads a schema as plain values.
func schemaOf(t testing.TB, name string) object {
	var schema object
	if err := json.Unmarshal(read(t, "schemas/"+name+".schema.json"), &schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

// places lists every key that a schema knows, and every word that it lets stand there.
func places(t testing.TB, name string) []string {
	schema := schemaOf(t, name)
	var all []string
	var walk func(part object, at string)
	walk = func(part object, at string) {
		properties, _ := part["properties"].(object)
		for key, value := range properties {
			value, here := value.(object), at+"/"+key
			all = append(all, here)
			words, _ := value["enum"].([]any)
			for _, word := range words {
				all = append(all, fmt.Sprintf("%s = %v", here, word))
			}
			walk(value, here)
		}
		items, _ := part["items"].(object)
		patterns, _ := part["patternProperties"].(object)
		if items != nil {
			walk(items, at)
		}
		for _, value := range patterns {
			walk(value.(object), at)
		}
	}
	walk(schema, name)
	definitions, _ := schema["$defs"].(object)
	for key, definition := range definitions {
		walk(definition.(object), name+"#"+key)
	}
	return all
}

// markSeen marks the keys and words of the schema that a document has.
func markSeen(t testing.TB, name string, document any, seen map[string]bool) {
	schema := schemaOf(t, name)
	data, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	if err := json.Unmarshal(data, &plain); err != nil {
		t.Fatal(err)
	}
	var walk func(value any, part object, at string)
	walk = func(value any, part object, at string) {
		if reference, ok := part["$ref"].(string); ok {
			key := strings.TrimPrefix(reference, "#/$defs/")
			walk(value, schema["$defs"].(object)[key].(object), name+"#"+key)
			return
		}
		for _, several := range []string{"allOf", "anyOf", "oneOf"} {
			branches, _ := part[several].([]any)
			for _, branch := range branches {
				walk(value, branch.(object), at)
			}
		}
		if list, ok := value.([]any); ok {
			items, _ := part["items"].(object)
			for _, entry := range list {
				walk(entry, items, at)
			}
			return
		}
		mapping, ok := value.(object)
		if !ok {
			return
		}
		properties, _ := part["properties"].(object)
		patterns, _ := part["patternProperties"].(object)
		for key, value := range mapping {
			below, known := properties[key].(object)
			here := at + "/" + key
			if known {
				seen[here] = true
				seen[fmt.Sprintf("%s = %v", here, value)] = true
				walk(value, below, here)
				continue
			}
			for _, pattern := range patterns {
				walk(value, pattern.(object), at)
			}
		}
	}
	walk(plain, schema, name)
}
