package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"predah/internal/vault"
)

const (
	// clockStep is how many seconds a clock may be set back between two deletions of the same
	// thing without making the database look older than its journal.
	clockStep = 60 * 60

	// journalEnd is how many bytes of the journal are looked at before there is anything to serve:
	// about 850 deletions. An older copy of a database lacks the latest ones first.
	journalEnd = 64 << 10
	// newestAtEnd is how many of the latest deletions stand at the end of the journal after it was
	// completed with many older ones.
	newestAtEnd = 500

	// journalPart is how many bytes of the journal are compared at once, about 200,000 deletions,
	// and addedAtOnce how many deletions are added to it at once: so much memory is needed,
	// however many there are.
	journalPart = 16 << 20
	addedAtOnce = 10_000
)

// checkEnd returns ErrOlderDatabase where the database lacks one of the last deletions that the
// journal has. CompareJournal looks at all the others.
func (s *Store) checkEnd(ctx context.Context) error {
	noted, err := s.journal.end()
	if err != nil {
		return err
	}
	return s.read(patiently(ctx), func(t *tx) (err error) {
		if s.incomparable, err = t.empty(); err != nil || s.incomparable {
			return err
		}
		known, err := t.deletionsOf(noted)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(noted, func(g grave) bool { return s.misses(g, known[g.hash]) }) {
			return ErrOlderDatabase
		}
		return nil
	})
}

// end returns the last graves of the journal.
func (j *journal) end() (graves []grave, err error) {
	file, size, err := j.open()
	if file == nil || err != nil {
		return nil, err
	}
	defer file.Close()
	start := max(0, size-journalEnd)
	part := make([]byte, size-start)
	if _, err := file.ReadAt(part, start); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the tombstones: %w", err)
	}
	if start > 0 { // the first line is a part of one
		_, part, _ = bytes.Cut(part, []byte("\n"))
	}
	err = eachGrave(bytes.NewReader(part), func(g grave) error {
		graves = append(graves, g)
		return nil
	})
	return graves, err
}

// CompareJournal holds the whole database and the whole journal against each other, beside what
// else runs, and completes the journal with what a machine that stopped did not note. The error for
// a database that lacks what the journal has is ErrOlderDatabase: then what was deleted is back in it.
func (s *Store) CompareJournal(ctx context.Context) error {
	return withoutValues(s.there().compareJournal(ctx))
}

func (s *Store) compareJournal(ctx context.Context) error {
	if s.journal.file == "" {
		return nil
	}
	file, size, err := s.journal.open()
	if err != nil {
		return err
	}
	if file != nil {
		if err := file.Close(); err != nil {
			return err
		}
	}
	added := 0
	for _, part := range partsOf(size) {
		more, err := s.comparePart(ctx, part)
		if err != nil {
			return err
		}
		added += more
	}
	if added < newestAtEnd {
		return nil
	}
	return s.endWithNewest(ctx)
}

// part is those deletions whose hashes begin with a byte in a range, ends included.
type part struct{ from, to byte }

// partsOf divides the deletions of a journal of that many bytes.
func partsOf(size int64) []part {
	count := int(min(256, 1+size/journalPart))
	parts := make([]part, count)
	for i := range parts {
		parts[i] = part{from: byte(i * 256 / count), to: byte((i+1)*256/count - 1)}
	}
	return parts
}

// comparePart compares one part, and returns how many deletions it has added to the journal. The
// journal is read first, so that the database has what others note meanwhile.
func (s *Store) comparePart(ctx context.Context, p part) (added int, err error) {
	noted, err := s.journal.of(p)
	if err != nil {
		return 0, err
	}
	err = s.read(patiently(ctx), func(t *tx) error {
		found := difference{noted: noted, misses: s.misses, add: s.journal.add}
		err := t.eachDeletion(p, found.next)
		if err == nil {
			err = found.end()
		}
		added += found.added
		return err
	})
	return added, err
}

// difference is what the journal and the database do not have in common. It is told of the
// deletions that the database has, in the order of their hashes.
type difference struct {
	noted   []grave // in the same order; those that come next
	misses  func(noted grave, knownAt int64) bool
	add     func([]grave) error // to the journal
	lacking []grave             // in the journal, and to be added
	added   int
}

// next compares one more deletion.
func (d *difference) next(has grave) error {
	for len(d.noted) > 0 && bytes.Compare(d.noted[0].hash[:], has.hash[:]) < 0 {
		if d.misses(d.noted[0], 0) {
			return ErrOlderDatabase
		}
		d.noted = d.noted[1:]
	}
	if len(d.noted) > 0 && d.noted[0].hash == has.hash {
		noted := d.noted[0].at
		if d.misses(d.noted[0], has.at) {
			return ErrOlderDatabase
		}
		d.noted = d.noted[1:]
		if noted >= has.at {
			return nil
		}
	}
	if d.lacking = append(d.lacking, has); len(d.lacking) < addedAtOnce {
		return nil
	}
	return d.flush()
}

// end compares what is left when the database has no more, and adds the rest.
func (d *difference) end() error {
	if slices.ContainsFunc(d.noted, func(g grave) bool { return d.misses(g, 0) }) {
		return ErrOlderDatabase
	}
	return d.flush()
}

func (d *difference) flush() error {
	d.added += len(d.lacking)
	err := d.add(d.lacking)
	d.lacking = d.lacking[:0]
	return err
}

// misses tells whether the database knows nothing of a deletion that was noted, or of an earlier one
// only: then an older copy was put in its place. Zero is for none. What is about to be
// forgotten may be forgotten by the database already.
func (s *Store) misses(noted grave, knownAt int64) bool {
	return !s.incomparable && remembered(noted.at, s.now()) && knownAt < noted.at-clockStep
}

// remembered tells whether a deletion is so recent at a moment that nobody has begun to
// forget it.
func remembered(deleted int64, at time.Time) bool {
	return deleted > at.Add(-TombstoneAge+24*time.Hour).Unix()
}

// of returns the graves of a part in the order of their hashes, of each the latest.
func (j *journal) of(p part) (graves []grave, err error) {
	err = j.each(func(g grave) error {
		if p.from <= g.hash[0] && g.hash[0] <= p.to {
			graves = append(graves, g)
		}
		return nil
	})
	slices.SortFunc(graves, func(a, b grave) int {
		return cmp.Or(bytes.Compare(a.hash[:], b.hash[:]), cmp.Compare(b.at, a.at))
	})
	return slices.CompactFunc(graves, func(a, b grave) bool { return a.hash == b.hash }), err
}

// endWithNewest repeats the latest deletions at the end of the journal, where checkEnd looks for them.
func (s *Store) endWithNewest(ctx context.Context) error {
	var newest []grave
	err := s.read(patiently(ctx), func(t *tx) (err error) {
		newest, err = t.newestDeletions(newestAtEnd)
		return err
	})
	if err != nil {
		return err
	}
	slices.Reverse(newest)
	return s.journal.add(newest)
}

// grave is the row as it is noted.
func (r tombstoneRow) grave() grave { return grave{hash: vault.Tombstone(r.Hash), at: r.DeletedAt} }

// deletionsOf says when the database has what was noted as deleted.
func (t *tx) deletionsOf(noted []grave) (map[vault.Tombstone]int64, error) {
	known := make(map[vault.Tombstone]int64, len(noted))
	if len(noted) == 0 {
		return known, nil
	}
	hashes := make([][]byte, len(noted))
	for i, g := range noted {
		hashes[i] = g.hash[:]
	}
	var rows []tombstoneRow
	err := t.db.Where("hash IN ?", hashes).Find(&rows).Error
	for _, row := range rows {
		known[vault.Tombstone(row.Hash)] = row.DeletedAt
	}
	return known, wrap(err, "read the last tombstones")
}

// eachDeletion visits what was deleted, in the order of the hashes.
func (t *tx) eachDeletion(p part, visit func(grave) error) error {
	last := slices.Concat([]byte{p.to}, bytes.Repeat([]byte{0xff}, 32))
	rows, err := t.db.Model(&tombstoneRow{}).Select("hash", "deleted_at").Where("hash BETWEEN ? AND ?", []byte{p.from}, last).Order("hash").Rows()
	if err != nil {
		return wrap(err, "read the tombstones")
	}
	defer rows.Close()
	for rows.Next() {
		var row tombstoneRow
		if err := rows.Scan(&row.Hash, &row.DeletedAt); err != nil {
			return wrap(err, "read the tombstones")
		}
		if err := visit(row.grave()); err != nil {
			return err
		}
	}
	return wrap(rows.Err(), "read the tombstones")
}

// newestDeletions returns the latest, the last of them first.
func (t *tx) newestDeletions(count int) ([]grave, error) {
	query := t.db.Order("deleted_at DESC").Limit(count)
	return list(query, tombstoneRow.grave, "read the latest tombstones")
}
