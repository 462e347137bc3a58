package load

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// ReleasedFolder is the folder of a root that keeps what was released: within it a folder for
// each version is laid out as a root is, released/1.0.0/gaming/questionnaire.yaml.
const ReleasedFolder = "released"

// HashFile stands beside the files of a released version and holds their hash, as the word of
// the day it was released.
const HashFile = "hash.txt"

// Version finds one version of a questionnaire: the one that is asked now, or one released before.
func (c *Catalogue) Version(id questionnaire.ID, version string) (*questionnaire.Questionnaire, bool) {
	if q, found := c.Questionnaire(id); found && q.Version == version {
		return q, true
	}
	for _, q := range c.Released {
		if q.ID == id && q.Version == version {
			return q, true
		}
	}
	return nil, false
}

// loadReleased reads every released version of the roots, those of a later root first. They were
// checked on the day: now only that nothing has changed since.
func (c *Catalogue) loadReleased(l *loader, roots []root) {
	for i := len(roots) - 1; i >= 0; i-- {
		for _, version := range foldersIn(roots[i].FS, ReleasedFolder) {
			folder := path.Join(ReleasedFolder, version)
			under, err := subRoot(roots[i].FS, folder)
			if err != nil {
				continue // it was listed a moment ago
			}
			for _, id := range foldersIn(under, ".") {
				c.addReleased(l, under, questionnaire.ID(id), version)
			}
		}
	}
}

// addReleased reads one released version, unless there is one of a later root.
func (c *Catalogue) addReleased(l *loader, under fs.FS, id questionnaire.ID, version string) {
	for _, known := range c.Released {
		if known.ID == id && known.Version == version {
			return
		}
	}
	reading := &loader{proved: true}
	q := reading.loadQuestionnaire(under, string(id))
	l.problems = append(l.problems, reading.problems...)
	if len(reading.problems) > 0 {
		return
	}
	at := questionnaire.Position{File: source.NameIn(under, path.Join(string(id), HashFile))}
	recorded, err := fs.ReadFile(under, path.Join(string(id), HashFile))
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		l.problems = append(l.problems, questionnaire.Problem{At: at, Message: "the file cannot be read"})
	case strings.TrimSpace(string(recorded)) != q.Hash || q.Version != version:
		l.problems = append(l.problems, questionnaire.Problem{At: at, Message: fmt.Sprintf(
			"`%s` %s was changed after it was released; put back what it was, for results are kept that mean it", id, version)})
	default:
		c.Released = append(c.Released, q)
	}
}

// changed says whether a version was released and is no longer what it was.
func (c *Catalogue) changed(q *questionnaire.Questionnaire) bool {
	for _, released := range c.Released {
		if released.ID == q.ID && released.Version == q.Version {
			return released.Hash != q.Hash
		}
	}
	return false
}

// refuseChanged says that what was released was changed since under the same version.
func (l *loader) refuseChanged(root fs.FS, q *questionnaire.Questionnaire) {
	l.problems = append(l.problems, questionnaire.Problem{
		At: questionnaire.Position{File: source.NameIn(root, path.Join(string(q.ID), "questionnaire.yaml"))},
		Message: fmt.Sprintf("version %s was released with other content; give this one a higher version, or put back what is in %s",
			q.Version, path.Join(ReleasedFolder, q.Version, string(q.ID))),
	})
}

// subRoot is a folder of a root, whose problems still name files from where a person is.
func subRoot(fsys fs.FS, folder string) (fs.FS, error) {
	path := source.NameIn(fsys, folder)
	if named, ok := fsys.(source.Folder); ok {
		fsys = named.FS
	}
	under, err := fs.Sub(fsys, folder)
	return source.Folder{FS: under, Path: path}, err
}

// foldersIn lists the folders in a folder, if it is there.
func foldersIn(fsys fs.FS, folder string) (names []string) {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		if entry.IsDir() && !source.IsForeign(entry.Name()) {
			names = append(names, entry.Name())
		}
	}
	return names
}
