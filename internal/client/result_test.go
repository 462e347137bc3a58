package client_test

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"
)

// What is kept of an answer is R of section 5, as the vectors have it.
func TestAResultIsKeptWithoutItsWords(t *testing.T) {
	file, err := os.ReadFile("../../testdata/protocol/results.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name           string
		Scored, Result object
	}
	if err := json.Unmarshal(file, &vectors); err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, vector := range vectors {
		if vector.Scored == nil {
			continue
		}
		tried++
		if kept := asJSON(t, withoutWords(vector.Scored)); !reflect.DeepEqual(kept, asJSON(t, vector.Result)) {
			t.Errorf("%s: kept %v of it, not %v", vector.Name, kept, vector.Result)
		}
	}
	if tried == 0 {
		t.Error("no vector has an answer")
	}
}

// asJSON is the value as somebody else reads it.
func asJSON(t *testing.T, value object) (read any) {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	return read
}
