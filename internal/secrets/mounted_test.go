package secrets_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"predah/internal/secrets"
)

// mount is a folder of secrets as a cluster gives it to each replica: links to the files of a
// version, which are all exchanged at once by another link.
type mount struct {
	path     string
	versions int
}

// bring makes the mount show what is in the folder.
func (m *mount) bring(t *testing.T, from string) {
	t.Helper()
	m.versions++
	version := fmt.Sprintf("..version%d", m.versions)
	err := os.CopyFS(filepath.Join(m.path, version), os.DirFS(from))
	if err == nil {
		err = os.Remove(filepath.Join(m.path, version, ".lock"))
	}
	if err == nil {
		err = os.Symlink(version, filepath.Join(m.path, "..new"))
	}
	if err == nil {
		err = os.Rename(filepath.Join(m.path, "..new"), filepath.Join(m.path, "..data"))
	}
	if err != nil {
		t.Fatal(err)
	}
	private(t, filepath.Join(m.path, version))
	shown, _ := filepath.Glob(filepath.Join(m.path, "[!.]*"))
	for _, link := range shown {
		if _, err := os.Stat(link); err != nil && os.Remove(link) != nil {
			t.Fatal(err)
		}
	}
	files, _ := filepath.Glob(filepath.Join(m.path, "..data", "*"))
	for _, file := range files {
		name := filepath.Base(file)
		if err := os.Symlink(filepath.Join("..data", name), filepath.Join(m.path, name)); err != nil && !os.IsExist(err) {
			t.Fatal(err)
		}
	}
}

// private closes the files of a folder to others, as copying does not.
func private(t *testing.T, folder string) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(folder, "*"))
	for _, file := range files {
		if info, err := os.Lstat(file); err == nil && info.Mode().IsRegular() {
			if err := os.Chmod(file, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestReplicasWithMountedSecretsNeverSignWhatAnotherCannotCheck: a key is made on the operator's
// machine and reaches one replica four minutes before the other.
func TestReplicasWithMountedSecretsNeverSignWhatAnotherCannotCheck(t *testing.T) {
	clock := newClock()
	path := filepath.Join(t.TempDir(), "source")
	open(t, path, clock.now)
	early, late := &mount{path: t.TempDir()}, &mount{path: t.TempDir()}
	early.bring(t, path)
	late.bring(t, path)
	a, b := open(t, early.path, clock.now), open(t, late.path, clock.now)
	if _, err := os.Stat(filepath.Join(early.path, ".lock")); err == nil {
		t.Error("a folder that has everything is written to")
	}

	clock.Time = clock.Add(time.Hour)
	added, err := open(t, path, clock.now).Rotate(secrets.Access)
	if err != nil {
		t.Fatal(err)
	}
	clock.Time = clock.Add(time.Hour) // it is brought long after it was made
	early.bring(t, path)
	signed := 0
	for minute := range 15 {
		if minute == 4 {
			late.bring(t, path)
		}
		for _, folder := range []*secrets.Folder{a, b} {
			if err := folder.Reload(); err != nil {
				t.Fatal(err)
			}
		}
		for _, pair := range [][2]*secrets.Folder{{a, b}, {b, a}} {
			key := pair[0].Signing(secrets.Access)
			if _, known := pair[1].Key(secrets.Access, key.ID); !known {
				t.Errorf("minute %d: one signs with a key that the other does not know", minute)
			}
			if key.ID == added.ID {
				signed++
			}
		}
		clock.Time = clock.Add(time.Minute)
	}
	if signed == 0 {
		t.Error("the new key never signs")
	}
}

func TestAnUnknownKeyIsLookedForOnce(t *testing.T) {
	path, clock := filepath.Join(t.TempDir(), "secrets"), newClock()
	running, other := open(t, path, clock.now), open(t, path, clock.now)
	clock.Time = clock.Add(time.Hour)
	added, err := other.Rotate(secrets.Access)
	if err != nil {
		t.Fatal(err)
	}
	if _, known := running.Key(secrets.Access, added.ID); !known {
		t.Error("a key that another process knows is not looked for")
	}
	clock.Time = clock.Add(time.Second)
	second, err := other.Rotate(secrets.Access)
	if err != nil {
		t.Fatal(err)
	}
	if _, known := running.Key(secrets.Access, second.ID); known {
		t.Error("whoever names keys makes the folder be read each time")
	}
	clock.Time = clock.Add(5 * time.Second)
	if _, known := running.Key(secrets.Access, second.ID); !known {
		t.Error("it is never looked for again")
	}
	if _, known := running.Key(secrets.Receipts, second.ID); known {
		t.Error("a key is found for another purpose than its own")
	}
}

func TestAFileThatIsNotWholeYetLeavesTheKeysAsTheyWere(t *testing.T) {
	path, clock := filepath.Join(t.TempDir(), "secrets"), newClock()
	running := open(t, path, clock.now)
	signing := running.Signing(secrets.Access)
	clock.Time = clock.Add(time.Hour)
	arriving := filepath.Join(path, "access-20261124T090000Z-arriving.pem")
	if err := os.WriteFile(arriving, []byte("-----BEGIN PRIV"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := running.Reload(); err == nil || running.Err() == nil {
		t.Error("nobody is told")
	}
	if got := running.Signing(secrets.Access); got.ID != signing.ID {
		t.Error("the keys are not what they were")
	}
	if err := os.Remove(arriving); err != nil {
		t.Fatal(err)
	}
	if err := running.Reload(); err != nil || running.Err() != nil {
		t.Errorf("it does not recover: %v", err)
	}
}
