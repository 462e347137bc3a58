package preview

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing must have changed before a change is told: editors save in
// several steps.
const quiet = 80 * time.Millisecond

// Watcher hears of every change below a folder from the moment it is made.
type Watcher struct {
	folder string
	events *fsnotify.Watcher
}

// Watch begins to watch a folder. Run must follow, to let go of it.
func Watch(folder string) (*Watcher, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch %s: %w", folder, err)
	}
	if err := watchAll(events, folder); err != nil {
		return nil, fmt.Errorf("watch %s: %w", folder, errors.Join(err, events.Close()))
	}
	return &Watcher{folder: folder, events: events}, nil
}

// Run calls changed after files were written, added or removed, until the context ends.
func (w *Watcher) Run(ctx context.Context, changed func()) error {
	defer func() { _ = w.events.Close() }() // there is nothing left to do about it
	settled := time.NewTimer(quiet)
	settled.Stop()
	for {
		select {
		case event := <-w.events.Events:
			if event.Has(fsnotify.Create) {
				_ = watchAll(w.events, event.Name) // it may be a file, or be gone again
			}
			if !event.Has(fsnotify.Chmod) {
				settled.Reset(quiet)
			}
		case err := <-w.events.Errors:
			return fmt.Errorf("watch %s: %w", w.folder, err)
		case <-settled.C:
			changed()
		case <-ctx.Done():
			return nil
		}
	}
}

// watchAll adds a folder and those below it.
func watchAll(watcher *fsnotify.Watcher, folder string) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return watcher.Add(path)
	})
}
