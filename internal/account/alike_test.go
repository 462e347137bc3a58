package account_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/store/storetest"
)

// Times are no test, so this holds what they come from: whatever is wrong, the database is asked the
// same, and as many keys are derived, each for an encryption or an HMAC. That a password is right
// shows only with a right code, and whether there is an account does not show.
func TestAttack20WhateverIsWrongTheStepsAreTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		h := accounttest.Open(storetest.Open(t, config), secrets.NewPepper(), accounttest.NewClock())
		c, gone := h.Join(t, ana), h.Join(t, "gone@primer.si")
		must(t, "disable", h.Service.Disable(t.Context(), gone.Email))
		for range 4 { // a code that is left over is not looked for longer than one that is used
			_, err := h.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: c.RecoveryCodes[0]})
			must(t, "use a recovery code", err)
			c.RecoveryCodes = c.RecoveryCodes[1:]
		}
		asked := &steps{}
		watching := account.New(account.Config{Store: watched{h.Store.Accounts(), asked}, Vaults: h.Vaults, Derive: asked.derive(h.Pepper.Key), Now: h.Clock.Now})
		for _, code := range []struct{ name, code, steps string }{
			{"one-time code", wrongCode(t, h, c), "write address wrong-codes count-wrong"},
			{"recovery code", gone.RecoveryCodes[0], "read address recovery-codes"},
			{"nothing that is a code", "no code at all", "read address recovery-codes"},
		} {
			derived := map[int]string{}
			for _, try := range []struct {
				name  string
				email account.Email
				auth  account.Auth
			}{
				{"the right password", ana, c.Auth}, {"a wrong password", ana, accounttest.NewAuth()},
				{"a disabled account", gone.Email, gone.Auth}, {"no account", "nobody@primer.si", accounttest.NewAuth()},
			} {
				*asked = steps{}
				_, err := watching.SignIn(t.Context(), try.email, account.Proof{Auth: try.auth, Code: code.code})
				want(t, try.name, err, account.ErrWrongCredentials)
				if diff := cmp.Diff(strings.Fields(code.steps), asked.asked); diff != "" {
					t.Errorf("%s with a wrong %s (-want +asked):\n%s", try.name, code.name, diff)
				}
				derived[asked.derived] = try.name
			}
			if len(derived) != 1 {
				t.Errorf("wrong %s: the number of keys that are derived tells what is wrong: %v", code.name, derived)
			}
		}
		for _, email := range []account.Email{ana, gone.Email, "nobody@primer.si"} {
			*asked = steps{}
			_, err := watching.SaltOf(t.Context(), email)
			must(t, "salt", err)
			if diff := cmp.Diff([]string{"read", "address"}, asked.asked); diff != "" || asked.derived != 1 {
				t.Errorf("the salt of %s takes %d keys and (-want +asked):\n%s", email, asked.derived, diff)
			}
		}
	})
}

// steps are what a service did.
type steps struct {
	asked   []string
	derived int
}

func (s *steps) note(step string) { s.asked = append(s.asked, step) }

func (s *steps) derive(from func(string) [32]byte) func(string) [32]byte {
	return func(info string) [32]byte {
		s.derived++
		return from(info)
	}
}

// watched is a store that notes what it is asked, and panics at all that a refusal has no need of.
type watched struct {
	account.Store
	steps *steps
}

func (w watched) Read(ctx context.Context, do func(account.Tx) error) error {
	w.steps.note("read")
	return w.Store.Read(ctx, func(tx account.Tx) error { return do(refusals{rows: tx, steps: w.steps}) })
}

func (w watched) Write(ctx context.Context, do func(account.Tx) error) error {
	w.steps.note("write")
	return w.Store.Write(ctx, func(tx account.Tx) error { return do(refusals{rows: tx, steps: w.steps}) })
}

type refusals struct {
	account.Tx // nil
	rows       account.Tx
	steps      *steps
}

func (r refusals) CounsellorByEmail(email account.Email) (account.Counsellor, error) {
	r.steps.note("address")
	return r.rows.CounsellorByEmail(email)
}

func (r refusals) RecoveryCodes(id account.ID) ([]account.Encrypted, error) {
	r.steps.note("recovery-codes")
	return r.rows.RecoveryCodes(id)
}

func (r refusals) WrongCodes(of account.Counter) (account.WrongCodes, error) {
	r.steps.note("wrong-codes")
	return r.rows.WrongCodes(of)
}

func (r refusals) SaveWrongCodes(of account.Counter, w account.WrongCodes) error {
	r.steps.note("count-wrong")
	return r.rows.SaveWrongCodes(of, w)
}

// TestStrangersFillNoTableByGuessing: what is counted of attempts without the right password is bounded.
func TestStrangersFillNoTableByGuessing(t *testing.T) {
	kept := map[account.Counter]bool{}
	strangers := account.New(account.Config{Store: counting{counters: kept}, Derive: secrets.NewPepper().Key, Now: time.Now})
	for i := range 3000 {
		_, err := strangers.SignIn(t.Context(), accounttest.Address(fmt.Sprint("n", i)), account.Proof{Code: "123456"})
		want(t, "sign in", err, account.ErrWrongCredentials)
	}
	if len(kept) > 1024 {
		t.Errorf("%d counters for strangers", len(kept))
	}
}

// counting is a store that counts nothing but which counters would be kept.
type counting struct {
	account.Store
	counters map[account.Counter]bool
}

func (c counting) Write(_ context.Context, do func(account.Tx) error) error {
	return do(counters{kept: c.counters})
}

type counters struct {
	account.Tx // nil
	kept       map[account.Counter]bool
}

func (counters) CounsellorByEmail(account.Email) (account.Counsellor, error) {
	return account.Counsellor{}, account.ErrNotFound
}
func (counters) WrongCodes(account.Counter) (account.WrongCodes, error) {
	return account.WrongCodes{}, nil
}

func (c counters) SaveWrongCodes(of account.Counter, _ account.WrongCodes) error {
	c.kept[of] = true
	return nil
}
