package main

import (
	"archive/zip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestSealedFilesOpenWithoutTheService runs its session beside files that were sealed by
// the web app's code and by Go's, and the age command itself.
func TestSealedFilesOpenWithoutTheService(t *testing.T) {
	programs := t.TempDir()
	build := exec.Command("go", "build", "-o", programs, "filippo.io/age/cmd/age")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building age: %v\n%s", err, out)
	}
	testscript.Run(t, testscript.Params{
		Files: []string{filepath.Join("testdata", "sealed", "open.txtar")},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("PATH", programs+string(os.PathListSeparator)+env.Getenv("PATH"))
			return writeSealed(env.WorkDir)
		},
	})
}

// writeSealed writes a sealed record of the vectors as a file, and all of them as
// a zip with a README.
func writeSealed(dir string) error {
	raw, err := os.ReadFile(filepath.Join("..", "..", "testdata", "protocol", "sealed.json"))
	if err != nil {
		return err
	}
	var vectors []struct {
		Sealed string
		Name   string
	}
	if err := json.Unmarshal(raw, &vectors); err != nil {
		return err
	}
	saved, err := os.Create(filepath.Join(dir, "saved.zip"))
	if err != nil {
		return err
	}
	defer saved.Close()
	archive := zip.NewWriter(saved)
	if err := addToZip(archive, "README.txt", []byte("Odpri s: predah open saved.zip\n")); err != nil {
		return err
	}
	for _, vector := range vectors {
		if !strings.HasPrefix(vector.Name, "a record") {
			continue
		}
		sealed, err := base64.RawURLEncoding.DecodeString(vector.Sealed)
		if err != nil {
			return err
		}
		if err := addToZip(archive, vector.Name+".age", sealed); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, "record.age"), sealed, 0o600); err != nil {
			return err
		}
	}
	return archive.Close()
}

func addToZip(archive *zip.Writer, name string, content []byte) error {
	w, err := archive.Create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

func TestANameInAZipCommandsNoTerminal(t *testing.T) {
	name := filepath.Join(t.TempDir(), "stranger.zip")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	archive := zip.NewWriter(file)
	if err := errors.Join(addToZip(archive, "čez\x1b[2J\u009b.age", nil), archive.Close()); err != nil {
		t.Fatal(err)
	}
	files, err := readSealed(name)
	if err != nil || len(files) != 1 || files[0].name != "čez\ufffd[2J\ufffd.age" {
		t.Errorf("%v, %q", err, files)
	}
}
