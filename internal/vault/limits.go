package vault

import "time"

// MaxSealed is how many bytes a sealed file may have: a record, a grant or a reply.
const MaxSealed = 64 << 10

// Limits is how much there may be of each thing, and for how long.
type Limits struct {
	Records int // in a vault
	Bytes   int // of all records of a vault

	Grants              int // that live, in a vault
	GrantsPerLink       int // that live, of one vault through one link
	NewPerLinkAndDay    int // made through one link on a day, that live: taking back makes room
	NewPerDay           int // of one vault on a day, those taken back since included
	GrantsPerCounsellor int // that live

	DefaultExpiry time.Duration // of a grant that names none
	MaxExpiry     time.Duration // of a grant

	// UnseenPerDay is how many ids a vault may delete on a day that it never held: each takes room.
	UnseenPerDay int

	Accesses int // that a vault's log remembers

	EmptyVault   time.Duration // until a vault that holds nothing is gone
	IdleMonths   int           // until a vault that nobody opens is gone
	TombstoneAge time.Duration // until a tombstone is needed no more
	RestoreTold  time.Duration // for how long owners are told that a restore ended sharing
}

// DefaultLimits are the limits of the service.
func DefaultLimits() Limits {
	const day = 24 * time.Hour
	return Limits{
		Records: 200, Bytes: 4 << 20,
		Grants: 20, GrantsPerLink: 3, NewPerLinkAndDay: 200, NewPerDay: 20, UnseenPerDay: 20, GrantsPerCounsellor: 1000,
		DefaultExpiry: 90 * day, MaxExpiry: 366 * day,
		Accesses:   500,
		EmptyVault: day, IdleMonths: 24, TombstoneAge: 35 * day, RestoreTold: 90 * day,
	}
}
