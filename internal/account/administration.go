package account

import (
	"context"
	"errors"
	"time"
)

// List returns all accounts and the invitations that can be accepted, in the order of their
// addresses.
func (s *Service) List(ctx context.Context) (counsellors []Counsellor, invitations []Invitation, err error) {
	now := s.clock()
	err = s.store.Read(ctx, func(tx Tx) (err error) {
		if counsellors, err = tx.Counsellors(); err != nil {
			return err
		}
		invitations, err = tx.Invitations(now)
		return err
	})
	return counsellors, invitations, err
}

// Disable ends an account at once: sessions, links, everything that was shared with it, which
// its owners see, and the sealed key. An invitation of the address is withdrawn. The error for
// an address with neither is ErrNotFound.
func (s *Service) Disable(ctx context.Context, email Email) error {
	now := s.clock()
	return s.store.Write(ctx, func(tx Tx) error {
		c, err := tx.CounsellorByEmail(email)
		if errors.Is(err, ErrNotFound) {
			return withdraw(tx, email, now)
		}
		if err != nil {
			return err
		}
		ended := Counsellor{ID: c.ID, Email: c.Email, Status: Disabled, Card: c.Card, Made: c.Made}
		return errors.Join(
			s.empty(tx, c.ID, AccountDisabled, now),
			tx.ReplaceRecoveryCodes(c.ID, nil),
			tx.RemoveInvitations(email),
			tx.SaveCounsellor(ended),
		)
	})
}

// withdraw removes the invitation of an address without an account.
func withdraw(tx Tx, email Email, now time.Time) error {
	invitations, err := tx.Invitations(now)
	if err != nil {
		return err
	}
	for _, i := range invitations {
		if i.Email == email {
			return tx.RemoveInvitations(email)
		}
	}
	return ErrNotFound
}

// empty ends everything of an account that its old key or its old owner could still use.
func (s *Service) empty(tx Tx, id ID, cause EndCause, now time.Time) error {
	return errors.Join(
		tx.AddTombstone(CounsellorTombstone(id), now),
		tx.EndSessions(id, "", cause, now),
		switchAllOff(tx, id, now),
		s.vaults.RemoveGrantsOf(tx, id),
	)
}

// ResetTOTP gives an account a new second factor at once, for someone who lost the old one and
// the recovery codes, and ends its sessions. It opens nothing: what was shared is under the
// password as before. The error for an address without an active account is ErrNotFound.
func (s *Service) ResetTOTP(ctx context.Context, email Email) (TOTP, error) {
	now, secret := s.clock(), newTOTPSecret()
	factor, err := totpFor(secret, email)
	if err != nil {
		return TOTP{}, err
	}
	err = s.store.Write(ctx, func(tx Tx) error {
		c, err := tx.CounsellorByEmail(email)
		if err == nil && c.Status != Active {
			err = ErrNotFound
		}
		if err != nil {
			return err
		}
		if c.TOTP, err = s.pepper.encrypt(totpColumn, c.ID, secret); err != nil {
			return err
		}
		c.LastStep, c.Wrong, c.NextTOTP, c.NextMade = 0, WrongCodes{}, nil, time.Time{}
		return errors.Join(
			tx.SaveCounsellor(c),
			tx.ReplaceRecoveryCodes(c.ID, nil),
			tx.EndSessions(c.ID, "", FactorReset, now),
		)
	})
	if err != nil {
		return TOTP{}, err
	}
	return factor, nil
}
