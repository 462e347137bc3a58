package account

import (
	"context"
	"errors"
	"time"
)

// SaltOf returns the salt of an address: that of its account, else one that is always the
// same, so that nobody learns which addresses have accounts.
func (s *Service) SaltOf(ctx context.Context, email Email) (Salt, error) {
	fake := s.pepper.fakeSalt(email)
	var c Counsellor
	err := s.store.Read(ctx, func(tx Tx) (err error) {
		c, err = tx.CounsellorByEmail(email)
		return err
	})
	switch {
	case errors.Is(err, ErrNotFound) || err == nil && c.Status != Active:
		return fake, nil
	case err != nil:
		return Salt{}, err
	}
	return c.Salt, nil
}

// Proof shows that a counsellor is there: the password, and a one-time or recovery code.
type Proof struct {
	Auth Auth
	Code string
}

// SignedIn is what a counsellor gets who signs in.
type SignedIn struct {
	Caller
	Refresh   Token
	SealedKey []byte
	Recipient string
}

// SignIn begins a session. The error is ErrWrongCredentials for every cause.
func (s *Service) SignIn(ctx context.Context, email Email, proof Proof) (SignedIn, error) {
	now := s.clock()
	var in SignedIn
	err := s.proved(ctx, func(tx Tx) (Counsellor, error) {
		c, err := tx.CounsellorByEmail(email)
		if errors.Is(err, ErrNotFound) {
			return Counsellor{}, nil // whose password nobody has
		}
		return c, err
	}, proof, func(tx Tx, c Counsellor) error {
		key, err := s.pepper.decrypt(sealedKeyColumn, c.ID, c.SealedKey)
		if err != nil {
			return err
		}
		session, token := newSession(c.ID, now), newToken()
		in = SignedIn{
			Caller: Caller{Account: c.ID, Session: session.ID}, Refresh: token,
			SealedKey: key, Recipient: c.Recipient,
		}
		return errors.Join(tx.AddSession(session), tx.AddRefreshToken(RefreshToken{Hash: token.Hash(), Session: session.ID}))
	})
	if err != nil {
		return SignedIn{}, err
	}
	return in, nil
}

// proved runs do in a transaction if the proof is right, else returns ErrWrongCredentials. A
// code that was wrong is counted all the same.
func (s *Service) proved(ctx context.Context, find func(Tx) (Counsellor, error), proof Proof, do func(Tx, Counsellor) error) error {
	now := s.clock()
	var refused error
	err := s.store.Write(ctx, func(tx Tx) error {
		refused = nil
		c, err := find(tx)
		if err != nil {
			return err
		}
		right, err := s.prove(tx, &c, proof, now)
		if err != nil {
			return err
		}
		if !right {
			refused = ErrWrongCredentials
			return nil
		}
		return do(tx, c)
	})
	if err != nil {
		return err
	}
	return refused
}

// prove tells whether a proof is right. The code is looked at only if the password is right,
// and is used up.
func (s *Service) prove(tx Tx, c *Counsellor, proof Proof, now time.Time) (bool, error) {
	right := c.Verifier.equals(s.pepper.verifier(proof.Auth))
	if !right || c.Status != Active {
		return false, nil
	}
	if !isTOTP(proof.Code) {
		return useRecoveryCode(tx, c.ID, proof.Code)
	}
	if c.Wrong.exhausted(now) {
		return false, nil
	}
	secret, err := s.pepper.decrypt(totpColumn, c.ID, c.TOTP)
	if err != nil {
		return false, err
	}
	step, ok := totpStep(secret, proof.Code, c.LastStep, now)
	if ok {
		c.LastStep, c.Wrong = step, WrongCodes{}
	} else {
		c.Wrong = c.Wrong.add(now)
	}
	return ok, tx.SaveCounsellor(*c)
}

// useRecoveryCode takes a recovery code, once. Nobody guesses 80 bits, so tries are not
// counted: who is kept out by someone's wrong one-time codes can still come in.
func useRecoveryCode(tx Tx, id ID, code string) (bool, error) {
	hash, ok := parseRecoveryCode(code)
	if !ok {
		return false, nil
	}
	err := tx.UseRecoveryCode(id, hash)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
