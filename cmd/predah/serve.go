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
	"predah/internal/licences"
	"predah/internal/questionnaire"
	"predah/internal/receipt"
	"predah/internal/token"
)

type serveCommand struct {
	contentFlags
	dataFlags
	limitFlags
	Lenient         bool      `name:"questionnaires-lenient" help:"Serve the healthy questionnaires of the folder when others are wrong; those are listed in the log and at /readyz."`
	Listen          string    `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address to listen on (${default}); port 0 takes a free one."`
	PublicURL       publicURL `placeholder:"URL" help:"Address people reach the service at, named in the API document."`
	SecurityContact string    `placeholder:"URL" help:"Where weaknesses are reported, mailto: or https:; served at /.well-known/security.txt."`
	TrustedProxies  []string  `placeholder:"CIDR,…" help:"Proxies whose X-Forwarded-For is believed; none by default."`
	NoStatistics    bool      `help:"Do not count finished self-checks for predah stats."`
	LogFormat       string    `enum:"text,json" default:"text" help:"How log lines look: ${enum}."`
	LogLevel        string    `enum:"debug,info,warn,error" default:"info" help:"From which level on lines are logged: ${enum}; debug has a line for each page and file too."`
	privateFlags
}

func (c serveCommand) Run(std streams) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	slog.SetDefault(newLogger(std.err, c.LogFormat, c.LogLevel)) // what a library logs by itself looks like our lines
	return c.serve(ctx, std)
}

// serve answers requests until ctx ends, then finishes those that run.
func (c serveCommand) serve(ctx context.Context, std streams) (err error) {
	logger := newLogger(std.err, c.LogFormat, c.LogLevel)
	logger.Info("starting", slog.String("version", version), slog.String("commit", commit))
	parts, handler, err := c.prepare(ctx, logger)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, parts.close()); err == nil {
			logger.Info("ended")
		}
	}()
	closePrivate, err := c.servePrivately(parts, logger, c.announcer(std.out))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closePrivate()) }()
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", c.Listen, err)
	}
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	var tending sync.WaitGroup
	defer tending.Wait()
	tended, stop := context.WithCancel(ctx)
	defer stop()
	tending.Go(func() {
		debug.FreeOSMemory() // a third of what is held by now was needed for loading only
		fail(parts.attend(tended, c.dataFlags, logger))
	})
	logger.Info("serving", slog.String("database", c.kind()), slog.Int("schema", parts.store.Schema()), slog.String("address", listener.Addr().String()))
	c.announcer(std.out)("Predah is open at http://%s (Ctrl+C ends it)", listener.Addr())
	return errors.Join(api.Serve(ctx, c.listener(listener, handler), handler), failure(ctx))
}

// failure is why a service ended that nobody has ended.
func failure(ctx context.Context) error {
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}

// announcer prints a line for whoever has started the service, in the format of the log.
func (c serveCommand) announcer(out io.Writer) func(format string, values ...any) {
	if c.LogFormat == "json" {
		logger := newLogger(out, c.LogFormat, c.LogLevel)
		return func(format string, values ...any) { logger.Info(fmt.Sprintf(format, values...)) }
	}
	return func(format string, values ...any) { fmt.Fprintf(out, format+"\n", values...) }
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
	notices, err := licences.Text(web)
	if err != nil && !errors.Is(err, licences.ErrNotMade) {
		return nil, err
	}
	parts.watch(len(loaded.leftOut))
	config := api.Config{
		Catalogue:       loaded.catalogue,
		Directory:       loaded.directory,
		LeftOut:         loaded.leftOut,
		Ping:            parts.store.Ping,
		KeysErr:         parts.secrets.Err,
		Vaults:          parts.vaults,
		Accounts:        parts.accounts,
		Tokens:          token.New(parts.secrets, c.issuer(), time.Now),
		Receipts:        receipt.New(parts.secrets, c.issuer()),
		Limits:          parts.limits,
		Each:            c.Each,
		Disk:            parts.disk,
		Web:             web,
		Stamp:           stamp(),
		PublicURL:       string(c.PublicURL),
		Licences:        notices,
		SecurityContact: c.SecurityContact,
		TrustedProxies:  c.TrustedProxies,
		Logger:          logger,
		Now:             time.Now,
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
func (c serveCommand) issuer() string { return cmp.Or(string(c.PublicURL), "predah") }

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
		if err != nil {
			return served{}, err
		}
		var problems questionnaire.Problems
		for _, q := range loaded.catalogue.Questionnaires {
			problems = append(problems, unsafeRules(q, loaded.directory)...)
		}
		if len(problems) > 0 {
			return served{}, problems
		}
		return served{content: loaded}, nil
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
