package account_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/account/accounttest"
)

func TestAnAddressIsASCIIAndInLowerCase(t *testing.T) {
	longest := strings.Repeat("a", 64) + "@" + strings.Repeat("b.", 93) + "si1"
	if len(longest) != 254 {
		t.Fatalf("%d characters", len(longest))
	}
	for given, want := range map[string]account.Email{
		"ana@primer.si": "ana@primer.si", "Ana.KOS+x@Primer.SI": "ana.kos+x@primer.si", longest: account.Email(longest),
		"": "", "ana": "", "ana@": "", "@primer.si": "", " ana@primer.si": "", "ana@primer.si ": "", "<ana@primer.si>": "", "Ana <ana@primer.si>": "",
		"ana@primer.si, bor@primer.si": "", "špela@primer.si": "", "ana@primer.si\n": "", "ana@pri\u212aer.si": "", longest + "x": "", "ana (x)@primer.si": "",
	} {
		got, err := account.ParseEmail(given)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q: %q, %v", given, got, err)
		}
	}
}

func TestTheCardSaysWhatTheOperatorWrote(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		for _, name := range []string{"Špela Kos", "Svetovalna služba, 2. nadstropje"} {
			token, err := h.Service.Invite(t.Context(), ana, name, "Center")
			must(t, "invite", err)
			c := h.Accept(t, token)
			link, err := h.Service.AddLink(t.Context(), h.SignIn(t, c).Caller, "8.b", time.Time{})
			must(t, "make a link", err)
			card, err := h.Service.PublicCard(t.Context(), link.ID)
			if err != nil || card.Name != name || card.Organisation != "Center" {
				t.Errorf("the card is of %q, %q: %v", card.Name, card.Organisation, err)
			}
		}
	})
}

func TestALostPasswordIsAnsweredByAnInvitationToTheSameAccount(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		before := h.Join(t, ana)
		session := h.SignIn(t, before)
		link, owner := h.Share(t, session.Caller)

		token, err := h.Service.Invite(t.Context(), ana, "Svetovalna služba", "Drugi center")
		must(t, "invite", err)
		want(t, "until it is accepted", h.Service.Check(t.Context(), session.Caller), nil)
		if grants, err := h.Vaults.Grants(t.Context(), owner); err != nil || len(grants) != 1 {
			t.Errorf("an invitation alone removed a grant: %d, %v", len(grants), err)
		}
		after := h.Join(t, ana)
		_, err = h.Service.Inspect(t.Context(), token)
		want(t, "the invitation that was replaced", err, account.ErrUnknownInvitation)

		if after.ID != before.ID {
			t.Error("the account has another id")
		}
		want(t, "the old session", h.Service.Check(t.Context(), session.Caller), account.ErrSessionEnded)
		_, err = h.Service.PublicCard(t.Context(), link.ID)
		want(t, "the old link", err, account.ErrNotFound)
		if grants, err := h.Vaults.Grants(t.Context(), owner); err != nil || len(grants) != 0 {
			t.Errorf("grants are left: %d, %v", len(grants), err)
		}
		_, err = h.Service.SignIn(t.Context(), ana, h.Proof(t, before))
		want(t, "the old password", err, account.ErrWrongCredentials)
		_, err = h.Service.SignIn(t.Context(), ana, account.Proof{Auth: after.Auth, Code: before.RecoveryCodes[0]})
		want(t, "an old recovery code", err, account.ErrWrongCredentials)
		in := h.SignIn(t, after)
		if in.Recipient != after.Key.Recipient || string(in.SealedKey) != string(after.Key.Sealed) {
			t.Error("the key is not the new one")
		}
		sessions, err := h.Service.Sessions(t.Context(), in.Caller)
		must(t, "list", err)
		if len(sessions) != 2 || sessions[1].Cause != account.KeyReplaced {
			t.Errorf("the sessions are %+v", sessions)
		}
	})
}

func TestADisabledAccountComesBackByInvitationOnly(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		before := h.Join(t, ana)
		must(t, "disable", h.Service.Disable(t.Context(), ana))
		_, err := h.Service.ResetTOTP(t.Context(), ana)
		want(t, "a new second factor", err, account.ErrNotFound)
		must(t, "disable again", h.Service.Disable(t.Context(), ana))
		after := h.Join(t, ana)
		if after.ID != before.ID {
			t.Error("the account has another id")
		}
		h.SignIn(t, after)
		want(t, "disable someone unknown", h.Service.Disable(t.Context(), "nobody@primer.si"), account.ErrNotFound)
	})
}

func TestDisablingWithdrawsTheInvitation(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		h.Join(t, ana)
		again, err := h.Service.Invite(t.Context(), ana, "Ana", "Center")
		must(t, "invite", err)
		first, err := h.Service.Invite(t.Context(), "bor@primer.si", "Bor", "Center")
		must(t, "invite", err)
		for email, token := range map[account.Email]account.Token{ana: again, "bor@primer.si": first} {
			must(t, "disable", h.Service.Disable(t.Context(), email))
			_, err := h.Service.Inspect(t.Context(), token)
			want(t, string(email), err, account.ErrUnknownInvitation)
		}
	})
}

func TestANewSecondFactorFromTheCommandLineOpensNothingByItself(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		in, old := h.SignIn(t, c), *c
		factor, err := h.Service.ResetTOTP(t.Context(), ana)
		must(t, "reset", err)
		c.Secret = factor.Secret
		want(t, "the session", h.Service.Check(t.Context(), in.Caller), account.ErrSessionEnded)
		_, err = h.Service.SignIn(t.Context(), ana, h.Proof(t, &old))
		want(t, "the old factor", err, account.ErrWrongCredentials)
		_, err = h.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: c.RecoveryCodes[0]})
		want(t, "a recovery code", err, account.ErrWrongCredentials)
		_, err = h.Service.SignIn(t.Context(), ana, account.Proof{Auth: accounttest.NewAuth(), Code: c.Code(t, h.Clock.Now())})
		want(t, "another password", err, account.ErrWrongCredentials)
		if got := h.SignIn(t, c); string(got.SealedKey) != string(c.Key.Sealed) {
			t.Error("the key is another one")
		}
	})
}

func TestANewSecondFactorWaitsAnHourForItsFirstCode(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		in := h.SignIn(t, c)
		next := *c
		start := func() {
			factor, err := h.Service.NewTOTP(t.Context(), in.Caller, h.Proof(t, c))
			must(t, "make one", err)
			next.Secret = factor.Secret
		}
		confirm := func() error {
			_, err := h.Service.ConfirmTOTP(t.Context(), in.Caller, next.Code(t, h.Clock.Now()))
			return err
		}
		start()
		for range 3 { // the session has to go on
			h.Clock.Move(20 * time.Minute)
			renewed, err := h.Service.Refresh(t.Context(), in.Refresh)
			must(t, "refresh", err)
			in.Refresh = *renewed.Refresh
		}
		want(t, "an hour later", confirm(), account.ErrCode)
		start()
		h.Clock.Move(20 * time.Minute)
		must(t, "in time", confirm())
		want(t, "twice", confirm(), account.ErrCode)
	})
}

func TestASessionEndsWhenIdleAndAtItsEnd(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		in := h.SignIn(t, c)
		started := h.Clock.Now().Add(-30 * time.Second)
		for h.Clock.Now().Sub(started) < 10*time.Hour-20*time.Minute {
			h.Clock.Move(20 * time.Minute)
			renewed, err := h.Service.Refresh(t.Context(), in.Refresh)
			must(t, "refresh", err)
			in.Refresh = *renewed.Refresh
		}
		h.Clock.Move(10*time.Hour - time.Second - h.Clock.Now().Sub(started))
		must(t, "in the last second", h.Service.Check(t.Context(), in.Caller))
		h.Clock.Move(time.Second)
		want(t, "after ten hours", h.Service.Check(t.Context(), in.Caller), account.ErrSessionEnded)

		idle := h.SignIn(t, c)
		h.Clock.Move(29*time.Minute + 29*time.Second)
		must(t, "a second before it is idle", h.Service.Check(t.Context(), idle.Caller))
		h.Clock.Move(time.Second)
		_, err := h.Service.Refresh(t.Context(), idle.Refresh)
		want(t, "when idle", err, account.ErrSessionEnded)
		sessions, err := h.Service.Sessions(t.Context(), h.SignIn(t, c).Caller)
		must(t, "list", err)
		if len(sessions) != 3 || !sessions[1].Ended.Equal(sessions[1].LastUsed.Add(30*time.Minute)) || !sessions[2].Ended.Equal(sessions[2].Ends) ||
			sessions[0].Cause != "" || sessions[1].Cause != account.Idle || sessions[2].Cause != account.Expired {
			t.Errorf("the sessions are %+v", sessions)
		}
	})
}

func TestSweepingForgetsWhatHasPassedAndNothingElse(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		old := h.SignIn(t, c)
		token, err := h.Service.Invite(t.Context(), "bor@primer.si", "Bor", "Center")
		must(t, "invite", err)
		h.Clock.Move(30*24*time.Hour - time.Minute)
		must(t, "sweep", h.Service.Sweep(t.Context()))
		recent := h.SignIn(t, c)
		counts := func() (sessions, invitations int) {
			err := h.Store.Accounts().Read(t.Context(), func(tx account.Tx) error {
				all, err := tx.Sessions(c.ID, time.Time{})
				_, invitationErr := tx.Invitation(token.Hash(), time.Time{})
				if invitationErr == nil {
					invitations = 1
				}
				sessions = len(all)
				return err
			})
			must(t, "count", err)
			return sessions, invitations
		}
		if sessions, invitations := counts(); sessions != 2 || invitations != 0 {
			t.Errorf("%d sessions, %d invitations", sessions, invitations)
		}
		h.Clock.Move(2 * time.Minute)
		must(t, "sweep", h.Service.Sweep(t.Context()))
		if sessions, _ := counts(); sessions != 1 {
			t.Errorf("%d sessions", sessions)
		}
		_, err = h.Service.Refresh(t.Context(), old.Refresh)
		want(t, "a token that was forgotten", err, account.ErrUnauthenticated)
		must(t, "the recent session", h.Service.Check(t.Context(), recent.Caller))
	})
}

func TestWhatIsKeptIsUselessWithoutThePepper(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c, bor := h.Join(t, ana), h.Join(t, "bor@primer.si")
		in := h.SignIn(t, c)
		err := h.Store.Accounts().Write(t.Context(), func(tx account.Tx) error {
			kept, err := tx.Counsellor(c.ID)
			for name, bytes := range map[string][]byte{"verifier": kept.Verifier[:], "key": kept.SealedKey, "second factor": kept.TOTP} {
				for _, secret := range []string{string(c.Auth[:]), string(c.Key.Sealed[:200]), c.Secret} {
					if strings.Contains(string(bytes), secret) {
						t.Errorf("the %s is kept in the clear", name)
					}
				}
			}
			other, otherErr := tx.Counsellor(bor.ID)
			kept.SealedKey = other.SealedKey // a thief with write access swaps keys
			return errors.Join(err, otherErr, tx.SaveCounsellor(kept))
		})
		must(t, "swap", err)
		if _, err := h.Service.Me(t.Context(), in.Caller); err == nil {
			t.Error("the key of another account is handed out")
		}
	})
}

func TestRecoveryCodesAreReadAsPeopleWriteThem(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		for i, write := range []func(string) string{
			strings.ToLower,
			func(s string) string { return strings.ReplaceAll(s, "-", "") },
			func(s string) string { return " " + strings.ReplaceAll(s, "-", " – ") + " " },
			func(s string) string { return strings.NewReplacer("1", "l", "0", "o").Replace(s) },
			func(s string) string { return strings.ReplaceAll(s, "1", "I") },
		} {
			_, err := h.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: write(c.RecoveryCodes[i])})
			must(t, write(c.RecoveryCodes[i]), err)
		}
		for _, code := range []string{"", "-", c.RecoveryCodes[5][:18], c.RecoveryCodes[5] + "0", strings.Repeat("U", 16), "12345", "1234567"} {
			_, err := h.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: code})
			want(t, code, err, account.ErrWrongCredentials)
		}
	})
}

// failing is a store whose commits fail.
type failing struct{ account.Store }

var errDisk = errors.New("the disk is gone")

func (f failing) Write(ctx context.Context, do func(account.Tx) error) error {
	return f.Store.Write(ctx, func(tx account.Tx) error { return errors.Join(do(tx), errDisk) })
}

func TestWhatIsNotCommittedIsNotHandedOut(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		in := h.SignIn(t, c)
		broken := account.New(account.Config{Store: failing{h.Store.Accounts()}, Vaults: h.Vaults, Derive: h.Pepper.Key, Now: h.Clock.Now})
		signed, err := broken.SignIn(t.Context(), ana, h.Proof(t, c))
		want(t, "sign in", err, errDisk)
		renewed, renewErr := broken.Refresh(t.Context(), in.Refresh)
		want(t, "refresh", renewErr, errDisk)
		codes, codesErr := broken.ConfirmTOTP(t.Context(), in.Caller, "123456")
		if codesErr == nil || codes != nil || renewed.Refresh != nil || signed.Session != "" || signed.SealedKey != nil {
			t.Error("something was handed out")
		}
		_, err = h.Service.Refresh(t.Context(), in.Refresh)
		must(t, "the token was not used up", err)
		_, err = h.Service.SignIn(t.Context(), ana, h.Proof(t, c))
		must(t, "nor the code", err)
	})
}
