package account

import (
	"context"
	"errors"
	"time"
)

// Me is what a counsellor sees of the own account.
type Me struct {
	ID    ID
	Email Email
	Card
	Salt      Salt
	SealedKey []byte
}

// Me returns the caller's account. Its sealed key is what a page needs that was loaded again:
// it asks for the password only.
func (s *Service) Me(ctx context.Context, caller Caller) (Me, error) {
	now := s.clock()
	var c Counsellor
	err := s.store.Read(ctx, func(tx Tx) (err error) {
		c, err = own(tx, caller, now)
		return err
	})
	if err != nil {
		return Me{}, err
	}
	key, err := s.pepper.decrypt(sealedKeyColumn, c.ID, c.SealedKey)
	return Me{ID: c.ID, Email: c.Email, Card: c.Card, Salt: c.Salt, SealedKey: key}, err
}

// provedBy is proved for a caller: a session alone changes no password and no key.
func (s *Service) provedBy(ctx context.Context, caller Caller, proof Proof, do func(Tx, Counsellor) error) error {
	now := s.clock()
	return s.proved(ctx, func(tx Tx) (Counsellor, error) { return own(tx, caller, now) }, proof, do)
}

// changed saves an account whose password, key or second factor is another one. No backup brings
// back the old one: an account that a restore would give it is left out, and is invited again.
func changed(tx Tx, c Counsellor, now time.Time) error {
	return errors.Join(tx.SaveCounsellor(c), tx.AddTombstone(CounsellorTombstone(c.ID), now))
}

// NewPassword is what a new password gives.
type NewPassword struct {
	Salt      Salt
	Auth      Auth
	SealedKey []byte // the same key, sealed to what the new password unlocks
}

// ChangePassword puts a new password in the place of the old one and ends the caller's other
// sessions. The errors are ErrWrongCredentials and ErrSealedKey.
func (s *Service) ChangePassword(ctx context.Context, caller Caller, proof Proof, to NewPassword) error {
	if err := checkSealedKey(to.SealedKey); err != nil {
		return err
	}
	now := s.clock()
	return s.provedBy(ctx, caller, proof, func(tx Tx, c Counsellor) error {
		c.Salt, c.Verifier = to.Salt, s.pepper.verifier(c.ID, to.Auth)
		c.SealedKey = s.pepper.encrypt(sealedKeyColumn, c.ID, to.SealedKey)
		return errors.Join(changed(tx, c, now), tx.EndSessions(c.ID, caller.Session, PasswordChanged, now))
	})
}

// ReplaceKey gives the account a new key and ends the caller's other sessions, which may be open
// where the old one was seen. Links made before are switched off, since they name the old one;
// what was shared stays readable by the old identities, which are sealed with the new. The errors are ErrWrongCredentials, ErrRecipient and ErrSealedKey.
func (s *Service) ReplaceKey(ctx context.Context, caller Caller, proof Proof, recipient string, sealed []byte) error {
	var key Counsellor
	if err := errors.Join(key.setRecipient(recipient), checkSealedKey(sealed)); err != nil {
		return err
	}
	now := s.clock()
	return s.provedBy(ctx, caller, proof, func(tx Tx, c Counsellor) error {
		c.Recipient, c.Fingerprint = key.Recipient, key.Fingerprint
		c.SealedKey = s.pepper.encrypt(sealedKeyColumn, c.ID, sealed)
		return errors.Join(changed(tx, c, now), tx.EndSessions(c.ID, caller.Session, KeyReplaced, now), switchAllOff(tx, c.ID, now))
	})
}

// nextTOTPAge is how long a new second factor waits for its first code.
const nextTOTPAge = time.Hour

// NewTOTP makes a new second factor. It takes the place of the old one when ConfirmTOTP gets
// its first code. The error is ErrWrongCredentials.
func (s *Service) NewTOTP(ctx context.Context, caller Caller, proof Proof) (TOTP, error) {
	now, secret := s.clock(), newTOTPSecret()
	var factor TOTP
	err := s.provedBy(ctx, caller, proof, func(tx Tx, c Counsellor) (err error) {
		c.NextTOTP = s.pepper.encrypt(totpColumn, c.ID, secret)
		if factor, err = totpFor(secret, c.Email); err != nil {
			return err
		}
		c.NextMade = now
		return tx.SaveCounsellor(c)
	})
	return factor, err
}

// ConfirmTOTP takes the first code of a new second factor, returns new recovery codes in place of
// the old ones, and ends the caller's other sessions, which the old factor opened. The errors are ErrCode, also where none waits, and those of a caller.
func (s *Service) ConfirmTOTP(ctx context.Context, caller Caller, code string) ([]string, error) {
	now := s.clock()
	shown, kept := newRecoveryCodes()
	err := s.store.Write(ctx, func(tx Tx) error {
		c, err := own(tx, caller, now)
		if err != nil {
			return err
		}
		if len(c.NextTOTP) == 0 || now.Sub(c.NextMade) >= nextTOTPAge {
			return ErrCode
		}
		secret, err := s.pepper.decrypt(totpColumn, c.ID, c.NextTOTP)
		if err != nil {
			return err
		}
		if !c.firstCode(secret, code, now) {
			return ErrCode
		}
		c.TOTP, c.NextTOTP, c.NextMade = c.NextTOTP, nil, time.Time{}
		return errors.Join(
			changed(tx, c, now),
			tx.SaveWrongCodes(Counter(c.ID), WrongCodes{}),
			tx.ReplaceRecoveryCodes(c.ID, s.pepper.encryptRecovery(c.ID, kept)),
			tx.EndSessions(c.ID, caller.Session, FactorReset, now),
		)
	})
	if err != nil {
		return nil, err
	}
	return shown, nil
}
