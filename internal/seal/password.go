package seal

import (
	"errors"
	"fmt"

	"filippo.io/age"
	"golang.org/x/crypto/scrypt"
	"golang.org/x/text/unicode/norm"
)

// KDF is how a password is stretched, as the server names it.
type KDF struct {
	Name string `json:"name"`
	N    int    `json:"n"`
	R    int    `json:"r"`
	P    int    `json:"p"`
}

// The bounds of what a password is stretched with.
const (
	leastN     = 1 << 17
	mostN      = 1 << 20
	blockSize  = 8
	parallel   = 1
	saltLength = 16
)

// ErrKDF says that a password would be stretched too little, absurdly much, or otherwise.
var ErrKDF = errors.New("not how passwords are stretched")

// Check refuses parameters that would make the password easy to guess, or take for ever.
func (k KDF) Check() error {
	if k.Name != "scrypt" || k.N < leastN || k.N > mostN || k.N&(k.N-1) != 0 || k.R != blockSize || k.P != parallel {
		return ErrKDF
	}
	return nil
}

// Stretch stretches a password and splits what comes out: auth signs in, and unlock opens
// the counsellor's key.
func (k KDF) Stretch(password string, salt []byte) (auth Secret, unlock *age.HybridIdentity, err error) {
	if err := k.Check(); err != nil {
		return Secret{}, nil, err
	}
	if len(salt) != saltLength {
		return Secret{}, nil, ErrKDF
	}
	stretched, err := scrypt.Key(norm.NFKC.Bytes([]byte(password)), salt, k.N, k.R, k.P, len(Secret{}))
	if err != nil {
		return Secret{}, nil, fmt.Errorf("stretching a password: %w", err)
	}
	return derive(stretched, "counsellor/auth"), identity(derive(stretched, "counsellor/unlock")), nil
}
