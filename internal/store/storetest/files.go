package storetest

import (
	"bytes"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"predah/internal/store"
)

// Holding lists the files of a database that have the bytes: the SQLite file and those
// beside it, or PostgreSQL's tables and indexes (not its write-ahead log, whose age the
// operator decides).
func Holding(t testing.TB, config store.Config, needle []byte) []string {
	t.Helper()
	files := []string{config.File, config.File + "-wal", config.File + "-shm"}
	if config.Postgres != "" {
		files = heap(t, config)
	}
	var holding []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if bytes.Contains(data, needle) {
			holding = append(holding, filepath.Base(file))
		}
	}
	return holding
}

// heap lists the files of tables and indexes after everything was written to them.
func heap(t testing.TB, config store.Config) []string {
	t.Helper()
	server, err := running()
	if err != nil {
		t.Fatal(err)
	}
	pool, err := sql.Open("pgx", config.Postgres)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.ExecContext(t.Context(), "CHECKPOINT"); err != nil {
		t.Fatal(err)
	}
	var files []string
	err = filepath.WalkDir(filepath.Join(server.socket, "cluster", "base"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			files = append(files, path)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil // removed since it was listed
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
