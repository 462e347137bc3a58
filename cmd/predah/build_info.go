package main

import (
	"fmt"

	"predah/frontend"
	"predah/internal/api"
)

// commit is stamped by the linker as version is; "" when the sources were in no repository.
var commit string

// stamp names the sources of this program.
func stamp() api.Stamp { return api.Stamp{Version: version, Commit: commit} }

type buildInfoCommand struct{}

// Help is shown by predah build-info --help.
func (buildInfoCommand) Help() string {
	return `The version, the commit, and the SHA-256 of every file of the web app inside, as JSON: byte by byte
what a service of the same build answers at /.well-known/predah-build.json.`
}

func (buildInfoCommand) Run(std streams) error {
	app, err := frontend.FS()
	if err != nil {
		return fmt.Errorf("open the built-in web app: %w", err)
	}
	build, err := api.DescribeBuild(stamp(), app)
	if err != nil {
		return err
	}
	return build.Write(std.out)
}
