package load

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// root is a folder that holds folders of content.
type root struct {
	fs.FS
	proved bool // by tests, before it was built in
}

// folders are where the roots keep what is to be loaded.
type folders struct {
	roots          []root          // earlier ones first
	areas          []root          // those with a folder areas
	questionnaires map[string]root // by folder name
}

func (f folders) ids() []string { return slices.Sorted(maps.Keys(f.questionnaires)) }

// find looks through the roots; later ones replace what earlier ones have.
func find(options Options) (folders, error) {
	var roots []root
	if options.BuiltIn != nil {
		roots = append(roots, root{options.BuiltIn, true})
	}
	for _, one := range options.Roots {
		roots = append(roots, root{one, false})
	}
	found := folders{roots: roots, questionnaires: map[string]root{}}
	for _, root := range roots {
		entries, err := fs.ReadDir(root.FS, ".")
		if err != nil {
			return folders{}, fmt.Errorf("listing a folder of questionnaires: %w", err)
		}
		for _, entry := range entries {
			name := entry.Name()
			switch {
			case !isFolder(root.FS, entry) || source.IsForeign(name):
			case name == "areas":
				found.areas = append(found.areas, root)
			case name == "schemas" || name == "support" || name == ReleasedFolder:
			default:
				found.questionnaires[name] = root
			}
		}
	}
	if len(found.areas) == 0 && len(roots) > 0 {
		found.areas = roots[:1] // where areas.yaml is reported missing
	}
	return found, nil
}

// isFolder follows a link, as an operator may have made one.
func isFolder(root fs.FS, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.IsDir()
	}
	info, err := fs.Stat(root, entry.Name())
	return err == nil && info.IsDir()
}

// checkTop refuses YAML files beside the folders of a root. Mostly the root is itself the
// folder of a questionnaire, which would go unread.
func (l *loader) checkTop(root fs.FS) {
	names, err := fs.Glob(root, "*.y*ml")
	if names = slices.DeleteFunc(names, source.IsForeign); err != nil || len(names) == 0 {
		return // the pattern is right
	}
	message := "there is no use for this file here; each questionnaire has a folder of its own"
	if slices.Contains(names, "questionnaire.yaml") {
		names = []string{"questionnaire.yaml"}
		message += ". If this is one, name the folder that holds it"
	}
	for _, name := range names {
		l.problems = append(l.problems, questionnaire.Problem{
			At: questionnaire.Position{File: source.NameIn(root, name)}, Message: message,
		})
	}
}

// checkFiles refuses YAML files in a folder that nothing reads, which are mostly misspelt.
func (l *loader) checkFiles(root fs.FS, folder string, known []string) {
	entries, err := fs.ReadDir(root, folder)
	if err != nil {
		return // the files that are missing are reported one by one
	}
	for _, entry := range entries {
		name := entry.Name()
		if ext := path.Ext(name); ext != ".yaml" && ext != ".yml" || slices.Contains(known, name) || source.IsForeign(name) {
			continue
		}
		l.problems = append(l.problems, questionnaire.Problem{
			At:         questionnaire.Position{File: source.NameIn(root, path.Join(folder, name))},
			Message:    "there is no use for this file here; known are " + strings.Join(known, ", "),
			Suggestion: source.Suggest(name, known),
		})
	}
}
