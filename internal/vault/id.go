package vault

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"strings"
)

// ID is a vault's id: 26 characters of lower-case base32. It certifies itself, since it is
// the beginning of a hash of what opens the vault.
type ID string

// Auth is what opens a vault: 32 bytes that only who has the recovery code can derive.
type Auth [32]byte

// Verifier is what is kept of an Auth: its SHA-256.
type Verifier [sha256.Size]byte

// Epoch tells one life of a vault from the next: a vault that is deleted and made again has
// another, so that what was issued for the first is void.
type Epoch [8]byte

// idContext separates the hash behind an id from all others.
const idContext = "predah/v1/vault-id"

// sixteenBytes is how 16 bytes are written in addresses.
var sixteenBytes = base32.StdEncoding.WithPadding(base32.NoPadding)

// ID returns the id of the vault that the Auth opens.
func (a Auth) ID() ID {
	sum := sha256.Sum256(append([]byte(idContext), a[:]...))
	return ID(strings.ToLower(sixteenBytes.EncodeToString(sum[:16])))
}

// Verifier returns what is kept of the Auth.
func (a Auth) Verifier() Verifier { return sha256.Sum256(a[:]) }

// opens tells whether the Auth is the one that the verifier was made of. It takes the same
// time for every Auth.
func (v Verifier) opens(a Auth) bool {
	given := a.Verifier()
	return subtle.ConstantTimeCompare(v[:], given[:]) == 1
}

// newEpoch returns an epoch that was never used.
func newEpoch() Epoch {
	var e Epoch
	_, _ = rand.Read(e[:]) // never fails since Go 1.24
	return e
}

// LinkID is the id of a counsellor's share link, 26 characters of lower-case base32.
type LinkID string

// ParseLinkID reads a link's id. There is one way to write each.
func ParseLinkID(s string) (LinkID, bool) {
	raw, err := sixteenBytes.DecodeString(strings.ToUpper(s))
	return LinkID(s), err == nil && len(raw) == 16 && strings.ToLower(sixteenBytes.EncodeToString(raw)) == s
}

// CounsellorID is the id of a counsellor's account.
type CounsellorID string

// Fingerprint is the beginning of the hash of a counsellor's public key, 20 characters of
// lower-case base32.
type Fingerprint string
