package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"predah/internal/limit"
	"predah/internal/metrics"
	"predah/internal/secrets"
)

// privateFlags are about what only the operator sees, on an address of its own.
type privateFlags struct {
	MetricsListen string `placeholder:"HOST:PORT" help:"Address for Prometheus to collect /metrics from, such as 127.0.0.1:9090; nowhere by default. Keep it from the network."`
	Pprof         bool   `help:"Answer /debug/pprof/ there too. What it tells holds pieces of the memory."`
}

// The limits of the private address. A profile takes half a minute.
const (
	privateHeaderLimit = 5 * time.Second
	privateWriteLimit  = 2 * time.Minute
	reachLimit         = 2 * time.Second // for the database to answer
)

// servePrivately answers what only the operator sees, until it is closed.
func (f privateFlags) servePrivately(p *parts, logger *slog.Logger, announce func(string, ...any)) (closed func() error, err error) {
	if f.MetricsListen == "" {
		if f.Pprof {
			return nil, errors.New("--pprof needs --metrics-listen: it is never answered where everybody can ask")
		}
		return func() error { return nil }, nil
	}
	listener, err := net.Listen("tcp", f.MetricsListen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s for metrics: %w", f.MetricsListen, err)
	}
	announce("Metrics are at http://%s/metrics", listener.Addr())
	server := &http.Server{
		Handler: f.private(p.metrics, logger), ReadHeaderTimeout: privateHeaderLimit, WriteTimeout: privateWriteLimit,
		ErrorLog: log.New(io.Discard, "", 0), // net/http writes peer addresses to it
	}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			logger.Error("metrics are no longer answered", slog.String("cause", err.Error()))
		}
	}()
	return server.Close, nil
}

// private is what is answered there.
func (f privateFlags) private(counted *metrics.Metrics, logger *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", counted.Handler(logger))
	if f.Pprof {
		mux.HandleFunc("GET /debug/pprof/", pprof.Index)
		mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
		mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	}
	return mux
}

// watch lets the metrics ask the parts how they are.
func (p *parts) watch(leftOut int) {
	p.metrics.Watch(metrics.Sources{
		LeftOut: leftOut,
		Database: func() metrics.Database {
			now := p.store.Stats()
			return metrics.Database{Queued: now.Queued, MaxQueued: now.MaxQueued, Pools: now.Pools}
		},
		Reach: func() error {
			ctx, cancel := context.WithTimeout(context.Background(), reachLimit)
			defer cancel()
			return p.store.Ping(ctx)
		},
		Disk: p.space,
		Keys: func() map[string]time.Time {
			made := make(map[string]time.Time)
			for _, purpose := range []secrets.Purpose{secrets.Access, secrets.Receipts} {
				made[string(purpose)] = p.secrets.Signing(purpose).Made
			}
			return made
		},
	})
}

// space is what the disk with the data has; false where it is not known.
func (p *parts) space() (free, total uint64, ok bool) {
	space, err := limit.Probe(p.data)
	return space.Free, space.Total, err == nil
}
