package account

import (
	"context"
	"errors"
	"time"
)

// Waiting says how many shares a counsellor has not opened, and since which day the oldest waits.
type Waiting struct {
	Count int
	Since time.Time
}

// Listed is an account as an administrator sees it.
type Listed struct {
	Counsellor
	Waiting Waiting
}

// List returns all accounts and the invitations that can be accepted, in the order of their
// addresses.
func (s *Service) List(ctx context.Context) (accounts []Listed, invitations []Invitation, err error) {
	now := s.clock()
	err = s.store.Read(ctx, func(tx Tx) (err error) {
		accounts = nil
		counsellors, err := tx.Counsellors()
		if err != nil {
			return err
		}
		waiting, err := tx.Waiting(now)
		if err != nil {
			return err
		}
		for _, c := range counsellors {
			accounts = append(accounts, Listed{Counsellor: c, Waiting: waiting[c.ID]})
		}
		invitations, err = tx.Invitations(now)
		return err
	})
	return accounts, invitations, err
}

// DisabledKept is how long an account is kept after it was disabled, in case it was a mistake or
// somebody asks who it was: six months.
const DisabledKept = 183 * 24 * time.Hour

// Remove ends an account as Disable does, and deletes its address, its name and everything else
// that is kept of it. What owners of vaults see of it in their lists of openings stays there until
// they clear it. The error for an address with neither account nor invitation is ErrNotFound.
func (s *Service) Remove(ctx context.Context, email Email) error {
	now := s.clock()
	return s.store.Write(ctx, func(tx Tx) error {
		c, err := tx.CounsellorByEmail(email)
		if errors.Is(err, ErrNotFound) {
			return withdraw(tx, email, now)
		}
		if err != nil {
			return err
		}
		return errors.Join(tx.RemoveInvitations(email), s.remove(tx, c, now))
	})
}

func (s *Service) remove(tx Tx, c Counsellor, now time.Time) error {
	return errors.Join(s.empty(tx, c.ID, AccountDisabled, now), tx.RemoveCounsellor(c.ID))
}

// removeDisabled removes some accounts that were disabled long ago, and returns how many.
func (s *Service) removeDisabled(tx Tx, now time.Time, most int) (int, error) {
	old, err := tx.DisabledUntil(now.Add(-DisabledKept), most)
	for _, c := range old {
		err = errors.Join(err, s.remove(tx, c, now))
	}
	return len(old), err
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
		ended := Counsellor{ID: c.ID, Email: c.Email, Status: Disabled, Card: c.Card, Made: c.Made, LastSignIn: c.LastSignIn, Disabled: c.Disabled, Salt: c.Salt, Verifier: Encrypted{}}
		if ended.Disabled.IsZero() {
			ended.Disabled = now
		}
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
		c.TOTP, c.LastStep = s.pepper.encrypt(totpColumn, c.ID, secret), 0
		c.NextTOTP, c.NextMade = nil, time.Time{}
		return errors.Join(
			changed(tx, c, now),
			tx.SaveWrongCodes(Counter(c.ID), WrongCodes{}),
			tx.ReplaceRecoveryCodes(c.ID, nil),
			tx.EndSessions(c.ID, "", FactorReset, now),
		)
	})
	if err != nil {
		return TOTP{}, err
	}
	return factor, nil
}
