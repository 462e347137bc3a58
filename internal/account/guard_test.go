package account_test

import (
	"errors"
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/account/accounttest"
)

func TestASessionIsOfOneAccount(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c, bor := h.Join(t, ana), h.Join(t, "bor@primer.si")
		in, other := h.SignIn(t, c), h.SignIn(t, bor)
		mixed := account.Caller{Account: c.ID, Session: other.Session}
		want(t, "an account with another's session", h.Service.Check(t.Context(), mixed), account.ErrSessionEnded)
		want(t, "end another's", h.Service.EndSession(t.Context(), in.Caller, other.Session), account.ErrNotFound)
		_, err := h.Service.SignIn(t.Context(), ana, account.Proof{Auth: c.Auth, Code: bor.RecoveryCodes[0]})
		want(t, "another's recovery code", err, account.ErrWrongCredentials)
		must(t, "the other session goes on", h.Service.Check(t.Context(), other.Caller))
	})
}

func TestASessionKeepsTheCauseOfItsEnd(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		left, ended, going := h.SignIn(t, c), h.SignIn(t, c), h.SignIn(t, c)
		must(t, "leave", h.Service.EndSession(t.Context(), left.Caller, left.Session))
		must(t, "end another", h.Service.EndSession(t.Context(), going.Caller, ended.Session))
		must(t, "disable", h.Service.Disable(t.Context(), ana))
		err := h.Store.Accounts().Read(t.Context(), func(tx account.Tx) error {
			for id, cause := range map[account.SessionID]account.EndCause{
				left.Session: account.SignedOut, ended.Session: account.EndedElsewhere, going.Session: account.AccountDisabled,
			} {
				session, err := tx.Session(id)
				if err != nil || session.Cause != cause {
					t.Errorf("%v, %v; want %s", session, err, cause)
				}
			}
			return nil
		})
		must(t, "read", err)
	})
}

// TestTheRowOfAnAccountDecides: whatever else may be forgotten when an account ends, its
// status alone keeps everybody out.
func TestTheRowOfAnAccountDecides(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		in := h.SignIn(t, c)
		link, err := h.Service.AddLink(t.Context(), in.Caller, "8.b", time.Time{})
		must(t, "make a link", err)
		must(t, "disable the row alone", h.Store.Accounts().Write(t.Context(), func(tx account.Tx) error {
			row, err := tx.Counsellor(c.ID)
			row.Status = account.Disabled
			return errors.Join(err, tx.SaveCounsellor(row))
		}))
		want(t, "the session", h.Service.Check(t.Context(), in.Caller), account.ErrSessionEnded)
		_, err = h.Service.Refresh(t.Context(), in.Refresh)
		want(t, "refresh", err, account.ErrSessionEnded)
		_, err = h.Service.SignIn(t.Context(), ana, h.Proof(t, c))
		want(t, "sign in", err, account.ErrWrongCredentials)
		want(t, "the card", card(t, h, link.ID), account.ErrNotFound)
	})
}

func TestDisablingRemovesTheRecoveryCodes(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		codes := func(tx account.Tx) error { return tx.ReplaceRecoveryCodes(c.ID, []account.Encrypted{{1}}) }
		must(t, "keep a code that is known", h.Store.Accounts().Write(t.Context(), codes))
		must(t, "disable", h.Service.Disable(t.Context(), ana))
		err := h.Store.Accounts().Write(t.Context(), func(tx account.Tx) error { return tx.UseRecoveryCode(c.ID, account.Encrypted{1}) })
		want(t, "use it", err, account.ErrNotFound)
	})
}

func TestSweepingLeavesInvitationsThatCanBeAccepted(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		token, err := h.Service.Invite(t.Context(), ana, "Ana", "Center")
		must(t, "invite", err)
		h.Clock.Move(72*time.Hour - time.Second)
		must(t, "sweep", h.Service.Sweep(t.Context()))
		_, err = h.Service.Inspect(t.Context(), token)
		must(t, "inspect", err)
	})
}
