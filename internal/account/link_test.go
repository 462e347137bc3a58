package account_test

import (
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/vault/vaulttest"
)

func TestALinkWorksUntilItEndsOrIsSwitchedOff(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		in := h.SignIn(t, h.Join(t, ana))
		other := h.SignIn(t, h.Join(t, "bor@primer.si"))
		ends := h.Clock.Now().Add(20 * time.Minute)
		short, err := h.Service.AddLink(t.Context(), in.Caller, "  plakat ", ends)
		must(t, "make a link", err)
		shared, _ := h.Share(t, in.Caller)
		must(t, "the card", card(t, h, short.ID))
		h.Clock.Move(20*time.Minute - time.Second)
		must(t, "in the last second", card(t, h, short.ID))
		h.Clock.Move(time.Second)
		want(t, "at its end", card(t, h, short.ID), account.ErrNotFound)
		want(t, "unknown", card(t, h, vaulttest.Link()), account.ErrNotFound)

		want(t, "someone else's", h.Service.SwitchOff(t.Context(), other.Caller, shared.ID), account.ErrNotFound)
		must(t, "still on", card(t, h, shared.ID))
		for range 2 {
			must(t, "switch off", h.Service.SwitchOff(t.Context(), in.Caller, shared.ID))
		}
		want(t, "off", card(t, h, shared.ID), account.ErrNotFound)
		links, err := h.Service.Links(t.Context(), in.Caller)
		must(t, "list", err)
		live := map[account.LinkID]int{}
		for _, link := range links {
			live[link.ID] = link.Live.Grants
		}
		if len(links) != 2 || live[shared.ID] != 1 || live[short.ID] != 0 {
			t.Errorf("the links are %+v", links)
		}
		if links, err := h.Service.Links(t.Context(), other.Caller); err != nil || len(links) != 0 {
			t.Errorf("someone else sees %+v, %v", links, err)
		}
	})
}

func card(t *testing.T, h *accounttest.House, id account.LinkID) error {
	_, err := h.Service.PublicCard(t.Context(), id)
	return err
}

func TestThereAreOnlySoManyLinksThatAreOn(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		in := h.SignIn(t, h.Join(t, ana))
		var last account.LinkInfo
		for range 200 {
			link, err := h.Service.AddLink(t.Context(), in.Caller, "x", time.Time{})
			must(t, "make a link", err)
			last = link
		}
		_, err := h.Service.AddLink(t.Context(), in.Caller, "x", time.Time{})
		want(t, "one more", err, account.ErrTooManyLinks)
		must(t, "switch off", h.Service.SwitchOff(t.Context(), in.Caller, last.ID))
		_, err = h.Service.AddLink(t.Context(), in.Caller, "x", time.Time{})
		must(t, "one in its place", err)
	})
}
