package store

import (
	"strconv"
	"time"
)

// stateRestored is when the database was last made of a backup, in Unix seconds.
const stateRestored = "restored"

// RestoredAt returns when the database was last made of a backup, the zero time for never.
func (t *tx) RestoredAt() (time.Time, error) {
	kept, err := t.state(stateRestored)
	if err != nil || kept == "" {
		return time.Time{}, err
	}
	at, err := strconv.ParseInt(kept, 10, 64)
	return moment(at), wrap(err, "read when the database was restored")
}

// rememberRestore keeps that the database is made of a backup at that moment.
func (t *tx) rememberRestore(at time.Time) error {
	return t.setState(stateRestored, strconv.FormatInt(at.Unix(), 10))
}
