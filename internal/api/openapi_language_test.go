package api

import (
	"slices"
	"strings"
	"testing"
)

// TestEveryOperationOfTheAPISpeaksBothLanguages: an input that embeds its language in an
// unexported part loses it without a word.
func TestEveryOperationOfTheAPISpeaksBothLanguages(t *testing.T) {
	for path, methods := range parsedDocument(t).Paths {
		for method, operation := range methods {
			var names []string
			for _, parameter := range operation.Parameters {
				names = append(names, parameter.Name)
			}
			if strings.HasPrefix(path, base) && !(slices.Contains(names, "lang") && slices.Contains(names, "Accept-Language")) {
				t.Errorf("%s %s takes %v", method, path, names)
			}
		}
	}
}
