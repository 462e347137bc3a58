package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// ErrNewerDatabase says that a newer version of this program has changed the tables.
var ErrNewerDatabase = errors.New("the tables are those of a newer version of Predah: install that version, or restore a backup to another place")

// migrationsOf says where the migrations of a kind of database are.
type migrationsOf struct {
	dialect goose.Dialect
	folder  string
}

var (
	migrationsOfSQLite   = migrationsOf{goose.DialectSQLite3, "sqlite"}
	migrationsOfPostgres = migrationsOf{goose.DialectPostgres, "postgres"}
)

// Schema says which migrations a database has had: their number, and that of all that this
// program knows.
type Schema struct{ Database, Program int }

// ReadSchema looks at a database that is there without changing its tables.
func ReadSchema(ctx context.Context, config Config) (schema Schema, err error) {
	opened, err := openBackend(ctx, config.withDefaults())
	if err != nil {
		return Schema{}, err
	}
	defer func() { err = errors.Join(err, opened.close()) }()
	if schema.Database, err = opened.schema(ctx); err != nil {
		return Schema{}, fmt.Errorf("read the version of the tables: %w", withoutValues(err))
	}
	schema.Program, err = newestMigration()
	return schema, err
}

// migrateUp applies the migrations that the database lacks. The caller keeps other
// processes away meanwhile.
func migrateUp(ctx context.Context, db *sql.DB, of migrationsOf, options ...goose.ProviderOption) error {
	provider, err := newProvider(db, of, options...)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("apply the migrations: %w", err)
	}
	has, knows, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the version of the tables: %w", err)
	}
	if has > knows {
		return fmt.Errorf("%w (they have version %d, this program knows %d)", ErrNewerDatabase, has, knows)
	}
	return nil
}

func newProvider(db *sql.DB, of migrationsOf, options ...goose.ProviderOption) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+of.folder)
	if err != nil {
		return nil, fmt.Errorf("find the migrations: %w", err)
	}
	// goose also has a registry shared by the whole process; ours are all files.
	provider, err := goose.NewProvider(of.dialect, db, files, append(options, goose.WithDisableGlobalRegistry(true))...)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return provider, nil
}

// schemaOf is the number of the last migration of a database, 0 if it had none; a query counts
// the tables that say so.
func schemaOf(ctx context.Context, db *sql.DB, query string) (version int, err error) {
	var tables int
	if err := db.QueryRowContext(ctx, query).Scan(&tables); err != nil || tables == 0 {
		return 0, err
	}
	err = db.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version").Scan(&version)
	return version, err
}

// newestMigration is the number of the last migration that this program knows.
func newestMigration() (int, error) {
	files, err := fs.ReadDir(migrations, "migrations/sqlite") // sorted by name
	if err != nil {
		return 0, fmt.Errorf("find the migrations: %w", err)
	}
	number, err := goose.NumericComponent(files[len(files)-1].Name())
	if err != nil {
		return 0, fmt.Errorf("read the number of a migration: %w", err)
	}
	return int(number), nil
}
