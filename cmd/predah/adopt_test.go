package main

import (
	"os"
	"path/filepath"
	"testing"

	"predah/internal/store/storetest"
)

// TestAReplicaWithOtherSecretsIsRefused: one that has none is not given new ones either.
func TestAReplicaWithOtherSecretsIsRefused(t *testing.T) {
	database := "--database=" + storetest.Postgres(t).Postgres
	first, other, none := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b"), filepath.Join(t.TempDir(), "c")
	must(t, "/vabilo#", "counsellors", "invite", "ana@primer.si", "--name", "A", "--organisation", "B", "--data", first, database)
	must(t, "has the pepper", "keys", "make", "--data", other)
	for _, data := range []string{other, none} {
		refused(t, "the secrets are not those that this database was made with", "serve", "--listen", "127.0.0.1:0", "--data", data, database)
		refused(t, "predah keys adopt", "counsellors", "invite", "bor@primer.si", "--name", "A", "--organisation", "B", "--data", data, database)
	}
	if _, err := os.Stat(filepath.Join(none, "secrets")); err == nil {
		t.Error("secrets were made that do not go with the database")
	}
	must(t, "goes with "+filepath.Join(other, "secrets"), "keys", "adopt", "--data", other, database)
	must(t, "", "counsellors", "list", "--data", other, database)
	refused(t, "the secrets are not those", "counsellors", "list", "--data", first, database)
}
