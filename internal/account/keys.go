package account

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
)

// Auth is what proves a password: 32 bytes that the browser derives from it.
type Auth [32]byte

// Salt is what the browser stretches a password with.
type Salt [16]byte

// Verifier is what is kept of an Auth: an HMAC that needs the pepper.
type Verifier [sha256.Size]byte

// KDF says how the browser stretches a password.
type KDF struct {
	Name    string
	N, R, P int
}

// PasswordKDF is how every browser stretches a password; clients refuse anything weaker.
func PasswordKDF() KDF { return KDF{Name: "scrypt", N: 1 << 17, R: 8, P: 1} }

// Encrypted is bytes under AES-256-GCM with a key from the pepper, for one account and one
// column: elsewhere they cannot be read.
type Encrypted []byte

// column names what is encrypted.
type column string

// The columns.
const (
	sealedKeyColumn column = "sealed_key"
	totpColumn      column = "totp"
)

// pepper makes what is kept useless without a file that is in no database.
type pepper struct {
	derive func(info string) [32]byte
}

// verifier is what is kept of an Auth.
func (p pepper) verifier(auth Auth) Verifier {
	return Verifier(p.mac("auth", auth[:]))
}

// mac returns an HMAC-SHA-256 under a key for one purpose.
func (p pepper) mac(purpose string, message []byte) []byte {
	key := p.derive(purpose)
	mac := hmac.New(sha256.New, key[:])
	mac.Write(message)
	return mac.Sum(nil)
}

// equals compares in the same time whatever is given.
func (v Verifier) equals(other Verifier) bool {
	return subtle.ConstantTimeCompare(v[:], other[:]) == 1
}

// fakeSalt is the salt that an address without an account appears to have, always the same.
func (p pepper) fakeSalt(email Email) Salt {
	return Salt(p.mac("fake-salt", []byte(email))[:len(Salt{})])
}

// encrypt keeps plain bytes for one account and column: a random nonce and what AES-GCM makes.
func (p pepper) encrypt(in column, id ID, plain []byte) (Encrypted, error) {
	gcm, err := p.gcm(in)
	if err != nil {
		return nil, err
	}
	return gcm.Seal(nil, nil, plain, []byte(id)), nil
}

// errUnreadable says that bytes are not those that were encrypted, or that the pepper is
// another one.
var errUnreadable = errors.New("cannot be decrypted: is the pepper the one it was encrypted with?")

// decrypt reads what encrypt kept.
func (p pepper) decrypt(in column, id ID, from Encrypted) ([]byte, error) {
	gcm, err := p.gcm(in)
	if err != nil {
		return nil, err
	}
	plain, err := gcm.Open(nil, nil, from, []byte(id))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", in, errUnreadable)
	}
	return plain, nil
}

func (p pepper) gcm(in column) (cipher.AEAD, error) {
	key := p.derive("at-rest/" + string(in))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, fmt.Errorf("prepare the encryption: %w", err)
	}
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("prepare the encryption: %w", err)
	}
	return gcm, nil
}

// Token is a secret that is handed out once: in an invitation's link, or as a cookie.
type Token [32]byte

// TokenHash is what is kept of a Token.
type TokenHash [sha256.Size]byte

func newToken() Token {
	var t Token
	_, _ = rand.Read(t[:]) // never fails since Go 1.24
	return t
}

// Text is how the token is written in links, in base64url.
func (t Token) Text() string { return base64.RawURLEncoding.EncodeToString(t[:]) }

// Hash is what is kept of the token.
func (t Token) Hash() TokenHash { return sha256.Sum256(t[:]) }
