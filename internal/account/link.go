package account

import (
	"context"
	"errors"
	"time"
)

const (
	// maxLinks is how many share links an account may have that are on.
	maxLinks = 200
	// farthestEnd is how far away the end of a link may be.
	farthestEnd = 5 * 366 * 24 * time.Hour
)

// LinkInfo is a share link as its counsellor sees it.
type LinkInfo struct {
	Link
	Live Live
}

// Live counts the grants of a link that live.
type Live struct {
	Grants int // all of them
	Today  int // those of today, in UTC
}

// Links lists the caller's share links, newest first, with those switched off.
func (s *Service) Links(ctx context.Context, caller Caller) ([]LinkInfo, error) {
	now := s.clock()
	var infos []LinkInfo
	err := s.store.Read(ctx, func(tx Tx) error {
		if err := alive(tx, caller, now); err != nil {
			return err
		}
		links, err := tx.Links(caller.Account)
		if err != nil {
			return err
		}
		live, err := tx.LiveGrants(caller.Account, now.Truncate(24*time.Hour), now)
		for _, link := range links {
			infos = append(infos, LinkInfo{Link: link, Live: live[link.ID]})
		}
		return err
	})
	return infos, err
}

// on tells whether people can share through a link.
func (l Link) on(now time.Time) bool {
	return l.Off.IsZero() && (l.Ends.IsZero() || now.Before(l.Ends))
}

// AddLink makes a share link with a label that only its counsellor sees, and an end or the
// zero time for none. The errors are ErrLabel, ErrEnds and ErrTooManyLinks.
func (s *Service) AddLink(ctx context.Context, caller Caller, label string, ends time.Time) (LinkInfo, error) {
	label, ok := plainLine(label, MaxLabel)
	if !ok {
		return LinkInfo{}, ErrLabel
	}
	now, ends := s.clock(), ends.UTC().Truncate(time.Second)
	if !ends.IsZero() && (!ends.After(now) || ends.After(now.Add(farthestEnd))) {
		return LinkInfo{}, ErrEnds
	}
	made := Link{ID: newLinkID(), Account: caller.Account, Label: label, Made: now, Ends: ends}
	err := s.store.Write(ctx, func(tx Tx) error {
		if err := alive(tx, caller, now); err != nil {
			return err
		}
		links, err := tx.Links(caller.Account)
		if err != nil {
			return err
		}
		on := 0
		for _, link := range links {
			if link.on(now) {
				on++
			}
		}
		if on >= maxLinks {
			return ErrTooManyLinks
		}
		return tx.AddLink(made)
	})
	if err != nil {
		return LinkInfo{}, err
	}
	return LinkInfo{Link: made}, nil
}

// SwitchOff switches off one of the caller's share links for good. One that is off stays so.
// The error for a link that is not the caller's is ErrNotFound.
func (s *Service) SwitchOff(ctx context.Context, caller Caller, id LinkID) error {
	now := s.clock()
	return s.store.Write(ctx, func(tx Tx) error {
		if err := alive(tx, caller, now); err != nil {
			return err
		}
		link, err := tx.Link(id)
		if err == nil && link.Account != caller.Account {
			err = ErrNotFound
		}
		if err != nil || !link.Off.IsZero() {
			return err
		}
		return errors.Join(tx.AddTombstone(LinkTombstone(id), now), tx.SwitchOff(id, now))
	})
}

// PublicCard is the card behind a share link. Whether a link was never made, has ended, is off
// or belonged to a disabled account can't be told apart: the error is ErrNotFound.
func (s *Service) PublicCard(ctx context.Context, id LinkID) (Card, error) {
	now := s.clock()
	var card Card
	err := s.store.Read(ctx, func(tx Tx) (err error) {
		card, err = tx.PublicCard(id, now)
		return err
	})
	return card, err
}
