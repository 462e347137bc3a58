// Package jws signs statements of the service and finds the keys to check them with. Every kind
// of statement has a media type and a purpose of keys of its own, so that one can never pass for
// another (RFC 8725, 3.11 and 3.12).
//
// It refuses to know what is stated, and when a statement is believed.
package jws

import (
	"errors"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"predah/internal/secrets"
)

// Keys are the keys of the service; secrets.Folder has them.
type Keys interface {
	Signing(secrets.Purpose) secrets.SigningKey
	Key(purpose secrets.Purpose, id string) (secrets.SigningKey, bool)
}

// Kind is one kind of statement.
type Kind struct {
	MediaType string // the typ of its header
	Purpose   secrets.Purpose
}

// Algorithm is how everything is signed: Ed25519 (RFC 8037).
const Algorithm = "EdDSA"

// Sign writes claims in the compact serialisation (RFC 7515), signed with the key that signs now.
func (k Kind) Sign(keys Keys, claims jwt.Claims) (string, error) {
	key := keys.Signing(k.Purpose)
	unsigned := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims)
	unsigned.Header["typ"], unsigned.Header["kid"] = k.MediaType, key.ID
	return unsigned.SignedString(key.Private)
}

// errForeign is of a header that Sign does not write.
var errForeign = errors.New("not signed here")

// IsCompact says whether a text is in the alphabet of the compact serialisation (RFC 7515, 2 and
// 7.1): base64url without padding, line breaks or spaces. Go's base64 passes over line breaks.
func IsCompact(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		isLetter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
		return !isLetter && r != '-' && r != '_' && r != '.'
	}) < 0
}

// KeyFunc finds the key that a statement names, if its header is exactly as Sign writes it: no
// other type, and none of the fields by which it could bring a key of its own.
func (k Kind) KeyFunc(keys Keys) jwt.Keyfunc {
	return func(unverified *jwt.Token) (any, error) {
		id, _ := unverified.Header["kid"].(string)
		if unverified.Header["typ"] != k.MediaType || len(unverified.Header) != 3 { // alg, typ, kid
			return nil, errForeign
		}
		key, known := keys.Key(k.Purpose, id)
		if !known {
			return nil, errForeign
		}
		return key.Public(), nil
	}
}
