// Package licences has the notices of whatever of others' is in the program and in its web app.
// They are made at build, from the very versions that go in: scripts/licences lists the modules of
// the program, frontend/notices.ts the packages of the web app.
package licences

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed all:generated
var generated embed.FS

// ErrNotMade says that a program was compiled without them.
var ErrNotMade = errors.New("the notices of others' work are not in this program: build it with make")

// Text is all notices, the program's before the web app's, in UTF-8. The error is ErrNotMade, or one
// of reading.
func Text(web fs.FS) (string, error) {
	modules, err := fs.ReadFile(generated, "generated/modules.txt")
	if errors.Is(err, fs.ErrNotExist) {
		return "", ErrNotMade
	}
	if err != nil {
		return "", fmt.Errorf("read the notices of the program: %w", err)
	}
	packages, err := fs.ReadFile(web, "licences-web.txt")
	if errors.Is(err, fs.ErrNotExist) {
		return "", ErrNotMade
	}
	if err != nil {
		return "", fmt.Errorf("read the notices of the web app: %w", err)
	}
	return "Predah is under the EUPL-1.2. It contains work by others, under the licences below.\n\n" + string(modules) + string(packages), nil
}
