package translation_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/translation"
)

func TestWhatIsMissingIsAddedInItsPlaceAndNothingElseChanges(t *testing.T) {
	order := [][]string{
		{"title"}, {"summary"}, {"items", "far", "text"}, {"items", "far", "card"}, {"items", "middle", "text"},
		{"items", "near", "text"}, {"items", "near", "card"}, {"bands", "keep", "title"}, {"bands", "keep", "meaning"},
	}
	missing, err := translation.Missing([]byte(file), order)
	if err != nil {
		t.Fatal(err)
	}
	marked := map[string]string{}
	for _, path := range missing {
		marked[strings.Join(path, ".")] = "TODO " + path[len(path)-1]
	}
	after, err := translation.Add([]byte(file), marked, order)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(file, "title: Walks\n", "title: Walks\nsummary: TODO summary\n", 1)
	want = strings.Replace(want, "  near: {text: How near?}\n", "  middle:\n    text: TODO text\n  near:\n    text: How near?\n    card: TODO card\n\nbands:\n  keep:\n    title: TODO title\n    meaning: TODO meaning\n", 1)
	if diff := cmp.Diff(want, string(after)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if missing, err := translation.Missing(after, order); err != nil || len(missing) > 0 {
		t.Errorf("still missing: %v, %v", missing, err)
	}
}
