package store_test

import (
	"strings"
	"testing"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

func TestVerifyCountsRowsThatBelongToNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		s := storetest.Open(t, config)
		// What a person can do who restores tables by hand.
		without := func(statements ...string) {
			t.Helper()
			if config.File != "" {
				store.Pragma(t, s, "foreign_keys = off")
			}
			err := s.States().Write(t.Context(), func(tx store.Tx) error {
				if config.Postgres != "" {
					statements = append([]string{"SET LOCAL session_replication_role = replica"}, statements...)
				}
				for _, statement := range statements {
					bytes := map[bool]string{true: "BLOB", false: "BYTEA"}[config.File != ""]
					if err := tx.Exec(strings.ReplaceAll(statement, "$BYTES", bytes)); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		newest := store.NewestMigration(t)
		for version := range newest {
			without(rowsAt(version+1, newest)...)
		}
		if _, err := s.Verify(t.Context()); err != nil {
			t.Fatal(err)
		}
		for parent, tables := range map[string][]string{
			"vaults": {"records", "grants", "accesses"}, "counsellors": {"recovery_codes", "sessions", "share_links"}, "sessions": {"refresh_tokens"},
		} {
			without("UPDATE " + parent + " SET id = 'moved'")
			_, err := s.Verify(t.Context())
			if err == nil {
				t.Fatalf("nothing is found without %s", parent)
			}
			for _, table := range tables {
				// SQLite's own check comes first, and names the first table only.
				if config.Postgres != "" && !strings.Contains(err.Error(), "1 rows of "+table+" belong to no row of "+parent) {
					t.Errorf("%s: %v", table, err)
				}
			}
			back := map[string]string{"vaults": "vault", "counsellors": "counsellor", "sessions": "session"}[parent]
			without("UPDATE " + parent + " SET id = '" + back + "'")
		}
		if _, err := s.Verify(t.Context()); err != nil {
			t.Errorf("put right, but: %v", err)
		}
		without("UPDATE share_links SET counsellor_id = 'nobody'") // for which neither database has a rule
		if _, err := s.Verify(t.Context()); err == nil || !strings.Contains(err.Error(), "share_links") {
			t.Errorf("got %v", err)
		}
	})
}
