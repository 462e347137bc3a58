package account_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/vault/vaulttest"
)

// stepping is a store whose transactions count what a sweep removes.
type stepping struct {
	account.Store
	most *int // that one transaction has removed
}

func (s stepping) Write(ctx context.Context, do func(account.Tx) error) error {
	return s.Store.Write(ctx, func(tx account.Tx) error {
		step := &step{Tx: tx}
		err := do(step)
		*s.most = max(*s.most, step.removed)
		return err
	})
}

// step is a transaction that counts what it forgets.
type step struct {
	account.Tx
	removed int
}

func (s *step) ForgetInvitations(until time.Time, limit int) (int, error) {
	removed, err := s.Tx.ForgetInvitations(until, limit)
	s.removed += removed
	return removed, err
}

func (s *step) ForgetSessions(until time.Time, limit int) (int, error) {
	removed, err := s.Tx.ForgetSessions(until, limit)
	s.removed += removed
	return removed, err
}

func TestMuchIsForgottenInStepsOf50(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		c := h.Join(t, ana)
		for i := range 120 {
			_, err := h.Service.Invite(t.Context(), account.Email(fmt.Sprintf("n%d@primer.si", i)), "Bor", "Center")
			must(t, "invite", err)
			must(t, "sign in", h.Store.Accounts().Write(t.Context(), func(tx account.Tx) error {
				session := account.Session{ID: account.SessionID(vaulttest.UUID(h.Clock.Now())), Account: c.ID, Started: h.Clock.Now()}
				token := account.RefreshToken{Hash: account.TokenHash{byte(i)}, Session: session.ID}
				return errors.Join(tx.AddSession(session), tx.AddRefreshToken(token))
			}))
		}
		h.Clock.Move(30 * 24 * time.Hour)
		var most int
		swept := account.New(account.Config{Store: stepping{h.Store.Accounts(), &most}, Vaults: h.Vaults, Derive: h.Pepper.Key, Now: h.Clock.Now})
		must(t, "sweep", swept.Sweep(t.Context()))
		must(t, "look", h.Store.Accounts().Read(t.Context(), func(tx account.Tx) error {
			sessions, err := tx.Sessions(c.ID, time.Time{})
			invitations, invitationsErr := tx.Invitations(time.Time{})
			if len(sessions)+len(invitations) != 0 {
				t.Errorf("%d sessions and %d invitations are left", len(sessions), len(invitations))
			}
			return errors.Join(err, invitationsErr)
		}))
		if most != 50 {
			t.Errorf("one transaction forgot %d things", most)
		}
	})
}
