package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/store/storetest"
)

// TestADatabaseGoesWithTheRotatedPepperAlone: a replica that was forgotten, with a copy of the old
// secrets, would write what nobody else can read.
func TestADatabaseGoesWithTheRotatedPepperAlone(t *testing.T) {
	postgres := storetest.Postgres(t).Postgres
	data, replica := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	database := "--database=" + postgres
	must(t, "/vabilo#", "counsellors", "invite", "ana@primer.si", "--name", "A", "--organisation", "B", "--data", data, database)
	copySecrets(t, replica, data)
	_, end := serving(t, serveCommand{dataFlags: dataFlags{Data: replica, Database: postgres}})
	refused(t, store.ErrServed.Error(), "keys", "rotate", "pepper", "--data", data, database)
	end()
	must(t, "There is a new pepper", "keys", "rotate", "pepper", "--data", data, database)

	_, end = serving(t, serveCommand{dataFlags: dataFlags{Data: data, Database: postgres}})
	end()
	must(t, "ana@primer.si", "counsellors", "list", "--data", data, database)
	refused(t, store.ErrOtherPepper.Error(), "serve", "--listen", "127.0.0.1:0", "--data", replica, database)
	refused(t, store.ErrOtherPepper.Error(), "keys", "rotate", "pepper", "--data", replica, database)
	if secrets.Rotating(filepath.Join(replica, "secrets")) {
		t.Error("a pepper was made that nothing will ever go with")
	}
}

// copySecrets gives one folder of data the secrets of another.
func copySecrets(t *testing.T, to, from string) {
	t.Helper()
	to = filepath.Join(to, "secrets")
	if err := os.CopyFS(to, os.DirFS(filepath.Join(from, "secrets"))); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(to)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if err := os.Chmod(filepath.Join(to, file.Name()), 0o600); err != nil { // copied by the umask
			t.Fatal(err)
		}
	}
}

// TestARotationOfThePepperGoesOnWhereverItWasInterrupted: before the database knows the new pepper,
// while it goes with both, and when it goes with the new one alone.
func TestARotationOfThePepperGoesOnWhereverItWasInterrupted(t *testing.T) {
	for name, known := range map[string]func(old, next string) []string{
		"before":  func(old, _ string) []string { return []string{old} },
		"between": func(old, next string) []string { return []string{old, next} },
		"after":   func(_, next string) []string { return []string{next} },
	} {
		t.Run(name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "data")
			must(t, "/vabilo#", "counsellors", "invite", "ana@primer.si", "--name", "A", "--organisation", "B", "--data", data)
			folder, err := secrets.Open(filepath.Join(data, "secrets"), time.Now)
			if err != nil {
				t.Fatal(err)
			}
			_, err = folder.RotatePepper(func(old, next secrets.Pepper) error {
				opened := storetest.Open(t, dataFlags{Data: data}.config(nil))
				if err := opened.ReplacePeppers(t.Context(), known(old.Check(), next.Check())...); err != nil {
					t.Error(err)
				}
				if err := opened.Close(); err != nil {
					t.Error(err)
				}
				return os.ErrProcessDone
			})
			if err == nil {
				t.Fatal("it was not interrupted")
			}
			if name != "before" {
				refused(t, store.ErrOtherPepper.Error(), "serve", "--listen", "127.0.0.1:0", "--data", data)
			}
			must(t, "There is a new pepper", "keys", "rotate", "pepper", "--data", data)
			must(t, "ana@primer.si", "counsellors", "list", "--data", data)
			_, end := serving(t, serveCommand{dataFlags: dataFlags{Data: data}})
			end()
		})
	}
}
