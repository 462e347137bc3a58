package check

import (
	"debug/elf"
	"encoding/json"
	"errors"
	"go/version"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

// dockerfile is the Dockerfile: the stage of the web app, that of the program, and the image.
func dockerfile(t *testing.T) (web, program, image stage) {
	t.Helper()
	read := stages(read(t, "Dockerfile"))
	if len(read) != 3 || read[0].name != "web" || read[1].name != "program" {
		t.Fatalf("the stages are %v", read)
	}
	return read[0], read[1], read[2]
}

func TestTheImageHasNothingButTheProgram(t *testing.T) {
	_, _, image := dockerfile(t)
	if image.image != "scratch" || len(image.all("RUN")) > 0 {
		t.Errorf("the image is made of %s and runs %v", image.image, image.all("RUN"))
	}
	if got := image.all("USER"); !slices.Equal(got, []string{"65532:65532"}) {
		t.Errorf("it runs as %v", got)
	}
	environment := make(map[string]string)
	for _, pair := range strings.Fields(strings.Join(image.all("ENV"), " ")) {
		name, value, _ := strings.Cut(pair, "=")
		environment[name] = value
	}
	expectSettings(t, environment)
	if environment["GOTRACEBACK"] != "none" {
		t.Error("a crash prints what is in memory")
	}
}

func TestTheImageIsBuiltAsMakeBuilds(t *testing.T) {
	web, program, _ := dockerfile(t)
	makefile := read(t, "Makefile")
	built := regexp.MustCompile(`go build (.*) -ldflags '(.*)' -o`).FindStringSubmatch(makefile)
	installed := regexp.MustCompile(`npm (ci .*)`).FindStringSubmatch(makefile)
	if built == nil || installed == nil {
		t.Fatal("the Makefile builds in another way than this test knows")
	}
	stamped := strings.NewReplacer("$(VERSION)", "$VERSION", "$(COMMIT)", "$COMMIT").Replace(built[2])
	command := strings.Join(program.all("RUN"), "\n")
	for _, flag := range append(strings.Fields(built[1]), "-trimpath", "scripts/licences", "-s -w", stamped[strings.Index(stamped, "-X"):]) {
		if !strings.Contains(command, flag) {
			t.Errorf("the program of the image is built without %s: %s", flag, command)
		}
	}
	if got := web.all("RUN"); !slices.Equal(got, []string{"npm --prefix frontend " + installed[1], "npm --prefix frontend run --silent build"}) {
		t.Errorf("the web app of the image is built by %q", got)
	}
}

func TestTheImageIsBuiltWithVersionsThatAreNewEnough(t *testing.T) {
	web, program, _ := dockerfile(t)
	wanted := regexp.MustCompile(`(?m)^go (\S+)`).FindStringSubmatch(read(t, "go.mod"))[1]
	pinned := regexp.MustCompile(`^golang:(\d+\.\d+\.\d+)-`).FindStringSubmatch(program.image)
	if pinned == nil || version.Compare("go"+pinned[1], "go"+wanted) < 0 {
		t.Errorf("%s is no set version of Go from %s on", program.image, wanted)
	}
	var engines struct{ Engines struct{ Node string } }
	if err := json.Unmarshal([]byte(read(t, "frontend/package.json")), &engines); err != nil {
		t.Fatal(err)
	}
	least := strings.TrimPrefix(engines.Engines.Node, ">=")
	node := regexp.MustCompile(`^node:(\d+\.\d+\.\d+)-`).FindStringSubmatch(web.image)
	if node == nil || version.Compare("go"+node[1], "go"+least) < 0 {
		t.Errorf("%s is no set version of Node from %s on", web.image, least)
	}
}

// copied makes the folder that a stage has after its COPY instructions, from what .dockerignore
// lets through. What comes from another stage is taken from the project.
func copied(t *testing.T, from stage) string {
	t.Helper()
	patterns, err := ignorefile.ReadAll(strings.NewReader(read(t, ".dockerignore")))
	if err != nil {
		t.Fatal(err)
	}
	ignored, err := patternmatcher.New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	for _, arguments := range from.all("COPY") {
		words := strings.Fields(arguments)
		other := strings.HasPrefix(words[0], "--from=")
		if other {
			words = []string{strings.TrimPrefix(words[1], "/src/"), words[2]}
		}
		target := words[len(words)-1]
		for _, source := range words[:len(words)-1] {
			to := filepath.Join(work, target)
			if info, err := os.Stat(filepath.Join(root, source)); err == nil && !info.IsDir() && strings.HasSuffix(target, "/") {
				to = filepath.Join(to, filepath.Base(source))
			}
			if n := copyTree(t, source, to, func(path string) bool {
				skip, err := ignored.MatchesOrParentMatches(path)
				return err != nil || skip && !other
			}); n == 0 {
				t.Errorf("COPY %s: nothing of it is let through", source)
			}
		}
	}
	return work
}

// copyTree copies the files below a path that are not skipped, and says how many those were.
func copyTree(t *testing.T, source, target string, skip func(path string) bool) (files int) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(root, source), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inProject, _ := filepath.Rel(root, path)
		if entry.IsDir() {
			if entry.Name() == "node_modules" {
				return filepath.SkipDir
			}
			return nil
		}
		if skip(inProject) {
			return nil
		}
		below, _ := filepath.Rel(filepath.Join(root, source), path)
		info, err := entry.Info()
		if err != nil {
			return err
		}
		content, err := os.ReadFile(path)
		to := filepath.Join(target, below)
		files++
		return errors.Join(err, os.MkdirAll(filepath.Dir(to), 0o755), os.WriteFile(to, content, info.Mode().Perm()))
	})
	if err != nil {
		t.Error(err)
	}
	return files
}

// runs runs the commands of a stage in a folder, with /out/ as a folder beside it.
func runs(t *testing.T, from stage, work, out string, environment ...string) {
	t.Helper()
	for _, command := range from.all("RUN") {
		shell := exec.Command("/bin/sh", "-c", strings.ReplaceAll(command, "/out/", out+"/"))
		shell.Dir, shell.Env = work, append(os.Environ(), environment...)
		if said, err := shell.CombinedOutput(); err != nil {
			t.Fatalf("RUN %s: %v\n%s", command, err, said)
		}
	}
}

// The stage of the program is run as it stands, and what it makes is run where nothing else is.
func TestTheProgramOfTheImageRunsWhereNothingElseIs(t *testing.T) {
	_, program, image := dockerfile(t)
	out := t.TempDir()
	runs(t, program, copied(t, program), out, "VERSION=v9.8.7", "COMMIT=0123abc")
	static(t, filepath.Join(out, "predah"))

	said, err := exec.Command(filepath.Join(out, "predah"), "build-info").Output()
	var build struct{ Version, Commit string }
	if err = errors.Join(err, json.Unmarshal(said, &build)); err != nil || build.Version != "v9.8.7" || build.Commit != "0123abc" {
		t.Errorf("it says it is %+v: %v", build, err)
	}
	if info, err := os.Stat(filepath.Join(out, "data", "secrets")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of the keys: %v", err)
	}
	if said, err := exec.Command(filepath.Join(out, "predah"), "licences").Output(); err != nil || !strings.Contains(string(said), "\nfilippo.io/age v") || !strings.Contains(string(said), "\nsvelte ") {
		t.Errorf("it has no notices of the age module or of svelte: %v", err)
	}
	alone(t, out, image)
}

// static fails for a program that needs a library or a loader.
func static(t *testing.T, path string) {
	t.Helper()
	program, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	libraries, err := program.ImportedLibraries()
	for _, part := range program.Progs {
		if part.Type == elf.PT_INTERP || err != nil || len(libraries) > 0 {
			t.Fatalf("it is not static: it needs %v (%v)", libraries, err)
		}
	}
}
