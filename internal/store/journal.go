package store

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// TombstoneAge is how long a tombstone is kept: a few days longer than a backup may be.
const TombstoneAge = 35 * 24 * time.Hour

// journal is the file of tombstones beside the database. It is copied apart from the
// backups, which it outlives: a restore reads it so that nothing deleted comes back. A line
// is the hash in hexadecimal, a space, and the moment in Unix seconds.
type journal struct {
	file string // empty for none

	writing sync.Mutex // one caller of this process waits for the lock of the file, which others take too
	filling sync.Mutex
	next    *page // what is written when writing is free; nil for nothing
}

// page is what callers at once add together: one wait for the disk serves them all.
type page struct {
	graves  []grave
	written chan struct{}
	err     error // of writing; final when written is closed
}

// bury notes that a tombstone was put up; it is in the journal before the caller of the
// transaction hears of its end.
func (t *tx) bury(hash [32]byte, at time.Time) {
	t.buried = append(t.buried, grave{hash: hash, at: at.Unix()})
}

// add appends graves and returns when they are on disk.
func (j *journal) add(graves []grave) error {
	if j.file == "" || len(graves) == 0 {
		return nil
	}
	j.filling.Lock()
	p, first := j.next, j.next == nil
	if first {
		p = &page{written: make(chan struct{})}
		j.next = p
	}
	p.graves = append(p.graves, graves...)
	j.filling.Unlock()
	if first {
		j.write(p)
	}
	<-p.written
	return p.err
}

// write takes a page that others still fill until its turn comes, and writes it.
func (j *journal) write(p *page) {
	j.writing.Lock()
	defer j.writing.Unlock()
	j.filling.Lock()
	j.next = nil
	j.filling.Unlock()
	p.err = j.locked(func() error { return j.append(p.graves) })
	close(p.written)
}

// append writes graves behind those that are there.
func (j *journal) append(graves []grave) (err error) {
	file, err := os.OpenFile(j.file, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := cutBrokenLine(file); err != nil {
		return err
	}
	if _, err := file.WriteString(lines(graves)); err != nil {
		return err
	}
	return file.Sync()
}

// cutBrokenLine removes a last line without its end, which a machine that stopped left. It may be
// long: parts of the disk that were not written are zeros.
func cutBrokenLine(file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	end, block := info.Size(), make([]byte, 512)
	for end > 0 {
		start := max(0, end-int64(len(block)))
		part := block[:end-start]
		if _, err := file.ReadAt(part, start); err != nil {
			return err
		}
		if line := bytes.LastIndexByte(part, '\n'); line >= 0 {
			end = start + int64(line) + 1
			break
		}
		end = start
	}
	if end < info.Size() {
		return file.Truncate(end)
	}
	return nil
}

// errFound ends a visit early.
var errFound = errors.New("found")

// forget removes what was buried at that moment or earlier.
func (j *journal) forget(until time.Time) error {
	err := j.each(func(g grave) error {
		if g.at <= until.Unix() {
			return errFound
		}
		return nil
	})
	if !errors.Is(err, errFound) {
		return err
	}
	j.writing.Lock()
	defer j.writing.Unlock()
	return j.locked(func() error { return j.keep(func(g grave) bool { return g.at > until.Unix() }) })
}

// keep writes the journal anew with the graves that are wanted, whole or not at all.
func (j *journal) keep(wanted func(grave) bool) (err error) {
	made, err := os.CreateTemp(filepath.Dir(j.file), ".tombstones-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(made.Name()))
		}
	}()
	writer := bufio.NewWriter(made)
	err = j.each(func(g grave) error {
		if !wanted(g) {
			return nil
		}
		_, err := writer.WriteString(g.String())
		return err
	})
	if err := errors.Join(err, writer.Flush(), made.Sync(), made.Close()); err != nil {
		return err
	}
	return os.Rename(made.Name(), j.file)
}

// locked runs do while no other process writes the journal. The caller holds writing.
func (j *journal) locked(do func() error) (err error) {
	lock := flock.New(j.file+".lock", flock.SetPermissions(0o600))
	if err := lock.Lock(); err != nil {
		return unlockable(lock.Path(), err)
	}
	defer func() {
		if unlocking := lock.Unlock(); unlocking != nil || err != nil {
			err = fmt.Errorf("write the tombstones: %w", errors.Join(err, unlocking))
		}
	}()
	return do()
}
