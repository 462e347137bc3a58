package account

import (
	"context"
	"errors"
	"time"
)

// Proof shows that a counsellor is there: the password, and a one-time or recovery code.
type Proof struct {
	Auth Auth
	Code string
}

// Recovery tells whether the code is none of six digits, so that it can only be a recovery code.
func (p Proof) Recovery() bool { return !isTOTP(p.Code) }

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
		return s.someone(tx, email)
	}, proof, func(tx Tx, c Counsellor) error {
		key, err := s.pepper.decrypt(sealedKeyColumn, c.ID, c.SealedKey)
		if err != nil {
			return err
		}
		session, token := newSession(c.ID, now), newToken()
		c.LastSignIn = now
		in = SignedIn{
			Caller: Caller{Account: c.ID, Session: session.ID}, Refresh: token,
			SealedKey: key, Recipient: c.Recipient,
		}
		return errors.Join(tx.SaveCounsellor(c), tx.AddSession(session), tx.AddRefreshToken(RefreshToken{Hash: token.Hash(), Session: session.ID}))
	})
	if err != nil {
		return SignedIn{}, err
	}
	return in, nil
}

// someone returns the account of an address if it can be used, else nobody's.
func (s *Service) someone(tx Tx, email Email) (Counsellor, error) {
	c, err := tx.CounsellorByEmail(email)
	if errors.Is(err, ErrNotFound) || err == nil && c.Status != Active {
		c, err = s.nobody, nil
		c.Email = email
	}
	return c, err
}

// proved runs do, which saves the account, in a transaction if the proof is right, else returns
// ErrWrongCredentials. A one-time code that was wrong is counted all the same; a recovery code is
// not, since nobody guesses 80 bits: who is kept out by someone's wrong codes can still come in.
func (s *Service) proved(ctx context.Context, find func(Tx) (Counsellor, error), proof Proof, do func(Tx, Counsellor) error) error {
	now, counts := s.clock(), isTOTP(proof.Code)
	look := func(tx Tx) (Counsellor, verdict, error) {
		c, err := find(tx)
		if err != nil {
			return Counsellor{}, verdict{}, err
		}
		v, err := s.judge(tx, c, proof, now)
		return c, v, err
	}
	refused := ErrWrongCredentials
	if !counts { // whoever tries some does not wait among those who write
		err := s.store.Read(ctx, func(tx Tx) error {
			_, v, err := look(tx)
			if v.right {
				refused = nil
			}
			return err
		})
		if err = errors.Join(err, refused); err != nil {
			return err
		}
	}
	err := s.store.Write(ctx, func(tx Tx) error {
		refused = nil
		c, v, err := look(tx)
		if err != nil {
			return err
		}
		if !v.right {
			refused = ErrWrongCredentials
			if !counts {
				return nil
			}
			return tx.SaveWrongCodes(v.counter, v.wrong.add(now))
		}
		if err := v.use(tx, &c, now); err != nil {
			return err
		}
		return do(tx, c)
	})
	if err != nil {
		return err
	}
	return refused
}

// verdict is what came of a proof.
type verdict struct {
	right   bool
	step    int64     // of the one-time code; 0 for a recovery code
	code    Encrypted // the recovery code; nil for a one-time code
	counter Counter   // where a wrong one-time code is counted
	wrong   WrongCodes
}

// judge looks at a proof and takes the same steps whatever is wrong with it: that a password is
// right shows only together with a code, and whether there is an account does not show at all.
func (s *Service) judge(tx Tx, c Counsellor, proof Proof, now time.Time) (verdict, error) {
	known, decoy := s.pepper.verifies(c.ID, c.Verifier, proof.Auth), s.pepper.decoy(c.Email)
	if !isTOTP(proof.Code) {
		given, written := parseRecoveryCode(proof.Code)
		codes, err := tx.RecoveryCodes(c.ID)
		found := s.pepper.findRecovery(c, codes, given)
		return verdict{right: known && written && found != nil, code: found}, err
	}
	v := verdict{counter: decoy}
	if known {
		v.counter = Counter(c.ID)
	}
	secret, unreadable := s.pepper.decrypt(totpColumn, c.ID, c.TOTP)
	if !known {
		unreadable = nil
	}
	step, ok := totpStep(secret, proof.Code, c.LastStep, now)
	wrong, err := tx.WrongCodes(v.counter)
	v.step, v.wrong = step, wrong
	v.right = known && ok && !wrong.exhausted(now)
	return v, errors.Join(unreadable, err)
}

// use makes sure that the code of a right proof is not good again, not after a restore either.
func (v verdict) use(tx Tx, c *Counsellor, now time.Time) error {
	if v.code != nil {
		return errors.Join(tx.UseRecoveryCode(c.ID, v.code), tx.AddTombstone(RecoveryTombstone(c.ID), now))
	}
	c.LastStep = v.step
	return tx.SaveWrongCodes(v.counter, WrongCodes{})
}
