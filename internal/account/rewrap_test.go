package account_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"strings"
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/store/storetest"
)

// asBefore turns what is kept of a counsellor into what earlier versions kept: a password as an HMAC
// under the pepper, recovery codes as hashes.
func asBefore(t *testing.T, h *accounttest.House, c *accounttest.Counsellor) {
	t.Helper()
	must(t, "write it as before", h.Store.Accounts().Write(t.Context(), func(tx account.Tx) error {
		row, err := tx.Counsellor(c.ID)
		key := h.Pepper.Key("auth")
		mac := hmac.New(sha256.New, key[:])
		mac.Write(c.Auth[:])
		row.Verifier = mac.Sum(nil)
		var codes []account.Encrypted
		for _, code := range c.RecoveryCodes {
			raw, err := base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").DecodeString(strings.ReplaceAll(code, "-", ""))
			must(t, "read a code", err)
			hash := sha256.Sum256(raw)
			codes = append(codes, hash[:])
		}
		return errors.Join(err, tx.SaveCounsellor(row), tx.ReplaceRecoveryCodes(c.ID, codes))
	}))
}

// keptOf returns what is kept of a counsellor that has to need the pepper.
func keptOf(t *testing.T, h *accounttest.House, id account.ID) (kept []account.Encrypted) {
	t.Helper()
	must(t, "read", h.Store.Accounts().Read(t.Context(), func(tx account.Tx) error {
		row, err := tx.Counsellor(id)
		codes, codesErr := tx.RecoveryCodes(id)
		kept = append(codes, row.Verifier, row.SealedKey, row.TOTP)
		return errors.Join(err, codesErr)
	}))
	return kept
}

func TestWhatEarlierVersionsKeptPlainWorksAndIsEncrypted(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		signIn := func(code string) {
			t.Helper()
			_, err := h.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: code})
			must(t, "sign in", err)
		}
		asBefore(t, h, c)
		signIn(c.RecoveryCodes[0])
		h.SignIn(t, c)
		must(t, "sweep", h.Service.Sweep(t.Context()))
		for _, one := range keptOf(t, h, c.ID) {
			if len(one) == sha256.Size {
				t.Error("something is kept plain")
			}
		}
		signIn(c.RecoveryCodes[1])
		h.SignIn(t, c)
		for _, used := range c.RecoveryCodes[:2] {
			_, err := h.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: used})
			want(t, "a used code", err, account.ErrWrongCredentials)
		}
	})
}

// TestRecoveryCodesAreKeptUnderThePepper: who has the database alone cannot tell whether a code is one.
func TestRecoveryCodesAreKeptUnderThePepper(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		opened, clock := storetest.Open(t, config), accounttest.NewClock()
		h := accounttest.Open(opened, secrets.NewPepper(), clock)
		c := h.Join(t, ana)
		elsewhere := accounttest.Open(opened, secrets.NewPepper(), clock)
		_, err := elsewhere.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: c.RecoveryCodes[0]})
		want(t, "with another pepper", err, account.ErrWrongCredentials)
		kept := keptOf(t, h, c.ID)
		for _, code := range c.RecoveryCodes {
			raw, err := base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").DecodeString(strings.ReplaceAll(code, "-", ""))
			must(t, "read a code", err)
			hash := sha256.Sum256(raw)
			for _, one := range kept {
				if strings.Contains(string(one), string(hash[:])) {
					t.Error("a code is kept as its hash")
				}
			}
		}
	})
}

func TestANewPepperTakesOverAllAccountsAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		opened, clock := storetest.Open(t, config), accounttest.NewClock()
		before, after := accounttest.Open(opened, secrets.NewPepper(), clock), accounttest.Open(opened, secrets.NewPepper(), clock)
		c, older, gone := before.Join(t, ana), before.Join(t, "older@primer.si"), before.Join(t, "gone@primer.si")
		asBefore(t, before, older)
		must(t, "disable", before.Service.Disable(t.Context(), gone.Email))
		in := before.SignIn(t, c)
		next, err := before.Service.NewTOTP(t.Context(), in.Caller, before.Proof(t, c))
		must(t, "begin a new factor", err)
		clock.Move(30 * time.Second)

		must(t, "rewrap", after.Service.Rewrap(t.Context(), before.Pepper.Key))
		kept := keptOf(t, after, c.ID)
		must(t, "rewrap again", after.Service.Rewrap(t.Context(), before.Pepper.Key))
		for i, one := range keptOf(t, after, c.ID) {
			if string(one) != string(kept[i]) {
				t.Error("what was done is done again")
			}
		}

		for _, each := range []*accounttest.Counsellor{c, older} {
			_, err = before.Service.SignIn(t.Context(), each.Email, account.Proof{Auth: each.Auth, Code: each.RecoveryCodes[0]})
			want(t, "with the old pepper", err, account.ErrWrongCredentials)
			if got := after.SignIn(t, each); string(got.SealedKey) != string(each.Key.Sealed) {
				t.Error("the sealed key is another one")
			}
			_, err = after.Service.SignIn(t.Context(), each.Email, account.Proof{Auth: each.Auth, Code: each.RecoveryCodes[0]})
			must(t, "a recovery code", err)
		}
		c.Secret = next.Secret
		_, err = after.Service.ConfirmTOTP(t.Context(), in.Caller, c.Code(t, clock.Now()))
		must(t, "confirm the new factor", err)
		_, err = before.Service.SaltOf(t.Context(), gone.Email)
		must(t, "the salt of a disabled account", err)
		if err := after.Service.Rewrap(t.Context(), secrets.NewPepper().Key); err != nil {
			t.Errorf("there was nothing to do: %v", err)
		}
		if err := before.Service.Rewrap(t.Context(), secrets.NewPepper().Key); err == nil {
			t.Error("a pepper that cannot read what is kept was taken")
		}
	})
}
