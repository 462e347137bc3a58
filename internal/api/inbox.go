package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/vault"
)

// inboxInput asks for a part of the inbox.
type inboxInput struct {
	Localised
	withBody
	Page
}

// itemInput is the address of a grant in the inbox.
type itemInput struct {
	Localised
	withBody
	Grant string `path:"grant" doc:"The grant's id." example:"019ab1f2-8d30-7c55-9b21-6f0d3a8e1c42"`
}

// InboxList is a page of what was shared with a counsellor.
type InboxList struct {
	Items []InboxEntry  `json:"items" doc:"What was shared and lives, newest ids first." maxItems:"200"`
	Next  vault.GrantID `json:"next,omitempty" doc:"The id after which the next page begins; absent on the last." example:"019ab1f2-8d30-7c55-9b21-6f0d3a8e1c42" maxLength:"36"`
}

// InboxEntry is a grant in the inbox.
type InboxEntry struct {
	ID          vault.GrantID     `json:"id" doc:"The grant's id." example:"019ab1f2-8d30-7c55-9b21-6f0d3a8e1c42" maxLength:"36"`
	Link        vault.LinkID      `json:"link" doc:"The share link it came through." example:"pmb2z5ffs3i3g6wmvhqzw7vkxe" maxLength:"26"`
	LinkLabel   string            `json:"link_label" doc:"The counsellor's own label of the link." example:"Osnovna šola, 8. b" maxLength:"200"`
	RecipientFP vault.Fingerprint `json:"recipient_fp" doc:"The fingerprint of the key it is sealed to." example:"5f25niidffa5652x3tns" maxLength:"20"`
	Received    string            `json:"received" doc:"The day on which it came." example:"2026-11-24" maxLength:"10"`
	Expires     time.Time         `json:"expires" doc:"When it ends." example:"2027-02-22T09:30:00Z" maxLength:"40"`
	Size        int               `json:"size" doc:"How many bytes the sealed file has." example:"7344"`
	Opened      *time.Time        `json:"opened,omitempty" doc:"The hour in which it was first opened; absent before." example:"2026-11-24T10:00:00Z" maxLength:"40"`
	Replied     bool              `json:"replied" doc:"Whether it was replied to." example:"false"`
}

// OpenedItem is a grant that was opened.
type OpenedItem struct {
	Sealed    binary       `json:"sealed" doc:"The age file." example:"YWdlLWVuY3J5cHRpb24ub3JnL3YxCg" maxLength:"87382"`
	Received  string       `json:"received" doc:"The day on which it came." example:"2026-11-24" maxLength:"10"`
	Expires   time.Time    `json:"expires" doc:"When it ends." example:"2027-02-22T09:30:00Z" maxLength:"40"`
	LinkLabel string       `json:"link_label" doc:"The counsellor's own label of the link it came through." example:"Osnovna šola, 8. b" maxLength:"200"`
	Reply     *SealedReply `json:"reply,omitempty" doc:"The reply; absent if there is none."`
}

// ReplyRequest is what PUT /inbox/{grant}/reply takes.
type ReplyRequest struct {
	Sealed binary `json:"sealed" doc:"The age file with one hybrid recipient, the reply key of the grant; at most 64 KiB." example:"YWdlLWVuY3J5cHRpb24ub3JnL3YxCg" maxLength:"87382"`
}

// registerInbox adds the operations of a counsellor on what was shared.
func (s *service) registerInbox(api huma.API) {
	const path = "/api/v1/inbox/{grant}"
	huma.Register(api, huma.Operation{
		OperationID: "list-inbox", Method: http.MethodGet, Path: "/api/v1/inbox", Tags: []string{tagCounsellors}, Security: counsellorOnly(),
		Summary:     "List what was shared with me",
		Description: "What lives, without its content. Listing is not opening.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, InvalidParameter, Unavailable),
	}, s.listInbox)
	huma.Register(api, huma.Operation{
		OperationID: "open-item", Method: http.MethodPost, Path: path + "/open", Tags: []string{tagCounsellors}, Security: counsellorOnly(),
		Summary:     "Open what was shared with me",
		Description: "Gives the age file. That it was opened is recorded for its owner before the first byte leaves. Revoked, expired, unknown and someone else's can't be told apart.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, NotFound, NotRecorded, InvalidParameter),
	}, s.openItem)
	reply := huma.Operation{
		OperationID: "reply", Method: http.MethodPut, Path: path + "/reply", Tags: []string{tagCounsellors}, Security: counsellorOnly(),
		Summary: "Reply to what was shared with me", DefaultStatus: http.StatusCreated,
		Description: "Keeps a reply, sealed to the key that came with the grant. It never changes, and goes with the grant.",
		Responses:   s.putResponses(Unauthenticated, TokenExpired, NotFound, NotSealed, Conflict, BodyTooLarge, UnsupportedMediaType, InvalidBody, InvalidParameter, Unavailable),
	}
	huma.Register(api, reply, s.putReply)
	describeJSON[ReplyRequest](api, reply, maxSealedBody)
	huma.Register(api, huma.Operation{
		OperationID: "discard-item", Method: http.MethodDelete, Path: path, Tags: []string{tagCounsellors}, Security: counsellorOnly(),
		Summary:     "Discard what was shared with me",
		Description: "Deletes the copy and the reply. Its owner sees that it was discarded.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, NotFound, InvalidParameter, Unavailable),
	}, s.discardItem)
}

// listInbox answers GET /inbox.
func (s *service) listInbox(ctx context.Context, in *inboxInput) (*answerOf[InboxList], error) {
	caller, err := s.counsellor(ctx, in.request)
	if err != nil {
		return nil, err
	}
	after, ok := vault.ParseGrantID(in.After)
	if !ok && in.After != "" {
		return nil, s.badParameters(in.language(s.languages), "after")
	}
	found, err := s.vaults.Inbox(ctx, caller.Account, after, in.size()+1)
	if err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	list := InboxList{Items: make([]InboxEntry, 0, len(found))}
	if len(found) > in.size() {
		found = found[:in.size()]
		list.Next = found[len(found)-1].ID
	}
	for _, item := range found {
		list.Items = append(list.Items, inboxEntry(item))
	}
	return &answerOf[InboxList]{Body: list}, nil
}

func inboxEntry(item vault.InboxItem) InboxEntry {
	entry := InboxEntry{
		ID: item.ID, Link: item.Link, LinkLabel: item.LinkLabel, RecipientFP: item.Fingerprint,
		Received: dayOf(item.Made), Expires: item.Expires, Size: item.Size, Replied: !item.Replied.IsZero(),
	}
	if !item.OpenedAt.IsZero() {
		entry.Opened = &item.OpenedAt
	}
	return entry
}

// openItem answers POST /inbox/{grant}/open.
func (s *service) openItem(ctx context.Context, in *itemInput) (*answerOf[OpenedItem], error) {
	caller, err := s.counsellor(ctx, in.request)
	if err != nil {
		return nil, err
	}
	opened, err := s.vaults.Open(ctx, caller.Account, vault.GrantID(in.Grant))
	if err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	return &answerOf[OpenedItem]{Body: OpenedItem{
		Sealed: opened.Sealed, Received: dayOf(opened.Made), Expires: opened.Expires,
		LinkLabel: opened.LinkLabel, Reply: sealedReply(opened.Grant),
	}}, nil
}

// putReply answers PUT /inbox/{grant}/reply.
func (s *service) putReply(ctx context.Context, in *itemInput) (*madeOutput, error) {
	language := in.language(s.languages)
	caller, err := s.counsellor(ctx, in.request)
	if err != nil {
		return nil, err
	}
	body, err := readBody[ReplyRequest](s, in.request, maxSealedBody, language)
	if err != nil {
		return nil, err
	}
	outcome, err := s.vaults.Reply(ctx, caller.Account, vault.GrantID(in.Grant), body.Sealed)
	if err != nil {
		return nil, s.refusedByVault(ctx, err, language)
	}
	return &madeOutput{Status: statusOf(outcome)}, nil
}

// discardItem answers DELETE /inbox/{grant}.
func (s *service) discardItem(ctx context.Context, in *itemInput) (*noBody, error) {
	caller, err := s.counsellor(ctx, in.request)
	if err != nil {
		return nil, err
	}
	if err := s.vaults.Discard(ctx, caller.Account, vault.GrantID(in.Grant)); err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	return nil, nil
}
