package faultydisk

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// sector is what a disk writes whole or not at all, in bytes.
const sector = 512

// fileID tells files apart.
type fileID struct{ number, generation uint64 }

type kind int

const (
	wrote kind = iota
	synced
	// Those from here on change names and lengths, which a file system keeps in order.
	created
	truncated
	renamed
	removed
	madeFolder
)

// event is one thing that happened to the disk.
type event struct {
	kind     kind
	file     fileID
	path, to string
	offset   int64  // of what was wrote; the length of what was truncated
	data     []byte // what was wrote
	covers   int    // how many events were there when a flush that has ended was begun
}

// Trace is everything that happened to a disk, in order.
type Trace struct{ events []event }

// Len is how many events there are.
func (t Trace) Len() int { return len(t.events) }

// Flushes counts the flushes.
func (t Trace) Flushes() int {
	n := 0
	for _, e := range t.events {
		if e.kind == synced {
			n++
		}
	}
	return n
}

// Cut writes into an empty folder what may be on the disk when the power goes after so many
// events. What was flushed is there. Of what was written to a file since its last flush each
// sector is there or not, by chance and in no order. Of what happened to names and lengths
// since the last flush of any file, the beginning is there, as journalling file systems have
// it. Flushes of files of which ignored says so count for nothing.
func (t Trace) Cut(at int, chance *rand.Rand, ignored func(path string) bool, folder string) error {
	safe, safeNames := t.safe(at, ignored)
	keep := keeps(chance)
	lastName := t.lastName(safeNames, at, chance)
	state := state{names: make(map[string]fileID), contents: make(map[fileID][]byte), folder: folder}
	for i, e := range t.events[:at] {
		switch {
		case e.kind == synced:
		case e.kind == wrote && i < safe[e.file]:
			state.write(e, func() bool { return true })
		case e.kind == wrote:
			state.write(e, keep)
		case i <= lastName:
			if err := state.rename(e); err != nil {
				return err
			}
		}
	}
	return state.save()
}

// safe returns before which event what was written to each file is safe, and what happened
// to names.
func (t Trace) safe(at int, ignored func(path string) bool) (files map[fileID]int, names int) {
	files = make(map[fileID]int)
	paths := make(map[fileID]string)
	current := make(map[string]fileID)
	for _, e := range t.events[:at] {
		switch e.kind {
		case created:
			paths[e.file], current[e.path] = e.path, e.file
		case renamed:
			paths[current[e.path]], current[e.to] = e.to, current[e.path]
		case synced:
			if !ignored(paths[e.file]) {
				files[e.file] = max(files[e.file], e.covers)
				names = max(names, e.covers)
			}
		}
	}
	return files, names
}

// lastName draws the last event of names that is on the disk.
func (t Trace) lastName(safe, at int, chance *rand.Rand) int {
	var open []int
	for i := safe; i < at; i++ {
		if t.events[i].kind > synced {
			open = append(open, i)
		}
	}
	if drawn := chance.IntN(len(open) + 1); drawn > 0 {
		return open[drawn-1]
	}
	return safe - 1
}

// keeps draws how much of what was not flushed is there: nothing, everything, or a part.
func keeps(chance *rand.Rand) func() bool {
	part := chance.Float64()*1.5 - 0.25
	return func() bool { return chance.Float64() < part }
}

// state is what is on the disk.
type state struct {
	folder   string
	names    map[string]fileID
	contents map[fileID][]byte
}

// write puts those sectors on the disk that are kept.
func (s *state) write(e event, keep func() bool) {
	for from := 0; from < len(e.data); {
		to := min(len(e.data), from+sector-int((e.offset+int64(from))%sector))
		if keep() {
			content := s.contents[e.file]
			if end := int(e.offset) + to; end > len(content) {
				content = resize(content, end)
			}
			copy(content[int(e.offset)+from:], e.data[from:to])
			s.contents[e.file] = content
		}
		from = to
	}
}

// resize gives content a length; what is new is zero.
func resize(content []byte, length int) []byte {
	if length <= len(content) {
		return content[:length:length] // whatever grows again begins with zeros
	}
	return append(content, make([]byte, length-len(content))...)
}

func (s *state) rename(e event) error {
	switch e.kind {
	case created:
		s.names[e.path] = e.file
	case truncated:
		s.contents[e.file] = resize(s.contents[e.file], int(e.offset))
	case renamed:
		s.names[e.to] = s.names[e.path]
		delete(s.names, e.path)
	case removed:
		delete(s.names, e.path)
	case madeFolder:
		return os.MkdirAll(filepath.Join(s.folder, e.path), 0o700)
	}
	return nil
}

func (s *state) save() error {
	for path, file := range s.names {
		if err := os.WriteFile(filepath.Join(s.folder, path), s.contents[file], 0o600); err != nil {
			return fmt.Errorf("write what is left after a power cut: %w", err)
		}
	}
	return nil
}
