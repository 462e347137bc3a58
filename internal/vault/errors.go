package vault

import (
	"errors"
	"time"
)

// What a call can be refused for.
var (
	// ErrNotFound says that there is no such thing, or none that the caller may know of.
	ErrNotFound = errors.New("there is no such thing")
	// ErrWrongAuth says that no vault opens with what was given.
	ErrWrongAuth = errors.New("no vault opens with this")
	// ErrOldEpoch says that a session belongs to an earlier life of the vault.
	ErrOldEpoch = errors.New("the session is of a vault that was deleted")
	// ErrVaultID says that a vault's id was not made of what opens it.
	ErrVaultID = errors.New("the id is not that of this vault")
	// ErrIDTime says that a new id is no UUIDv7 made within a day of now.
	ErrIDTime = errors.New("the id is not one made now")
	// ErrNotSealed says that the bytes are no age file for the right number of hybrid keys.
	ErrNotSealed = errors.New("the bytes are not sealed as they have to be")
	// ErrTooLarge says that a sealed file has more bytes than are taken.
	ErrTooLarge = errors.New("the sealed file is too large")
	// ErrConflict says that the id is taken by other content, which never changes.
	ErrConflict = errors.New("the id is taken by other content")
	// ErrDeleted says that the id was deleted, or has expired, and never comes back.
	ErrDeleted = errors.New("the id was deleted")
	// ErrQuota says that the vault is full.
	ErrQuota = errors.New("the vault holds as much as it can")
	// ErrExpiry says that an expiry is not in the future, too far in it, or between two seconds.
	ErrExpiry = errors.New("the expiry is not one that can be kept")
	// ErrRecipientUnavailable says that a link leads to nobody who could read a grant.
	ErrRecipientUnavailable = errors.New("the link leads to nobody")
	// ErrNotRecorded says that an opening could not be recorded, so nothing was opened.
	ErrNotRecorded = errors.New("the opening could not be recorded")
)

// The names of the limits that refuse for some time, as callers see them.
const (
	LimitNewShare    = "new-share"    // of a link: what was made through it today and lives
	LimitLiveShare   = "live-share"   // of a counsellor: what lives
	LimitVaultShare  = "vault-share"  // of a vault: what it shared today, whatever came of it
	LimitVaultDelete = "vault-delete" // of a vault: what it deleted today that it never held
)

// BusyError says that there is no more of something for some time, and by which limit.
type BusyError struct {
	Limit      string        // its name
	Calls      int           // how many it allows
	Window     time.Duration // in which it counts new ones; 0 if it counts those that live
	RetryAfter time.Duration
}

// Error says so in a sentence.
func (e *BusyError) Error() string { return "there is no more for now by the limit " + e.Limit }
