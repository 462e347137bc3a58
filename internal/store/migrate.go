package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// migrateUp applies the migrations that the database lacks. The caller keeps other
// processes away meanwhile.
func migrateUp(ctx context.Context, db *sql.DB, dialect goose.Dialect, folder string, options ...goose.ProviderOption) error {
	files, err := fs.Sub(migrations, "migrations/"+folder)
	if err != nil {
		return fmt.Errorf("find the migrations: %w", err)
	}
	// goose also has a registry shared by the whole process; ours are all files.
	provider, err := goose.NewProvider(dialect, db, files, append(options, goose.WithDisableGlobalRegistry(true))...)
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("apply the migrations: %w", err)
	}
	return nil
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
