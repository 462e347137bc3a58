package account_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
)

func TestAttack13ADisabledCounsellorHasNothingLeft(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		in := h.SignIn(t, c)
		link, owner := h.Share(t, in.Caller)
		if inbox, err := h.Vaults.Inbox(t.Context(), c.ID, "", 10); err != nil || len(inbox) != 1 {
			t.Fatalf("the inbox has %d, %v", len(inbox), err)
		}

		must(t, "disable", h.Service.Disable(t.Context(), ana))

		want(t, "the next call", h.Service.Check(t.Context(), in.Caller), account.ErrSessionEnded)
		_, err := h.Service.Refresh(t.Context(), in.Refresh)
		want(t, "refresh", err, account.ErrSessionEnded)
		_, err = h.Service.PublicCard(t.Context(), link.ID)
		want(t, "the card", err, account.ErrNotFound)
		_, err = h.Service.SignIn(t.Context(), ana, h.Proof(t, c))
		want(t, "sign in", err, account.ErrWrongCredentials)
		_, err = h.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: c.RecoveryCodes[0]})
		want(t, "sign in with a recovery code", err, account.ErrWrongCredentials)
		if inbox, err := h.Vaults.Inbox(t.Context(), c.ID, "", 10); err != nil || len(inbox) != 0 {
			t.Errorf("the inbox has %d, %v", len(inbox), err)
		}
		grants, err := h.Vaults.Grants(t.Context(), owner)
		if err != nil || len(grants) != 0 {
			t.Errorf("the owner has %d grants, %v", len(grants), err)
		}
		accesses, err := h.Vaults.Accesses(t.Context(), owner)
		if err != nil || len(accesses) != 1 || accesses[0].Kind != vault.Removed {
			t.Errorf("the owner sees %v, %v", accesses, err)
		}
		err = h.Store.Accounts().Read(t.Context(), func(tx account.Tx) error {
			kept, err := tx.Counsellor(c.ID)
			if len(kept.SealedKey)+len(kept.TOTP) != 0 {
				t.Error("the sealed key or the second factor is kept")
			}
			return err
		})
		must(t, "read the account", err)
	})
}

func TestAttack17OfFiftyAcceptsAtOnceOneMakesTheAccount(t *testing.T) {
	pair(t, func(t *testing.T, one, other *accounttest.House) {
		token, err := one.Service.Invite(t.Context(), ana, "Svetovalna služba", "Center")
		must(t, "invite", err)
		invited, err := one.Service.Inspect(t.Context(), token)
		must(t, "inspect", err)
		key := accounttest.NewKey(t)
		var made, refused atomic.Int32
		var running sync.WaitGroup
		for i := range 50 {
			c := &accounttest.Counsellor{Auth: accounttest.NewAuth(), Key: key, Secret: invited.TOTP.Secret}
			house := []*accounttest.House{one, other}[i%2]
			running.Go(func() {
				switch _, err := house.Service.Accept(t.Context(), c.Acceptance(t, token, house.Clock.Now())); {
				case err == nil:
					made.Add(1)
				case errors.Is(err, account.ErrUnknownInvitation):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		running.Wait()
		if made.Load() != 1 || refused.Load() != 49 {
			t.Errorf("%d made an account, %d were refused", made.Load(), refused.Load())
		}
	})
}

func TestAttack17UnknownUsedAndExpiredInvitationsAreTheSame(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		invite := func() account.Token {
			token, err := h.Service.Invite(t.Context(), ana, "Svetovalna služba", "Center")
			must(t, "invite", err)
			return token
		}
		replaced, used := invite(), invite()
		invited, err := h.Service.Inspect(t.Context(), used)
		must(t, "inspect", err)
		c := &accounttest.Counsellor{Auth: accounttest.NewAuth(), Key: accounttest.NewKey(t), Secret: invited.TOTP.Secret}
		_, err = h.Service.Accept(t.Context(), c.Acceptance(t, used, h.Clock.Now()))
		must(t, "accept", err)
		expired := invite()
		h.Clock.Move(72*time.Hour - time.Second)
		_, err = h.Service.Inspect(t.Context(), expired)
		must(t, "inspect in the last second", err)
		h.Clock.Move(time.Second)
		for name, token := range map[string]account.Token{"unknown": {}, "replaced": replaced, "used": used, "expired": expired} {
			_, err := h.Service.Inspect(t.Context(), token)
			want(t, "inspect "+name, err, account.ErrUnknownInvitation)
			_, err = h.Service.Accept(t.Context(), c.Acceptance(t, token, h.Clock.Now()))
			want(t, "accept "+name, err, account.ErrUnknownInvitation)
		}
	})
}

// TestAttack17WhoLookedAtAnInvitationBeforeHasNoSecondFactor: not the one with which it is accepted.
func TestAttack17WhoLookedAtAnInvitationBeforeHasNoSecondFactor(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		token, err := h.Service.Invite(t.Context(), ana, "Svetovalna služba", "Center")
		must(t, "invite", err)
		inspect := func() *accounttest.Counsellor {
			invited, err := h.Service.Inspect(t.Context(), token)
			must(t, "inspect", err)
			return &accounttest.Counsellor{Email: ana, ID: invited.Account, Auth: accounttest.NewAuth(), Key: accounttest.NewKey(t), Secret: invited.TOTP.Secret}
		}
		first, c, later := inspect(), inspect(), inspect()
		if first.Secret == c.Secret || later.Secret == c.Secret {
			t.Fatal("an invitation has one second factor for all who look")
		}
		mixed := c.Acceptance(t, token, h.Clock.Now())
		mixed.Code = first.Code(t, h.Clock.Now())
		_, err = h.Service.Accept(t.Context(), mixed)
		want(t, "accept with a code of another factor", err, account.ErrCode)
		for _, secret := range []string{"", c.Secret[:31], c.Secret + "A", strings.ToLower(c.Secret), strings.Repeat("1", 32)} {
			odd := c.Acceptance(t, token, h.Clock.Now())
			odd.Secret = secret
			_, err = h.Service.Accept(t.Context(), odd)
			want(t, "accept with the secret "+secret, err, account.ErrSecret)
		}
		_, err = h.Service.Accept(t.Context(), c.Acceptance(t, token, h.Clock.Now()))
		must(t, "accept", err)
		h.Clock.Move(30 * time.Second)
		for _, other := range []*accounttest.Counsellor{first, later} {
			_, err = h.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: other.Code(t, h.Clock.Now())})
			want(t, "sign in with what another saw", err, account.ErrWrongCredentials)
		}
		h.SignIn(t, c)
	})
}

// TestAttack18ANewFactorOrKeyEndsEveryOtherSession: they may be open where the old one was seen.
func TestAttack18ANewFactorOrKeyEndsEveryOtherSession(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		for name, change := range map[string]func(account.Caller) error{
			"password": func(who account.Caller) error {
				return h.Service.ChangePassword(t.Context(), who, h.Proof(t, c), account.NewPassword{Auth: c.Auth, SealedKey: c.Key.Sealed})
			},
			"key": func(who account.Caller) error {
				return h.Service.ReplaceKey(t.Context(), who, h.Proof(t, c), c.Key.Recipient, c.Key.Sealed)
			},
			"second factor": func(who account.Caller) error {
				factor, err := h.Service.NewTOTP(t.Context(), who, h.Proof(t, c))
				c.Secret = factor.Secret
				_, confirmErr := h.Service.ConfirmTOTP(t.Context(), who, c.Code(t, h.Clock.Now()))
				return errors.Join(err, confirmErr)
			},
		} {
			stolen, own := h.SignIn(t, c), h.SignIn(t, c)
			must(t, name, change(own.Caller))
			h.Clock.Move(30 * time.Second)
			want(t, "another session after a new "+name, h.Service.Check(t.Context(), stolen.Caller), account.ErrSessionEnded)
			_, err := h.Service.Refresh(t.Context(), stolen.Refresh)
			want(t, "its refresh token", err, account.ErrSessionEnded)
			must(t, "the session that made it", h.Service.Check(t.Context(), own.Caller))
		}
	})
}

func TestAttack18AnOldRefreshTokenEndsTheFamily(t *testing.T) {
	pair(t, func(t *testing.T, one, other *accounttest.House) {
		in := one.SignIn(t, one.Join(t, ana))
		first, err := one.Service.Refresh(t.Context(), in.Refresh)
		must(t, "refresh", err)
		one.Clock.Move(10 * time.Second)
		tab, err := other.Service.Refresh(t.Context(), in.Refresh)
		must(t, "refresh in another tab", err)
		if tab.Refresh != nil || tab.Caller != in.Caller {
			t.Error("another tab got a token of its own, or another session")
		}
		one.Clock.Move(time.Second)
		_, err = other.Service.Refresh(t.Context(), in.Refresh)
		want(t, "a third use after ten seconds", err, account.ErrSessionEnded)
		_, err = one.Service.Refresh(t.Context(), *first.Refresh)
		want(t, "the newest token then", err, account.ErrSessionEnded)
		want(t, "the access token then", one.Service.Check(t.Context(), in.Caller), account.ErrSessionEnded)
	})
}

func TestAttack18ATokenBeforeThePredecessorEndsTheFamilyAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		in := h.SignIn(t, h.Join(t, ana))
		second, err := h.Service.Refresh(t.Context(), in.Refresh)
		must(t, "refresh", err)
		_, err = h.Service.Refresh(t.Context(), *second.Refresh)
		must(t, "refresh again", err)
		_, err = h.Service.Refresh(t.Context(), in.Refresh)
		want(t, "the first within ten seconds", err, account.ErrSessionEnded)
	})
}

func TestAttack18OfTwoTabsAtOnceOneGetsTheNextToken(t *testing.T) {
	pair(t, func(t *testing.T, one, other *accounttest.House) {
		in := one.SignIn(t, one.Join(t, ana))
		var next atomic.Int32
		var running sync.WaitGroup
		for i := range 8 {
			running.Go(func() {
				renewed, err := []*accounttest.House{one, other}[i%2].Service.Refresh(t.Context(), in.Refresh)
				if err != nil {
					t.Error(err)
				}
				if renewed.Refresh != nil {
					next.Add(1)
				}
			})
		}
		running.Wait()
		if next.Load() != 1 {
			t.Errorf("%d tabs got a next token", next.Load())
		}
	})
}

func TestAttack19AOneTimeCodeWorksOnceAndNeverBackwards(t *testing.T) {
	pair(t, func(t *testing.T, one, other *accounttest.House) {
		c := one.Join(t, ana)
		earlier, now := c.Code(t, one.Clock.Now().Add(-30*time.Second)), one.Proof(t, c)
		_, err := one.Service.SignIn(t.Context(), ana, now)
		must(t, "sign in", err)
		_, err = other.Service.SignIn(t.Context(), ana, now)
		want(t, "the same code again", err, account.ErrWrongCredentials)
		_, err = other.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: earlier})
		want(t, "the code before", err, account.ErrWrongCredentials)
		after := account.Proof{Auth: c.Auth, Code: c.Code(t, one.Clock.Now().Add(30*time.Second))}
		_, err = other.Service.SignIn(t.Context(), ana, after)
		must(t, "the code after, of a fast clock", err)
		one.Clock.Move(2 * time.Minute)
		late := account.Proof{Auth: c.Auth, Code: c.Code(t, one.Clock.Now().Add(-60*time.Second))}
		_, err = other.Service.SignIn(t.Context(), ana, late)
		want(t, "a code of two steps ago", err, account.ErrWrongCredentials)
	})
}

func TestAttack19ARecoveryCodeWorksOnce(t *testing.T) {
	pair(t, func(t *testing.T, one, other *accounttest.House) {
		c := one.Join(t, ana)
		if len(c.RecoveryCodes) != 10 {
			t.Fatalf("%d codes", len(c.RecoveryCodes))
		}
		for _, code := range c.RecoveryCodes[:2] {
			_, err := one.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: code})
			must(t, "the first time", err)
			_, err = other.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: code})
			want(t, "the second time", err, account.ErrWrongCredentials)
		}
		_, err := one.Service.SignIn(t.Context(), ana, account.Proof{Auth: accounttest.NewAuth(), Code: c.RecoveryCodes[2]})
		want(t, "with a wrong password", err, account.ErrWrongCredentials)
		_, err = one.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: c.RecoveryCodes[2]})
		must(t, "it is not used up by that", err)
	})
}

// wrongCode is six digits that are not the code of now or its neighbours.
func wrongCode(t *testing.T, h *accounttest.House, c *accounttest.Counsellor) string {
	now := h.Clock.Now()
	for _, code := range []string{"000000", "111111", "222222", "333333"} {
		if code != c.Code(t, now) && code != c.Code(t, now.Add(30*time.Second)) && code != c.Code(t, now.Add(-30*time.Second)) {
			return code
		}
	}
	t.Fatal("four codes at once")
	return ""
}

func TestAttack19AStrangerLocksNobodyOut(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		for range 20 {
			_, err := h.Service.SignIn(t.Context(), ana, account.Proof{Auth: accounttest.NewAuth(), Code: wrongCode(t, h, c)})
			want(t, "wrong password", err, account.ErrWrongCredentials)
		}
		h.SignIn(t, c)
	})
}

func TestAttack19FiveWrongCodesWithTheRightPasswordCloseForAWhile(t *testing.T) {
	pair(t, func(t *testing.T, one, other *accounttest.House) {
		c := one.Join(t, ana)
		wrong := func(times int) {
			for i := range times {
				h := []*accounttest.House{one, other}[i%2]
				_, err := h.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: wrongCode(t, h, c)})
				want(t, "wrong code", err, account.ErrWrongCredentials)
			}
		}
		wrong(4)
		one.SignIn(t, c) // forgets them
		wrong(5)
		_, err := one.Service.SignIn(t.Context(), ana, one.Proof(t, c))
		want(t, "the right code after five", err, account.ErrWrongCredentials)
		_, err = one.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: c.RecoveryCodes[0]})
		must(t, "a recovery code all the same", err)
		one.Clock.Move(15*time.Minute - time.Second)
		_, err = one.Service.SignIn(t.Context(), ana, one.Proof(t, c))
		want(t, "a second too early", err, account.ErrWrongCredentials)
		one.Clock.Move(time.Second)
		one.SignIn(t, c)
	})
}

func TestAttack20NobodyLearnsWhichAddressesHaveAccounts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		pepper, clock := secrets.NewPepper(), accounttest.NewClock()
		h := accounttest.Open(storetest.Open(t, config), pepper, clock)
		c, gone := h.Join(t, ana), h.Join(t, "gone@primer.si")
		must(t, "disable", h.Service.Disable(t.Context(), gone.Email))
		restarted := accounttest.Open(storetest.Open(t, config), pepper, clock)
		salts := map[account.Salt]account.Email{}
		for _, email := range []account.Email{ana, gone.Email, "nobody@primer.si"} {
			before, err := h.Service.SaltOf(t.Context(), email)
			must(t, "salt", err)
			after, err := restarted.Service.SaltOf(t.Context(), email)
			must(t, "salt", err)
			if before != after {
				t.Errorf("%s has another salt after a restart", email)
			}
			if other, taken := salts[before]; taken || before == (account.Salt{}) {
				t.Errorf("%s has the salt of %q", email, other)
			}
			salts[before] = email
			_, err = h.Service.SignIn(t.Context(), email, account.Proof{Auth: accounttest.NewAuth(), Code: "123456"})
			if !errors.Is(err, account.ErrWrongCredentials) || err.Error() != account.ErrWrongCredentials.Error() {
				t.Errorf("%s: %v", email, err)
			}
		}
		if salt, _ := h.Service.SaltOf(t.Context(), ana); salt != c.Salt() {
			t.Error("the salt is not that of the account")
		}
		elsewhere := accounttest.Open(h.Store, secrets.NewPepper(), clock)
		fake, _ := h.Service.SaltOf(t.Context(), "nobody@primer.si")
		if other, _ := elsewhere.Service.SaltOf(t.Context(), "nobody@primer.si"); other == fake {
			t.Error("all installations have the same salt for an address without an account")
		}
		_, err := elsewhere.Service.SignIn(t.Context(), ana, h.Proof(t, c))
		want(t, "sign in with another pepper", err, account.ErrWrongCredentials)
	})
}
