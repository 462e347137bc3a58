package store_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

// rowsOf are rows that a version of the tables can hold, by the version that brought their
// table. A new migration gets its rows here; those of older ones stay as they are, since
// databases have such rows.
func rowsOf(version int) []string {
	return [][]string{1: {
		`INSERT INTO vaults (id, verifier, epoch, created_at, idle_until, empty_since, records, bytes) VALUES ('vault', CAST('verifier' AS $BYTES), CAST('epoch' AS $BYTES), 1, 9999999999, 0, 1, 6)`,
		`INSERT INTO records (vault_id, id, size, saved, sealed) VALUES ('vault', 'record', 6, 86400, CAST('sealed' AS $BYTES))`,
		`INSERT INTO grants (vault_id, id, link_id, counsellor_id, recipient_fp, name, organisation, made, expires_at, size, opened_at, replied, sealed, reply)
			VALUES ('vault', 'grant', 'link', 'counsellor', 'fp', 'name', 'organisation', 1, 2, 6, 0, 0, CAST('sealed' AS $BYTES), NULL)`,
		`INSERT INTO grant_days (day, link_id, made) VALUES (86400, 'link', 3)`,
		`INSERT INTO accesses (vault_id, hour, grant_id, counsellor_id, kind, name, organisation, count) VALUES ('vault', 3600, 'grant', 'counsellor', 'opened', 'name', 'organisation', 2)`,
		`INSERT INTO tombstones (hash, deleted_at) VALUES (CAST('12345678901234567890123456789012' AS $BYTES), 5)`,
	}, 2: {
		`INSERT INTO counsellors (id, email, status, name, organisation, recipient, recipient_fp, made, salt, verifier, sealed_key, totp, last_step, wrong_codes, wrong_since, next_totp, next_made)
			VALUES ('counsellor', 'office@primer.si', 'active', 'name', 'organisation', 'age1pq', 'fp', 1, CAST('salt' AS $BYTES), CAST('verifier' AS $BYTES), NULL, NULL, 4, 0, 0, NULL, 0)`,
		`INSERT INTO recovery_codes (counsellor_id, hash) VALUES ('counsellor', CAST('code' AS $BYTES))`,
		`INSERT INTO invitations (hash, counsellor_id, email, name, organisation, totp, expires_at) VALUES (CAST('hash' AS $BYTES), 'other', 'other@primer.si', 'name', 'organisation', CAST('totp' AS $BYTES), 9)`,
		`INSERT INTO sessions (id, counsellor_id, started, last_used, ends_at, ended_at, cause) VALUES ('session', 'counsellor', 1, 2, 3, 0, '')`,
		`INSERT INTO refresh_tokens (hash, session_id, number, used_at) VALUES (CAST('token' AS $BYTES), 'session', 1, 0)`,
		`INSERT INTO share_links (id, counsellor_id, label, made, ends_at, off_at) VALUES ('link', 'counsellor', 'label', 1, 0, 0)`,
	}, 3: {
		`INSERT INTO state (name, value) VALUES ('name', 'value')`,
	}, 4: {
		`INSERT INTO check_days (day, questionnaire, finished) VALUES (86400, 'gaming', 12)`,
	}, 5: {
		`INSERT INTO wrong_codes (counter, count, since) VALUES ('counter', 2, 9)`,
	}, 6: {
		`INSERT INTO vault_days (vault_id, day, shares, unseen) VALUES ('vault', 86400, 3, 1)`,
	}}[version]
}

// rowsAt are those rows in the tables of another version, which may have done away with some.
func rowsAt(version, at int) []string {
	rows := slices.Clone(rowsOf(version))
	if at >= 6 {
		rows = slices.DeleteFunc(rows, func(row string) bool { return strings.Contains(row, "grant_days") })
	}
	if at >= 5 {
		for i := range rows {
			rows[i] = strings.NewReplacer("wrong_codes, wrong_since, next_totp", "next_totp", "NULL, NULL, 4, 0, 0, NULL, 0)", "NULL, NULL, 4, NULL, 0)",
				"organisation, totp, expires_at", "organisation, expires_at", "CAST('totp' AS $BYTES), 9)", "9)").Replace(rows[i])
		}
	}
	return rows
}

// goneTables are the tables that a later version did away with.
func goneTables() []string { return []string{"grant_days"} }

// gone are the columns that a later version did away with, by their table.
func gone() map[string][]string {
	return map[string][]string{"counsellors": {"wrong_codes", "wrong_since"}, "invitations": {"totp"}}
}

func TestADatabaseOfEveryEarlierVersionIsUpgradedWithItsRows(t *testing.T) {
	newest := store.NewestMigration(t)
	if len(rowsOf(newest)) == 0 {
		t.Fatalf("there are no rows of version %d", newest)
	}
	storetest.Each(t, func(t *testing.T, config store.Config) {
		for version := range newest {
			t.Run(fmt.Sprint(version), func(t *testing.T) {
				config := storetest.Another(t, config)
				before := map[string][]map[string]any{}
				old := store.OpenOld(t, config, version)
				for each := 1; each <= version; each++ {
					for _, statement := range rowsAt(each, version) {
						bytes := map[bool]string{true: "BLOB", false: "BYTEA"}[config.File != ""]
						old.Exec(t, strings.ReplaceAll(statement, "$BYTES", bytes))
						_, rest, _ := strings.Cut(statement, "INTO ")
						table, _, _ := strings.Cut(rest, " ")
						before[table] = old.Rows(t, table)
						if len(before[table]) != 1 {
							t.Fatalf("%s has %d rows", table, len(before[table]))
						}
					}
				}
				old.Close(t)
				schema, err := store.ReadSchema(t.Context(), config)
				if want := (store.Schema{Database: version, Program: newest}); err != nil || schema != want {
					t.Errorf("%+v, %v", schema, err)
				}

				s := storetest.Open(t, config)
				for _, table := range goneTables() {
					delete(before, table)
				}
				for _, table := range slices.Sorted(maps.Keys(before)) {
					after := store.RowsOf(t, s, table)
					for _, column := range gone()[table] {
						delete(before[table][0], column)
					}
					for i := range after { // columns that were added since are not compared
						maps.DeleteFunc(after[i], func(column string, _ any) bool { _, had := before[table][0][column]; return !had })
					}
					if diff := cmp.Diff(before[table], after); diff != "" {
						t.Errorf("%s (-before +after):\n%s", table, diff)
					}
				}
				if _, err := s.Verify(t.Context()); err != nil {
					t.Error(err)
				}
				keep(t, s, "written", "afterwards")
			})
		}
	})
}

func TestADatabaseOfANewerVersionIsRefusedAndLeftAsItIs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		s := storetest.Open(t, config)
		err := s.States().Write(t.Context(), func(tx store.Tx) error {
			return tx.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, ?)", 9001, true)
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = store.Open(t.Context(), config)
		if !errors.Is(err, store.ErrNewerDatabase) || !strings.Contains(err.Error(), "9001") {
			t.Errorf("got %v", err)
		}
		if schema, err := store.ReadSchema(t.Context(), config); err != nil || schema.Database != 9001 {
			t.Errorf("%+v, %v", schema, err)
		}
	})
}

func TestTenProcessesPrepareAnEmptyDatabaseOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		var starting sync.WaitGroup
		for range 10 {
			starting.Go(func() {
				if opened, err := store.Open(t.Context(), config); err != nil {
					t.Error(err)
				} else if err := opened.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		starting.Wait()
		rows := store.RowsOf(t, storetest.Open(t, config), "goose_db_version")
		if want := 1 + store.NewestMigration(t); len(rows) != want { // goose notes version 0 too
			t.Errorf("%d migrations were noted, want %d", len(rows), want)
		}
	})
}
