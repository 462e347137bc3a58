package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"
	"time"
	_ "time/tzdata" // opening hours are Slovenian wherever the service runs

	"golang.org/x/sync/errgroup"

	"predah/frontend"
	"predah/internal/api"
	"predah/internal/questionnaire"
	"predah/internal/receipt"
	"predah/internal/token"
)

type serveCommand struct {
	contentFlags
	dataFlags
	limitFlags
	Lenient        bool     `name:"questionnaires-lenient" help:"Serve the healthy questionnaires of the folder when others are wrong; those are listed in the log and at /readyz."`
	Listen         string   `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address to listen on (${default}); port 0 takes a free one."`
	PublicURL      string   `placeholder:"URL" help:"Address people reach the service at, named in the API document."`
	TrustedProxies []string `placeholder:"CIDR,…" help:"Proxies whose X-Forwarded-For is believed; none by default."`
	NoStatistics   bool     `help:"Do not count finished self-checks for predah stats."`
	LogFormat      string   `enum:"text,json" default:"text" help:"How log lines look: ${enum}."`
	LogLevel       string   `enum:"debug,info,warn,error" default:"info" help:"From which level on lines are logged: ${enum}; debug has a line for each page and file too."`
	privateFlags
}

func (c serveCommand) Run(std streams) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return c.serve(ctx, std)
}

// serve answers requests until ctx ends, then finishes those that run.
func (c serveCommand) serve(ctx context.Context, std streams) (err error) {
	logger := newLogger(std.err, c.LogFormat, c.LogLevel)
	parts, handler, err := c.prepare(ctx, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, parts.close()) }()
	closePrivate, err := c.servePrivately(parts, logger, std.out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closePrivate()) }()
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", c.Listen, err)
	}
	var tending sync.WaitGroup
	defer tending.Wait()
	tended, stop := context.WithCancel(ctx)
	defer stop()
	tending.Go(func() {
		debug.FreeOSMemory() // a third of what is held by now was needed for loading only
		parts.tend(tended, logger)
	})
	fmt.Fprintf(std.out, "Predah is open at http://%s (Ctrl+C ends it)\n", listener.Addr())
	return api.Serve(ctx, c.listener(listener), handler)
}

// prepare opens the parts and makes the service of them. Content is read beside: that takes the
// processors, while opening a database mostly waits. Memory is collected less often meanwhile,
// which saves a fifth of the time.
func (c serveCommand) prepare(ctx context.Context, logger *slog.Logger) (*parts, http.Handler, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	var loading errgroup.Group
	var loaded served
	loading.Go(func() (err error) {
		loaded, err = c.loadServed(logger)
		return err
	})
	opened, err := c.wire(ctx, watched{limits: c.limitFlags, noStatistics: c.NoStatistics}, logger)
	if err := errors.Join(err, loading.Wait()); err != nil {
		return nil, nil, errors.Join(err, opened.close())
	}
	handler, err := c.handler(opened, loaded, logger)
	if err != nil {
		return nil, nil, errors.Join(err, opened.close())
	}
	return opened, handler, nil
}

// handler makes the service.
func (c serveCommand) handler(parts *parts, loaded served, logger *slog.Logger) (http.Handler, error) {
	web, err := frontend.FS()
	if err != nil {
		return nil, fmt.Errorf("open the built-in web app: %w", err)
	}
	parts.watch(len(loaded.leftOut))
	config := api.Config{
		Catalogue:      loaded.catalogue,
		Directory:      loaded.directory,
		LeftOut:        loaded.leftOut,
		Ping:           parts.store.Ping,
		KeysErr:        parts.secrets.Err,
		Vaults:         parts.vaults,
		Accounts:       parts.accounts,
		Tokens:         token.New(parts.secrets, c.issuer(), time.Now),
		Receipts:       receipt.New(parts.secrets, c.issuer()),
		Limits:         parts.limits,
		Disk:           parts.disk,
		Web:            web,
		Stamp:          stamp(),
		PublicURL:      c.PublicURL,
		TrustedProxies: c.TrustedProxies,
		Logger:         logger,
		Now:            time.Now,
	}
	if c.MetricsListen != "" {
		config.Observer = parts.metrics
	}
	if parts.tally != nil {
		config.Tally = parts.tally
	}
	handler, err := api.New(config)
	if err != nil {
		return nil, fmt.Errorf("prepare the service: %w", err)
	}
	return handler, nil
}

// issuer is in whose name tokens are issued: the public address, where there is one.
func (c serveCommand) issuer() string { return cmp.Or(c.PublicURL, "predah") }

// served is the content that is served.
type served struct {
	content
	leftOut []questionnaire.ID // questionnaires that are wrong
}

// loadServed loads what is served: everything, or with Lenient what is healthy. What is wrong
// with the others is logged.
func (c serveCommand) loadServed(logger *slog.Logger) (served, error) {
	if !c.Lenient {
		loaded, err := c.load()
		return served{content: loaded}, err
	}
	loaded, leftOut, err := c.loadHealthy()
	s := served{content: loaded}
	for _, one := range leftOut {
		if one.ID != "" {
			s.leftOut = append(s.leftOut, one.ID)
		}
		for _, problem := range one.Problems {
			logger.Error("questionnaire left out", slog.String("questionnaire", string(one.ID)), slog.String("problem", problem.Error()))
		}
	}
	return s, err
}

func newLogger(w io.Writer, format, level string) *slog.Logger {
	options := &slog.HandlerOptions{Level: levels()[level]}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// levels are the names of levels, of which the flag allows no other.
func levels() map[string]slog.Level {
	return map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
}
