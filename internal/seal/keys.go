package seal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/google/uuid"
)

// salt is the salt of every derivation in this version of the protocol.
const salt = "predah/v1"

// Secret is 32 bytes that were derived: what opens something at the server, or the seed of
// an identity.
type Secret [32]byte

var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// derive is HKDF-SHA-256 with the salt of the protocol.
func derive(secret []byte, info string) Secret {
	key, err := hkdf.Key(sha256.New, secret, []byte(salt), info, len(Secret{}))
	if err != nil {
		panic("seal: deriving a key: " + err.Error()) // only for keys of absurd length
	}
	return Secret(key)
}

// Auth returns what opens the code's vault at the server.
func (c Code) Auth() Secret { return derive(c[:], "vault/auth") }

// VaultID returns the id of the code's vault, which follows from what opens it.
func (c Code) VaultID() string {
	auth := c.Auth()
	sum := sha256.Sum256(append([]byte("predah/v1/vault-id"), auth[:]...))
	return base32Lower.EncodeToString(sum[:16])
}

// Identity returns the identity that everything in the code's vault is sealed to.
func (c Code) Identity() *age.HybridIdentity { return identity(derive(c[:], "vault/identity")) }

// ReplyIdentity returns the identity that replies to one grant are sealed to.
func (c Code) ReplyIdentity(grant string) *age.HybridIdentity {
	return identity(derive(c[:], "vault/reply/"+grant))
}

// MovedID returns the id that a record or grant gets in the vault of this code, in a move
// that began then. Each try gives the same.
func (c Code) MovedID(old string, begun time.Time) string {
	key := derive(c[:], "vault/move")
	mac := hmac.New(sha256.New, key[:])
	_, _ = mac.Write([]byte(old))
	var id uuid.UUID
	copy(id[6:], mac.Sum(nil))
	for i, left := 5, begun.UnixMilli(); i >= 0; i-- {
		id[i] = byte(left)
		left >>= 8
	}
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return id.String()
}

// identity returns the hybrid identity of a seed.
func identity(seed Secret) *age.HybridIdentity {
	i, err := age.ParseHybridIdentity(strings.ToUpper(bech32("age-secret-key-pq-", seed[:])))
	if err != nil {
		panic("seal: writing an identity: " + err.Error()) // every seed is one
	}
	return i
}

// ErrRecipient says that a recipient is no hybrid one, or not written in the one way.
var ErrRecipient = errors.New("not a hybrid age recipient (age1pq1…)")

// ParseRecipient reads a recipient. Only hybrid ones are read: what is sealed for others
// is open to who keeps it until there are quantum computers. There is one way to write each.
func ParseRecipient(s string) (*age.HybridRecipient, error) {
	r, err := age.ParseHybridRecipient(s)
	if err != nil {
		return nil, ErrRecipient
	}
	return r, nil
}

// Fingerprint returns the 20 characters by which people compare recipients.
func Fingerprint(recipient string) (string, error) {
	if _, err := ParseRecipient(recipient); err != nil {
		return "", fmt.Errorf("taking a fingerprint: %w", err)
	}
	sum := sha256.Sum256([]byte(recipient))
	return base32Lower.EncodeToString(sum[:])[:20], nil
}
