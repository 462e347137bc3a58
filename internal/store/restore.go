package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"predah/internal/vault"
)

// Restoration says what is restored, and where to.
type Restoration struct {
	Backup string
	Target Config
	// Tombstones is the file of what was deleted. Empty lets come back what was deleted after
	// the backup, but for what the target itself knows of.
	Tombstones string
	// Replace removes what is in the target; without it, only an empty one is restored to.
	Replace bool
}

// Restore makes a database of a backup, without what was deleted since: all in one
// transaction, so that there is nothing to serve before. Sharing and sessions are off
// afterwards.
func Restore(ctx context.Context, r Restoration) (summary Summary, err error) {
	buried, err := r.graves()
	if err != nil {
		return Summary{}, err
	}
	ctx = patiently(ctx)
	err = withBackup(ctx, r.Backup, func(backup backend) (err error) {
		r.Target.AcceptOlder, r.Target.Use = true, Alone // it is about to be replaced
		target, err := Open(ctx, r.Target)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, target.Close()) }()
		noted, err := target.journal.read()
		if err != nil {
			return err
		}
		buried = append(buried, noted...)
		err = backup.read(ctx, func(from *tx) error {
			return target.commit(ctx, func(to *tx) (err error) {
				summary, err = r.replay(from, to, buried, target.now())
				return err
			})
		})
		if err != nil {
			return err
		}
		return errors.Join(target.compareJournal(ctx), target.Erase(ctx))
	})
	return summary, withoutValues(err)
}

// graves reads the file of tombstones.
func (r Restoration) graves() ([]grave, error) {
	if r.Tombstones == "" {
		return nil, nil
	}
	file, err := os.Open(r.Tombstones)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoTombstones
	}
	if err != nil {
		return nil, fmt.Errorf("read the tombstones: %w", err)
	}
	defer file.Close()
	var graves []grave
	err = eachGrave(file, func(g grave) error {
		graves = append(graves, g)
		return nil
	})
	return graves, err
}

// replay copies the rows of the backup that were not deleted since.
func (r Restoration) replay(from, to *tx, buried []grave, now time.Time) (Summary, error) {
	empty, err := to.empty()
	if err != nil {
		return Summary{}, err
	}
	if !empty && !r.Replace {
		return Summary{}, ErrNotEmpty
	}
	sieve, err := sieveFor(from, to, buried)
	if err != nil {
		return Summary{}, err
	}
	if r.Tombstones != "" && now.Sub(sieve.made) > TombstoneAge {
		return Summary{}, ErrOldBackup
	}
	if err := to.clear(); err != nil {
		return Summary{}, err
	}
	if err := errors.Join(sieve.copy(from, to), to.putUp(sieve.known), to.recount(), to.voidOneTimeCodes(now), copyPeppers(from, to), to.rememberRestore(now)); err != nil {
		return Summary{}, err
	}
	summary, err := to.summary()
	summary.Made, summary.Dropped = sieve.made, sieve.count
	return summary, err
}

// sieveFor gathers all tombstones that anybody remembers: the backup, the target, the files.
func sieveFor(from, to *tx, buried []grave) (*sieve, error) {
	before, err := from.stones()
	if err != nil {
		return nil, err
	}
	known, err := to.stones()
	if err != nil {
		return nil, err
	}
	for stone, at := range before {
		known[stone] = max(known[stone], at)
	}
	for _, g := range buried {
		known[g.hash] = max(known[g.hash], g.at)
	}
	summary, err := from.summary()
	return &sieve{known: known, before: before, made: summary.Made, dropped: make(map[string]bool)}, err
}

// stones are the tombstones that the database has, with the moments of deletion.
func (t *tx) stones() (map[vault.Tombstone]int64, error) {
	var rows []tombstoneRow
	if err := t.db.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the tombstones: %w", err)
	}
	stones := make(map[vault.Tombstone]int64, len(rows))
	for _, row := range rows {
		stones[vault.Tombstone(row.Hash)] = row.DeletedAt
	}
	return stones, nil
}

// putUp puts up tombstones where there are none.
func (t *tx) putUp(stones map[vault.Tombstone]int64) error {
	for stone, at := range stones {
		row := tombstoneRow{Hash: stone[:], DeletedAt: at}
		if err := t.db.Create(&row).Error; err != nil {
			return fmt.Errorf("put up a tombstone: %w", err)
		}
	}
	return nil
}

// empty tells whether nothing was ever kept.
func (t *tx) empty() (bool, error) {
	for _, each := range backedUp() {
		var some bool
		if err := t.row("SELECT EXISTS (SELECT 1 FROM "+each.name+")", nil, &some); err != nil || some {
			return false, wrap(err, "look for rows of "+each.name)
		}
	}
	return true, nil
}

// clear removes every row but those of state, each table before those that it refers to.
func (t *tx) clear() error {
	var names []string
	for _, each := range backedUp() {
		names = append(names, each.name)
	}
	for _, name := range slices.Backward(append(names, leftOut()...)) {
		if name == (stateRow{}).TableName() {
			continue
		}
		if err := t.db.Exec("DELETE FROM " + name).Error; err != nil {
			return fmt.Errorf("empty the table %s: %w", name, err)
		}
	}
	return nil
}

// recount sets the counters of vaults that lost records; those that hold none any more are
// empty since now.
func (t *tx) recount() error {
	const counted = `UPDATE vaults SET
		records = (SELECT count(*) FROM records r WHERE r.vault_id = vaults.id),
		bytes = (SELECT coalesce(sum(r.size), 0) FROM records r WHERE r.vault_id = vaults.id)`
	if err := t.db.Exec(counted).Error; err != nil {
		return fmt.Errorf("count the records of vaults: %w", err)
	}
	err := t.db.Exec("UPDATE vaults SET empty_since = ? WHERE records = 0 AND empty_since = 0", t.db.NowFunc().Unix()).Error
	return wrap(err, "mark the vaults that are empty now")
}
