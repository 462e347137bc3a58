package vault

import "time"

// Vault is a vault as it is kept. A day is its midnight in UTC: where a day will do, a finer
// moment would say more than is needed.
type Vault struct {
	ID        ID
	Verifier  Verifier
	Epoch     Epoch
	CreatedAt time.Time
	IdleUntil time.Time // the day on which it goes if nobody opens it until then
	// EmptySince is when it last began to hold no record; zero while it holds one.
	EmptySince time.Time
	Records    int
	Bytes      int // of all records
}

// Record is a sealed record.
type Record struct {
	RecordInfo
	Sealed []byte
}

// RecordInfo is what is seen of a record without reading it.
type RecordInfo struct {
	ID    RecordID
	Size  int
	Saved time.Time // the day
}

// Grant is consent: a copy sealed to one counsellor and to its owner.
type Grant struct {
	GrantInfo
	Sealed []byte
	Reply  []byte // nil while there is none
}

// GrantInfo is what is seen of a grant without reading it. Name and organisation are those
// on the card that the owner saw.
type GrantInfo struct {
	Vault ID
	ID    GrantID
	Link  LinkID
	Recipient
	Made     time.Time // the day
	Expires  time.Time
	Size     int
	OpenedAt time.Time // the hour in which its counsellor first opened it; zero before
	Replied  time.Time // the day; zero before
}

// Recipient is who receives what is shared through a link.
type Recipient struct {
	Counsellor   CounsellorID
	Fingerprint  Fingerprint
	Name         string
	Organisation string
}

// InboxItem is a grant as its counsellor sees it in a list.
type InboxItem struct {
	GrantInfo
	LinkLabel string
}

// AccessKind is what a counsellor did with a grant.
type AccessKind string

// The kinds of accesses.
const (
	Opened    AccessKind = "opened"
	Replied   AccessKind = "replied"
	Discarded AccessKind = "discarded"
	Removed   AccessKind = "removed" // their account ended or its key was lost
)

// Access says what a counsellor did with a grant in one hour, and how often. It outlives
// the grant.
type Access struct {
	Vault        ID
	Grant        GrantID
	Counsellor   CounsellorID
	Kind         AccessKind
	Name         string
	Organisation string
	Hour         time.Time
	Count        int
}

// Openings sums up what the list of accesses holds of a grant; none once its owner cleared that or it is long ago.
type Openings struct {
	Count       int
	First, Last time.Time // hours
}

// Quota says how many grants live, of each sort that is limited.
type Quota struct {
	Vault      int // of the vault
	Link       int // of the vault, through the link
	Counsellor int // of the counsellor
	Today      int // of all vaults, made through the link on the day
}

// Day is what a vault did on a day that is counted, whether or not it still shows.
type Day struct {
	Shares int // grants made, those taken back included
	Unseen int // ids deleted that it did not hold
}
