package account_test

import (
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/vault"
)

// nothingOf checks that no account of an address is kept.
func nothingOf(t *testing.T, h *accounttest.House, c *accounttest.Counsellor) {
	t.Helper()
	must(t, "read", h.Store.Accounts().Read(t.Context(), func(tx account.Tx) error {
		_, err := tx.CounsellorByEmail(c.Email)
		want(t, "the account", err, account.ErrNotFound)
		sessions, sessionsErr := tx.Sessions(c.ID, time.Time{})
		links, linksErr := tx.Links(c.ID)
		codes, codesErr := tx.RecoveryCodes(c.ID)
		if len(sessions)+len(links)+len(codes) != 0 || sessionsErr != nil || linksErr != nil || codesErr != nil {
			t.Errorf("left are %d sessions, %d links and %d recovery codes", len(sessions), len(links), len(codes))
		}
		return nil
	}))
	accounts, _, err := h.Service.List(t.Context())
	must(t, "list", err)
	for _, one := range accounts {
		if one.Email == c.Email {
			t.Error("it is listed")
		}
	}
}

func TestARemovedCounsellorLeavesNothingButWhatOwnersSee(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c, stays := h.Join(t, ana), h.Join(t, "bor@primer.si")
		in := h.SignIn(t, c)
		_, owner := h.Share(t, in.Caller)
		_, err := h.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: wrongCode(t, h, c)})
		want(t, "a wrong code", err, account.ErrWrongCredentials)
		invitation, err := h.Service.Invite(t.Context(), ana, "Ana", "Center")
		must(t, "invite again", err)

		must(t, "remove", h.Service.Remove(t.Context(), ana))

		nothingOf(t, h, c)
		want(t, "its session", h.Service.Check(t.Context(), in.Caller), account.ErrSessionEnded)
		_, err = h.Service.Refresh(t.Context(), in.Refresh)
		want(t, "its refresh token", err, account.ErrUnauthenticated)
		_, err = h.Service.Inspect(t.Context(), invitation)
		want(t, "its invitation", err, account.ErrUnknownInvitation)
		grants, err := h.Vaults.Grants(t.Context(), owner)
		if err != nil || len(grants) != 0 {
			t.Errorf("the owner has %d grants, %v", len(grants), err)
		}
		accesses, err := h.Vaults.Accesses(t.Context(), owner)
		if err != nil || len(accesses) != 1 || accesses[0].Kind != vault.Removed {
			t.Errorf("the owner sees %v, %v", accesses, err)
		}
		h.SignIn(t, stays)
		want(t, "remove it again", h.Service.Remove(t.Context(), ana), account.ErrNotFound)
		if again := h.Join(t, ana); again.ID == c.ID {
			t.Error("who comes back is known again")
		}
	})
}

func TestADisabledAccountIsRemovedAfterSixMonths(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c, stays := h.Join(t, ana), h.Join(t, "bor@primer.si")
		must(t, "disable", h.Service.Disable(t.Context(), ana))
		h.Clock.Move(100 * 24 * time.Hour)
		must(t, "disable again", h.Service.Disable(t.Context(), ana)) // does not begin anew
		h.Clock.Move(83*24*time.Hour - time.Second)
		must(t, "sweep too early", h.Service.Sweep(t.Context()))
		if accounts, _, err := h.Service.List(t.Context()); err != nil || len(accounts) != 2 {
			t.Fatalf("%d accounts, %v", len(accounts), err)
		}
		token, err := h.Service.Invite(t.Context(), ana, "Ana", "Center")
		must(t, "invite", err)
		h.Clock.Move(time.Second)
		must(t, "sweep", h.Service.Sweep(t.Context()))
		nothingOf(t, h, c)
		_, err = h.Service.Inspect(t.Context(), token)
		must(t, "an invitation made meanwhile", err)
		h.SignIn(t, stays)
	})
}

func TestAListSaysWhoSignedInLastAndWhatWaits(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		h.Join(t, "bor@primer.si")
		h.Clock.Move(24 * time.Hour)
		in := h.SignIn(t, c)
		_, owner := h.Share(t, in.Caller)
		first := h.Clock.Now()
		h.Clock.Move(2 * time.Hour)
		h.Share(t, h.SignIn(t, c).Caller)
		at := h.Clock.Now().Add(-30 * time.Second)
		listed := func() account.Listed {
			t.Helper()
			accounts, _, err := h.Service.List(t.Context())
			must(t, "list", err)
			if len(accounts) != 2 || !accounts[1].LastSignIn.IsZero() || accounts[1].Waiting != (account.Waiting{}) {
				t.Fatalf("%+v", accounts)
			}
			return accounts[0]
		}
		if got := listed(); !got.LastSignIn.Equal(at) || got.Waiting.Count != 2 || got.Waiting.Since.Format(time.DateOnly) != first.Format(time.DateOnly) {
			t.Errorf("last %s, waiting %+v", got.LastSignIn, got.Waiting)
		}
		grants, err := h.Vaults.Grants(t.Context(), owner)
		must(t, "list the grants", err)
		_, err = h.Vaults.Open(t.Context(), c.ID, grants[0].ID)
		must(t, "open", err)
		if got := listed(); got.Waiting.Count != 1 {
			t.Errorf("after opening one, waiting %+v", got.Waiting)
		}
		h.Clock.Move(25 * time.Hour) // both have ended
		if got := listed(); got.Waiting != (account.Waiting{}) {
			t.Errorf("what has ended waits: %+v", got.Waiting)
		}
		_, err = h.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: c.RecoveryCodes[0]})
		must(t, "sign in with a recovery code", err)
		if got := listed(); !got.LastSignIn.Equal(h.Clock.Now()) {
			t.Error("signing in with a recovery code is no sign-in")
		}
	})
}
