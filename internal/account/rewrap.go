package account

import (
	"context"
	"errors"
)

// Rewrap encrypts with this service's pepper whatever of accounts is encrypted with an earlier one,
// all or nothing. What this service can read already stays as it is, so that it may be done again.
func (s *Service) Rewrap(ctx context.Context, earlier func(info string) [32]byte) error {
	from := pepper{derive: earlier}
	return s.store.Write(ctx, func(tx Tx) error {
		counsellors, err := tx.Counsellors()
		if err != nil {
			return err
		}
		for _, c := range counsellors {
			if err := errors.Join(s.rewrap(tx, c, from), s.rewrapRecovery(tx, c.ID, from)); err != nil {
				return err
			}
		}
		return nil
	})
}

// rewrap encrypts anew what is kept of an account.
func (s *Service) rewrap(tx Tx, c Counsellor, from pepper) error {
	changed := false
	for _, each := range []struct {
		in   column
		kept *Encrypted
	}{{verifierColumn, &c.Verifier}, {sealedKeyColumn, &c.SealedKey}, {totpColumn, &c.TOTP}, {totpColumn, &c.NextTOTP}} {
		anew, err := s.pepper.rewrapped(each.in, c.ID, *each.kept, from)
		if err != nil {
			return err
		}
		if anew != nil {
			*each.kept, changed = anew, true
		}
	}
	if !changed {
		return nil
	}
	return tx.SaveCounsellor(c)
}

// rewrapRecovery encrypts anew what is kept of an account's recovery codes.
func (s *Service) rewrapRecovery(tx Tx, id ID, from pepper) error {
	codes, err := tx.RecoveryCodes(id)
	if err != nil {
		return err
	}
	changed := false
	for i, code := range codes {
		anew, err := s.pepper.rewrapped(recoveryColumn, id, code, from)
		if err != nil {
			return err
		}
		if anew != nil {
			codes[i], changed = anew, true
		}
	}
	if !changed {
		return nil
	}
	return tx.ReplaceRecoveryCodes(id, codes)
}

// rewrapped encrypts anew what an earlier pepper encrypted or an earlier version kept plain; nil
// for nothing and for what is as it should be.
func (p pepper) rewrapped(in column, id ID, kept Encrypted, from pepper) (Encrypted, error) {
	if len(kept) == 0 {
		return nil, nil
	}
	if !p.plain(in, kept) {
		if _, err := p.decrypt(in, id, kept); err == nil {
			return nil, nil
		}
	}
	plain, err := from.decrypt(in, id, kept)
	if err != nil {
		return nil, err
	}
	return p.encrypt(in, id, plain), nil
}
