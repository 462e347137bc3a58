package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// target is a questionnaire as a person names it: by the id of one that is loaded, or by
// its folder.
type target string

// load reads everything built in, the flags' own folder if the target is an id, and the
// target. The error is questionnaire.Problems when a file is wrong.
func (t target) load(flags contentFlags) (content, *questionnaire.Questionnaire, error) {
	id := questionnaire.ID(t)
	var loaded content
	var err error
	if folder, ok := t.folder(); ok {
		id = questionnaire.ID(folder.name)
		loaded, err = loadWith(folder.root())
	} else {
		loaded, err = flags.load()
	}
	if err != nil {
		return content{}, nil, err
	}
	q, found := loaded.catalogue.Questionnaire(id)
	if !found {
		return content{}, nil, t.unknown()
	}
	return loaded, q, nil
}

// unknown is the error for a target that is nothing.
func (t target) unknown() error {
	return fmt.Errorf("there is no questionnaire %q, and no folder of one; see predah questionnaires list", string(t))
}

// folder is the target as a folder, if it is one that holds a questionnaire.
func (t target) folder() (authorFolder, bool) {
	path := filepath.Clean(string(t))
	if _, err := os.Stat(filepath.Join(path, "questionnaire.yaml")); err != nil && !strings.ContainsAny(string(t), `/\.`) {
		return authorFolder{}, false
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return authorFolder{}, false
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return authorFolder{}, false
	}
	return authorFolder{path: path, name: filepath.Base(full)}, true
}

// authorFolder is the folder of one questionnaire on disk.
type authorFolder struct {
	path string // as it was named
	name string // of the folder itself, which is the questionnaire's id
}

// root is the folder above, of which nothing but this folder is seen.
func (f authorFolder) root() fs.FS {
	above := filepath.Join(f.path, "..")
	return source.Folder{FS: lonely{FS: os.DirFS(above), name: f.name}, Path: above}
}

// lonely is a file system whose top holds one folder only.
type lonely struct {
	fs.FS
	name string
}

// Open opens a file; the listing of the top leaves out every other name.
func (l lonely) Open(name string) (fs.File, error) {
	file, err := l.FS.Open(name)
	if top, ok := file.(fs.ReadDirFile); ok && name == "." {
		return lonelyTop{ReadDirFile: top, name: l.name}, err
	}
	return file, err
}

type lonelyTop struct {
	fs.ReadDirFile
	name string
}

// ReadDir lists the one folder. It is asked for everything at once.
func (t lonelyTop) ReadDir(int) ([]fs.DirEntry, error) {
	entries, err := t.ReadDirFile.ReadDir(-1)
	for _, entry := range entries {
		if entry.Name() == t.name {
			return []fs.DirEntry{entry}, err
		}
	}
	return nil, err
}

// holdsOne reports whether the folder is that of a questionnaire.
func (f authorFolder) holdsOne() bool {
	if f.name == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(f.path, "questionnaire.yaml"))
	return err == nil
}
