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
	verifierColumn  column = "verifier"
	recoveryColumn  column = "recovery"
)

// pepper makes what is kept useless without a file that is in no database.
type pepper struct {
	derive func(info string) [32]byte
}

// verifier is what is kept of an Auth: an HMAC of it and the key of that, both encrypted. A new
// pepper can encrypt it anew, which an HMAC under the pepper itself would not allow.
func (p pepper) verifier(id ID, auth Auth) Encrypted {
	key := newToken()
	return p.encrypt(verifierColumn, id, append(key[:], macOf(key, auth[:])...))
}

// verifies tells whether an Auth is the one that is kept.
func (p pepper) verifies(id ID, kept Encrypted, auth Auth) bool {
	plain, err := p.decrypt(verifierColumn, id, kept)
	if err != nil || len(plain) != 2*sha256.Size {
		return false
	}
	return subtle.ConstantTimeCompare(plain[sha256.Size:], macOf([32]byte(plain[:sha256.Size]), auth[:])) == 1
}

// nobody is an account that is not there, with all that an account is asked for when somebody
// signs in, so that it takes the same steps.
func (p pepper) nobody() Counsellor {
	id := newID()
	return Counsellor{
		ID: id, Status: Active, Verifier: p.verifier(id, Auth(newToken())), TOTP: p.encrypt(totpColumn, id, newTOTPSecret()),
	}
}

// mac returns an HMAC-SHA-256 under a key for one purpose.
func (p pepper) mac(purpose string, message []byte) []byte {
	return macOf(p.derive(purpose), message)
}

func macOf(key [32]byte, message []byte) []byte {
	mac := hmac.New(sha256.New, key[:])
	mac.Write(message)
	return mac.Sum(nil)
}

// encrypt keeps plain bytes for one account and column: a random nonce and what AES-GCM makes.
func (p pepper) encrypt(in column, id ID, plain []byte) Encrypted {
	return p.gcm(in).Seal(nil, nil, plain, []byte(id))
}

// errUnreadable says that bytes are not those that were encrypted, or that the pepper is
// another one.
var errUnreadable = errors.New("cannot be decrypted: is the pepper the one it was encrypted with?")

// decrypt reads what encrypt kept, and what earlier versions kept without encrypting it.
func (p pepper) decrypt(in column, id ID, from Encrypted) ([]byte, error) {
	if p.plain(in, from) {
		if in == recoveryColumn {
			return from, nil
		}
		key := p.derive("auth")
		return append(key[:], from...), nil
	}
	plain, err := p.gcm(in).Open(nil, nil, from, []byte(id))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", in, errUnreadable)
	}
	return plain, nil
}

// plain tells what is kept as earlier versions did: recovery codes as their hashes, passwords
// as HMACs under the pepper. Nothing that is encrypted is so short.
func (pepper) plain(in column, kept Encrypted) bool {
	return len(kept) == sha256.Size && (in == verifierColumn || in == recoveryColumn)
}

func (p pepper) gcm(in column) cipher.AEAD {
	key := p.derive("at-rest/" + string(in))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(fmt.Sprintf("prepare the encryption: %v", err)) // only of keys of another length
	}
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(fmt.Sprintf("prepare the encryption: %v", err)) // only of other ciphers
	}
	return gcm
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
