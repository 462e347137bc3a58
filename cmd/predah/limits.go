package main

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"

	"predah/internal/api"
	"predah/internal/limit"
	"predah/internal/metrics"
	"predah/internal/secrets"
)

// limitFlags say how much callers may ask for.
type limitFlags struct {
	RateFactor int    `name:"rate-limit-factor" default:"1" placeholder:"N" help:"How many times the usual number of requests each address may make, for places where very many people share one (${default}); 0 for no limits."`
	Redis      string `placeholder:"URL" help:"Valkey or Redis server in which several processes count requests together: redis://… Better as PREDAH_REDIS, since others on the machine see the flags of a process."`

	MaxConnections int `default:"10000" placeholder:"N" help:"How many connections are taken at once (${default}); more wait. 0 for no limit."`
	Each           int `name:"max-connections-each" default:"1000" placeholder:"N" help:"How many connections each address may have at once, or behind a proxy requests (${default}), times the factor; more are refused. 0 for no limit."`
}

// listener takes no more connections at once than allowed, of each network and of all.
func (f limitFlags) listener(all net.Listener, handler http.Handler) net.Listener {
	all = api.PerNetwork(all, handler)
	if f.MaxConnections < 1 {
		return all
	}
	return netutil.LimitListener(all, f.MaxConnections)
}

// open returns what counts calls; nil where there are no limits. The metrics count what it decides.
func (f limitFlags) open(pepper secrets.Pepper, counted *metrics.Metrics, logger *slog.Logger) (*limit.Limiter, error) {
	if f.RateFactor < 1 {
		return nil, nil
	}
	decided := func(d limit.Decision) { counted.Limited(d.Rule, d.Allowed, d.Shared) }
	config := limit.Config{Factor: f.RateFactor, Now: time.Now, Decided: decided}
	if f.Redis != "" {
		shared, err := limit.NewShared(limit.SharedConfig{Address: f.Redis, Key: pepper.Key, Logger: logger, Now: time.Now})
		if err != nil {
			return nil, fmt.Errorf("use --redis: %w", err)
		}
		config.Shared = shared
	}
	return limit.New(config), nil
}
