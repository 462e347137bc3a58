package load_test

import (
	"testing"

	"predah/internal/questionnaire/load"
)

// BenchmarkLoad loads the two questionnaires of the fixture, schemas included.
func BenchmarkLoad(b *testing.B) {
	options := options(b, validFiles(b))
	for b.Loop() {
		if _, err := load.Load(options); err != nil {
			b.Fatal(err)
		}
	}
}
