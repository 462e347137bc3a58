package main

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"predah/internal/account/accounttest"
	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// predah runs a command line.
func predah(args ...string) (code int, said string) {
	var out bytes.Buffer
	code = run(args, streams{in: strings.NewReader(""), out: &out, err: &out})
	return code, out.String()
}

// must runs a command line that has to succeed and to say something.
func must(t *testing.T, want string, args ...string) {
	t.Helper()
	if code, said := predah(args...); code != 0 || !strings.Contains(said, want) {
		t.Errorf("predah %s: %d, %s", strings.Join(args, " "), code, said)
	}
}

// refused runs a command line that has to fail and to say why.
func refused(t *testing.T, want string, args ...string) {
	t.Helper()
	if code, said := predah(args...); code == 0 || !strings.Contains(said, want) {
		t.Errorf("predah %s: %d, %s", strings.Join(args, " "), code, said)
	}
}

// withVaults makes a folder of data with two vaults and a record, and returns what deletes
// the vault that holds it.
func withVaults(t *testing.T) (data string, deleteVault func()) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "data")
	config := dataFlags{Data: data}.config(nil)
	s := storetest.Open(t, config)
	at := time.Now()
	service := vault.New(vault.Config{Store: s.Vaults(), Now: func() time.Time { return at }, Limits: vault.DefaultLimits()})
	var session vault.Session
	for range 2 {
		auth := vaulttest.Auth()
		_, _, err := service.Create(t.Context(), auth.ID(), auth)
		if err == nil {
			session, err = service.Authenticate(t.Context(), auth.ID(), auth)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := service.PutRecord(t.Context(), session, vault.RecordID(vaulttest.UUID(at)), vaulttest.Record(t)); err != nil {
		t.Fatal(err)
	}
	return data, func() {
		at = at.Add(time.Second)
		if err := service.Delete(t.Context(), session); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAttack16ARestoreWithoutTheTombstonesIsRefused(t *testing.T) {
	data, deleteVault := withVaults(t)
	backup, tombstones := filepath.Join(t.TempDir(), "backup"), filepath.Join(data, "tombstones")
	must(t, "2 vaults, 1 record, 0 counsellors", "backup", "--data", data, backup)
	refused(t, "there is a file of this name already", "backup", "--data", data, backup)
	must(t, "is whole: 2 vaults, 1 record", "verify", backup)
	deleteVault()
	must(t, "The database is whole: 1 vault, 0 records", "verify", "--data", data)

	other := filepath.Join(t.TempDir(), "other")
	refused(t, "the file of tombstones is not there", "restore", "--data", other, backup)
	refused(t, "no such file", "verify", "--data", other)
	must(t, "Restored 1 vault, 0 records, 0 counsellors", "restore", "--data", other, "--tombstones", tombstones, backup)
	refused(t, "--force replaces what it holds", "restore", "--data", other, "--tombstones", tombstones, backup)
	must(t, "Deleted since and left out: 2.", "restore", "--data", other, "--force", backup)

	// Nor does a service start on a backup that was put in the database's place by hand.
	byHand := filepath.Join(t.TempDir(), "by-hand")
	if err := os.Mkdir(byHand, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(backup, filepath.Join(byHand, "predah.db")); err != nil {
		t.Fatal(err)
	}
	err := serveCommand{Listen: "127.0.0.1:0", LogFormat: "text", dataFlags: dataFlags{Data: byHand}}.serve(
		t.Context(), streams{out: &bytes.Buffer{}, err: &bytes.Buffer{}})
	if err == nil || !strings.Contains(err.Error(), store.ErrIsBackup.Error()) {
		t.Errorf("the service started on a backup: %v", err)
	}
}

func TestARestoreUnderARunningServiceIsRefused(t *testing.T) {
	data, _ := withVaults(t)
	backup := filepath.Join(t.TempDir(), "backup")
	command := serveCommand{dataFlags: dataFlags{Data: data}}
	_, end := serving(t, command)
	must(t, "2 vaults", "backup", "--data", data, backup)
	refused(t, "end it first", "restore", "--data", data, "--force", "--no-tombstones", backup)
	end()
	must(t, "Restored 2 vaults", "restore", "--data", data, "--force", "--no-tombstones", backup)
}

// TestABackupHoldsNoSecret: the database is one of a counsellor whose account was made with the
// pepper, beside the folder of the secrets, as a service has it.
func TestABackupHoldsNoSecret(t *testing.T) {
	data, backup := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "backup")
	kept, err := secrets.Open(filepath.Join(data, "secrets"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	house := accounttest.Open(storetest.Open(t, dataFlags{Data: data}.config(nil)), kept.Pepper(), accounttest.NewClock())
	counsellor := house.Join(t, "office@primer.si")
	house.SignIn(t, counsellor)
	must(t, "0 vaults, 0 records, 1 counsellor", "backup", "--data", data, backup)

	held, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(held, []byte(counsellor.Email)) {
		t.Error("the backup lacks the account: the test shows nothing")
	}
	for name, secret := range secretBytes(t, filepath.Join(data, "secrets")) {
		if bytes.Contains(held, secret) {
			t.Errorf("the backup has %s", name)
		}
	}
}

// secretBytes are the pepper and the keys, as their files have them and as programs do.
func secretBytes(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string][]byte)
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for text := range bytes.Lines(content) {
			text = bytes.TrimSpace(text)
			if decoded, err := base64.StdEncoding.DecodeString(string(text)); err == nil { // not the frame of a PEM
				found[file.Name()+" in base64"] = text
				found[file.Name()] = decoded[len(decoded)-32:] // what is before a key in PKCS #8 is no secret
			}
		}
	}
	if len(found) != 6 {
		t.Errorf("%d forms of secrets, not two of the pepper and of a key of each of two purposes", len(found))
	}
	return found
}
