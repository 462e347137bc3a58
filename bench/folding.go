package main

import "gorm.io/gorm"

// folding runs writes as Predah does: those that wait while the disk is busy share the next
// transaction, each in a savepoint of its own, and are answered after its commit.
type folding chan *folded

// folded is one write that waits for its commit.
type folded struct {
	do   func(*gorm.DB) error
	done chan error
}

// mostFolded is how many writes share one commit at most, as in Predah.
const mostFolded = 64

// fold starts to run writes.
func fold(db *gorm.DB) folding {
	f := make(folding, mostFolded)
	go func() {
		for first := range f {
			f.commit(db, first)
		}
	}()
	return f
}

// write returns when the write is on disk.
func (f folding) write(do func(*gorm.DB) error) error {
	w := &folded{do: do, done: make(chan error, 1)}
	f <- w
	return <-w.done
}

// commit runs a write and those that wait behind it, and answers them.
func (f folding) commit(db *gorm.DB, first *folded) {
	var all []*folded
	failed := map[*folded]error{}
	err := db.Transaction(func(tx *gorm.DB) error {
		for w := first; w != nil; w = f.next(len(all)) {
			all = append(all, w)
			if err := tx.Exec("SAVEPOINT folded").Error; err != nil {
				return err
			}
			if err := w.do(tx); err != nil {
				failed[w] = err
				tx.Exec("ROLLBACK TO folded")
			}
			if err := tx.Exec("RELEASE folded").Error; err != nil {
				return err
			}
		}
		return nil
	})
	for _, w := range all {
		if failed[w] != nil {
			w.done <- failed[w]
			continue
		}
		w.done <- err
	}
}

// next returns a write that waits, nil if there is none or enough are folded.
func (f folding) next(count int) *folded {
	if count >= mostFolded {
		return nil
	}
	select {
	case w := <-f:
		return w
	default:
		return nil
	}
}
