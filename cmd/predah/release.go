package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/questionnaire/source"
)

type releaseCommand struct {
	Folder target `arg:"" name:"folder" help:"Folder of the questionnaire, such as questionnaires/gaming."`
}

// Help is shown by predah questionnaires release --help.
func (releaseCommand) Help() string {
	return `Copies the questionnaire to released/VERSION beside its folder. People keep results that name this
version, so the copy is never changed, and every change to the questionnaire but one to its worked
examples needs a higher version from then on; predah questionnaires check sees to both.`
}

func (c releaseCommand) Run(std streams) error {
	folder, ok := c.Folder.folder()
	if !ok {
		return fmt.Errorf("%q is not the folder of a questionnaire", string(c.Folder))
	}
	_, q, err := c.Folder.load(contentFlags{})
	if err != nil {
		return err
	}
	kept := filepath.Join(folder.path, "..", load.ReleasedFolder, q.Version, folder.name)
	if err := keep(folder.path, kept, q); err != nil {
		return fmt.Errorf("release %s %s: %w", q.ID, q.Version, err)
	}
	_, err = fmt.Fprintf(std.out, "%s %s is kept in %s\n", q.ID, q.Version, kept)
	return err
}

// keep copies the files of a questionnaire to a folder that is whole or not there.
func keep(from, to string, q *questionnaire.Questionnaire) error {
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	above := filepath.Dir(to)
	if err := os.MkdirAll(above, 0o755); err != nil {
		return err
	}
	part, err := os.MkdirTemp(above, ".part-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(part)
	if err := copyContent(from, part); err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(part, load.HashFile), []byte(q.Hash+"\n"), 0o644),
		os.Chmod(part, 0o755), os.Rename(part, to))
}

// copyContent copies what is read of a questionnaire's folder.
func copyContent(from, to string) error {
	files := os.DirFS(from)
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return err
	}
	for _, name := range slices.DeleteFunc(names, source.IsForeign) {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
