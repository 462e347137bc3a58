// Package internal_test holds the house to its plan: which package may import which.
package internal_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "predah/"

// room is a folder of the house with everything in it, and what it may import.
type room struct {
	folder string
	// mayImport lists other rooms; folders within a room may always import each other.
	mayImport []string
	// libraries lists the import paths (or beginnings of them) that are kept to
	// certain rooms and that this room may import.
	libraries []string
}

const (
	gin        = "github.com/gin-"
	huma       = "github.com/danielgtaylor/huma"
	gorm       = "gorm.io/"
	prometheus = "github.com/prometheus/"
)

// house is the plan. A new package gets a line here.
func house() []room {
	domain := []string{"internal/questionnaire", "internal/questionnaire/source"}
	return []room{
		{folder: "internal/questionnaire"},
		{folder: "internal/questionnaire/source", mayImport: []string{"internal/questionnaire"}},
		{folder: "internal/questionnaire/load", mayImport: domain},
		{folder: "internal/scoring", mayImport: []string{"internal/questionnaire"}},
		{folder: "internal/proof", mayImport: []string{"internal/questionnaire", "internal/scoring"}},
		{folder: "internal/reading", mayImport: []string{"internal/questionnaire"}},
		{folder: "internal/batch", mayImport: []string{"internal/questionnaire", "internal/scoring"}},
		{folder: "internal/support", mayImport: domain},
		{folder: "internal/explain", mayImport: append(domain, "internal/questionnaire/load", "internal/scoring", "internal/support")},
		{folder: "internal/starter", mayImport: []string{"internal/questionnaire"}},
		{folder: "internal/translation", mayImport: domain},
		{folder: "internal/difference", mayImport: append(domain, "internal/explain")},
		{folder: "internal/preview", mayImport: append(domain, "internal/questionnaire/load", "internal/scoring", "internal/explain")},
		{folder: "internal/reference"},
		{folder: "internal/secrets"},
		{folder: "internal/jws", mayImport: []string{"internal/secrets"}},
		{folder: "internal/token", mayImport: []string{"internal/jws", "internal/secrets"}},
		{folder: "internal/receipt", mayImport: []string{"internal/questionnaire", "internal/scoring", "internal/jws", "internal/secrets"}},
		{folder: "internal/vault", mayImport: []string{"internal/questionnaire"}},
		{folder: "internal/account", mayImport: []string{"internal/vault"}},
		{folder: "internal/account/accounttest", mayImport: []string{"internal/account", "internal/secrets", "internal/store", "internal/vault"}},
		{folder: "internal/limit"},
		{folder: "internal/limit/redistest"}, // for tests of the limits, here and above
		{folder: "internal/seal"},
		{folder: "internal/licences"},
		{folder: "internal/client"}, // tests only, and they import nothing of ours
		{folder: "internal/metrics", libraries: []string{prometheus}},
		{folder: "internal/statistics", mayImport: []string{"internal/questionnaire"}},
		{folder: "internal/store", mayImport: []string{"internal/questionnaire", "internal/vault", "internal/account", "internal/statistics"}, libraries: []string{gorm}},
		{folder: "internal/store/storetest", mayImport: []string{"internal/store", "internal/process"}},
		{folder: "internal/api", mayImport: append(domain,
			"internal/questionnaire/load", "internal/scoring", "internal/support", "internal/explain", "internal/vault", "internal/account", "internal/token",
			"internal/receipt", "internal/limit",
		), libraries: []string{gin, huma}},
		{folder: "questionnaires"},
		{folder: "frontend"},
		{folder: "cmd", mayImport: append(domain,
			"internal/questionnaire/load", "internal/scoring", "internal/support", "internal/explain", "internal/vault", "internal/account", "internal/secrets", "internal/token", "internal/receipt",
			"internal/store", "internal/api", "internal/batch", "internal/proof", "internal/reading", "questionnaires", "frontend",
			"internal/starter", "internal/translation", "internal/difference", "internal/preview", "internal/seal",
			"internal/limit", "internal/metrics", "internal/statistics", "internal/licences",
		)},
		// Not part of the product: what measures and endures it.
		{folder: "internal/process"},
		{folder: "internal/race"}, // for tests
		{folder: "internal/caller", mayImport: []string{"internal/seal"}},
		{folder: "internal/measured"},
		{folder: "internal/faultydisk"},
		{folder: "endurance", mayImport: []string{"internal/process", "internal/caller", "internal/measured", "internal/faultydisk"}},
		{folder: "scripts", mayImport: append(domain, "internal/questionnaire/load", "internal/scoring", "internal/proof", "internal/measured", "questionnaires")},
		{folder: "bench", mayImport: append(domain,
			"internal/questionnaire/load", "internal/scoring", "internal/batch", "internal/api", "questionnaires", "frontend", "cmd",
			"internal/process", "internal/caller", "internal/measured", "internal/seal", "internal/secrets", "internal/token", "internal/vault",
		), libraries: []string{gin, gorm}},
	}
}

// goPackage is what `go list` says of a package.
type goPackage struct {
	ImportPath string
	Imports    []string
	Deps       []string // imports, and imports of imports
}

// violations says which imports of a package are against the plan.
func violations(p goPackage) []string {
	from, ok := roomOf(p.ImportPath)
	if !ok {
		return []string{fmt.Sprintf("%s has no room in the house: give it a line in architecture_test.go", p.ImportPath)}
	}
	var found []string
	refuse := func(path, why string) {
		found = append(found, fmt.Sprintf("%s imports %s: %s", p.ImportPath, path, why))
	}
	for _, path := range p.Imports {
		if to, ours := roomOf(path); ours && to.folder != from.folder && !slices.Contains(from.mayImport, to.folder) {
			refuse(path, "arrows run one way, from cmd to api to the domain to questionnaire")
		}
		for _, library := range []string{gin, huma, gorm, prometheus} {
			if strings.HasPrefix(path, library) && !slices.Contains(from.libraries, library) {
				refuse(path, "gin and huma are for internal/api only, gorm for internal/store only, Prometheus for internal/metrics only")
			}
		}
	}
	if from.folder == "internal/scoring" || from.folder == "internal/questionnaire" {
		for _, path := range p.Deps {
			if !isStandard(path) && path != module+"internal/questionnaire" {
				refuse(path, "it is kept to the standard library, so that it compiles to WebAssembly")
			}
		}
	}
	return found
}

// roomOf finds the room of a package: the longest folder of the plan that holds it.
func roomOf(path string) (room, bool) {
	folder, ours := strings.CutPrefix(path, module)
	holding := slices.DeleteFunc(house(), func(r room) bool {
		return !ours || folder != r.folder && !strings.HasPrefix(folder, r.folder+"/")
	})
	if len(holding) == 0 {
		return room{}, false
	}
	return slices.MaxFunc(holding, func(a, b room) int { return cmp.Compare(len(a.folder), len(b.folder)) }), true
}

// isStandard tells the standard library, whose paths begin with a word without a dot.
func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && first+"/" != module
}

func TestImportsRunOneWay(t *testing.T) {
	for _, p := range packages(t) {
		for _, violation := range violations(p) {
			t.Error(violation)
		}
	}
}

// packages lists every package of the module, those that do not build just now included.
func packages(t *testing.T) []goPackage {
	t.Helper()
	list := exec.Command("go", "list", "-e", "-json=ImportPath,Imports,Deps", module+"...")
	list.Stderr = os.Stderr
	output, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []goPackage
	for decoder := json.NewDecoder(bytes.NewReader(output)); ; {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("read what go list says: %v", err)
		}
		// npm packages bring Go files of their own.
		if !strings.Contains(p.ImportPath, "/node_modules/") && p.ImportPath != module+"internal" {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		t.Fatal("go list says nothing")
	}
	return all
}

func TestTheRuleRefusesWhatIsAgainstThePlan(t *testing.T) {
	tests := []struct {
		name, from, to string
	}{
		{"the domain reaches up", "internal/support", "predah/internal/api"},
		{"two of the domain know each other", "internal/support", "predah/internal/scoring"},
		{"vaults know accounts", "internal/vault", "predah/internal/account"},
		{"the format knows its loader", "internal/questionnaire", "predah/internal/questionnaire/load"},
		{"the reader of files knows questionnaires' loader", "internal/questionnaire/source", "predah/internal/questionnaire/load"},
		{"the api reaches into the database", "internal/api", "predah/internal/store"},
		{"a command is imported", "internal/api/docs", "predah/cmd/predah"},
		{"a command is imported by content", "frontend", "predah/cmd/predah"},
		{"the product knows its measuring", "cmd/predah", "predah/bench"},
		{"a command serves HTTP itself", "cmd/predah", "github.com/gin-gonic/gin"},
		{"the domain speaks HTTP", "internal/support", "github.com/danielgtaylor/huma/v2"},
		{"the api speaks SQL", "internal/api", "gorm.io/gorm"},
		{"vaults speak SQL", "internal/vault", "gorm.io/driver/sqlite"},
		{"the api knows Prometheus", "internal/api", "github.com/prometheus/client_golang/prometheus"},
		{"a package nobody planned", "internal/util", "fmt"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if found := violations(goPackage{ImportPath: module + test.from, Imports: []string{test.to}}); len(found) != 1 {
				t.Errorf("%s may import %s: %q", test.from, test.to, found)
			}
		})
	}
}

func TestTheRuleRefusesALibraryBehindScoring(t *testing.T) {
	for _, path := range []string{"github.com/google/go-cmp/cmp", "predah/internal/questionnaire/load"} {
		p := goPackage{ImportPath: module + "internal/scoring", Deps: []string{"fmt", "predah/internal/questionnaire", path}}
		if found := violations(p); len(found) != 1 {
			t.Errorf("scoring may depend on %s: %q", path, found)
		}
	}
}

func TestTheRuleAllowsWhatIsPlanned(t *testing.T) {
	tests := []struct{ from, to string }{
		{"cmd/predah", "predah/internal/store"},
		{"internal/api", "predah/internal/scoring"},
		{"internal/api", "github.com/gin-gonic/gin"},
		{"internal/api/docs", "predah/internal/api"},
		{"internal/store", "predah/internal/vault"},
		{"internal/store/sqlite", "gorm.io/driver/sqlite"},
		{"internal/questionnaire/load", "predah/internal/questionnaire/source"},
		{"internal/scoring", "predah/internal/questionnaire"},
	}
	for _, test := range tests {
		p := goPackage{ImportPath: module + test.from, Imports: []string{test.to, "fmt"}}
		if found := violations(p); len(found) != 0 {
			t.Errorf("it is refused: %q", found)
		}
	}
}

func TestScoringCompilesToWebAssembly(t *testing.T) {
	build := exec.Command("go", "build", "-o", os.DevNull, module+"internal/scoring")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		t.Errorf("scoring does not compile to WebAssembly: %v\n%s", err, output)
	}
}
