package account

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strconv"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

const (
	// totpPeriod is how long a code is shown.
	totpPeriod = 30 * time.Second
	// totpSkew is how many steps before and after the present one are taken as well, for
	// clocks that differ.
	totpSkew = 1
	// totpSecretSize is how long a secret is (RFC 4226, 4).
	totpSecretSize = 20
	// totpIssuer is the name in the counsellor's app.
	totpIssuer = "Predah"
)

// TOTP is a second factor as an app takes it (RFC 6238).
type TOTP struct {
	Secret string // base32 without padding
	URI    string // otpauth://…
}

var totpBase32 = base32.StdEncoding.WithPadding(base32.NoPadding)

func newTOTPSecret() []byte {
	secret := make([]byte, totpSecretSize)
	_, _ = rand.Read(secret) // never fails since Go 1.24
	return secret
}

// parseTOTPSecret reads a secret as totpFor writes it. The error is ErrSecret.
func parseTOTPSecret(s string) ([]byte, error) {
	secret, err := totpBase32.DecodeString(s)
	if err != nil || len(secret) != totpSecretSize || totpBase32.EncodeToString(secret) != s {
		return nil, ErrSecret
	}
	return secret, nil
}

// totpFor writes a secret for the app of an address.
func totpFor(secret []byte, email Email) (TOTP, error) {
	key, err := totp.Generate(totp.GenerateOpts{
		Issuer: totpIssuer, AccountName: string(email), Secret: secret,
		Period: uint(totpPeriod / time.Second), Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1,
	})
	if err != nil {
		return TOTP{}, fmt.Errorf("write the second factor: %w", err)
	}
	return TOTP{Secret: key.Secret(), URI: key.String()}, nil
}

// totpStep returns the time step that a code belongs to. Steps up to the last one used are
// not taken, so that a code that was seen can't be used again. It works out every code that could
// be meant, whichever are still to be used.
func totpStep(secret []byte, code string, last int64, now time.Time) (step int64, ok bool) {
	newest := NewestStep(now)
	for at := newest; at >= newest-2*totpSkew; at-- {
		valid, err := hotp.ValidateCustom(code, uint64(at), totpBase32.EncodeToString(secret), hotp.ValidateOpts{
			Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1,
		})
		if valid && err == nil && at > last {
			step, ok = at, true
		}
	}
	return step, ok
}

// NewestStep is the newest time step whose code is taken at a moment.
func NewestStep(now time.Time) int64 { return now.Unix()/int64(totpPeriod/time.Second) + totpSkew }

// isTOTP tells six digits from a recovery code.
func isTOTP(code string) bool {
	return len(code) == 6 && len(bytes.Trim([]byte(code), "0123456789")) == 0
}

const (
	// maxWrongCodes with the right password in wrongWindow, and no more are looked at. Codes
	// with a wrong password don't count: a stranger can't lock anybody out.
	maxWrongCodes = 5
	wrongWindow   = 15 * time.Minute
)

// exhausted tells whether no more codes are looked at now.
func (w WrongCodes) exhausted(now time.Time) bool {
	return w.Count >= maxWrongCodes && now.Sub(w.Since) < wrongWindow
}

// Counter names whose wrong codes are counted: an account, or one of a few that stand for all
// that is wrong with no account behind it.
type Counter string

// decoys is how many counters there are beside those of accounts.
const decoys = 1024

// decoy is the counter of attempts without the right password.
func (p pepper) decoy(email Email) Counter {
	number := binary.BigEndian.Uint16(p.mac("decoy", []byte(email))) % decoys
	return Counter("decoy-" + strconv.Itoa(int(number)))
}

// add counts one more wrong code.
func (w WrongCodes) add(now time.Time) WrongCodes {
	if now.Sub(w.Since) >= wrongWindow {
		return WrongCodes{Count: 1, Since: now}
	}
	return WrongCodes{Count: w.Count + 1, Since: w.Since}
}
