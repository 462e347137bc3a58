package vault

import (
	"crypto/sha256"
	"errors"
	"time"
)

// Tombstone stands where something was deleted, without saying what: a hash of the kind and
// the id. A record's and a grant's id is looked for in its vault only, so nobody can put up
// a tombstone for someone else's.
type Tombstone [sha256.Size]byte

// VaultTombstone stands for a vault with everything in it.
func VaultTombstone(id ID) Tombstone { return tombstone("vault", id, "") }

// RecordTombstone stands for a record.
func RecordTombstone(vault ID, id RecordID) Tombstone { return tombstone("record", vault, string(id)) }

// GrantTombstone stands for a grant.
func GrantTombstone(vault ID, id GrantID) Tombstone { return tombstone("grant", vault, string(id)) }

func tombstone(kind string, vault ID, id string) Tombstone {
	return sha256.Sum256([]byte("predah/v1/tombstone\x00" + kind + "\x00" + string(vault) + "\x00" + id))
}

// refuseDeleted returns ErrDeleted where a tombstone stands.
func refuseDeleted(tx Tx, t Tombstone) error {
	deleted, err := tx.HasTombstone(t)
	if err == nil && deleted {
		return ErrDeleted
	}
	return err
}

// unseenFor is how long the tombstone of something stands that was never seen. Afterwards the
// moment inside its id keeps it away, however the clocks differ, and no backup can have it.
const unseenFor = 3 * clockSkew

// buryUnseen puts up the tombstone of an id that the vault does not hold, so that a PUT that is
// still on its way finds it deleted. Where none can come while the tombstone would stand, since the
// moment inside the id refuses it, or the tombstone stands already, nothing is kept. The error is a *BusyError where the
// vault has deleted more such ids today than it may.
func (s *Service) buryUnseen(tx Tx, vault ID, id string, stone Tombstone, now time.Time) error {
	if !mayCome(id, now) {
		return nil
	}
	if stands, err := tx.HasTombstone(stone); err != nil || stands {
		return err
	}
	did, err := tx.Day(vault, day(now))
	if err != nil {
		return err
	}
	if did.Unseen >= s.limits.UnseenPerDay {
		return tomorrow(LimitVaultDelete, s.limits.UnseenPerDay, now)
	}
	did.Unseen++
	return errors.Join(tx.SaveDay(vault, day(now), did), tx.AddTombstone(stone, s.forUnseen(now)))
}

// forUnseen is the moment of the tombstone of something that was never seen: so long ago that
// it is forgotten soon, and nobody fills the disk by deleting what never was.
func (s *Service) forUnseen(now time.Time) time.Time {
	return now.Add(min(0, unseenFor-s.limits.TombstoneAge))
}
