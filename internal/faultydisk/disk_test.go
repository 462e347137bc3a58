package faultydisk_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"predah/internal/faultydisk"
)

func mount(t *testing.T) *faultydisk.Disk {
	t.Helper()
	if err := faultydisk.Available(); err != nil {
		t.Skipf("no faulty disk: %v", err)
	}
	d, err := faultydisk.Mount(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Unmount(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func none(string) bool { return false }

// cut returns what a file has after a power cut at the end; nil if there is no file.
func cut(t *testing.T, d *faultydisk.Disk, seed uint64, ignored func(string) bool, name string) []byte {
	t.Helper()
	trace := d.Trace()
	folder := t.TempDir()
	if err := trace.Cut(trace.Len(), rand.New(rand.NewPCG(seed, 1)), ignored, folder); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return content
}

func TestWhatWasFlushedSurvivesEveryPowerCutAndWhatWasNotMayNot(t *testing.T) {
	d := mount(t)
	flushed, unflushed := bytes.Repeat([]byte("a"), 5000), bytes.Repeat([]byte("b"), 5000)
	file, err := os.Create(filepath.Join(d.Folder, "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, err := range []error{write(file, flushed), file.Sync(), write(file, unflushed)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Rename(file.Name(), filepath.Join(d.Folder, "renamed")); err != nil {
		t.Fatal(err)
	}
	lengths, names, gone := make(map[int]bool), make(map[string]bool), 0
	for seed := range uint64(100) {
		for _, name := range []string{"file", "renamed"} {
			content := cut(t, d, seed, none, name)
			if content == nil {
				continue
			}
			names[name] = true
			lengths[len(content)] = true
			if !bytes.HasPrefix(content, flushed) {
				t.Fatalf("seed %d: what was flushed is gone", seed)
			}
		}
		if !bytes.HasPrefix(cut(t, d, seed, func(string) bool { return true }, "renamed"), flushed) {
			gone++
		}
	}
	if len(lengths) < 3 || len(names) != 2 || gone == 0 {
		t.Errorf("in 100 cuts the file had %d lengths and %d names, and without flushes it lost something %d times", len(lengths), len(names), gone)
	}
}

func write(file *os.File, content []byte) error {
	_, err := file.Write(content)
	return err
}

func TestADiskFailsAsItIsToldAndRecovers(t *testing.T) {
	d := mount(t)
	name := filepath.Join(d.Folder, "file")
	for _, errno := range []syscall.Errno{syscall.ENOSPC, syscall.EROFS, syscall.EIO} {
		d.Set(faultydisk.Fault{Errno: errno})
		if err := os.WriteFile(name, []byte("content"), 0o600); !errors.Is(err, errno) {
			t.Errorf("the error is %v, want %v", err, errno)
		}
		d.Set(faultydisk.Fault{})
		if err := os.WriteFile(name, []byte("content"), 0o600); err != nil {
			t.Errorf("after %v: %v", errno, err)
		}
	}
}
