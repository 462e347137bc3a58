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
	token := newToken()
	return token, s.store.Write(ctx, func(tx Tx) error {
		id := newID()
		switch c, err := tx.CounsellorByEmail(email); {
		case err == nil:
			id = c.ID
		case !errors.Is(err, ErrNotFound):
			return err
		}
		if err := tx.RemoveInvitations(email); err != nil {
			return err
		}
		return tx.AddInvitation(Invitation{
			Hash: token.Hash(), Account: id, Email: email, Name: name, Organisation: organisation, Expires: now.Add(invitationAge),
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
	TOTP         TOTP // another one each time: whoever looked before does not have it
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
	factor, err := totpFor(newTOTPSecret(), i.Email)
	return Invited{Account: i.Account, Email: i.Email, Name: i.Name, Organisation: i.Organisation, Expires: i.Expires, TOTP: factor}, err
}

func unknownInvitation(err error) error {
	if errors.Is(err, ErrNotFound) {
		return ErrUnknownInvitation
	}
	return err
}

// Acceptance is what makes an account of an invitation. Name and organisation are not in it: people
// see on the card what the administrator wrote.
type Acceptance struct {
	Token     Token
	Salt      Salt
	Auth      Auth
	Recipient string
	SealedKey []byte
	Secret    string // of the second factor, as Inspect gave it
	Code      string // the first one of that factor
}

// Accepted is what a new counsellor has to know.
type Accepted struct {
	Account       ID
	RecoveryCodes []string // shown once
}

// Accept consumes an invitation and makes the account, or gives it a new key, after which
// nothing shared with the old one can be read. Of many at once one succeeds. The errors are
// ErrUnknownInvitation, ErrSecret, ErrCode, ErrRecipient and ErrSealedKey.
func (s *Service) Accept(ctx context.Context, a Acceptance) (Accepted, error) {
	c := Counsellor{Status: Active, Salt: a.Salt}
	secret, err := parseTOTPSecret(a.Secret)
	if err := errors.Join(err, c.setRecipient(a.Recipient), checkSealedKey(a.SealedKey)); err != nil {
		return Accepted{}, err
	}
	now := s.clock()
	shown, kept := newRecoveryCodes()
	err = s.store.Write(ctx, func(tx Tx) error {
		i, err := tx.Invitation(a.Token.Hash(), now)
		if err != nil {
			return unknownInvitation(err)
		}
		c.ID, c.Email, c.Name, c.Organisation, c.Made = i.Account, i.Email, i.Name, i.Organisation, now
		if !c.firstCode(secret, a.Code, now) {
			return ErrCode
		}
		c.Verifier, c.TOTP = s.pepper.verifier(c.ID, a.Auth), s.pepper.encrypt(totpColumn, c.ID, secret)
		c.SealedKey = s.pepper.encrypt(sealedKeyColumn, c.ID, a.SealedKey)
		if err := errors.Join(tx.RemoveInvitations(i.Email), s.replace(tx, c, now)); err != nil {
			return err
		}
		return errors.Join(
			tx.SaveWrongCodes(Counter(c.ID), WrongCodes{}),
			tx.ReplaceRecoveryCodes(c.ID, s.pepper.encryptRecovery(c.ID, kept)),
		)
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
	c.Made, c.LastSignIn = old.Made, old.LastSignIn
	return errors.Join(s.empty(tx, c.ID, KeyReplaced, now), tx.SaveCounsellor(c))
}

// firstCode takes the first code of a new second factor, and tells whether it is right.
func (c *Counsellor) firstCode(secret []byte, code string, now time.Time) bool {
	step, ok := totpStep(secret, code, 0, now)
	if ok {
		c.LastStep = step
	}
	return ok
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
