package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"
)

// Inbox lists up to limit grants that live and were shared with the counsellor, newest ids
// first, those before an id only unless it is empty.
func (s *Service) Inbox(ctx context.Context, counsellor CounsellorID, before GrantID, limit int) ([]InboxItem, error) {
	now := s.clock()
	var items []InboxItem
	err := s.store.Read(ctx, func(tx Tx) (err error) {
		items, err = tx.Inbox(counsellor, before, now, limit)
		return err
	})
	return items, err
}

// OpenedGrant is a grant that its counsellor opened.
type OpenedGrant struct {
	Grant
	LinkLabel string
}

// Open returns the sealed bytes of a grant after the opening is on disk for its owner to
// see. If it can't be recorded the error is ErrNotRecorded. A grant of someone else, revoked
// or expired is ErrNotFound, alike.
func (s *Service) Open(ctx context.Context, counsellor CounsellorID, id GrantID) (OpenedGrant, error) {
	now := s.clock()
	var opened OpenedGrant
	err := s.store.Write(ctx, func(tx Tx) error {
		grant, err := tx.InboxGrant(counsellor, id, now)
		if err != nil {
			return err
		}
		label, err := tx.LinkLabel(grant.Link)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		opened = OpenedGrant{Grant: grant, LinkLabel: label}
		if grant.OpenedAt.IsZero() {
			if err := tx.MarkOpened(grant.Vault, id, hour(now)); err != nil {
				return err
			}
		}
		return s.record(tx, grant.GrantInfo, Opened, now)
	})
	switch {
	case errors.Is(err, ErrNotFound):
		return OpenedGrant{}, ErrNotFound
	case err != nil:
		return OpenedGrant{}, fmt.Errorf("%w: %w", ErrNotRecorded, err)
	}
	return opened, nil
}

// Reply keeps a counsellor's answer to a grant, sealed to its owner, once: the same bytes
// again are the Same, others are refused with ErrConflict. It goes with the grant.
func (s *Service) Reply(ctx context.Context, counsellor CounsellorID, id GrantID, sealed []byte) (Outcome, error) {
	if err := checkShape(sealed, ownerOnly); err != nil {
		return 0, err
	}
	now := s.clock()
	var outcome Outcome
	err := s.store.Write(ctx, func(tx Tx) error {
		grant, err := tx.InboxGrant(counsellor, id, now)
		switch {
		case err != nil:
			return err
		case bytes.Equal(grant.Reply, sealed):
			outcome = Same
			return nil
		case grant.Reply != nil:
			return ErrConflict
		}
		outcome = Made
		if err := tx.SaveReply(grant.Vault, id, sealed, day(now)); err != nil {
			return err
		}
		return s.record(tx, grant.GrantInfo, Replied, now)
	})
	return outcome.unless(err)
}

// Discard removes a grant from the counsellor's side, for both.
func (s *Service) Discard(ctx context.Context, counsellor CounsellorID, id GrantID) error {
	now := s.clock()
	return s.store.Write(ctx, func(tx Tx) error {
		grant, err := tx.InboxGrant(counsellor, id, now)
		if err != nil {
			return err
		}
		if err := s.record(tx, grant.GrantInfo, Discarded, now); err != nil {
			return err
		}
		return endGrant(tx, grant.GrantInfo, now)
	})
}

// removeStep is how many grants are read at once while all of a counsellor's are removed.
const removeStep = 100

// RemoveGrantsOf removes every grant of a counsellor whose account has ended or whose key is
// lost. Their owners see it. It is called within the transaction that ends the account.
func (s *Service) RemoveGrantsOf(tx Tx, counsellor CounsellorID) error {
	now := s.clock()
	for {
		grants, err := tx.InboxGrants(counsellor, removeStep)
		if err != nil || len(grants) == 0 {
			return err
		}
		for _, g := range grants {
			if g.Expires.After(now) {
				err = s.record(tx, g, Removed, now)
			}
			if err = errors.Join(err, endGrant(tx, g, now)); err != nil {
				return err
			}
		}
	}
}

// record notes for its owner what a counsellor did with a grant.
func (s *Service) record(tx Tx, g GrantInfo, kind AccessKind, now time.Time) error {
	access := Access{
		Vault: g.Vault, Grant: g.ID, Counsellor: g.Counsellor, Kind: kind,
		Name: g.Name, Organisation: g.Organisation, Hour: hour(now), Count: 1,
	}
	if err := tx.AddAccess(access); err != nil {
		return err
	}
	return tx.TrimAccesses(g.Vault, s.limits.Accesses)
}
