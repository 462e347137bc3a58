package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"gorm.io/gorm"
)

// Config says which database a store is in: SQLite unless Postgres is set.
type Config struct {
	File     string // the SQLite file; it and its folder are made for this user alone
	Postgres string // where a PostgreSQL database is: postgres://…
	// Standby is the address of its synchronous standby, which reads go to while the database
	// itself is out of reach; empty for none.
	Standby string
	// Connections is how many connections to PostgreSQL there may be at once; 0 for a number
	// that suits the machine.
	Connections int

	Tombstones string // the file that what was deleted is noted in, for restores; empty for none
	// AcceptOlder opens a database that is older than that file, which is only good for
	// backing it up or replacing it.
	AcceptOlder bool
	Use         Use // who is kept away while it is open

	Logger *slog.Logger     // nil logs nothing; statements are logged without their values
	Slow   time.Duration    // from when on a statement is worth a line in the log; 0 for 200 ms
	Now    func() time.Time // nil for the system's clock

	Observe Observe // is told what the store does
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	backend
	held    hold
	schema  int // the number of its last migration
	journal *journal
	now     func() time.Time

	// incomparable is for a database that may lack what its journal has: it was empty when it was
	// opened, or is about to be replaced.
	incomparable bool
}

// backend is one kind of database.
type backend interface {
	// read runs do in a consistent snapshot, write in a transaction that is durable when
	// it returns nil. write may run do more than once, until one run is committed.
	read(ctx context.Context, do func(*tx) error) error
	write(ctx context.Context, do func(*tx) error) error
	// erase makes what was deleted disappear from where it lingers.
	erase(ctx context.Context) error
	// erasesEvery is how often that is worth it.
	erasesEvery() time.Duration
	ping(ctx context.Context) error
	stats() Stats
	migrate(ctx context.Context) error
	// lock keeps others away, or says who does so.
	lock(ctx context.Context, use Use) (hold, error)
	// schema is the number of the last migration that it has had, 0 for none.
	schema(ctx context.Context) (int, error)
	close() error
}

// Open opens the database, makes it if there is none, and brings its tables up to date. The
// caller closes the store. An error never names a value of the database's address.
func Open(ctx context.Context, config Config) (*Store, error) {
	config = config.withDefaults()
	opened, err := openBackend(ctx, config)
	if err != nil {
		return nil, err
	}
	s := &Store{backend: opened, journal: &journal{file: config.Tombstones}, now: config.Now}
	if config.Use != Beside {
		if s.held, err = opened.lock(ctx, config.Use); err != nil {
			return nil, errors.Join(err, opened.close())
		}
	}
	if err := s.bringUpToDate(ctx, config.Logger); err != nil {
		return nil, errors.Join(fmt.Errorf("bring the tables up to date: %w", withoutValues(err)), s.Close())
	}
	if err := s.read(ctx, (*tx).refuseBackup); err != nil {
		return nil, errors.Join(fmt.Errorf("open the database: %w", withoutValues(err)), s.Close())
	}
	if err := s.checkEnd(ctx); err != nil && !(config.AcceptOlder && errors.Is(err, ErrOlderDatabase)) {
		return nil, errors.Join(fmt.Errorf("open the database: %w", withoutValues(err)), s.Close())
	}
	s.incomparable = s.incomparable || config.AcceptOlder
	return s, nil
}

// bringUpToDate applies the migrations that the database lacks, and logs that it did.
func (s *Store) bringUpToDate(ctx context.Context, logger *slog.Logger) error {
	had, err := s.backend.schema(ctx)
	if err != nil {
		return err
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if s.schema, err = s.backend.schema(ctx); err == nil && s.schema > had {
		logger.InfoContext(ctx, "the tables were brought up to date", slog.Int("from", had), slog.Int("to", s.schema))
	}
	return err
}

// Schema is the number of the last migration that the database has had, 0 while it is late.
func (s *Store) Schema() int { return s.there().schema }

// openBackend connects to the database, and leaves its tables as they are.
func openBackend(ctx context.Context, config Config) (backend, error) {
	if (config.File == "") == (config.Postgres == "") {
		return nil, errors.New("open the database: either a file or an address of PostgreSQL is needed")
	}
	if config.Standby != "" && config.Postgres == "" {
		return nil, errors.New("open the database: only PostgreSQL has a standby")
	}
	open := openSQLite
	if config.Postgres != "" {
		open = openPostgres
	}
	opened, err := open(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return opened, nil
}

// withDefaults fills in what was left out.
func (c Config) withDefaults() Config {
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Slow == 0 {
		c.Slow = slowStatement
	}
	if c.Connections <= 0 {
		c.Connections = defaultConnections()
	}
	return c
}

// Close finishes what runs, closes the database and lets others have it.
func (s *Store) Close() error {
	err := s.close()
	if s.held.release != nil {
		err = errors.Join(err, s.held.release())
	}
	return err
}

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return withoutValues(s.ping(ctx)) }

// gormConfig is how gorm is used everywhere: explicit transactions, the same errors from
// both databases, and a log without values.
func gormConfig(config Config) *gorm.Config {
	config = config.withDefaults()
	silenceRecorder()
	return &gorm.Config{
		Logger:                 statements{logger: config.Logger, slow: config.Slow},
		SkipDefaultTransaction: true,
		TranslateError:         true,
		NowFunc:                config.Now,
	}
}
