package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

const (
	// A transaction that another one came between runs again, a little later each time.
	maxRuns  = 1000 // far more than fit into maxWait, which ends them
	maxPause = 50 * time.Millisecond
	// maxLost is how often a transaction runs again whose connection was lost before its
	// commit was sent.
	maxLost = 3
	// A connection is made anew after some time, so that load and failovers spread.
	connectionLife = 5 * time.Minute
	connectionIdle = time.Minute
	connectLimit   = 5 * time.Second
)

// limits are what each connection asks of PostgreSQL, unless the address says otherwise: no
// statement or lock may keep callers waiting, and no transaction that was forgotten may keep
// dead rows.
func limits() map[string]string {
	return map[string]string{"statement_timeout": "10s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "30s"}
}

// planning is what each connection asks of PostgreSQL's planner, unless the address says
// otherwise. Every statement of the service finds its rows by an index. A plan that was made
// while a table was empty reads the whole table, and is kept for as long as the connection;
// serialisable transactions that read a whole table come between all that write to it. Plans
// without an index would seem so dear without that choice that PostgreSQL compiles them.
func planning() map[string]string { return map[string]string{"enable_seqscan": "off", "jit": "off"} }

// applied is what each connection asks of PostgreSQL where a standby may be read.
func applied() map[string]string { return map[string]string{"synchronous_commit": "remote_apply"} }

// server is the connections to one server.
type server struct {
	db   *gorm.DB
	pool *sql.DB
}

// postgresStore is one PostgreSQL database, which other processes may use too.
type postgresStore struct {
	server
	standby  *standby       // nil for none
	address  pgx.ConnConfig // of the database
	keptIdle int
	observe  Observe
}

// errAddress stands for what is wrong with an address, whose text may hold a password.
var errAddress = errors.New("the address of PostgreSQL cannot be read: it looks like postgres://user@host/database")

func openPostgres(ctx context.Context, config Config) (_ backend, err error) {
	address, err := parsePostgres(config.Postgres)
	if err != nil {
		return nil, err
	}
	s := &postgresStore{address: *address.Copy(), keptIdle: config.Connections, observe: config.Observe}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if config.Standby != "" {
		askUnlessSet(address, applied())
		if s.standby, err = openStandby(config); err != nil {
			return nil, err
		}
	}
	if s.server, err = openServer(address, config); err != nil {
		return nil, err
	}
	if err := s.pool.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("reach PostgreSQL: %w", withoutValues(err))
	}
	return s, nil
}

// openServer prepares connections to a server. It makes none yet.
func openServer(address *pgx.ConnConfig, config Config) (server, error) {
	askUnlessSet(address, planning())
	askUnlessSet(address, limits())
	pool := stdlib.OpenDB(*address)
	pool.SetMaxOpenConns(config.Connections)
	pool.SetMaxIdleConns(config.Connections)
	pool.SetConnMaxLifetime(connectionLife)
	pool.SetConnMaxIdleTime(connectionIdle)
	settings := gormConfig(config)
	settings.DisableAutomaticPing = true
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: pool}), settings)
	if err != nil {
		return server{}, errors.Join(fmt.Errorf("prepare PostgreSQL: %w", withoutValues(err)), pool.Close())
	}
	return server{db: db, pool: pool}, nil
}

// parsePostgres reads an address.
func parsePostgres(text string) (*pgx.ConnConfig, error) {
	address, err := pgx.ParseConfig(text)
	if err != nil {
		return nil, errAddress
	}
	if address.ConnectTimeout == 0 {
		address.ConnectTimeout = connectLimit
	}
	return address, nil
}

// askUnlessSet adds parameters to those that an address asks of each connection.
func askUnlessSet(address *pgx.ConnConfig, parameters map[string]string) {
	for name, value := range parameters {
		if _, set := address.RuntimeParams[name]; !set {
			address.RuntimeParams[name] = value
		}
	}
}

// defaultConnections is how many connections to PostgreSQL a process makes at most. More than
// a few for each processor only wait for each other, and a server has a hundred for all.
func defaultConnections() int { return min(max(8, 4*runtime.GOMAXPROCS(0)), 32) }

// unlimited runs do with a connection of its own that may take as long as it likes.
func (s *postgresStore) unlimited(do func(*sql.DB) error) (err error) {
	address := s.address.Copy()
	for name := range limits() {
		address.RuntimeParams[name] = "0"
	}
	pool := stdlib.OpenDB(*address)
	defer func() { err = errors.Join(err, pool.Close()) }()
	return do(pool)
}

// migrate brings the tables up to date under an advisory lock of the database.
func (s *postgresStore) migrate(ctx context.Context) error {
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return fmt.Errorf("prepare the lock: %w", err)
	}
	return s.unlimited(func(pool *sql.DB) error {
		return migrateUp(ctx, pool, migrationsOfPostgres, goose.WithSessionLocker(locker))
	})
}

func (s *postgresStore) schema(ctx context.Context) (int, error) {
	return schemaOf(ctx, s.pool, "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass('goose_db_version')")
}

// snapshot is a transaction that reads.
var snapshot = sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}

// write runs do as if it were alone, until no other transaction came between.
func (s *postgresStore) write(ctx context.Context, do func(*tx) error) error {
	return s.repeat(ctx, s.db, sql.TxOptions{Isolation: sql.LevelSerializable}, do)
}

// repeat runs a transaction on a server until another run would be of no use. One whose commit was sent
// and not answered is never run again: its error is ErrUnknown.
func (s *postgresStore) repeat(ctx context.Context, on *gorm.DB, options sql.TxOptions, do func(*tx) error) error {
	if !patient(ctx) {
		limited, cancel := context.WithTimeout(ctx, maxWait)
		defer cancel()
		ctx = limited
	}
	lostSoFar := 0
	for run := 1; ; run++ {
		err := s.run(ctx, on, options, do)
		switch {
		case disturbed(err) && run < maxRuns:
		case lost(err) && ctx.Err() == nil && lostSoFar < maxLost:
			lostSoFar++
		default:
			s.renew(err)
			return err
		}
		s.observe.repeated()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(rand.N(min(time.Duration(run)*time.Millisecond, maxPause))):
		}
	}
}

// run runs a transaction once.
func (s *postgresStore) run(ctx context.Context, on *gorm.DB, options sql.TxOptions, do func(*tx) error) error {
	var ran time.Time // zero until the commit begins
	err := on.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if err := liftLimits(db); err != nil {
			return err
		}
		if err := do(&tx{db: db}); err != nil {
			return err
		}
		ran = time.Now()
		return nil
	}, &options)
	switch {
	case ran.IsZero() || options.ReadOnly:
		return err
	case err == nil:
		s.observe.commit(1, time.Since(ran))
		return nil
	case definite(err):
		return err
	}
	return ErrUnknown
}

// definite tells whether an error of a commit says that it did not happen: the server answered
// that it refuses, and not that it ends, or the time was over before. What pgconn.SafeToRetry
// says is not asked: it calls a commit safe whose connection is lost after it was sent.
func definite(err error) bool {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return faultOfPostgres(refused.Code) != ErrNoConnection
	}
	return errors.Is(err, sql.ErrTxDone) || errors.Is(err, pgx.ErrTxCommitRollback)
}

// liftLimits lets a transaction take as long as it likes whose caller is patient.
func liftLimits(db *gorm.DB) error {
	if !patient(db.Statement.Context) {
		return nil
	}
	for name := range limits() {
		if err := db.Exec("SET LOCAL " + name + " = 0").Error; err != nil {
			return err
		}
	}
	return nil
}

// renew closes the connections that nobody uses after one has shown that it leads to a server
// that is only read, as a leader that became a standby: the next ones look for the new leader.
func (s *postgresStore) renew(err error) {
	var refused *pgconn.PgError
	if errors.As(err, &refused) && faultOfPostgres(refused.Code) == ErrReadOnlyHost {
		s.pool.SetMaxIdleConns(0)
		s.pool.SetMaxIdleConns(s.keptIdle)
	}
}

// What PostgreSQL says of transactions that would succeed if they ran again.
const serialization, deadlock = "40001", "40P01"

// disturbed tells the errors after which the same transaction can succeed.
func disturbed(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && (refused.Code == serialization || refused.Code == deadlock)
}

func (s *postgresStore) ping(ctx context.Context) error {
	return s.db.WithContext(ctx).Exec("SELECT 1").Error
}

func (s *postgresStore) close() error {
	closing := s.server.close()
	if s.standby != nil {
		closing = errors.Join(closing, s.standby.close())
	}
	return closing
}

// close closes the connections, if they were prepared.
func (s server) close() error {
	if s.pool == nil {
		return nil
	}
	return s.pool.Close()
}

func (s *postgresStore) erasesEvery() time.Duration { return 24 * time.Hour }

// erase is a plain VACUUM: it frees dead rows, which later rows then overwrite.
func (s *postgresStore) erase(ctx context.Context) error {
	return s.unlimited(func(pool *sql.DB) error {
		_, err := pool.ExecContext(ctx, "VACUUM")
		return err
	})
}
