package vault

import (
	"bytes"
	"context"
	"errors"
	"time"
)

// NewGrant is a grant as its owner asks for it.
type NewGrant struct {
	ID      GrantID
	Link    LinkID
	Expires time.Time // zero for the default
	Sealed  []byte
}

// PutGrant shares what is sealed with the counsellor behind a link, once: the same again is
// the Same, anything else under the id is refused with ErrConflict, and an id that was
// revoked or has expired with ErrDeleted.
func (s *Service) PutGrant(ctx context.Context, session Session, g NewGrant) (Outcome, error) {
	if err := checkShape(g.Sealed, ownerAndCounsellor); err != nil {
		return 0, err
	}
	now := s.clock()
	var outcome Outcome
	err := s.store.Write(ctx, func(tx Tx) error {
		v, err := s.own(tx, session, now)
		if err != nil {
			return err
		}
		if err := refuseDeleted(tx, GrantTombstone(v.ID, g.ID)); err != nil {
			return err
		}
		if outcome, err = sameGrant(tx, v.ID, g, now); err != nil || outcome == Same {
			return err
		}
		return s.addGrant(tx, v.ID, g, now)
	})
	return outcome.unless(err)
}

// sameGrant compares a grant with the one under its id, if there is one.
func sameGrant(tx Tx, vault ID, g NewGrant, now time.Time) (Outcome, error) {
	there, err := tx.Grant(vault, g.ID, time.Time{})
	switch {
	case errors.Is(err, ErrNotFound):
		return Made, nil
	case err != nil:
		return 0, err
	case !there.Expires.After(now):
		return 0, ErrDeleted
	case there.Link != g.Link || !bytes.Equal(there.Sealed, g.Sealed) || !g.Expires.IsZero() && !there.Expires.Equal(g.Expires):
		return 0, ErrConflict
	}
	return Same, nil
}

// addGrant keeps a grant whose id was never seen in the vault.
func (s *Service) addGrant(tx Tx, vault ID, g NewGrant, now time.Time) error {
	if !timely(string(g.ID), now) {
		return ErrIDTime
	}
	expires, err := s.expiry(g.Expires, now)
	if err != nil {
		return err
	}
	if _, ok := ParseLinkID(string(g.Link)); !ok {
		return ErrRecipientUnavailable
	}
	recipient, err := tx.Recipient(g.Link, now)
	if errors.Is(err, ErrNotFound) {
		return ErrRecipientUnavailable
	}
	if err != nil {
		return err
	}
	if err := s.checkGrantQuota(tx, vault, g.Link, recipient.Counsellor, now); err != nil {
		return err
	}
	if err := s.countShare(tx, vault, now); err != nil {
		return err
	}
	// The inbox knows grants by their ids alone, so one counsellor has each id once.
	if _, err := tx.InboxGrant(recipient.Counsellor, g.ID, time.Time{}); !errors.Is(err, ErrNotFound) {
		return conflictUnless(err)
	}
	info := GrantInfo{
		Vault: vault, ID: g.ID, Link: g.Link, Recipient: recipient,
		Made: day(now), Expires: expires, Size: len(g.Sealed),
	}
	return tx.AddGrant(Grant{GrantInfo: info, Sealed: g.Sealed})
}

// conflictUnless is ErrConflict, or what went wrong while looking for one.
func conflictUnless(err error) error {
	if err != nil {
		return err
	}
	return ErrConflict
}

// expiry checks when a grant ends.
func (s *Service) expiry(asked, now time.Time) (time.Time, error) {
	if asked.IsZero() {
		return day(now).Add(s.limits.DefaultExpiry), nil // at midnight, as every client asks for
	}
	if !asked.After(now) || asked.After(now.Add(s.limits.MaxExpiry)) || asked.Nanosecond() != 0 {
		return time.Time{}, ErrExpiry
	}
	return asked, nil
}

// checkGrantQuota refuses one grant more than a vault, or its counsellor, may have.
func (s *Service) checkGrantQuota(tx Tx, vault ID, link LinkID, counsellor CounsellorID, now time.Time) error {
	quota, err := tx.GrantQuota(vault, link, counsellor, day(now), now)
	if err != nil {
		return err
	}
	switch {
	case quota.Vault >= s.limits.Grants || quota.Link >= s.limits.GrantsPerLink:
		return ErrQuota
	case quota.Today >= s.limits.NewPerLinkAndDay:
		return tomorrow(LimitNewShare, s.limits.NewPerLinkAndDay, now)
	case quota.Counsellor >= s.limits.GrantsPerCounsellor:
		return &BusyError{Limit: LimitLiveShare, Calls: s.limits.GrantsPerCounsellor, RetryAfter: 24 * time.Hour}
	}
	return nil
}

// OwnGrant is a grant as its owner sees it.
type OwnGrant struct {
	Grant
	Openings Openings
}

// Grant returns a grant with its sealed bytes and the reply.
func (s *Service) Grant(ctx context.Context, session Session, id GrantID) (OwnGrant, error) {
	now := s.clock()
	var own OwnGrant
	err := s.store.Read(ctx, func(tx Tx) error {
		if _, err := s.own(tx, session, now); err != nil {
			return err
		}
		grant, err := tx.Grant(session.Vault, id, now)
		if err != nil {
			return err
		}
		openings, err := tx.Openings(session.Vault)
		own = OwnGrant{Grant: grant, Openings: openings[id]}
		return err
	})
	return own, err
}

// Grants lists the grants that live, without their sealed bytes.
func (s *Service) Grants(ctx context.Context, session Session) ([]OwnGrant, error) {
	now := s.clock()
	var own []OwnGrant
	err := s.store.Read(ctx, func(tx Tx) error {
		if _, err := s.own(tx, session, now); err != nil {
			return err
		}
		grants, err := tx.Grants(session.Vault, now)
		if err != nil {
			return err
		}
		openings, err := tx.Openings(session.Vault)
		own = make([]OwnGrant, 0, len(grants))
		for _, g := range grants {
			own = append(own, OwnGrant{Grant: Grant{GrantInfo: g}, Openings: openings[g.ID]})
		}
		return err
	})
	return own, err
}

// DeleteGrant takes consent back: the copy is removed, and its id never comes back, even
// one that was never seen, since the PUT may still be on its way.
func (s *Service) DeleteGrant(ctx context.Context, session Session, id GrantID) error {
	now := s.clock()
	return s.store.Write(ctx, func(tx Tx) error {
		if _, err := s.own(tx, session, now); err != nil {
			return err
		}
		grant, err := tx.Grant(session.Vault, id, time.Time{})
		if errors.Is(err, ErrNotFound) {
			return s.buryUnseen(tx, session.Vault, string(id), GrantTombstone(session.Vault, id), now)
		}
		if err != nil {
			return err
		}
		return endGrant(tx, grant.GrantInfo, now)
	})
}

// endGrant removes a grant, which may have expired, and puts up its tombstone. If its vault holds
// no record, that is gone a day after the grant ended and not at once: its owner may want to see
// who opened what.
func endGrant(tx Tx, g GrantInfo, now time.Time) error {
	err := errors.Join(tx.RemoveGrant(g.Vault, g.ID), tx.AddTombstone(GrantTombstone(g.Vault, g.ID), now))
	if err != nil {
		return err
	}
	v, err := tx.Vault(g.Vault)
	if err != nil || v.Records > 0 {
		return err
	}
	ended := now
	if g.Expires.Before(now) {
		ended = g.Expires
	}
	if !ended.After(v.EmptySince) {
		return nil
	}
	v.EmptySince = ended
	return tx.SaveContents(v)
}

// Accesses lists who did what with the grants of a vault, newest first.
func (s *Service) Accesses(ctx context.Context, session Session) ([]Access, error) {
	var accesses []Access
	err := s.store.Read(ctx, func(tx Tx) error {
		if _, err := s.own(tx, session, s.clock()); err != nil {
			return err
		}
		var err error
		accesses, err = tx.Accesses(session.Vault)
		return err
	})
	return accesses, err
}

// ClearAccesses forgets who did what with the grants of a vault.
func (s *Service) ClearAccesses(ctx context.Context, session Session) error {
	return s.store.Write(ctx, func(tx Tx) error {
		if _, err := s.own(tx, session, s.clock()); err != nil {
			return err
		}
		return tx.ClearAccesses(session.Vault)
	})
}
