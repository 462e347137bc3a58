package main

import (
	"archive/zip"
	"bytes"
	"path"
	"strings"
	"testing"

	"predah/internal/seal"
)

// FuzzReadZip: of a zip that somebody was sent, sealed files are read, not many and none longer
// than one can be, or it is refused.
func FuzzReadZip(f *testing.F) {
	for _, names := range [][]string{{"a.age"}, {"README.txt", "2026/b.age", "../c.age"}, {"a.age", "a.age", ".age"}, {"a.txt"}, nil} {
		f.Add(zipOf(f, "sealed", names))
	}
	f.Add(zipOf(f, strings.Repeat("0", seal.MaxSealed+2), []string{"long.age"}))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, content []byte) {
		archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			return
		}
		files, err := readZip(archive)
		if err == nil && (len(files) == 0 || len(files) > mostInZip) {
			t.Errorf("%d files", len(files))
		}
		for _, file := range files {
			if path.Ext(file.name) != ".age" || len(file.content) > seal.MaxSealed+1 {
				t.Errorf("%q of %d bytes", file.name, len(file.content))
			}
		}
	})
}

// zipOf is a zip of files with these names.
func zipOf(t testing.TB, content string, names []string) []byte {
	t.Helper()
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	for _, name := range names {
		if err := addToZip(archive, name, []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}
