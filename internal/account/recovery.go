package account

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
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

// recoveryHash is what is encrypted and kept of a recovery code.
type recoveryHash [sha256.Size]byte

// crockford is the alphabet without the letters that are taken for others.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// newRecoveryCodes returns codes as they are shown once, and what is kept of them.
func newRecoveryCodes() (shown []string, kept []recoveryHash) {
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
func parseRecoveryCode(s string) (recoveryHash, bool) {
	text := misread.Replace(strings.ToUpper(s))
	raw, err := crockford.DecodeString(text)
	return sha256.Sum256(raw), err == nil && len(raw) == recoverySize && len(text) == crockford.EncodedLen(recoverySize)
}

// encryptRecovery encrypts what is kept of the codes of an account.
func (p pepper) encryptRecovery(id ID, codes []recoveryHash) []Encrypted {
	var kept []Encrypted
	for _, code := range codes {
		kept = append(kept, p.encrypt(recoveryColumn, id, code[:]))
	}
	return kept
}

// findRecovery returns the one among an account's codes that was given, nil if none was. It tries
// as many as an account has at first, however many are left.
func (p pepper) findRecovery(c Counsellor, kept []Encrypted, given recoveryHash) (found Encrypted) {
	for i := range recoveryCodes {
		one := c.Verifier // is no code, and takes as long
		if i < len(kept) {
			one = kept[i]
		}
		hash, err := p.decrypt(recoveryColumn, c.ID, one)
		if err == nil && subtle.ConstantTimeCompare(hash, given[:]) == 1 {
			found = one
		}
	}
	return found
}
