package source

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"predah/internal/questionnaire"
)

// explainer turns the validator's tree of errors into sentences with places.
type explainer struct {
	file     *File
	folder   *folder
	findings []finding
}

// finding is one problem, and what is needed to tell whether another explains it.
type finding struct {
	questionnaire.Problem
	where   string // the value's location in the file
	shape   shape  // about which keys a mapping has together
	missing string // the key that is missing
	unknown bool   // names an unknown key
}

// shape says how a finding is about which keys a mapping has together. Of several about one
// mapping only the first kind there is is told.
type shape int

const (
	noShape shape = iota
	form          // it has none, or several, of the forms it could have
	company       // a key stands there without others, or beside ones, it must not
)

// problems drops the findings that others explain: a mapping with an unknown key is not
// also told that its shape is wrong, nor that the key meant is missing.
func (e *explainer) problems() questionnaire.Problems {
	unknown := map[string][]string{}
	shapes := map[string]bool{}
	slices.SortFunc(e.findings, func(a, b finding) int { // the validator's order is random
		return cmp.Or(strings.Compare(a.where, b.where), cmp.Compare(a.shape, b.shape), strings.Compare(a.Message, b.Message))
	})
	for _, f := range e.findings {
		if f.unknown {
			unknown[f.where] = append(unknown[f.where], f.Suggestion)
		}
	}
	var problems questionnaire.Problems
	seen := map[questionnaire.Problem]bool{}
	for _, f := range e.findings {
		meant, has := unknown[f.where]
		if seen[f.Problem] || f.shape != noShape && (has || shapes[f.where]) || f.missing != "" && slices.Contains(meant, f.missing) {
			continue
		}
		seen[f.Problem] = true
		shapes[f.where] = shapes[f.where] || f.shape != noShape
		problems = append(problems, f.Problem)
	}
	return problems
}

// walk adds the findings of an error and of those it was caused by.
func (e *explainer) walk(err *jsonschema.ValidationError) {
	switch k := err.ErrorKind.(type) {
	case *kind.Schema, *kind.Group, *kind.Reference, *kind.AllOf:
		for _, cause := range err.Causes {
			e.walk(cause)
		}
	case *kind.AnyOf:
		e.walkBranches(err)
	case *kind.OneOf:
		if k.Subschemas != nil || !e.walkRecognised(err) {
			e.addShape(err)
		}
	case *kind.AdditionalProperties:
		e.addUnknown(err, k.Properties)
	case *kind.Required:
		e.addMissing(err, k.Missing)
	case *kind.DependentRequired:
		e.addMissing(err, k.Missing)
	case *kind.PropertyNames:
		e.addUnknown(err, []string{k.Property})
	default:
		e.addValue(err)
	}
}

func (e *explainer) walkBranches(err *jsonschema.ValidationError) {
	if !e.walkRecognised(err) {
		e.addShape(err)
	}
}

// walkRecognised goes on with the one branch of an anyOf or oneOf that the author
// evidently meant: the only one whose own level is right. False means there is none.
func (e *explainer) walkRecognised(err *jsonschema.ValidationError) bool {
	var meant *jsonschema.ValidationError
	for _, branch := range err.Causes {
		if failsAt(branch, len(err.InstanceLocation)) {
			continue
		}
		if meant != nil {
			return false
		}
		meant = branch
	}
	if meant != nil {
		e.walk(meant)
	}
	return meant != nil
}

// failsAt tells whether an error is about the value at this depth itself rather
// than about something in it; an unknown key counts as something in it.
func failsAt(err *jsonschema.ValidationError, depth int) bool {
	switch err.ErrorKind.(type) {
	case *kind.Schema, *kind.Group, *kind.Reference, *kind.AllOf:
		return slices.ContainsFunc(err.Causes, func(c *jsonschema.ValidationError) bool { return failsAt(c, depth) })
	case *kind.AdditionalProperties:
		return false
	default:
		return len(err.InstanceLocation) <= depth
	}
}

func (e *explainer) addShape(err *jsonschema.ValidationError) {
	message := e.folder.text(err.SchemaURL, "errorMessage")
	if message == "" {
		message = e.name(err.InstanceLocation) + " has none of the forms that are allowed here"
	}
	e.add(err, finding{Problem: questionnaire.Problem{At: e.at(err), Message: message}, shape: form})
}

func (e *explainer) addUnknown(err *jsonschema.ValidationError, keys []string) {
	schema := e.folder.object(err.SchemaURL)
	properties, _ := schema["properties"].(map[string]any)
	known := slices.Sorted(maps.Keys(properties))
	own, _ := schema["keyErrorMessage"].(string)
	for _, key := range keys {
		f := finding{unknown: true}
		f.At = e.file.KeyAt(path(err.InstanceLocation, key)...)
		f.Suggestion = Suggest(key, known)
		switch {
		case e.file.isBare(err.InstanceLocation, key):
			f.Message = fmt.Sprintf("`%s` stands here without a colon and a value; if it goes on the text before the comma, put all of that text in quotes", key)
			f.Suggestion = ""
		case len(known) > 0:
			f.Message = fmt.Sprintf("unknown key `%s`", key)
			if f.Suggestion == "" {
				f.Message += "; known here: " + strings.Join(known, ", ")
			}
		case own != "":
			f.Message = fmt.Sprintf("`%s`: %s", key, own)
		default:
			f.Message = fmt.Sprintf("`%s` is not written as a key must be here", key)
		}
		e.add(err, f)
	}
}

func (e *explainer) addMissing(err *jsonschema.ValidationError, keys []string) {
	for _, key := range keys {
		e.add(err, finding{
			Problem: questionnaire.Problem{
				At:      e.file.KeyAt(path(err.InstanceLocation)...),
				Message: fmt.Sprintf("`%s` is missing", key),
			},
			missing: key,
		})
	}
}

func (e *explainer) addValue(err *jsonschema.ValidationError) {
	f := finding{Problem: questionnaire.Problem{At: e.at(err), Message: e.sentence(err)}}
	switch k := err.ErrorKind.(type) {
	case *kind.Enum:
		if got, ok := k.Got.(string); ok {
			f.Suggestion = Suggest(got, texts(k.Want))
		}
	case *kind.Not, *kind.MinProperties, *kind.MaxProperties, *kind.FalseSchema:
		f.shape = company
	}
	e.add(err, f)
}

func (e *explainer) add(err *jsonschema.ValidationError, f finding) {
	f.where = strings.Join(err.InstanceLocation, "\x00")
	e.findings = append(e.findings, f)
}

func (e *explainer) at(err *jsonschema.ValidationError) questionnaire.Position {
	return e.file.At(path(err.InstanceLocation)...)
}

// path makes a location the path that File.At takes.
func path(location []string, more ...string) []any {
	steps := make([]any, 0, len(location)+len(more))
	for _, s := range append(slices.Clip(location), more...) {
		steps = append(steps, s)
	}
	return steps
}
