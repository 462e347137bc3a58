package load

import (
	"io"
	"io/fs"
	"path"
	"slices"

	"golang.org/x/mod/sumdb/dirhash"
)

// examplesFile is the file of the worked examples.
const examplesFile = "examples.yaml"

// hash is the hash of the files of a questionnaire that are there: the first of
// `sha256sum en.yaml questionnaire.yaml sl.yaml | sha256sum`, in base64 after "h1:". Worked
// examples can't change a result, so they are left out. It is "" when a file can't be read,
// which is reported elsewhere.
func hash(root fs.FS, folder string, known []string) string {
	var names []string
	for _, name := range known {
		if _, err := fs.Stat(root, path.Join(folder, name)); err == nil && name != examplesFile {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	sum, err := dirhash.Hash1(names, func(name string) (io.ReadCloser, error) {
		return root.Open(path.Join(folder, name))
	})
	if err != nil {
		return ""
	}
	return sum
}
