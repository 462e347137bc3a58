package secrets

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
)

// pepperSize is the length of the pepper in bytes.
const pepperSize = 32

// Pepper is a secret outside the database from which keys are derived, so that a stolen
// database alone allows no guessing (NIST SP 800-63B, 3.1.1.2 calls it a secret salt).
type Pepper struct {
	secret [pepperSize]byte
	// lasting is what a rotation carries over: the keys of what must not change with it. Zero
	// before the first rotation, when the secret itself is that.
	lasting [pepperSize]byte
}

// NewPepper makes a random pepper.
func NewPepper() Pepper {
	var p Pepper
	_, _ = rand.Read(p.secret[:]) // never fails: the program ends instead
	return p
}

// next makes the pepper that takes the place of this one.
func (p Pepper) next() Pepper {
	made := NewPepper()
	made.lasting = p.lasting
	if p.lasting == ([pepperSize]byte{}) {
		made.lasting = derive(p.secret, "lasting")
	}
	return made
}

// lasts tells the uses whose keys outlive a rotation: salts that change all at once would tell
// which addresses have no account.
func lasts(use string) bool { return use == "fake-salt" }

// Key derives the 32-byte key for one use, by HKDF-SHA-256 (RFC 5869) without salt. Different
// uses have unrelated keys.
func (p Pepper) Key(use string) [32]byte {
	if !lasts(use) {
		return derive(p.secret, use)
	}
	if p.lasting == ([pepperSize]byte{}) {
		return derive(derive(p.secret, "lasting"), use)
	}
	return derive(p.lasting, use)
}

func derive(secret [pepperSize]byte, use string) [32]byte {
	derived, err := hkdf.Key(sha256.New, secret[:], nil, use, 32)
	if err != nil {
		panic(fmt.Sprintf("derive a key from the pepper: %v", err)) // only of lengths beyond 8,160 bytes
	}
	return [32]byte(derived)
}

// Check is what a database remembers a pepper by, in hexadecimal. It says nothing of the pepper
// or of any key that is derived from it.
func (p Pepper) Check() string {
	check := p.Key("check of the pepper")
	return hex.EncodeToString(check[:16])
}

// String hides the pepper from logs.
func (Pepper) String() string { return "pepper" }

// GoString hides the pepper from logs.
func (Pepper) GoString() string { return "pepper" }

// text is the pepper as it stands in its file: a line for the secret, and after a rotation another
// for what lasts.
func (p Pepper) text() string {
	text := base64.StdEncoding.EncodeToString(p.secret[:]) + "\n"
	if p.lasting != ([pepperSize]byte{}) {
		text += base64.StdEncoding.EncodeToString(p.lasting[:]) + "\n"
	}
	return text
}

// writePepper writes a new file.
func writePepper(path string, pepper Pepper) error { return writePrivate(path, []byte(pepper.text())) }

// readPepper reads the file.
func readPepper(path string) (Pepper, error) {
	text, err := readPrivate(path, 128)
	if err != nil {
		return Pepper{}, err
	}
	var p Pepper
	first, second, rotated := strings.Cut(strings.TrimSpace(string(text)), "\n")
	ok := decodePepper(first, &p.secret)
	if rotated {
		ok = ok && decodePepper(second, &p.lasting) && p.lasting != [pepperSize]byte{}
	}
	if !ok {
		return Pepper{}, fmt.Errorf("%s is not one or two lines of %d bytes in base64: put the right file there, since without it nobody can sign in", path, pepperSize)
	}
	return p, nil
}

func decodePepper(line string, into *[pepperSize]byte) bool {
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(line))
	return err == nil && copy(into[:], decoded) == pepperSize && len(decoded) == pepperSize
}
