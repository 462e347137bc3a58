package source

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"predah/internal/questionnaire"
)

// scheme marks the made-up addresses of schemas, so that no reference can ever
// lead to the network or the disk.
const scheme = "schema:///"

// Schema is a JSON Schema (2020-12), compiled once and safe for concurrent use.
type Schema struct {
	compiled *jsonschema.Schema
	folder   *folder
}

// CompileSchemas compiles the schemas at the paths, which may refer to schemas beside them by
// file name. Several at once cost little more than one.
func CompileSchemas(fsys fs.FS, paths ...string) ([]*Schema, error) {
	f := &folder{fsys: fsys, documents: map[string]any{}}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	compiler.UseLoader(f)
	schemas := make([]*Schema, 0, len(paths))
	for _, path := range paths {
		compiled, err := compiler.Compile(scheme + path)
		if err != nil {
			return nil, fmt.Errorf("compiling schema %s: %w", path, err)
		}
		schemas = append(schemas, &Schema{compiled: compiled, folder: f})
	}
	return schemas, nil
}

// folder loads schemas from a file system and keeps them as they are written,
// for the messages in them.
type folder struct {
	fsys      fs.FS
	documents map[string]any // by address without fragment
}

// Load implements jsonschema.URLLoader.
func (f *folder) Load(location string) (any, error) {
	name, ok := strings.CutPrefix(location, scheme)
	if !ok {
		return nil, fmt.Errorf("%s is not a schema file beside this one", location)
	}
	file, err := f.fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("opening schema: %w", err)
	}
	defer func() { _ = file.Close() }() // was only read
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		return nil, fmt.Errorf("parsing schema %s: %w", name, err)
	}
	f.documents[location] = document
	return document, nil
}

// object is the schema object at an address such as schema:///x.json#/$defs/item.
func (f *folder) object(location string) map[string]any {
	address, escaped, _ := strings.Cut(location, "#")
	pointer, err := url.PathUnescape(escaped)
	if err != nil {
		return nil
	}
	value := f.documents[address]
	for _, step := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		if step == "" {
			continue
		}
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			i := 0
			if _, err := fmt.Sscanf(step, "%d", &i); err != nil || i < 0 || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	object, _ := value.(map[string]any)
	return object
}

// text is a string that a schema object holds under key, "" when it has none.
func (f *folder) text(location, key string) string {
	text, _ := f.object(location)[key].(string)
	return text
}

// check gives everything about value, which file holds, that the schema does not allow; no
// schema allows everything.
func (s *Schema) check(file *File, value any) questionnaire.Problems {
	if s == nil {
		return nil
	}
	err := s.compiled.Validate(value)
	if err == nil {
		return nil
	}
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return questionnaire.Problems{{At: file.At(), Message: "cannot be checked: " + err.Error()}}
	}
	e := explainer{file: file, folder: s.folder}
	e.walk(invalid)
	return e.problems()
}
