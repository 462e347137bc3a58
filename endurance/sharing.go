package main

import (
	"context"
	"fmt"

	"predah/internal/caller"
)

const (
	// placesPerLink is how many grants a link takes in a day.
	placesPerLink = 50
	// linksEach is how many links each counsellor makes for a load of its own. What they take is
	// less than the thousand grants that an inbox holds.
	linksEach = 5
	// sharedAtMost is how much a person shares at the same time: as much as may come through one
	// link. Who has shared so much takes something back.
	sharedAtMost = 3
)

// counsellors are those with whom people share: several, so that no inbox gets full, and that
// what turns up in the wrong one is found.
type counsellors [3]*caller.Counsellor

// invite invites the counsellors, who accept.
func (s *service) invite(ctx context.Context) (invited counsellors, err error) {
	for i := range invited {
		link, err := caller.Invite(ctx, s.program, s.data, s.database, fmt.Sprintf("counsellor-%d@school.example", i+1))
		if err != nil {
			return invited, err
		}
		if invited[i], err = s.client.Accept(ctx, link); err != nil {
			return invited, fmt.Errorf("accept an invitation: %w", err)
		}
	}
	return invited, nil
}

// places invites counsellors and has them make links, for the only load of a service.
func (s *service) places(ctx context.Context) (places, error) {
	invited, err := s.invite(ctx)
	if err != nil {
		return nil, err
	}
	return invited.links(ctx, linksEach)
}

// places are for how much can be shared by one load: each is a link, and comes as often as the
// link takes something. When they are used up nobody shares any more.
type places <-chan caller.Link

// links has each counsellor make links, through which nothing came yet.
func (c counsellors) links(ctx context.Context, each int) (places, error) {
	all := make(chan caller.Link, len(c)*each*placesPerLink)
	for range each {
		var links []caller.Link
		for _, one := range c {
			link, err := one.NewLink(ctx)
			if err != nil {
				return nil, err
			}
			links = append(links, link)
		}
		for range placesPerLink {
			for _, link := range links {
				all <- link
			}
		}
	}
	return all, nil
}

// next is a place, if there is one left.
func (p places) next() (caller.Link, bool) {
	select {
	case link := <-p:
		return link, true
	default:
		return caller.Link{}, false
	}
}
