package account

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"strings"
	"time"

	"filippo.io/age"

	"predah/internal/vault"
)

// invitationAge is how long an invitation can be accepted.
const invitationAge = 72 * time.Hour

// Invite makes an invitation for an address, in place of an earlier one. If the address has
// an account, accepting gives that account a new key: it is how a lost password is answered.
// The token is in the result only.
func (s *Service) Invite(ctx context.Context, email Email, name, organisation string) (Token, error) {
	name, nameOK := plainLine(name, MaxName)
	organisation, organisationOK := plainLine(organisation, MaxName)
	if !nameOK || !organisationOK {
		return Token{}, ErrName
	}
	now := s.clock()
	token, secret := newToken(), newTOTPSecret()
	return token, s.store.Write(ctx, func(tx Tx) error {
		id := newID()
		switch c, err := tx.CounsellorByEmail(email); {
		case err == nil:
			id = c.ID
		case !errors.Is(err, ErrNotFound):
			return err
		}
		encrypted, err := s.pepper.encrypt(totpColumn, id, secret)
		if err != nil {
			return err
		}
		if err := tx.RemoveInvitations(email); err != nil {
			return err
		}
		return tx.AddInvitation(Invitation{
			Hash: token.Hash(), Account: id, Email: email, Name: name, Organisation: organisation,
			TOTP: encrypted, Expires: now.Add(invitationAge),
		})
	})
}

// Invited is what an invitation says to who holds its token.
type Invited struct {
	Account      ID
	Email        Email
	Name         string
	Organisation string
	Expires      time.Time
	TOTP         TOTP // the same each time
}

// Inspect reads an invitation. The error is ErrUnknownInvitation.
func (s *Service) Inspect(ctx context.Context, token Token) (Invited, error) {
	now := s.clock()
	var i Invitation
	err := s.store.Read(ctx, func(tx Tx) (err error) {
		i, err = tx.Invitation(token.Hash(), now)
		return err
	})
	if err != nil {
		return Invited{}, unknownInvitation(err)
	}
	secret, err := s.pepper.decrypt(totpColumn, i.Account, i.TOTP)
	if err != nil {
		return Invited{}, err
	}
	factor, err := totpFor(secret, i.Email)
	return Invited{Account: i.Account, Email: i.Email, Name: i.Name, Organisation: i.Organisation, Expires: i.Expires, TOTP: factor}, err
}

func unknownInvitation(err error) error {
	if errors.Is(err, ErrNotFound) {
		return ErrUnknownInvitation
	}
	return err
}

// Acceptance is what makes an account of an invitation.
type Acceptance struct {
	Token     Token
	Name      string
	Salt      Salt
	Auth      Auth
	Recipient string
	SealedKey []byte
	Code      string // of the second factor that Inspect gave
}

// Accepted is what a new counsellor has to know.
type Accepted struct {
	Account       ID
	RecoveryCodes []string // shown once
}

// Accept consumes an invitation and makes the account, or gives it a new key, after which
// nothing shared with the old one can be read. Of many at once one succeeds. The errors are
// ErrUnknownInvitation, ErrCode, ErrName, ErrRecipient and ErrSealedKey.
func (s *Service) Accept(ctx context.Context, a Acceptance) (Accepted, error) {
	c := Counsellor{Status: Active, Salt: a.Salt, Verifier: s.pepper.verifier(a.Auth)}
	var ok bool
	if c.Name, ok = plainLine(a.Name, MaxName); !ok {
		return Accepted{}, ErrName
	}
	if err := errors.Join(c.setRecipient(a.Recipient), checkSealedKey(a.SealedKey)); err != nil {
		return Accepted{}, err
	}
	now := s.clock()
	shown, kept := newRecoveryCodes()
	err := s.store.Write(ctx, func(tx Tx) error {
		i, err := tx.Invitation(a.Token.Hash(), now)
		if err != nil {
			return unknownInvitation(err)
		}
		c.ID, c.Email, c.Organisation, c.Made, c.TOTP = i.Account, i.Email, i.Organisation, now, i.TOTP
		if err := s.firstCode(&c, i.TOTP, a.Code, now); err != nil {
			return err
		}
		if c.SealedKey, err = s.pepper.encrypt(sealedKeyColumn, c.ID, a.SealedKey); err != nil {
			return err
		}
		if err := errors.Join(tx.RemoveInvitations(i.Email), s.replace(tx, c, now)); err != nil {
			return err
		}
		return tx.ReplaceRecoveryCodes(c.ID, kept)
	})
	if err != nil {
		return Accepted{}, err
	}
	return Accepted{Account: c.ID, RecoveryCodes: shown}, nil
}

// replace adds the account, or puts it in place of the one there was.
func (s *Service) replace(tx Tx, c Counsellor, now time.Time) error {
	old, err := tx.Counsellor(c.ID)
	if errors.Is(err, ErrNotFound) {
		return tx.AddCounsellor(c)
	}
	if err != nil {
		return err
	}
	c.Made = old.Made
	return errors.Join(s.empty(tx, c.ID, KeyReplaced, now), tx.SaveCounsellor(c))
}

// firstCode takes the first code of a new second factor. The error is ErrCode.
func (s *Service) firstCode(c *Counsellor, factor Encrypted, code string, now time.Time) error {
	secret, err := s.pepper.decrypt(totpColumn, c.ID, factor)
	if err != nil {
		return err
	}
	step, ok := totpStep(secret, code, 0, now)
	if !ok {
		return ErrCode
	}
	c.TOTP, c.LastStep, c.Wrong = factor, step, WrongCodes{}
	return nil
}

// recipientLength is the length of a hybrid recipient.
const recipientLength = 1959

// setRecipient reads a public key: a post-quantum hybrid one, written in the one way there is.
func (c *Counsellor) setRecipient(s string) error {
	if len(s) != recipientLength {
		return ErrRecipient
	}
	recipient, err := age.ParseHybridRecipient(s)
	if err != nil || recipient.String() != s {
		return ErrRecipient
	}
	sum := sha256.Sum256([]byte(s))
	fingerprint := strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:fingerprintLength]
	c.Recipient, c.Fingerprint = s, vault.Fingerprint(fingerprint)
	return nil
}

// fingerprintLength is 100 bits in base32.
const fingerprintLength = 20

func checkSealedKey(sealed []byte) error {
	if vault.CheckSealedToOne(sealed) != nil {
		return ErrSealedKey
	}
	return nil
}
