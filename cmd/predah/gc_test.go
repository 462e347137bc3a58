package main

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

func TestGCRemovesWhatHasPassedItsTimeAndSaysHowMuch(t *testing.T) {
	data, _ := withVaults(t) // one vault of it is empty since now
	s := storetest.Open(t, dataFlags{Data: data}.config(nil))
	at := time.Now().Add(-25 * time.Hour)
	earlier := vault.New(vault.Config{Store: s.Vaults(), Now: func() time.Time { return at }, Limits: vault.DefaultLimits()})
	auth := vaulttest.Auth()
	_, _, err := earlier.Create(t.Context(), auth.ID(), auth)
	session, errOpen := earlier.Authenticate(t.Context(), auth.ID(), auth)
	at = at.Add(-36 * 24 * time.Hour)
	if err := errors.Join(err, errOpen, earlier.DeleteRecord(t.Context(), session, vault.RecordID(vaulttest.UUID(at)))); err != nil {
		t.Fatal(err)
	}
	must(t, "The database is whole: 3 vaults", "verify", "--data", data)
	must(t, "Removed: 0 expired grants, 1 empty or idle vault, 1 old tombstone.", "gc", "--data", data)
	must(t, "Removed: 0 expired grants, 0 empty or idle vaults, 0 old tombstones.", "gc", "--data", data)
	must(t, "The database is whole: 2 vaults, 1 record", "verify", "--data", data)
	refused(t, "no such file", "gc", "--data", filepath.Join(data, "other"))
}
