package store_test

import (
	"errors"
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/store/storetest"
)

// TestAttack15NoPasswordFactorKeyOrCodeComesBackFromABackup: what somebody changed or used up after
// the backup was made opens nothing after a restore; what was changed before goes on.
func TestAttack15NoPasswordFactorKeyOrCodeComesBackFromABackup(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		config = withJournal(t, config)
		clock, pepper := accounttest.NewClock(), secrets.Pepper{}
		config.Now = clock.Now
		house := accounttest.Open(storetest.Open(t, config), pepper, clock)
		check := func(doing string, err error) {
			t.Helper()
			if err != nil {
				t.Fatalf("%s: %v", doing, err)
			}
		}
		changes := map[string]func(c *accounttest.Counsellor, who account.Caller) error{
			"password": func(c *accounttest.Counsellor, who account.Caller) error {
				to := account.NewPassword{Auth: accounttest.NewAuth(), SealedKey: c.Key.Sealed}
				return house.Service.ChangePassword(t.Context(), who, house.Proof(t, c), to)
			},
			"key": func(c *accounttest.Counsellor, who account.Caller) error {
				return house.Service.ReplaceKey(t.Context(), who, house.Proof(t, c), c.Key.Recipient, c.Key.Sealed)
			},
			"factor": func(c *accounttest.Counsellor, who account.Caller) error {
				factor, err := house.Service.NewTOTP(t.Context(), who, house.Proof(t, c))
				next := accounttest.Counsellor{Secret: factor.Secret}
				_, confirming := house.Service.ConfirmTOTP(t.Context(), who, next.Code(t, clock.Now()))
				return errors.Join(err, confirming)
			},
			"reset": func(c *accounttest.Counsellor, _ account.Caller) error {
				_, err := house.Service.ResetTOTP(t.Context(), c.Email)
				return err
			},
		}
		used, early, last := house.Join(t, "used@primer.si"), house.Join(t, "early@primer.si"), house.Join(t, "last@primer.si")
		people := map[string]*accounttest.Counsellor{}
		for name := range changes {
			people[name] = house.Join(t, accounttest.Address(name))
		}
		before := accounttest.NewAuth()
		check("change a password before", house.Service.ChangePassword(t.Context(), house.SignIn(t, early).Caller, house.Proof(t, early),
			account.NewPassword{Auth: before, SealedKey: early.Key.Sealed}))
		early.Auth = before
		clock.Move(time.Hour)
		backup, _ := backUp(t, house.Store)
		clock.Move(time.Hour)
		for name, change := range changes {
			old := *people[name]
			check(name, change(people[name], house.SignIn(t, people[name]).Caller))
			people[name] = &old
			clock.Move(30 * time.Second)
		}
		_, err := house.Service.SignIn(t.Context(), used.Email, account.Proof{Auth: used.Auth, Code: used.RecoveryCodes[0]})
		check("use a recovery code", err)
		code := house.Proof(t, last)
		_, err = house.Service.SignIn(t.Context(), last.Email, code)
		check("use a one-time code", err)

		target := withJournal(t, storetest.SQLite(t))
		target.Now = clock.Now
		_, err = store.Restore(t.Context(), store.Restoration{Backup: backup, Target: target, Tombstones: config.Tombstones})
		check("restore", err)
		out := accounttest.Open(storetest.Open(t, target), pepper, clock)
		if _, err := out.Service.SignIn(t.Context(), last.Email, code); err == nil {
			t.Error("a one-time code works once more after a restore")
		}
		clock.Move(time.Minute)
		for name, c := range people {
			for _, proof := range []account.Proof{out.Proof(t, c), {Auth: c.Auth, Code: c.RecoveryCodes[1]}} {
				if _, err := out.Service.SignIn(t.Context(), c.Email, proof); err == nil {
					t.Errorf("%s: what was replaced opens the account again", name)
				}
			}
		}
		for _, code := range used.RecoveryCodes {
			if _, err := out.Service.SignIn(t.Context(), used.Email, account.Proof{Auth: used.Auth, Code: code}); err == nil {
				t.Errorf("the recovery code %s is back", code)
			}
		}
		for _, c := range []*accounttest.Counsellor{used, early, last} {
			out.SignIn(t, c)
		}
		if _, err := out.Service.SignIn(t.Context(), early.Email, account.Proof{Auth: early.Auth, Code: early.RecoveryCodes[0]}); err != nil {
			t.Errorf("recovery codes that were not used: %v", err)
		}
	})
}
