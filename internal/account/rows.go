package account

import (
	"time"

	"predah/internal/vault"
)

// Status says whether an account can be used.
type Status string

// The statuses.
const (
	Active   Status = "active"
	Disabled Status = "disabled"
)

// Counsellor is an account as it is kept. Bytes of type Encrypted need the pepper to be read.
type Counsellor struct {
	ID     ID
	Email  Email
	Status Status
	Card
	Made       time.Time
	LastSignIn time.Time // zero before the first
	Disabled   time.Time // when it was disabled; zero while it is active

	Salt      Salt
	Verifier  Encrypted // tells whether an Auth is the right one
	SealedKey Encrypted // sealed to what the password unlocks

	TOTP     Encrypted // the secret of the second factor
	LastStep int64     // the last time step whose code was used; no earlier one is taken again
	NextTOTP Encrypted // a secret that is not confirmed yet; nil for none
	NextMade time.Time
}

// Card is what people see of a counsellor before they share.
type Card struct {
	Name         string
	Organisation string
	Recipient    string // age1pq1…
	Fingerprint  vault.Fingerprint
}

// WrongCodes counts wrong one-time codes.
type WrongCodes struct {
	Count int
	Since time.Time
}

// Invitation is an invitation that was not used yet.
type Invitation struct {
	Hash         TokenHash
	Account      ID // which it makes, or gives a new key
	Email        Email
	Name         string
	Organisation string
	Expires      time.Time
}

// Session is the time from a sign-in to its end.
type Session struct {
	ID       SessionID
	Account  ID
	Started  time.Time
	LastUsed time.Time // when its refresh token was last made
	Ends     time.Time // at the latest
	Ended    time.Time // zero while it goes on
	Cause    EndCause  // empty while it goes on
}

// EndCause is why a session ended.
type EndCause string

// The causes.
const (
	SignedOut       EndCause = "signed-out"
	EndedElsewhere  EndCause = "ended"            // by the counsellor, from the list
	Reuse           EndCause = "reuse"            // a refresh token came twice: someone may have a copy
	PasswordChanged EndCause = "password-changed" // in another session
	KeyReplaced     EndCause = "key-replaced"     // in another session, or a new invitation was accepted
	AccountDisabled EndCause = "account-disabled"
	FactorReset     EndCause = "totp-reset" // by an administrator, or in another session
	Idle            EndCause = "idle"       // not kept: it is seen from the clock
	Expired         EndCause = "expired"    // likewise
)

// RefreshToken is a refresh token as it is kept. The highest number of a session is its
// newest token.
type RefreshToken struct {
	Hash    TokenHash
	Session SessionID
	Number  int
	Used    time.Time // zero before
}

// Link is a share link.
type Link struct {
	ID      LinkID
	Account ID
	Label   string // which only its counsellor sees
	Made    time.Time
	Ends    time.Time // zero for no end
	Off     time.Time // when it was switched off; zero while it is on
}
