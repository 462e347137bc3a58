package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

const (
	// recoveryCodes is how many an account has, each for one use in place of a one-time code.
	recoveryCodes = 10
	// recoverySize is how many random bytes are in one.
	recoverySize  = 10
	recoveryGroup = 4
)

// RecoveryHash is what is kept of a recovery code.
type RecoveryHash [sha256.Size]byte

// crockford is the alphabet without the letters that are taken for others.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// newRecoveryCodes returns codes as they are shown once, and what is kept of them.
func newRecoveryCodes() (shown []string, kept []RecoveryHash) {
	for range recoveryCodes {
		var raw [recoverySize]byte
		_, _ = rand.Read(raw[:]) // never fails since Go 1.24
		text := crockford.EncodeToString(raw[:])
		var groups []string
		for ; text != ""; text = text[recoveryGroup:] {
			groups = append(groups, text[:recoveryGroup])
		}
		shown = append(shown, strings.Join(groups, "-"))
		kept = append(kept, sha256.Sum256(raw[:]))
	}
	return shown, kept
}

// misread are the characters that people write for others, and those they put between.
var misread = strings.NewReplacer("I", "1", "L", "1", "O", "0", " ", "", "-", "", "–", "")

// parseRecoveryCode reads a code as people write it.
func parseRecoveryCode(s string) (RecoveryHash, bool) {
	text := misread.Replace(strings.ToUpper(s))
	raw, err := crockford.DecodeString(text)
	return sha256.Sum256(raw), err == nil && len(raw) == recoverySize && len(text) == crockford.EncodedLen(recoverySize)
}
