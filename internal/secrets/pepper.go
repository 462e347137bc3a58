package secrets

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
)

// pepperSize is the length of the pepper in bytes.
const pepperSize = 32

// Pepper is a secret outside the database from which keys are derived, so that a stolen
// database alone allows no guessing (NIST SP 800-63B, 3.1.1.2 calls it a secret salt).
type Pepper struct{ secret [pepperSize]byte }

// NewPepper makes a random pepper.
func NewPepper() Pepper {
	var p Pepper
	_, _ = rand.Read(p.secret[:]) // never fails: the program ends instead
	return p
}

// Key derives the 32-byte key for one use, by HKDF-SHA-256 (RFC 5869) without salt. Different
// uses have unrelated keys.
func (p Pepper) Key(use string) [32]byte {
	derived, err := hkdf.Key(sha256.New, p.secret[:], nil, use, 32)
	if err != nil {
		panic(fmt.Sprintf("derive a key from the pepper: %v", err)) // only of lengths beyond 8,160 bytes
	}
	return [32]byte(derived)
}

// String hides the pepper from logs.
func (Pepper) String() string { return "pepper" }

// GoString hides the pepper from logs.
func (Pepper) GoString() string { return "pepper" }

// writePepper writes a new file.
func writePepper(path string, pepper Pepper) error {
	return writePrivate(path, []byte(base64.StdEncoding.EncodeToString(pepper.secret[:])+"\n"))
}

// readPepper reads the file.
func readPepper(path string) (Pepper, error) {
	text, err := readPrivate(path, 128)
	if err != nil {
		return Pepper{}, err
	}
	secret, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(secret) != pepperSize {
		return Pepper{}, fmt.Errorf("%s is not %d bytes in base64: put the right file there, since without it nobody can sign in", path, pepperSize)
	}
	return Pepper{secret: [pepperSize]byte(secret)}, nil
}
