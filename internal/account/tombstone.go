package account

import (
	"crypto/sha256"
	"errors"
	"time"

	"predah/internal/vault"
)

// CounsellorTombstone stands for an account as it was before it ended, or before its password, key
// or second factor was replaced: no backup brings that back.
func CounsellorTombstone(id ID) vault.Tombstone { return tombstone("counsellor", string(id)) }

// RecoveryTombstone stands for the recovery codes of an account as they were before one was used:
// no backup brings back the used one, nor the others, which it cannot tell from it.
func RecoveryTombstone(id ID) vault.Tombstone { return tombstone("recovery-codes", string(id)) }

// LinkTombstone stands for a share link that was switched off.
func LinkTombstone(id LinkID) vault.Tombstone { return tombstone("share-link", string(id)) }

func tombstone(kind, id string) vault.Tombstone {
	return sha256.Sum256([]byte("predah/v1/tombstone\x00" + kind + "\x00" + id))
}

// switchAllOff switches off every link of an account that is on, for good.
func switchAllOff(tx Tx, id ID, now time.Time) error {
	links, err := tx.Links(id)
	if err != nil {
		return err
	}
	for _, link := range links {
		if link.Off.IsZero() {
			err = errors.Join(err, tx.AddTombstone(LinkTombstone(link.ID), now))
		}
	}
	return errors.Join(err, tx.SwitchAllOff(id, now))
}
