package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

// smallDisk mounts a disk of 3 MiB in memory, where this user may.
func smallDisk(t *testing.T) (folder string, mount func(flags uintptr)) {
	t.Helper()
	folder = t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=3m"); err != nil {
		t.Skipf("no disk can be mounted here (%v); the other tests let SQLite itself say that it is full or read-only", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
	return folder, func(flags uintptr) {
		t.Helper()
		if err := syscall.Mount("tmpfs", folder, "tmpfs", syscall.MS_REMOUNT|flags, "size=3m"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOnADiskThatIsReallyFullNothingAcknowledgedIsLost(t *testing.T) {
	disk, _ := smallDisk(t)
	config := store.Config{File: filepath.Join(disk, "data", "predah.db"), Tombstones: filepath.Join(disk, "tombstones")}
	s, err := store.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	ballast := filepath.Join(disk, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	big, kept := strings.Repeat("value", 10_000), 0
	for ; err == nil; kept++ {
		err = write(t, s, fmt.Sprint("n", kept), big)
	}
	kept-- // the last was refused
	wantFault(t, "on the full disk", err, store.ErrDiskFull)
	for i := range kept {
		if state(t, s, fmt.Sprint("n", i)) != big {
			t.Fatalf("value %d of %d is lost while the disk is full", i, kept)
		}
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	keep(t, s, "after", "kept")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	for i := range kept {
		if state(t, again, fmt.Sprint("n", i)) != big {
			t.Errorf("value %d of %d is lost", i, kept)
		}
	}
	if kept < 5 || state(t, again, "after") != "kept" {
		t.Errorf("%d values fitted; the one after is %q", kept, state(t, again, "after"))
	}
}

func TestOnADiskThatIsReallyFullTheStartSaysSo(t *testing.T) {
	disk, _ := smallDisk(t)
	there, none := store.Config{File: filepath.Join(disk, "there", "predah.db")}, store.Config{File: filepath.Join(disk, "none", "predah.db")}
	s, err := store.Open(t.Context(), there)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(disk, "ballast"), make([]byte, 3<<20), 0o600); err == nil {
		t.Fatal("the ballast fits: the test shows nothing")
	}
	for _, config := range []store.Config{there, none} {
		_, err := store.Open(t.Context(), config)
		wantFault(t, "open", err, store.ErrDiskFull)
		if err != nil && (!strings.Contains(err.Error(), config.File) || strings.Contains(err.Error(), "\n")) {
			t.Errorf("it does not say which file, in one line: %v", err)
		}
	}
	if err := os.Remove(filepath.Join(disk, "ballast")); err != nil {
		t.Fatal(err)
	}
	for _, config := range []store.Config{there, none} {
		storetest.Open(t, config)
	}
}

func TestOnADiskThatIsReadOnlyTheStartSaysSo(t *testing.T) {
	disk, mount := smallDisk(t)
	config := storetest.SQLite(t)
	config.File = filepath.Join(disk, "data", "predah.db")
	s, err := store.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	mount(syscall.MS_RDONLY)
	_, err = store.Open(t.Context(), config)
	wantFault(t, "open", err, store.ErrReadOnly)
	if err != nil && !strings.Contains(err.Error(), config.File) {
		t.Errorf("it does not say which file: %v", err)
	}
	mount(0)
	if s, err = store.Open(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
