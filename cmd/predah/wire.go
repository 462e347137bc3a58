package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"predah/internal/account"
	"predah/internal/limit"
	"predah/internal/metrics"
	"predah/internal/secrets"
	"predah/internal/statistics"
	"predah/internal/store"
	"predah/internal/vault"
)

// dataFlags say where everything is that the service keeps.
type dataFlags struct {
	Data     string `default:"./data" placeholder:"DIR" help:"Folder of the database and the keys (${default}); only the user that serves may read it."`
	Database string `placeholder:"URL" help:"PostgreSQL database to use instead of SQLite in the folder: postgres://… Better as PREDAH_DATABASE, since others on the machine see the flags of a process."`

	Standby string `name:"database-standby" placeholder:"URL" help:"Address that leads to the synchronous standby of PostgreSQL. Reads go there while the database itself is out of reach."`

	Connections int `name:"database-connections" default:"0" placeholder:"N" help:"How many connections to PostgreSQL each process opens at most; 0 for four for each processor, from 8 to 32."`
}

// config says which database that is.
func (f dataFlags) config(logger *slog.Logger) store.Config {
	config := store.Config{Postgres: f.Database, Standby: f.Standby, Connections: f.Connections, Tombstones: filepath.Join(f.Data, "tombstones"), Logger: logger, Now: time.Now}
	if f.Database == "" {
		config.File = filepath.Join(f.Data, "predah.db")
	}
	return config
}

// kind is the kind of that database.
func (f dataFlags) kind() string {
	if f.Database != "" {
		return "PostgreSQL"
	}
	return "SQLite"
}

// open opens the database and makes it if there is none.
func (f dataFlags) open(ctx context.Context, config store.Config) (*store.Store, error) {
	if err := os.MkdirAll(f.Data, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the data: %w", err)
	}
	return store.Open(ctx, config)
}

// observing lets metrics count what the store does.
func observing(counted *metrics.Metrics) store.Observe {
	return store.Observe{Commit: counted.Committed, Refused: counted.WriteRefused, Repeated: counted.TransactionRepeated, ReadElsewhere: counted.ReadFromStandby}
}

// openExisting opens a database that is there.
func openExisting(ctx context.Context, config store.Config) (*store.Store, error) {
	if err := isThere(config); err != nil {
		return nil, err
	}
	return store.Open(ctx, config)
}

// isThere refuses a file that is not there, which opening would make.
func isThere(config store.Config) error {
	if config.File == "" {
		return nil
	}
	if _, err := os.Stat(config.File); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	return nil
}

// parts are what serve opens before it answers and closes in the end.
type parts struct {
	store    *store.Store
	secrets  *secrets.Folder
	vaults   *vault.Service
	accounts *account.Service
	limits   *limit.Limiter // nil for none
	disk     *limit.Disk    // nil where the database is elsewhere
	metrics  *metrics.Metrics
	tally    *statistics.Tally // nil where nothing is counted
	data     string            // the folder of the data
	config   store.Config
	late     bool // the database is out of reach, and arrive waits for it
}

// watched is what wire is to watch.
type watched struct {
	limits       limitFlags
	noStatistics bool
}

// wire opens every part that keeps something, or keeps watch.
func (f dataFlags) wire(ctx context.Context, w watched, logger *slog.Logger) (*parts, error) {
	counted := metrics.New(metrics.Build{Version: version, Commit: commit})
	config := f.config(logger)
	config.Observe, config.Use = observing(counted), store.Serving
	opened, late, err := f.openSoon(ctx, config, logger)
	if err != nil {
		return nil, err
	}
	kept, err := f.secretsOf(ctx, opened, late)
	if err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	p := &parts{store: opened, secrets: kept, vaults: newVaults(opened), metrics: counted, data: f.Data, config: config, late: late}
	p.accounts = newAccounts(opened, p.vaults, kept.Pepper())
	if p.limits, err = w.limits.open(kept.Pepper(), counted, logger); err != nil {
		return nil, errors.Join(err, p.close())
	}
	if !w.noStatistics {
		p.tally = statistics.NewTally(opened.Statistics(), time.Now)
	}
	if f.Database == "" {
		p.disk = limit.NewDisk(func() (limit.Space, error) { return limit.Probe(f.Data) }, time.Now)
	}
	return p, nil
}

// newAccounts returns the rules of accounts on a store.
func newAccounts(kept *store.Store, vaults *vault.Service, pepper secrets.Pepper) *account.Service {
	return account.New(account.Config{Store: kept.Accounts(), Vaults: vaults, Derive: pepper.Key, Now: time.Now})
}

// newVaults returns the rules of vaults on a store.
func newVaults(kept *store.Store) *vault.Service {
	return vault.New(vault.Config{Store: kept.Vaults(), Now: time.Now, Limits: vault.DefaultLimits()})
}

// closeLimit is how long the last counts may take to be written.
const closeLimit = 5 * time.Second

// close writes what is only counted yet, and ends what wire opened; of nil that is nothing.
func (p *parts) close() error {
	if p == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeLimit)
	defer cancel()
	var counting error
	if p.tally != nil {
		counting = p.tally.Close(ctx)
	}
	return errors.Join(counting, p.closeDatabase(), p.limits.Close())
}

func (p *parts) closeDatabase() error {
	if err := p.store.Close(); err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}
