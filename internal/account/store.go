package account

import (
	"context"
	"time"

	"predah/internal/vault"
)

// Store keeps the rows of accounts. Its transactions have the effect of running one after
// the other.
type Store interface {
	// Read runs do in a consistent snapshot.
	Read(ctx context.Context, do func(Tx) error) error
	// Write runs do in a transaction that is on disk when Write returns nil, and did not
	// happen when it returns an error. It may run do again until one run is committed.
	Write(ctx context.Context, do func(Tx) error) error
}

// Tx is a transaction: small operations on rows, without rules. One that finds nothing
// returns ErrNotFound. It is also one of vaults, since a counsellor's grants end with the
// account.
type Tx interface {
	vault.Tx
	counsellorRows
	invitationRows
	recoveryRows
	sessionRows
	linkRows
}

type counsellorRows interface {
	Counsellor(id ID) (Counsellor, error)
	CounsellorByEmail(email Email) (Counsellor, error)
	// Counsellors lists all, in the order of their addresses.
	Counsellors() ([]Counsellor, error)
	AddCounsellor(c Counsellor) error
	SaveCounsellor(c Counsellor) error
	// RemoveCounsellor removes an account with its sessions, recovery codes and links.
	RemoveCounsellor(id ID) error
	// DisabledUntil lists some accounts that were disabled at the moment or earlier.
	DisabledUntil(until time.Time, limit int) ([]Counsellor, error)
	// Waiting says of every account with grants that live and were not opened how many there are
	// at the moment, and since which day the oldest is there.
	Waiting(at time.Time) (map[ID]Waiting, error)
}

type invitationRows interface {
	// Invitation finds one that expires after the moment.
	Invitation(hash TokenHash, at time.Time) (Invitation, error)
	// Invitations lists those that expire after the moment.
	Invitations(at time.Time) ([]Invitation, error)
	AddInvitation(i Invitation) error
	// RemoveInvitations removes every invitation of the address.
	RemoveInvitations(email Email) error
	// ForgetInvitations removes some that expired at the moment or earlier, and returns how many.
	ForgetInvitations(until time.Time, limit int) (int, error)
}

type recoveryRows interface {
	RecoveryCodes(id ID) ([]Encrypted, error)
	// ReplaceRecoveryCodes removes the codes of an account and keeps these.
	ReplaceRecoveryCodes(id ID, codes []Encrypted) error
	// UseRecoveryCode removes a code of an account.
	UseRecoveryCode(id ID, code Encrypted) error

	// WrongCodes returns what was counted, nothing if nothing was.
	WrongCodes(of Counter) (WrongCodes, error)
	SaveWrongCodes(of Counter, w WrongCodes) error
}

type sessionRows interface {
	Session(id SessionID) (Session, error)
	// LiveSession finds a session of an active account in one row.
	LiveSession(id SessionID) (Session, error)
	// Sessions lists the sessions of an account that started after the moment, newest first.
	Sessions(id ID, after time.Time) ([]Session, error)
	AddSession(s Session) error
	SaveSession(s Session) error
	// EndSessions ends the sessions of an account that go on, but for one.
	EndSessions(id ID, but SessionID, cause EndCause, at time.Time) error
	// ForgetSessions removes some that started at the moment or earlier, with their tokens, and
	// returns how many.
	ForgetSessions(until time.Time, limit int) (int, error)

	RefreshToken(hash TokenHash) (RefreshToken, error)
	AddRefreshToken(t RefreshToken) error
	// UseRefreshToken marks a token as used that was not used yet.
	UseRefreshToken(hash TokenHash, at time.Time) error
	// NewestRefreshToken is the number of the newest token of a session.
	NewestRefreshToken(id SessionID) (int, error)
}

type linkRows interface {
	Link(id LinkID) (Link, error)
	// Links lists the links of an account, newest first.
	Links(id ID) ([]Link, error)
	AddLink(l Link) error
	// SwitchOff switches off a link that is on.
	SwitchOff(id LinkID, at time.Time) error
	// SwitchAllOff switches off every link of an account that is on.
	SwitchAllOff(id ID, at time.Time) error
	// PublicCard is the card behind a link that is on and leads to an active account.
	PublicCard(id LinkID, at time.Time) (Card, error)
	// LiveGrants counts the grants of an account that live, and those of them that were made on the day, by link.
	LiveGrants(id ID, day, at time.Time) (map[LinkID]Live, error)
}
