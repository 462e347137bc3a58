package store

import (
	"time"

	"predah/internal/account"
	"predah/internal/vault"
)

// sieve lets through the rows of a backup that were not deleted since.
type sieve struct {
	known   map[vault.Tombstone]int64 // when what a tombstone stands for was deleted
	before  map[vault.Tombstone]int64 // those of them that the backup has itself
	made    time.Time                 // when the backup was made
	dropped map[string]bool           // ids of vaults and accounts, which are unique among both
	count   int
}

// copy copies what the sieve lets through. Tombstones are put up by themselves.
func (s *sieve) copy(from, to *tx) error {
	for _, each := range backedUp() {
		if each.name == (tombstoneRow{}).TableName() {
			continue
		}
		err := from.eachRow(each, func(r row) error {
			if s.holds(each.name, r) {
				s.count++
				return nil
			}
			return to.addRow(each, r)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// holds tells whether a row must not come back: it was deleted, or what it belongs to was.
func (s *sieve) holds(name string, r row) bool {
	if s.dropped[r.text("vault_id")] || s.dropped[r.text("counsellor_id")] {
		return true
	}
	switch name {
	case "vaults":
		id := r.text("id")
		s.dropped[id] = s.deletedSince(vault.VaultTombstone(vault.ID(id)))
		return s.dropped[id]
	case "records":
		_, deleted := s.known[vault.RecordTombstone(vault.ID(r.text("vault_id")), vault.RecordID(r.text("id")))]
		return deleted
	case "counsellors":
		id := r.text("id")
		s.dropped[id] = s.deletedSince(account.CounsellorTombstone(account.ID(id)))
		return s.dropped[id]
	case "recovery_codes":
		return s.deletedSince(account.RecoveryTombstone(account.ID(r.text("counsellor_id"))))
	case "share_links":
		_, off := s.known[account.LinkTombstone(account.LinkID(r.text("id")))]
		return off && r.number("off_at") == 0
	}
	return false
}

// deletedSince tells whether something was deleted after the backup, which has the tombstones
// of all that was deleted before. The same code may make a vault again: then its tombstone is
// that of the one before.
func (s *sieve) deletedSince(stone vault.Tombstone) bool {
	at, deleted := s.known[stone]
	return deleted && at > s.before[stone] && remembered(at, s.made)
}
