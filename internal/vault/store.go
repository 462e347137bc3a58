package vault

import (
	"context"
	"time"
)

// Store keeps the rows of vaults. Its transactions have the effect of running one after
// the other.
type Store interface {
	// Read runs do in a consistent snapshot.
	Read(ctx context.Context, do func(Tx) error) error
	// Write runs do in a transaction that is on disk when Write returns nil, and did not
	// happen when it returns an error. It may run do again until one run is committed.
	Write(ctx context.Context, do func(Tx) error) error
}

// Tx is a transaction: small operations on rows, without rules. One that finds nothing
// returns ErrNotFound. Where a method takes a moment, only grants that expire after it are
// seen; the zero time sees all that are still kept.
type Tx interface {
	vaultRows
	recordRows
	grantRows
	inboxRows
	accessRows
	tombstoneRows
}

type vaultRows interface {
	Vault(id ID) (Vault, error)
	AddVault(v Vault) error
	// SaveIdle keeps until which day a vault is kept.
	SaveIdle(id ID, until time.Time) error
	// SaveContents keeps how much a vault holds, and since when it holds no record.
	SaveContents(v Vault) error
	// RemoveVault removes the vault with its records, grants and accesses.
	RemoveVault(id ID) error
	// IdleVaults lists some that were to go on that day or earlier.
	IdleVaults(day time.Time, limit int) ([]ID, error)
	// EmptyVaults lists some that have held no record since that moment or earlier, and
	// that have no grant.
	EmptyVaults(since time.Time, limit int) ([]ID, error)
	// RestoredAt is when all rows last came out of a backup, which has no grants; zero for
	// never.
	RestoredAt() (time.Time, error)
}

type recordRows interface {
	Record(vault ID, id RecordID) (Record, error)
	// Records lists what comes after the id, in the order of ids.
	Records(vault ID, after RecordID, limit int) ([]RecordInfo, error)
	// AddRecord tells whether it added the record: there may be one under its id.
	AddRecord(vault ID, r Record) (added bool, err error)
	RemoveRecord(vault ID, id RecordID) error
}

type grantRows interface {
	Grant(vault ID, id GrantID, at time.Time) (Grant, error)
	// Grants lists them in the order of ids.
	Grants(vault ID, at time.Time) ([]GrantInfo, error)
	AddGrant(g Grant) error
	RemoveGrant(vault ID, id GrantID) error
	// Recipient finds who a link leads to: the link is on and has not ended, the account is
	// active.
	Recipient(link LinkID, at time.Time) (Recipient, error)
	// GrantQuota counts those that live at the moment; the day is that of Today.
	GrantQuota(vault ID, link LinkID, counsellor CounsellorID, day, at time.Time) (Quota, error)
	// Day is what a vault did on a day; nothing if it did nothing.
	Day(vault ID, day time.Time) (Day, error)
	// SaveDay keeps what a vault did on a day.
	SaveDay(vault ID, day time.Time, did Day) error
	// ForgetDays removes some of what was done on days before the day, and returns how many.
	ForgetDays(before time.Time, limit int) (int, error)
	// ExpiredGrants lists some that have expired.
	ExpiredGrants(at time.Time, limit int) ([]GrantInfo, error)
}

type inboxRows interface {
	// Inbox lists newest ids first, those before the id only unless it is empty.
	Inbox(counsellor CounsellorID, before GrantID, at time.Time, limit int) ([]InboxItem, error)
	InboxGrant(counsellor CounsellorID, id GrantID, at time.Time) (Grant, error)
	// InboxGrants lists some grants of the counsellor, expired ones too.
	InboxGrants(counsellor CounsellorID, limit int) ([]GrantInfo, error)
	LinkLabel(link LinkID) (string, error)
	MarkOpened(vault ID, id GrantID, hour time.Time) error
	SaveReply(vault ID, id GrantID, reply []byte, day time.Time) error
}

type accessRows interface {
	// Accesses lists them newest first.
	Accesses(vault ID) ([]Access, error)
	// AddAccess adds the count to the row of the same vault, grant, counsellor, kind and
	// hour, or makes it.
	AddAccess(a Access) error
	// TrimAccesses removes the oldest until there are no more than that.
	TrimAccesses(vault ID, keep int) error
	ClearAccesses(vault ID) error
	Openings(vault ID) (map[GrantID]Openings, error)
}

type tombstoneRows interface {
	HasTombstone(t Tombstone) (bool, error)
	// AddTombstone puts up a tombstone, or moves one that stands to the moment.
	AddTombstone(t Tombstone, at time.Time) error
	// ForgetTombstones removes some that were put up at that moment or earlier, and returns how many.
	ForgetTombstones(until time.Time, limit int) (int, error)
}
