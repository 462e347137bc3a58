package secrets

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// Folder is the folder of the secrets. It may be used by several goroutines at once, and
// several processes may open the same folder.
type Folder struct {
	path   string
	now    func() time.Time
	pepper Pepper

	reading sync.Mutex // one reading at a time, so that an older one never replaces a newer

	mu     sync.RWMutex
	keys   map[Purpose][]SigningKey // oldest first
	seen   map[string]time.Time     // when a key was first read, by its id; zero for those there at the start
	failed error                    // why the last reading failed
	looked time.Time                // when an unknown key was last looked for
}

// Open opens the folder and makes what is missing: the folder (mode 0700), the pepper and a key
// for each purpose (mode 0600). It refuses files that others than their owner may read. A folder
// that has everything is only read, so it may be mounted without the right to write.
func Open(path string, now func() time.Time) (*Folder, error) {
	f := &Folder{path: path, now: now}
	err := f.readAll()
	if missing(err) {
		err = f.make()
	}
	if err != nil {
		return nil, fmt.Errorf("open the secrets: %w", err)
	}
	return f, nil
}

// make makes what is missing, and reads everything.
func (f *Folder) make() error {
	if err := os.MkdirAll(f.path, 0o700); err != nil {
		return err
	}
	if err := f.locked(f.complete); err != nil {
		return err
	}
	return f.readAll()
}

// readAll reads the pepper and the keys. The error is fs.ErrNotExist when one is not there.
func (f *Folder) readAll() (err error) {
	if f.pepper, err = readPepper(f.pepperFile()); err != nil {
		return err
	}
	return f.Reload()
}

// locked runs do while no other process changes the folder.
func (f *Folder) locked(do func() error) error {
	unlock, err := lockedfile.MutexAt(filepath.Join(f.path, ".lock")).Lock()
	if err != nil {
		return fmt.Errorf("lock the folder: %w", err)
	}
	defer unlock()
	return do()
}

func (f *Folder) pepperFile() string { return filepath.Join(f.path, "pepper") }

// complete makes what is missing.
func (f *Folder) complete() error {
	_, err := readPepper(f.pepperFile())
	if missing(err) {
		err = writePepper(f.pepperFile(), NewPepper())
	}
	if err != nil {
		return err
	}
	for _, purpose := range purposes() {
		keys, err := f.read(purpose)
		if err == nil && len(keys) == 0 {
			_, err = f.add(purpose)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Pepper returns the pepper. It never changes.
func (f *Folder) Pepper() Pepper { return f.pepper }

// Reload reads the keys again, so that a running service notices a rotation. An error leaves
// the keys as they were.
func (f *Folder) Reload() error {
	f.reading.Lock()
	defer f.reading.Unlock()
	read, err := f.readKeys()
	if missing(err) { // a file went while the folder was read: a mounted secret was exchanged
		read, err = f.readKeys()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.failed = err; err != nil {
		return err
	}
	f.keys = read
	f.notice()
	return nil
}

// readKeys reads the keys of every purpose.
func (f *Folder) readKeys() (map[Purpose][]SigningKey, error) {
	read := make(map[Purpose][]SigningKey)
	for _, purpose := range purposes() {
		keys, err := f.read(purpose)
		if err == nil && len(keys) == 0 {
			err = fmt.Errorf("there is none: %w", fs.ErrNotExist)
		}
		if err != nil {
			return nil, fmt.Errorf("read the %s keys: %w", purpose, err)
		}
		read[purpose] = keys
	}
	return read, nil
}

// notice remembers when keys came to be here.
func (f *Folder) notice() {
	first := f.seen == nil
	seen := make(map[string]time.Time)
	for _, keys := range f.keys {
		for _, key := range keys {
			at, known := f.seen[key.ID]
			if !known && !first {
				at = f.now()
			}
			seen[key.ID] = at
		}
	}
	f.seen = seen
}

// Err says why the keys could not be read again the last time that was tried; nil if they were.
func (f *Folder) Err() error {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.failed
}

// Tend reloads the keys at every tick until ctx ends, and tells what came of it.
func (f *Folder) Tend(ctx context.Context, ticks <-chan time.Time, done func(error)) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			done(f.Reload())
		}
	}
}

// readPrivate reads a file that nobody else may read, of limit bytes at most.
func readPrivate(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !private(info) {
		return nil, fmt.Errorf("%s may be read or written by others: make its mode 0600", path)
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("%s is longer than %d bytes: it is not what it should be", path, limit)
	}
	return os.ReadFile(path)
}

// private tells whether a file may be read by its owner only. A file of another owner, as
// secrets that are mounted into a container are root's, is read by the group.
func private(info fs.FileInfo) bool {
	others := fs.FileMode(0o077)
	if !ours(info) {
		others = 0o037
	}
	return info.Mode().Perm()&others == 0
}

// writePrivate writes a new file durably: it is whole or it is not there. It never overwrites.
func writePrivate(path string, content []byte) error {
	part, err := os.CreateTemp(filepath.Dir(path), ".part-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(part.Name())
	if _, err := part.Write(content); err != nil {
		return errors.Join(err, part.Close())
	}
	if err := errors.Join(part.Sync(), part.Close()); err != nil {
		return err
	}
	if err := os.Link(part.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes the names in a folder durable.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// missing says whether an error is that a file is not there.
func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
