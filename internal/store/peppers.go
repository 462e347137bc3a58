package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// statePepper begins the name of a row for each pepper that something in the database is kept
// with. What follows is its check value, from which nobody can find the pepper.
const statePepper = "pepper/"

// ErrOtherPepper says that a process has another pepper than the database: what it would write
// nobody else could read, and the other way round.
var ErrOtherPepper = errors.New("the secrets are not those that this database was made with: use a copy of the folder secrets of the service that made it")

// Peppers lists the check values of the peppers that the database is kept with; none for a
// database that no service has opened yet.
func (s *Store) Peppers(ctx context.Context) (checks []string, err error) {
	err = s.read(ctx, func(t *tx) (err error) {
		checks, err = t.peppers()
		return err
	})
	return checks, withoutValues(err)
}

// MatchPeppers returns ErrOtherPepper unless the process has every pepper that the database is
// kept with. Those that the database does not know yet are noted.
func (s *Store) MatchPeppers(ctx context.Context, has ...string) error {
	known, err := s.Peppers(ctx)
	if err != nil || len(lackingIn(has, known)) > 0 {
		return cmp.Or(err, ErrOtherPepper)
	}
	if len(lackingIn(known, has)) == 0 {
		return nil // nothing is written, so that a full disk keeps nobody from starting
	}
	return withoutValues(s.write(ctx, func(t *tx) error {
		known, err := t.peppers()
		if err != nil || len(lackingIn(has, known)) > 0 { // another process was faster
			return cmp.Or(err, ErrOtherPepper)
		}
		return t.notePeppers(has)
	}))
}

// lackingIn lists the wanted that are not there.
func lackingIn(there, wanted []string) (lacking []string) {
	for _, each := range wanted {
		if !slices.Contains(there, each) {
			lacking = append(lacking, each)
		}
	}
	return lacking
}

// ReplacePeppers notes that the database is kept with these peppers and no others.
func (s *Store) ReplacePeppers(ctx context.Context, checks ...string) error {
	return withoutValues(s.write(ctx, func(t *tx) error { return t.replacePeppers(checks) }))
}

// peppers lists the check values.
func (t *tx) peppers() ([]string, error) {
	var names []string
	if err := t.db.Model(&stateRow{}).Where("name LIKE ?", statePepper+"%").Order("name").Pluck("name", &names).Error; err != nil {
		return nil, fmt.Errorf("read the check values of peppers: %w", err)
	}
	for i := range names {
		names[i] = strings.TrimPrefix(names[i], statePepper)
	}
	return names, nil
}

func (t *tx) notePeppers(checks []string) error {
	for _, check := range checks {
		if err := t.setState(statePepper+check, ""); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) replacePeppers(checks []string) error {
	if err := t.db.Where("name LIKE ?", statePepper+"%").Delete(&stateRow{}).Error; err != nil {
		return fmt.Errorf("forget the check values of peppers: %w", err)
	}
	return t.notePeppers(checks)
}

// copyPeppers notes the peppers that what is copied from another database is kept with; one of
// an earlier version does not say so.
func copyPeppers(from, to *tx) error {
	checks, err := from.peppers()
	if err != nil || len(checks) == 0 {
		return err
	}
	return to.replacePeppers(checks)
}
