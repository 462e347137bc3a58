// Package starter writes the folder of a new questionnaire: a small one that passes the
// check as it is, for an author to change line by line.
//
// It owns what a new questionnaire looks like. What may stand in the files is owned by
// the schemas and package load.
package starter

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"text/template"
	"time"

	"predah/internal/questionnaire"
)

//go:embed files/*.yaml
var files embed.FS

// Plan is what is known of a questionnaire before it is written.
type Plan struct {
	ID               questionnaire.ID
	Area             questionnaire.AreaID
	Source           questionnaire.Source
	TitleSL, TitleEN string // one line each
	Ages             questionnaire.AgeRange
	Author           string
	Date             time.Time
}

var idPattern = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// CheckID says what is wrong with the id of a questionnaire, nil if nothing is.
func CheckID(id questionnaire.ID) error {
	switch {
	case !idPattern.MatchString(string(id)) || len(id) > 64:
		return fmt.Errorf("%q is no id: it is made of lower-case letters a to z, digits and single hyphens, begins with a letter, such as online-shopping, and has at most 64 characters", id)
	case id == "areas" || id == "schemas" || id == "support" || id == "released":
		return fmt.Errorf("%q is the name of a folder with other content; take another id", id)
	}
	return nil
}

// ErrExists is why nothing was written: the folder is there already.
var ErrExists = errors.New("the folder exists already; nothing was changed")

// Write makes the folder of the questionnaire below dir, and the folder schemas there if
// there is none, so that editors complete what is written. Nothing that exists is changed:
// the error is then ErrExists. The files are whole or not there.
func Write(dir string, plan Plan, schemas fs.FS) error {
	if err := CheckID(plan.ID); err != nil {
		return err
	}
	written, err := render(plan)
	if err != nil {
		return err
	}
	folder := filepath.Join(dir, string(plan.ID))
	if _, err := os.Lstat(folder); err == nil {
		return fmt.Errorf("make %s: %w", folder, ErrExists)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the folder of questionnaires: %w", err)
	}
	if err := os.Mkdir(folder, 0o755); err != nil {
		return fmt.Errorf("make the folder of the questionnaire: %w", err)
	}
	for name, content := range written {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			return fmt.Errorf("write the questionnaire: %w", err)
		}
	}
	return copySchemas(filepath.Join(dir, "schemas"), schemas)
}

// render fills the files in, by name.
func render(plan Plan) (map[string][]byte, error) {
	templates, err := template.New("").Funcs(template.FuncMap{"quote": strconv.Quote}).ParseFS(files, "files/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("read the files of a new questionnaire: %w", err)
	}
	written := make(map[string][]byte)
	for _, t := range templates.Templates() {
		var content bytes.Buffer
		if err := t.Execute(&content, plan.fields()); err != nil {
			return nil, fmt.Errorf("fill in %s: %w", t.Name(), err)
		}
		written[t.Name()] = content.Bytes()
	}
	return written, nil
}

// fields is the plan as the files name it.
func (p Plan) fields() map[string]any {
	return map[string]any{
		"ID": p.ID, "Area": p.Area, "Source": p.Source, "TitleSL": p.TitleSL, "TitleEN": p.TitleEN,
		"MinAge": p.Ages.Min, "MaxAge": p.Ages.Max, "Author": p.Author,
		"Date": p.Date.Format(time.DateOnly), "IsParent": p.Source == questionnaire.Parent,
	}
}

// copySchemas writes the schemas, unless there is such a folder.
func copySchemas(folder string, schemas fs.FS) error {
	if _, err := os.Lstat(folder); err == nil {
		return nil
	}
	if err := os.CopyFS(folder, schemas); err != nil {
		return fmt.Errorf("write the schemas: %w", err)
	}
	return nil
}
