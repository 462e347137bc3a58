// Package frontend holds the built web app. It is made by `npm run build` in this
// folder; before that it is empty, and the server says how to build it.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:build
var build embed.FS

// FS returns the files of the web app, index.html at its root.
func FS() (fs.FS, error) { return fs.Sub(build, "build") }
