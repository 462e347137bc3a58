package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os/signal"
	"syscall"
	"time"

	"predah/frontend"
	"predah/internal/api"
	"predah/internal/preview"
)

type previewCommand struct {
	Dir    string `arg:"" type:"existingdir" help:"Folder of a questionnaire, or of several."`
	Listen string `default:"127.0.0.1:8090" placeholder:"HOST:PORT" help:"Address on this machine to listen on (${default}); port 0 takes a free one."`
}

// Help is shown by predah questionnaires preview --help.
func (previewCommand) Help() string {
	return `Opens the web app on this machine only. When a file is saved, the page in the browser loads
again; mistakes are shown here and in the page. After answers are sent, the panel at the lower right
lists every rule and whether it held.`
}

func (c previewCommand) Run(std streams) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return c.serve(ctx, std)
}

// serve shows the folder until ctx ends.
func (c previewCommand) serve(ctx context.Context, std streams) error {
	if err := preview.Loopback(c.Listen); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", c.Listen, err)
	}
	watcher, err := preview.Watch(c.Dir)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	load, page := c.source()
	site := preview.NewSite(ctx)
	show := func() { showVersion(site, load, std) }
	fmt.Fprintf(std.out, "The preview is open at http://%s%s (Ctrl+C ends it)\n", listener.Addr(), page)
	show()
	watched := make(chan error, 1)
	go func() {
		watched <- watcher.Run(ctx, show)
		cancel()
	}()
	if err := api.Serve(ctx, listener, site); err != nil {
		return err
	}
	return <-watched
}

// source is what reads the files, and where the web app shows them: one questionnaire or
// a folder of several.
func (c previewCommand) source() (load func() (content, error), page string) {
	folder, _ := target(c.Dir + "/").folder()
	if folder.holdsOne() {
		return func() (content, error) { return loadWith(folder.root()) }, "/preveri#" + folder.name
	}
	return contentFlags{Questionnaires: c.Dir}.load, "/"
}

// showVersion loads the files as they are now, and says how that went.
func showVersion(site *preview.Site, load func() (content, error), std streams) {
	version, err := newVersion(load, std)
	if err != nil {
		report(std.err, err)
		site.Fail(err)
		return
	}
	fmt.Fprintf(std.out, "%s loaded\n", time.Now().Format(time.TimeOnly))
	site.Show(version)
}

// newVersion makes the service of the files as they are now.
func newVersion(load func() (content, error), std streams) (preview.Version, error) {
	loaded, err := load()
	if err != nil {
		return preview.Version{}, err
	}
	web, err := frontend.FS()
	if err != nil {
		return preview.Version{}, fmt.Errorf("open the built-in web app: %w", err)
	}
	handler, err := api.New(api.Config{
		Catalogue: loaded.catalogue, Directory: loaded.directory, Web: web, Logger: newLogger(std.err, "text", "info"), Now: time.Now,
	})
	if err != nil {
		return preview.Version{}, fmt.Errorf("prepare the service: %w", err)
	}
	return preview.Version{Handler: handler, Catalogue: loaded.catalogue}, nil
}
