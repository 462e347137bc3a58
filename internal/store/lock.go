package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// Use is what a database is opened for, and so who is kept away meanwhile.
type Use int

const (
	Beside  Use = iota // nobody: a backup, or a look at it
	Serving            // a restore; other services may use it too
	Alone              // every service: a restore
)

// Errors of a database that others use.
var (
	ErrServed    = errors.New("a service uses this database: end it first, on every machine")
	ErrRestoring = errors.New("a backup is being restored to this database: wait until it is done")
)

// inTheWay is why a lock cannot be had that somebody else has.
func (u Use) inTheWay() error {
	if u == Alone {
		return ErrServed
	}
	return ErrRestoring
}

// hold is a lock that is held. Its lost is closed should somebody else have it by now; nil for never.
type hold struct {
	release func() error
	lost    <-chan struct{}
}

// Lost is closed when a restore has begun although this store is open for serving: the connection
// was lost that kept it away. Only PostgreSQL's can be.
func (s *Store) Lost() <-chan struct{} { return s.there().held.lost }

// lock locks a file beside the database, where every process finds it.
func (s *sqliteStore) lock(_ context.Context, use Use) (hold, error) {
	lock := flock.New(filepath.Join(filepath.Dir(s.file), "serving.lock"), flock.SetPermissions(0o600))
	try := lock.TryRLock
	if use == Alone {
		try = lock.TryLock
	}
	locked, err := try()
	if err != nil {
		return hold{}, unlockable(lock.Path(), err)
	}
	if !locked {
		return hold{}, use.inTheWay()
	}
	return hold{release: lock.Unlock}, nil
}

// unlockable says why a file cannot be locked, which is never that somebody else has locked it.
func unlockable(path string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("lock %s: it was made by another user, perhaps by a command run as root: give the folder to the user of the service (chown -R %d %s)",
			path, os.Geteuid(), filepath.Dir(path))
	}
	if fault := faultOfFile(err); fault != nil {
		return fmt.Errorf("lock %s: %w", path, fault)
	}
	return fmt.Errorf("lock %s: %w", path, err)
}
