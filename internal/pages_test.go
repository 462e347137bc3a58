package internal_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// relativeLink is a link in Markdown to a file of the repository.
var relativeLink = regexp.MustCompile(`\]\(([^)#:\s]+)(?:#[^)]*)?\)`)

// written lists the pages for people who run or change Predah.
func written(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob("../*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"../docs/*.md", "../docs/*/*.md"} {
		more, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, more...)
	}
	return pages
}

func TestLinksOfThePagesLeadToFilesThatExist(t *testing.T) {
	links := 0
	for _, page := range written(t) {
		for _, target := range found(relativeLink, read(t, page)) {
			links++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), target)); err != nil {
				t.Errorf("%s: there is no %s", page, target)
			}
		}
	}
	if links == 0 {
		t.Error("no link was found: the test shows nothing")
	}
}

func TestEveryDecisionIsListed(t *testing.T) {
	list := read(t, "../docs/decisions/README.md")
	for _, page := range written(t) {
		name := filepath.Base(page)
		if filepath.Base(filepath.Dir(page)) == "decisions" && name != "README.md" && !strings.Contains(list, "]("+name+")") {
			t.Errorf("docs/decisions/README.md does not list %s", name)
		}
	}
}
