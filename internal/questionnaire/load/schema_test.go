package load_test

import (
	"encoding/json"
	"io/fs"
	"testing"
)

// TestEveryPropertyOfTheSchemasIsDescribed: an editor shows the description beside what it completes.
func TestEveryPropertyOfTheSchemasIsDescribed(t *testing.T) {
	for _, name := range []string{"questionnaire", "texts", "examples", "tables", "areas", "areas-texts"} {
		data, err := fs.ReadFile(schemas(t), name+".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		var schema any
		if err := json.Unmarshal(data, &schema); err != nil {
			t.Fatal(err)
		}
		checkDescribed(t, name, schema)
	}
}

// checkDescribed looks through a schema, but not into the rules about which keys go together.
func checkDescribed(t *testing.T, where string, value any) {
	object, ok := value.(map[string]any)
	if !ok {
		return
	}
	if properties, ok := object["properties"].(map[string]any); ok {
		if object["additionalProperties"] != false {
			t.Errorf("%s accepts unknown keys", where)
		}
		for key, property := range properties {
			if text, _ := property.(map[string]any)["description"].(string); text == "" {
				t.Errorf("%s/%s has no description", where, key)
			}
		}
	}
	for key, within := range object {
		switch key {
		case "allOf", "anyOf", "oneOf", "dependentSchemas", "if", "then", "else":
		default:
			checkDescribed(t, where+"/"+key, within)
		}
	}
}
