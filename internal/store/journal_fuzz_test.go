package store

import (
	"slices"
	"strings"
	"testing"
)

// FuzzReadGraves: lines of a file of tombstones are refused, or read as what is written as
// lines that are read the same.
func FuzzReadGraves(f *testing.F) {
	line := strings.Repeat("0a", 32) + " 1795514400\n"
	for _, seed := range []string{line, line + line, line + line[:20], "", "\n", strings.ToUpper(line), strings.Repeat("0", 63) + " 1\n", line[:64] + " 99999999999999999999\n", line[:64] + "\n", "\x00\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		graves, err := gravesIn(text)
		if err != nil {
			return
		}
		var written strings.Builder
		for _, g := range graves {
			written.WriteString(g.String())
		}
		again, err := gravesIn(written.String())
		if err != nil || !slices.Equal(again, graves) {
			t.Errorf("%q is read as %v, and again as %v: %v", text, graves, again, err)
		}
	})
}

// gravesIn reads the lines of a text.
func gravesIn(text string) (graves []grave, err error) {
	err = eachGrave(strings.NewReader(text), func(g grave) error {
		graves = append(graves, g)
		return nil
	})
	return graves, err
}
