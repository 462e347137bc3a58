package account

import (
	"crypto/rand"
	"encoding/base32"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"predah/internal/vault"
)

// ID is the id of a counsellor's account, a UUID.
type ID = vault.CounsellorID

// LinkID is the id of a share link.
type LinkID = vault.LinkID

// SessionID is the id of a session, a UUID.
type SessionID string

func newID() ID               { return ID(uuid.NewString()) }
func newSessionID() SessionID { return SessionID(uuid.NewString()) }

// ParseSessionID reads a session's id. There is one way to write each.
func ParseSessionID(s string) (SessionID, bool) {
	id, err := uuid.Parse(s)
	return SessionID(s), err == nil && id.String() == s
}

func newLinkID() LinkID {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails since Go 1.24
	return LinkID(strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(id[:])))
}

// Email is an address in lower case.
type Email string

// maxEmail is the longest address that SMTP can deliver to (RFC 5321, 4.5.3.1.3).
const maxEmail = 254

// ParseEmail reads an address without a display name. Only ASCII is taken, since lower case
// is not the same everywhere beyond it. The error is ErrEmail.
func ParseEmail(s string) (Email, error) {
	for _, r := range s {
		if r > unicode.MaxASCII || unicode.IsControl(r) {
			return "", ErrEmail
		}
	}
	address, err := mail.ParseAddress(s)
	if err != nil || len(s) > maxEmail || address.Name != "" || address.Address != s {
		return "", ErrEmail
	}
	return Email(strings.ToLower(s)), nil
}

const (
	// MaxName is how many characters the name of a counsellor or an organisation may have.
	MaxName = 100
	// MaxLabel is how many characters the label of a share link may have.
	MaxLabel = 80
)

// plainLine returns a line of text without spaces around it; false if it is none.
func plainLine(s string, most int) (string, bool) {
	s = strings.TrimSpace(s)
	plain := s != "" && utf8.ValidString(s) && utf8.RuneCountInString(s) <= most && !strings.ContainsFunc(s, unprintable)
	return s, plain
}

// unprintable tells controls, line breaks and marks that turn the direction of a text.
func unprintable(r rune) bool { return !unicode.IsPrint(r) }
