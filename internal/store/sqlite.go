package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/gofrs/flock"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// sqliteStore is one SQLite file: a connection that writes, and some that read snapshots
// beside it.
type sqliteStore struct {
	file    string
	logger  *slog.Logger
	writer  *gorm.DB
	readers *gorm.DB
	eraser  *gorm.DB // truncates the log; gives up soon when a reader is in the way, since writers wait meanwhile
	folding *folder
	opened  [2]os.FileInfo // the file and its log, as they were opened
}

// What every connection is opened with. secure_delete overwrites what is deleted;
// synchronous=FULL waits for the disk at each commit.
const (
	busyTimeout  = 5 * time.Second
	eraseTimeout = 100 * time.Millisecond
	eraseEvery   = 20 * time.Second // promised is a minute; a reader may be in the way twice
	lockRetry    = 50 * time.Millisecond

	preparedStatements = "64" // that each connection keeps: more than the rules of vaults and accounts have

	// cachedPages is the memory that each connection may keep pages in, in KiB as SQLite writes
	// it. The inner pages of a million records and of their index are about 6 MiB.
	cachedPages = "-8192"

	// checkpointPages is how many pages the log may hold before the writer moves them into the
	// file. Writes wait meanwhile, so it does so four times as often as SQLite would by itself.
	checkpointPages = "250"
)

func openSQLite(ctx context.Context, config Config) (backend, error) {
	if err := makePrivate(config.File); err != nil {
		return nil, err
	}
	s := &sqliteStore{file: config.File, logger: config.withDefaults().Logger}
	if err := s.connect(ctx, config); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", config.File, withoutValues(err)), s.closePools())
	}
	s.folding = fold(s.writer, s.checkPlace, config.Observe)
	return s, nil
}

// connect opens the connections. It stops at the first that fails.
func (s *sqliteStore) connect(ctx context.Context, config Config) (err error) {
	if s.writer, err = connectSQLite(config, url.Values{"_txlock": {"immediate"}, "_busy_timeout": milliseconds(busyTimeout)}, 1); err != nil {
		return err
	}
	if err := checkPromises(ctx, s.writer); err != nil {
		return err
	}
	if err := s.writer.WithContext(ctx).Exec("PRAGMA wal_autocheckpoint = " + checkpointPages).Error; err != nil {
		return fmt.Errorf("ask SQLite for short checkpoints: %w", err)
	}
	readers := min(max(2, runtime.NumCPU()), 8)
	if s.readers, err = connectSQLite(config, url.Values{"_query_only": {"on"}, "_busy_timeout": milliseconds(busyTimeout)}, readers); err != nil {
		return err
	}
	if s.eraser, err = connectSQLite(config, url.Values{"_busy_timeout": milliseconds(eraseTimeout)}, 1); err != nil {
		return err
	}
	s.opened, err = s.files()
	return err
}

// files looks at the file and its log.
func (s *sqliteStore) files() (found [2]os.FileInfo, err error) {
	for i, name := range []string{s.file, s.file + "-wal"} {
		if found[i], err = os.Stat(name); err != nil {
			return found, err
		}
	}
	return found, nil
}

// checkPlace returns ErrFileReplaced when the file is no longer where it was opened: SQLite
// would go on writing to what nobody finds after a restart.
func (s *sqliteStore) checkPlace() error {
	found, err := s.files()
	if err != nil || !os.SameFile(found[0], s.opened[0]) || !os.SameFile(found[1], s.opened[1]) {
		return ErrFileReplaced
	}
	return nil
}

// milliseconds writes a duration as SQLite reads it.
func milliseconds(d time.Duration) []string { return []string{strconv.FormatInt(d.Milliseconds(), 10)} }

// makePrivate makes the file and its folder for this user alone. SQLite gives its other
// files the mode of this one.
func makePrivate(file string) error {
	folder := filepath.Dir(file)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return inPlace(file, "make the folder of the data", err)
	}
	if err := os.Chmod(folder, 0o700); err != nil {
		return inPlace(file, "close the folder of the data to others", err)
	}
	made, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return inPlace(file, "make the database file", err)
	}
	return made.Close()
}

// inPlace says what a disk does not let happen to a file.
func inPlace(file, doing string, err error) error {
	if fault := faultOfFile(err); fault != nil {
		return fmt.Errorf("%s: %w", file, fault)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// connectSQLite opens the file with the pragmas of every connection and those given.
func connectSQLite(config Config, pragmas url.Values, connections int) (*gorm.DB, error) {
	for name, value := range map[string]string{
		"_journal_mode": "WAL", "_synchronous": "FULL", "_secure_delete": "on", "_foreign_keys": "on",
		"_stmt_cache_size": preparedStatements, "_cache_size": cachedPages,
	} {
		pragmas.Set(name, value)
	}
	address := url.URL{Scheme: "file", Opaque: (&url.URL{Path: config.File}).EscapedPath(), RawQuery: pragmas.Encode()}
	db, err := gorm.Open(sqlite.Open(address.String()), gormConfig(config))
	if err != nil {
		return nil, fmt.Errorf("open the SQLite file: %w", err)
	}
	pool, err := db.DB()
	if err != nil {
		return nil, fmt.Errorf("open the SQLite file: %w", err)
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return db, nil
}

// checkPromises asks SQLite whether it really keeps what the connection was opened with: a
// build of SQLite may ignore a pragma that it does not know.
func checkPromises(ctx context.Context, db *gorm.DB) error {
	for _, promise := range []struct{ pragma, want string }{
		{"journal_mode", "wal"}, {"synchronous", "2"}, {"secure_delete", "1"}, {"foreign_keys", "1"},
	} {
		var got string
		if err := db.WithContext(ctx).Raw("PRAGMA " + promise.pragma).Scan(&got).Error; err != nil {
			return fmt.Errorf("ask SQLite for %s: %w", promise.pragma, err)
		}
		if got != promise.want {
			return fmt.Errorf("SQLite has %s=%s and not %s: what is deleted or acknowledged would not be safe", promise.pragma, got, promise.want)
		}
	}
	return nil
}

// migrate brings the tables up to date, while a lock beside the file keeps other processes waiting.
func (s *sqliteStore) migrate(ctx context.Context) (err error) {
	lock := flock.New(s.file+".lock", flock.SetPermissions(0o600))
	locked, err := lock.TryLock()
	if err != nil {
		return unlockable(lock.Path(), err)
	}
	if !locked {
		s.logger.WarnContext(ctx, "another process prepares the database: waiting for it", "file", s.file)
	}
	if _, err := lock.TryLockContext(ctx, lockRetry); err != nil {
		return fmt.Errorf("wait for another process that prepares the database: %w", err)
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	pool, err := s.writer.DB()
	if err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	return migrateUp(ctx, pool, migrationsOfSQLite)
}

func (s *sqliteStore) schema(ctx context.Context) (int, error) {
	pool, err := s.readers.DB()
	if err != nil {
		return 0, err
	}
	return schemaOf(ctx, pool, "SELECT count(*) FROM sqlite_schema WHERE name = 'goose_db_version'")
}

func (s *sqliteStore) read(ctx context.Context, do func(*tx) error) error {
	return s.readers.WithContext(ctx).Transaction(func(db *gorm.DB) error { return do(&tx{db: db}) }, &sql.TxOptions{ReadOnly: true})
}

func (s *sqliteStore) write(ctx context.Context, do func(*tx) error) error {
	return s.folding.write(ctx, do)
}

// ping reads from the file: a statement without a table would succeed without one.
func (s *sqliteStore) ping(ctx context.Context) error {
	var rows int
	err := s.readers.WithContext(ctx).Raw("SELECT count(*) FROM state").Scan(&rows).Error
	return errors.Join(err, s.checkPlace())
}

func (s *sqliteStore) close() error {
	s.folding.end()
	return s.closePools()
}

// closePools closes the connections that were opened.
func (s *sqliteStore) closePools() error {
	var closing error
	for _, db := range []*gorm.DB{s.readers, s.eraser, s.writer} {
		if db != nil {
			closing = errors.Join(closing, closePool(db))
		}
	}
	return closing
}

// poolStats says how many connections of a database do what.
func poolStats(db *gorm.DB) sql.DBStats {
	if pool, err := db.DB(); err == nil {
		return pool.Stats()
	}
	return sql.DBStats{}
}

// closePool closes the connections of a database.
func closePool(db *gorm.DB) error {
	pool, err := db.DB()
	if err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return pool.Close()
}
