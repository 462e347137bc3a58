package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"runtime"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// database is where Predah and the bare handlers keep their rows, both the same.
type database struct {
	File     string // SQLite's
	Postgres string // else the address of PostgreSQL
}

// connect opens the database as Predah does: of SQLite one connection that writes and some
// that read, of PostgreSQL one pool for both.
func (d database) connect() (writer, readers *gorm.DB, err error) {
	if d.Postgres != "" {
		pool, err := d.openPostgres()
		if err != nil {
			return nil, nil, err
		}
		db, err := openGorm(postgres.New(postgres.Config{Conn: pool}))
		return db, db, err
	}
	if writer, err = d.openSQLite(1, url.Values{"_txlock": {"immediate"}}); err != nil {
		return nil, nil, err
	}
	readers, err = d.openSQLite(min(max(2, runtime.NumCPU()), 8), url.Values{"_query_only": {"on"}})
	return writer, readers, err
}

func (d database) openPostgres() (*sql.DB, error) {
	config, err := pgx.ParseConfig(d.Postgres)
	if err != nil {
		return nil, errors.New("the address of PostgreSQL cannot be read")
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(16)
	return pool, nil
}

// openSQLite opens so many connections with the pragmas that Predah opens its own with.
func (d database) openSQLite(connections int, pragmas url.Values) (*gorm.DB, error) {
	for name, value := range map[string]string{
		"_journal_mode": "WAL", "_synchronous": "FULL", "_secure_delete": "on", "_foreign_keys": "on", "_busy_timeout": "5000",
		"_stmt_cache_size": "64", "_cache_size": "-8192",
	} {
		pragmas.Set(name, value)
	}
	db, err := openGorm(sqlite.Open("file:" + d.File + "?" + pragmas.Encode()))
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return db, nil
}

func openGorm(dialect gorm.Dialector) (*gorm.DB, error) {
	db, err := gorm.Open(dialect, &gorm.Config{SkipDefaultTransaction: true, Logger: logger.Discard})
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return db, nil
}

// readBySQL reads a record by the statement that gorm makes, without gorm.
func readBySQL(ctx context.Context, pool *sql.DB, vault, record string) ([]byte, error) {
	var row recordRow
	// $1 is known to both databases
	err := pool.QueryRowContext(ctx, "SELECT * FROM records WHERE vault_id = $1 AND id = $2 LIMIT 1", vault, record).
		Scan(&row.VaultID, &row.ID, &row.Size, &row.Saved, &row.Sealed)
	return row.Sealed, err
}
