package secrets_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/secrets"
)

// clock is a clock that stands still until it is moved.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

func newClock() *clock { return &clock{time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)} }

func open(t *testing.T, path string, now func() time.Time) *secrets.Folder {
	t.Helper()
	folder, err := secrets.Open(path, now)
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

func ids(keys []secrets.SigningKey) (ids []string) {
	for _, key := range keys {
		ids = append(ids, key.ID)
	}
	return ids
}

func TestSecretsAreMadeOnceAndReadByTheirOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "with [brackets]", "secrets")
	first := open(t, path, newClock().now)
	second := open(t, path, newClock().now)
	if first.Pepper() != second.Pepper() || first.Pepper() == secrets.NewPepper() {
		t.Error("the pepper is not kept")
	}
	for _, purpose := range []secrets.Purpose{secrets.Receipts, secrets.Access} {
		if diff := cmp.Diff(ids(first.Keys(purpose)), ids(second.Keys(purpose))); diff != "" || len(first.Keys(purpose)) != 1 {
			t.Errorf("%s keys: %s", purpose, diff)
		}
	}
	if first.Keys(secrets.Receipts)[0].ID == first.Keys(secrets.Access)[0].ID {
		t.Error("one key has two purposes")
	}
	files, err := os.ReadDir(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		info, err := file.Info()
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(file.Name(), ".part") || file.Name() != ".lock" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %o", file.Name(), info.Mode().Perm())
		}
	}
}

func TestSecretsThatOthersMayReadAreRefused(t *testing.T) {
	for _, pattern := range []string{"pepper", "access-*", "receipt-*"} {
		path := filepath.Join(t.TempDir(), "secrets")
		open(t, path, newClock().now)
		files, _ := filepath.Glob(filepath.Join(path, pattern))
		if err := os.Chmod(files[0], 0o640); err != nil {
			t.Fatal(err)
		}
		if _, err := secrets.Open(path, newClock().now); err == nil || !strings.Contains(err.Error(), "0600") {
			t.Errorf("%s: %v", pattern, err)
		}
	}
}

func TestMountedSecretsAreOnlyRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secrets")
	made := open(t, path, newClock().now)
	lock := filepath.Join(path, ".lock")
	if err := os.Remove(lock); err != nil {
		t.Fatal(err)
	}
	if open(t, path, newClock().now).Pepper() != made.Pepper() {
		t.Error("another pepper was read")
	}
	if _, err := os.Stat(lock); err == nil {
		t.Error("a folder that has everything was written to")
	}
}

// A container's user is not the owner of what is mounted, but in its group.
func TestSecretsOfAnotherOwnerMayBeReadByTheirGroupOnly(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	for mode, accepted := range map[os.FileMode]bool{0o400: true, 0o440: true, 0o444: false, 0o460: false} {
		path := filepath.Join(t.TempDir(), "secrets")
		open(t, path, newClock().now)
		files, _ := filepath.Glob(filepath.Join(path, "*"))
		for _, file := range files {
			if err := errors.Join(os.Chown(file, 65532, 65532), os.Chmod(file, mode)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := secrets.Open(path, newClock().now); (err == nil) != accepted {
			t.Errorf("mode %o: %v", mode, err)
		}
	}
}

func TestDamagedSecretsAreRefusedAndNeverReplaced(t *testing.T) {
	for _, pattern := range []string{"pepper", "access-*", "receipt-*"} {
		path := filepath.Join(t.TempDir(), "secrets")
		open(t, path, newClock().now)
		files, _ := filepath.Glob(filepath.Join(path, pattern))
		if err := os.WriteFile(files[0], []byte("damaged"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := secrets.Open(path, newClock().now); err == nil {
			t.Errorf("%s: opened", pattern)
		}
		if content, _ := os.ReadFile(files[0]); string(content) != "damaged" {
			t.Errorf("%s was written over", pattern)
		}
	}
}

func TestProcessesThatStartTogetherHaveTheSameSecrets(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secrets")
	folders := make([]*secrets.Folder, 16)
	var starting sync.WaitGroup
	for i := range folders {
		starting.Go(func() { folders[i], _ = secrets.Open(path, newClock().now) })
	}
	starting.Wait()
	for _, folder := range folders {
		if folder == nil || folder.Pepper() != folders[0].Pepper() ||
			!cmp.Equal(ids(folder.Keys(secrets.Access)), ids(folders[0].Keys(secrets.Access))) || len(folder.Keys(secrets.Access)) != 1 {
			t.Fatal("two processes have different secrets")
		}
	}
}

func TestANewKeySignsOnceEveryProcessKnowsIt(t *testing.T) {
	path, clock := filepath.Join(t.TempDir(), "secrets"), newClock()
	running, other := open(t, path, clock.now), open(t, path, clock.now)
	old := running.Signing(secrets.Access)
	clock.Time = clock.Add(time.Hour)
	added, err := other.Rotate(secrets.Access)
	if err != nil {
		t.Fatal(err)
	}
	if got := other.Signing(secrets.Access).ID; got != old.ID {
		t.Error("the new key signs at once")
	}
	ticks := make(chan time.Time)
	ctx, stop := context.WithCancel(t.Context())
	var tending sync.WaitGroup
	tending.Go(func() {
		running.Tend(ctx, ticks, func(err error) {
			if err != nil {
				t.Error(err)
			}
		})
	})
	ticks <- clock.Time
	stop()
	tending.Wait()
	if _, known := running.Key(secrets.Access, added.ID); !known {
		t.Error("the new key is not noticed")
	}
	clock.Time = clock.Add(secrets.Settling)
	for _, folder := range []*secrets.Folder{running, other} {
		if got := folder.Signing(secrets.Access).ID; got != added.ID {
			t.Error("the new key does not sign once it has settled")
		}
	}
}

func TestOldAccessKeysGoAndReceiptKeysStay(t *testing.T) {
	path, clock := filepath.Join(t.TempDir(), "secrets"), newClock()
	folder := open(t, path, clock.now)
	for range 3 {
		clock.Time = clock.Add(secrets.AccessKept)
		for _, purpose := range []secrets.Purpose{secrets.Access, secrets.Receipts} {
			if _, err := folder.Rotate(purpose); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := len(folder.Keys(secrets.Receipts)); got != 4 {
		t.Errorf("%d receipt keys", got)
	}
	clock.Time = clock.Add(time.Second)
	if _, err := folder.Rotate(secrets.Access); err != nil {
		t.Fatal(err)
	}
	// The first two were replaced more than an hour ago; the third just now, by the fourth; the fifth is new.
	if got := len(folder.Keys(secrets.Access)); got != 3 {
		t.Errorf("%d access keys", got)
	}
}

func TestKeysFromThePepperAreUnrelatedAndStayTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secrets")
	pepper := open(t, path, newClock().now).Pepper()
	if pepper.Key("auth") == pepper.Key("fake-salt") || pepper.Key("auth") != open(t, path, newClock().now).Pepper().Key("auth") {
		t.Error("the derived keys are not what they should be")
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	key, pepper := secrets.NewSigningKey(newClock().now()), secrets.NewPepper()
	if got := fmt.Sprintf("%v %+v %#v", key, key, key); got != key.ID+" "+key.ID+" "+key.ID {
		t.Errorf("a key is printed as %s", got)
	}
	if got := fmt.Sprintf("%v %+v %#v", pepper, pepper, pepper); got != "pepper pepper pepper" {
		t.Errorf("a pepper is printed as %s", got)
	}
}
