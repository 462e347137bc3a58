package internal_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// SECURITY.md names a test or a command for each thing it promises. These tests hold it to
// names that exist: a promise whose test was renamed or removed is no longer kept.

const attacks = 30

var (
	codeSpan   = regexp.MustCompile("`([^`]+)`")
	goTest     = regexp.MustCompile(`^Test[A-Z][A-Za-z0-9_]*$`)
	webTest    = regexp.MustCompile(`^attack \d{2}$`)
	goCommand  = regexp.MustCompile(`^go test (\./\S+)`)
	makeTarget = regexp.MustCompile(`^make ([a-z-]+)$`)
	inTree     = regexp.MustCompile(`^(?:internal|cmd|frontend|questionnaires|docs|scripts|testdata)(?:/|$)`)
	attackRow  = regexp.MustCompile(`^\| (\d+) \| (.+) \| (.+) \|$`)
)

func TestSecurityNamesTestsAndCommandsThatExist(t *testing.T) {
	makefile := read(t, "../Makefile")
	all := tests(t, "..")
	for _, match := range codeSpan.FindAllStringSubmatch(read(t, "../SECURITY.md"), -1) {
		switch span := match[1]; {
		case goTest.MatchString(span), webTest.MatchString(span):
			if !exists(all, span) {
				t.Errorf("SECURITY.md names the test `%s`, which is nowhere", span)
			}
		case goCommand.MatchString(span):
			mustBeThere(t, strings.TrimSuffix(goCommand.FindStringSubmatch(span)[1], "/..."))
		case makeTarget.MatchString(span):
			if target := makeTarget.FindStringSubmatch(span)[1]; !strings.Contains(makefile, "\n"+target+":") {
				t.Errorf("SECURITY.md names `%s`, but the Makefile can't make that", span)
			}
		case inTree.MatchString(span):
			mustBeThere(t, span)
		}
	}
}

func TestSecurityHasARowForEachAttackWithATestInThePlaceItNames(t *testing.T) {
	var numbers []int
	for line := range strings.Lines(read(t, "../SECURITY.md")) {
		row := attackRow.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if row == nil {
			continue
		}
		number, err := strconv.Atoi(row[1])
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, number)
		testedInPlace(t, number, row[3])
	}
	want := make([]int, attacks)
	for i := range want {
		want[i] = i + 1
	}
	if !slices.Equal(numbers, want) {
		t.Errorf("the rows of attacks are %v, want one to %d in order", numbers, attacks)
	}
}

// testedInPlace wants the last cell of a row to name places, each followed by the tests there.
func testedInPlace(t *testing.T, number int, cell string) {
	t.Helper()
	if cell == "no test yet" {
		return
	}
	digits := strconv.Itoa(100 + number)[1:]
	var here []string
	named := 0
	for _, span := range codeSpan.FindAllStringSubmatch(cell, -1) {
		if inTree.MatchString(span[1]) {
			here = tests(t, filepath.Join("..", span[1]))
			continue
		}
		named++
		if !strings.HasPrefix(span[1], "TestAttack"+digits) && span[1] != "attack "+digits {
			t.Errorf("attack %d: `%s` is the test of another", number, span[1])
		}
		if !exists(here, span[1]) {
			t.Errorf("attack %d: there is no test `%s` where SECURITY.md says", number, span[1])
		}
	}
	if named == 0 {
		t.Errorf("attack %d names no test", number)
	}
}

var (
	goFunction = regexp.MustCompile(`(?m)^func (Test[A-Z][A-Za-z0-9_]*)\(t \*testing\.T\)`)
	webTitle   = regexp.MustCompile(`\b(?:test|it|describe)(?:\.[a-z]+)*\(\s*['"` + "`" + `](attack \d{2}):`)
)

// tests lists the names of the tests in a file or folder: of Go tests the function, of tests
// in a browser what stands before the colon of the title.
func tests(t *testing.T, place string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(place, func(path string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{"node_modules", ".git", ".svelte-kit", "build"}, entry.Name()):
			return filepath.SkipDir
		case strings.HasSuffix(path, "_test.go"):
			names = append(names, found(goFunction, read(t, path))...)
		case strings.HasSuffix(path, ".spec.ts"), strings.HasSuffix(path, ".test.ts"):
			names = append(names, found(webTitle, read(t, path))...)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return names
}

func found(pattern *regexp.Regexp, text string) []string {
	var all []string
	for _, match := range pattern.FindAllStringSubmatch(text, -1) {
		all = append(all, match[1])
	}
	return all
}

// exists reports whether there is a test of that name; `TestAttack05` stands for all that
// begin so, as it does for `go test -run`.
func exists(names []string, name string) bool {
	return slices.ContainsFunc(names, func(other string) bool {
		return other == name || strings.HasPrefix(name, "TestAttack") && strings.HasPrefix(other, name)
	})
}

func mustBeThere(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join("..", path)); err != nil {
		t.Errorf("SECURITY.md names `%s`, which is not there", path)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
