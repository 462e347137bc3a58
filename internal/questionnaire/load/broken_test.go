package load_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// breakage is one change to the fixture and what must be said about it.
type breakage struct {
	name string // what the author did
	file string
	old  string // as it is in the fixture, there once; "" leaves the file out
	new  string
	want string // every problem, one a line, without the file when it is in the same one
}

// check breaks the fixture and compares all problems.
func check(t *testing.T, breakages []breakage) {
	t.Helper()
	for _, b := range breakages {
		t.Run(b.name, func(t *testing.T) {
			files := validFiles(t)
			if b.old == "" {
				delete(files, b.file)
			} else {
				text := string(files[b.file].Data)
				if n := strings.Count(text, b.old); n != 1 {
					t.Fatalf("%q is in the file %d times", b.old, n)
				}
				files[b.file] = &fstest.MapFile{Data: []byte(strings.Replace(text, b.old, b.new, 1))}
			}
			got := strings.ReplaceAll("\n"+problemsOf(t, files).Error(), "\n"+b.file+":", "\n")
			if diff := cmp.Diff(b.want, strings.TrimPrefix(got, "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
