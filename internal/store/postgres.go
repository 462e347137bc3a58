package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
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
	postgresConnections = 16
	// A transaction that another one came between runs again, a little later each time.
	maxRuns  = 100
	maxPause = 50 * time.Millisecond
)

// postgresStore is one PostgreSQL database, which other processes may use too.
type postgresStore struct {
	db      *gorm.DB
	observe Observe
}

// errAddress stands for what is wrong with an address, whose text may hold a password.
var errAddress = errors.New("the address of PostgreSQL cannot be read: it looks like postgres://user@host/database")

func openPostgres(ctx context.Context, config Config) (backend, error) {
	address, err := pgx.ParseConfig(config.Postgres)
	if err != nil {
		return nil, errAddress
	}
	pool := stdlib.OpenDB(*address)
	pool.SetMaxOpenConns(postgresConnections)
	pool.SetMaxIdleConns(postgresConnections)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("reach PostgreSQL: %w", unreachable(err)), pool.Close())
	}
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: pool}), gormConfig(config))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("prepare PostgreSQL: %w", withoutValues(err)), pool.Close())
	}
	return &postgresStore{db: db, observe: config.Observe}, nil
}

// unreachable keeps the reason and drops the address with its user, which pgx repeats.
func unreachable(err error) error {
	var connecting *pgconn.ConnectError
	if refused := withoutValues(err); refused != err || !errors.As(err, &connecting) {
		return refused
	}
	return errors.New("no connection could be made; is it running, and is the address right?")
}

// migrate brings the tables up to date under an advisory lock of the database.
func (s *postgresStore) migrate(ctx context.Context) error {
	pool, err := s.db.DB()
	if err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return fmt.Errorf("prepare the lock: %w", err)
	}
	return migrateUp(ctx, pool, goose.DialectPostgres, "postgres", goose.WithSessionLocker(locker))
}

func (s *postgresStore) read(ctx context.Context, do func(*tx) error) error {
	return s.run(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, do)
}

// write runs do as if it were alone, until no other transaction came between.
func (s *postgresStore) write(ctx context.Context, do func(*tx) error) error {
	for run := 1; ; run++ {
		var ran time.Time
		err := s.run(ctx, &sql.TxOptions{Isolation: sql.LevelSerializable}, func(t *tx) error {
			defer func() { ran = time.Now() }()
			return do(t)
		})
		if err == nil {
			s.observe.commit(1, time.Since(ran))
		}
		if !disturbed(err) || run == maxRuns {
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

func (s *postgresStore) run(ctx context.Context, options *sql.TxOptions, do func(*tx) error) error {
	return s.db.WithContext(ctx).Transaction(func(db *gorm.DB) error { return do(&tx{db: db}) }, options)
}

// disturbed tells the errors after which the same transaction can succeed.
func disturbed(err error) bool {
	const serialization, deadlock = "40001", "40P01"
	var refused *pgconn.PgError
	return errors.As(err, &refused) && (refused.Code == serialization || refused.Code == deadlock)
}

func (s *postgresStore) ping(ctx context.Context) error {
	return s.db.WithContext(ctx).Exec("SELECT 1").Error
}

func (s *postgresStore) close() error { return closePool(s.db) }

func (s *postgresStore) erasesEvery() time.Duration { return 24 * time.Hour }

// erase is a plain VACUUM: it frees dead rows, which later rows then overwrite.
func (s *postgresStore) erase(ctx context.Context) error {
	return s.db.WithContext(ctx).Exec("VACUUM").Error
}
