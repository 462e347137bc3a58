package store

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"predah/internal/vault"
)

// TombstoneAge is how long a tombstone is kept: a few days longer than a backup may be.
const TombstoneAge = 35 * 24 * time.Hour

// grave is a line of the journal: what was deleted, as a hash, and when.
type grave struct {
	hash [32]byte
	at   int64 // Unix seconds
}

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

// String is the line of a grave.
func (g grave) String() string {
	return hex.EncodeToString(g.hash[:]) + " " + strconv.FormatInt(g.at, 10) + "\n"
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

// lines writes graves as they stand in the file.
func lines(graves []grave) string {
	var lines strings.Builder
	for _, g := range graves {
		lines.WriteString(g.String())
	}
	return lines.String()
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

// compareJournal holds the database and the journal against each other, and completes the
// journal. The error for a database that lacks what the journal has is ErrOlderDatabase.
func (s *Store) compareJournal(ctx context.Context) error {
	if s.journal.file == "" {
		return nil
	}
	noted, err := s.journal.read()
	if err != nil {
		return err
	}
	var stones map[vault.Tombstone]int64
	var empty bool
	err = s.read(patiently(ctx), func(t *tx) (err error) {
		if stones, err = t.stones(); err != nil {
			return err
		}
		empty, err = t.empty()
		return err
	})
	if err != nil {
		return err
	}
	if !empty && s.older(stones, noted) {
		return ErrOlderDatabase
	}
	return s.journal.add(lacking(stones, noted))
}

// clockStep is how many seconds a clock may be set back between two deletions of the same
// thing without making the database look older than its journal.
const clockStep = 60 * 60

// older tells whether the journal knows of a deletion that the database does not: then an
// older copy was put in its place, and what was deleted since is back in it. Lines that are
// about to be forgotten may be forgotten by the database already.
func (s *Store) older(stones map[vault.Tombstone]int64, noted []grave) bool {
	return slices.ContainsFunc(noted, func(g grave) bool {
		at, known := stones[g.hash]
		return remembered(g.at, s.now()) && (!known || at < g.at-clockStep)
	})
}

// remembered tells whether a deletion is so recent at a moment that nobody has begun to
// forget it.
func remembered(deleted int64, at time.Time) bool {
	return deleted > at.Add(-TombstoneAge+24*time.Hour).Unix()
}

// lacking are the tombstones of the database that the journal lacks: those of a machine that
// stopped between a commit and the line that follows it, and those of a restore.
func lacking(stones map[vault.Tombstone]int64, noted []grave) []grave {
	latest := make(map[vault.Tombstone]int64, len(noted))
	for _, g := range noted {
		latest[g.hash] = max(latest[g.hash], g.at)
	}
	var graves []grave
	for stone, at := range stones {
		if noted, ok := latest[stone]; !ok || noted < at {
			graves = append(graves, grave{hash: stone, at: at})
		}
	}
	return graves
}

// read returns the graves of the journal, of none if there is no file.
func (j *journal) read() ([]grave, error) {
	if j.file == "" {
		return nil, nil
	}
	data, err := os.ReadFile(j.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the tombstones: %w", err)
	}
	return readGraves(bytes.NewReader(data))
}

// readGraves reads lines of a journal. What a machine left that stopped while they were written
// was never acknowledged and is passed over: a last line without its end, and lines with zeros in
// them, where a part of the disk was not written and the one behind it was.
func readGraves(r io.Reader) ([]grave, error) {
	var graves []grave
	lines := bufio.NewReader(r)
	for number := 1; ; number++ {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return graves, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the tombstones: %w", err)
		}
		if strings.ContainsRune(line, 0) {
			continue
		}
		g, err := parseGrave(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return nil, fmt.Errorf("read the tombstones: line %d: %w", number, err)
		}
		graves = append(graves, g)
	}
}

func parseGrave(line string) (grave, error) {
	hash, at, _ := strings.Cut(line, " ")
	decoded, err := hex.DecodeString(hash)
	if err != nil || len(decoded) != len(grave{}.hash) {
		return grave{}, errors.New("it does not begin with 64 hexadecimal digits")
	}
	moment, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return grave{}, errors.New("it does not end with a number of seconds")
	}
	return grave{hash: [32]byte(decoded), at: moment}, nil
}

// forget removes what was buried at that moment or earlier.
func (j *journal) forget(until time.Time) error {
	graves, err := j.read()
	if err != nil || !slices.ContainsFunc(graves, func(g grave) bool { return g.at <= until.Unix() }) {
		return err
	}
	j.writing.Lock()
	defer j.writing.Unlock()
	return j.locked(func() error {
		graves, err := j.read() // again: another process may have added some
		if err != nil {
			return err
		}
		return j.replace(slices.DeleteFunc(graves, func(g grave) bool { return g.at <= until.Unix() }))
	})
}

// replace writes the journal anew, whole or not at all.
func (j *journal) replace(graves []grave) (err error) {
	made, err := os.CreateTemp(filepath.Dir(j.file), ".tombstones-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(made.Name()))
		}
	}()
	_, err = made.WriteString(lines(graves))
	if err := errors.Join(err, made.Sync(), made.Close()); err != nil {
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
