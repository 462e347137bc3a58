package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

// newest is the version of the tables that this program knows.
func newest(t *testing.T, data string) int {
	t.Helper()
	schema, err := store.ReadSchema(t.Context(), dataFlags{Data: data}.config(nil))
	if err != nil || schema.Program == 0 {
		t.Fatal(schema, err)
	}
	return schema.Program
}

func TestMigrateShowsWhatIsMissingAndBringsItUpToDate(t *testing.T) {
	data, _ := withVaults(t)
	known := newest(t, data)
	must(t, fmt.Sprintf("The tables have version %d, this program knows %d: up to date.", known, known), "migrate", "status", "--data", data)
	none := filepath.Join(t.TempDir(), "none")
	refused(t, "no such file", "migrate", "status", "--data", none)
	refused(t, "no such file", "migrate", "up", "--data", none)

	empty := t.TempDir()
	if err := os.WriteFile(filepath.Join(empty, "predah.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, fmt.Sprintf("have version 0, this program knows %d: %d steps are missing", known, known), "migrate", "status", "--data", empty)
	must(t, fmt.Sprintf("had version 0 and have %d", known), "migrate", "up", "--data", empty)
	must(t, fmt.Sprintf("had version %d and have %d", known, known), "migrate", "up", "--data", empty)
	must(t, "is whole: 0 vaults", "verify", "--data", empty)
}

func TestADatabaseOfANewerVersionIsRefusedByEveryCommand(t *testing.T) {
	data, _ := withVaults(t)
	db, err := sql.Open("sqlite3", filepath.Join(data, "predah.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9001, 1)"); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"migrate", "status"}, {"migrate", "up"}, {"verify"}, {"gc"}, {"serve", "--listen", "127.0.0.1:0"}, {"backup", filepath.Join(t.TempDir(), "backup")}} {
		refused(t, "those of a newer version of Predah", append(command, "--data", data)...)
	}
}

func TestMigrateWorksWithPostgreSQL(t *testing.T) {
	address, data := storetest.Postgres(t).Postgres, t.TempDir()
	must(t, "have version 0", "migrate", "status", "--data", data, "--database", address)
	must(t, "had version 0 and have", "migrate", "up", "--data", data, "--database", address)
	must(t, "up to date", "migrate", "status", "--data", data, "--database", address, "--database-connections", "2")
}
