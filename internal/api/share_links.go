package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/account"
)

// Card is what everyone sees who has a share link.
type Card struct {
	Name         string `json:"name" doc:"The counsellor's name." example:"Svetovalna služba" maxLength:"100"`
	Organisation string `json:"organisation" doc:"The counsellor's organisation." example:"Svetovalni center" maxLength:"100"`
	Recipient    string `json:"recipient" doc:"The public key to seal to. Compare its fingerprint with the one in the link before." example:"age1pq1xyz" maxLength:"1959"`
}

// linkInput is the address of a share link.
type linkInput struct {
	Localised
	withBody
	Link string `path:"link" doc:"The share link's id: 26 characters of lower-case base32." example:"pmb2z5ffs3i3g6wmvhqzw7vkxe" maxLength:"64"`
}

// ShareLinkList is a counsellor's share links.
type ShareLinkList struct {
	ShareLinks []ShareLink `json:"share_links" doc:"All of them, newest first, also those switched off." maxItems:"10000"`
	MostLive   int         `json:"most_live" doc:"How much of what was shared with one counsellor can live at once, through all links together; nothing more is taken then." example:"1000" minimum:"1"`
}

// ShareLink is a share link as its counsellor sees it.
type ShareLink struct {
	ID         account.LinkID `json:"id" doc:"Its id." example:"pmb2z5ffs3i3g6wmvhqzw7vkxe" maxLength:"26"`
	Label      string         `json:"label" doc:"The label, which nobody else sees." example:"Osnovna šola, 8. b" maxLength:"80"`
	Made       time.Time      `json:"made" doc:"When it was made." example:"2026-11-24T09:30:00Z" maxLength:"40"`
	Ends       *time.Time     `json:"ends,omitempty" doc:"From when on nobody can share through it; absent for no end." example:"2027-06-24T22:00:00Z" maxLength:"40"`
	Off        bool           `json:"off" doc:"Whether it is switched off." example:"false"`
	BusyUntil  *time.Time     `json:"busy_until,omitempty" doc:"Until when it takes nothing more, since as much was shared through it today as it takes in a day; absent while it takes more." example:"2026-11-25T00:00:00Z" maxLength:"40"`
	LiveGrants int            `json:"live_grants" doc:"How much of what was shared through it can be read." example:"2"`
}

// ShareLinkRequest is what POST /me/share-links takes.
type ShareLinkRequest struct {
	Label string    `json:"label" doc:"A label that nobody else will see." example:"Osnovna šola, 8. b" minLength:"1" maxLength:"80"`
	Ends  time.Time `json:"ends,omitzero" doc:"From when on nobody can share through it; left out for no end." example:"2027-06-24T22:00:00Z" maxLength:"40" pattern:"^2" required:"false"`
}

// shareLink is a link at a moment, of which so many shares are taken on a day.
func shareLink(info account.LinkInfo, daily int, now time.Time) ShareLink {
	link := ShareLink{ID: info.ID, Label: info.Label, Made: info.Made, Off: !info.Off.IsZero(), LiveGrants: info.Live.Grants}
	if !info.Ends.IsZero() {
		link.Ends = &info.Ends
	}
	if info.Live.Today >= daily {
		tomorrow := now.UTC().Truncate(24*time.Hour).AddDate(0, 0, 1)
		link.BusyUntil = &tomorrow
	}
	return link
}

// registerShareLinks adds the public card and what a counsellor does with share links.
func (s *service) registerShareLinks(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "get-share-link", Method: http.MethodGet, Path: "/api/v1/share-links/{link}", Tags: []string{tagCounsellors},
		Summary:     "See who a share link leads to",
		Description: "Unknown, ended and switched off, and that of a disabled account can't be told apart.",
		Responses:   s.problemResponses(NotFound, InvalidParameter, Unavailable),
	}, s.getShareLink)
	own := func(operation huma.Operation, slugs ...Slug) huma.Operation {
		operation.Tags, operation.Security = []string{tagCounsellors}, counsellorOnly()
		operation.Responses = s.problemResponses(append(slugs, Unauthenticated, TokenExpired, SessionEnded, InvalidParameter, Unavailable)...)
		return operation
	}
	huma.Register(api, own(huma.Operation{
		OperationID: "list-share-links", Method: http.MethodGet, Path: "/api/v1/me/share-links",
		Summary: "List my share links", Description: "With how much of what came through each can be read.",
	}), s.listShareLinks)
	add := own(huma.Operation{
		OperationID: "add-share-link", Method: http.MethodPost, Path: "/api/v1/me/share-links", DefaultStatus: http.StatusCreated,
		Summary: "Make a share link", Description: "There can be 200 that are on.",
	}, Quota, BodyTooLarge, UnsupportedMediaType, InvalidBody)
	huma.Register(api, add, s.addShareLink)
	describeJSON[ShareLinkRequest](api, add, maxSmallBody)
	huma.Register(api, own(huma.Operation{
		OperationID: "switch-off-share-link", Method: http.MethodDelete, Path: "/api/v1/me/share-links/{link}", DefaultStatus: http.StatusNoContent,
		Summary: "Switch off a share link", Description: "For good. What was shared through it stays.",
	}, NotFound), s.switchOffShareLink)
}

// getShareLink answers GET /share-links/{link}.
func (s *service) getShareLink(ctx context.Context, in *linkInput) (*answerOf[Card], error) {
	card, err := s.accounts.PublicCard(ctx, account.LinkID(in.Link))
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, in.language(s.languages))
	}
	return &answerOf[Card]{Body: Card{Name: card.Name, Organisation: card.Organisation, Recipient: card.Recipient}}, nil
}

// listShareLinks answers GET /me/share-links.
func (s *service) listShareLinks(ctx context.Context, in *counsellorInput) (*answerOf[ShareLinkList], error) {
	who, err := s.signedIn(in.request)
	if err != nil {
		return nil, err
	}
	infos, err := s.accounts.Links(ctx, who)
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, in.language(s.languages))
	}
	list := ShareLinkList{ShareLinks: make([]ShareLink, 0, len(infos)), MostLive: s.vaults.Limits().GrantsPerCounsellor}
	for _, info := range infos {
		list.ShareLinks = append(list.ShareLinks, shareLink(info, s.vaults.Limits().NewPerLinkAndDay, s.now()))
	}
	return &answerOf[ShareLinkList]{Body: list}, nil
}

// addShareLink answers POST /me/share-links.
func (s *service) addShareLink(ctx context.Context, in *counsellorInput) (*answerOf[ShareLink], error) {
	who, body, err := signedInWith[ShareLinkRequest](s, in, maxSmallBody)
	if err != nil {
		return nil, err
	}
	info, err := s.accounts.AddLink(ctx, who, body.Label, body.Ends)
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, in.language(s.languages))
	}
	return &answerOf[ShareLink]{Body: shareLink(info, s.vaults.Limits().NewPerLinkAndDay, s.now())}, nil
}

// switchOffShareLink answers DELETE /me/share-links/{link}.
func (s *service) switchOffShareLink(ctx context.Context, in *linkInput) (*noBody, error) {
	who, err := s.signedIn(in.request)
	if err != nil {
		return nil, err
	}
	if err := s.accounts.SwitchOff(ctx, who, account.LinkID(in.Link)); err != nil {
		return nil, s.refusedByAccount(ctx, err, in.language(s.languages))
	}
	return nil, nil
}
