package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/vault"
)

// maxSealedBody is how many bytes of a JSON body are read that carries a sealed file of 64 KiB.
const maxSealedBody = 96 << 10

// grantInput is the address of a grant.
type grantInput struct {
	VaultInput
	Grant string `path:"grant" doc:"The grant's id: a UUID of version 7, made by the client within a day of now." example:"019ab1f2-8d30-7c55-9b21-6f0d3a8e1c42"`
}

// GrantRequest is what PUT …/grants/{grant} takes.
type GrantRequest struct {
	Link    vault.LinkID `json:"link" doc:"The share link of the counsellor." example:"pmb2z5ffs3i3g6wmvhqzw7vkxe" maxLength:"26"`
	Expires time.Time    `json:"expires,omitzero" doc:"When it ends, to the second: at most 366 days from now; 90 days when absent." example:"2027-02-22T09:30:00Z" maxLength:"40" pattern:"^2"`
	Sealed  binary       `json:"sealed" doc:"The age file with two hybrid recipients, the counsellor's and the owner's; at most 64 KiB." example:"YWdlLWVuY3J5cHRpb24ub3JnL3YxCg" maxLength:"87382"`
}

// GrantEntry is a grant as its owner sees it in a list.
type GrantEntry struct {
	ID           vault.GrantID     `json:"id" doc:"The grant's id." example:"019ab1f2-8d30-7c55-9b21-6f0d3a8e1c42" maxLength:"36"`
	Link         vault.LinkID      `json:"link" doc:"The share link it went through." example:"pmb2z5ffs3i3g6wmvhqzw7vkxe" maxLength:"26"`
	Name         string            `json:"name" doc:"The counsellor's name, as on the card when it was given." example:"Svetovalna služba" maxLength:"200"`
	Organisation string            `json:"organisation" doc:"The counsellor's organisation, as on the card when it was given." example:"Svetovalnica" maxLength:"200"`
	RecipientFP  vault.Fingerprint `json:"recipient_fp" doc:"The fingerprint of the counsellor's key it is sealed to." example:"5f25niidffa5652x3tns" maxLength:"20"`
	Made         string            `json:"made" doc:"The day on which it was given." example:"2026-11-24" maxLength:"10"`
	Expires      time.Time         `json:"expires" doc:"When it ends." example:"2027-02-22T09:30:00Z" maxLength:"40"`
	Size         int               `json:"size" doc:"How many bytes the sealed file has." example:"7344"`
	Opened       *GrantOpenings    `json:"opened,omitempty" doc:"That the counsellor opened it; absent if not yet."`
	Replied      bool              `json:"replied" doc:"Whether the counsellor has replied." example:"false"`
}

// GrantOpenings says that a grant was opened, and what the list of openings has of it: nothing
// once the owner has cleared that.
type GrantOpenings struct {
	Count int       `json:"count" doc:"How many openings the list of openings holds; 0 if the owner has cleared it since." example:"2"`
	First time.Time `json:"first,omitzero" doc:"The hour of the first of them; absent if there is none." example:"2026-11-24T10:00:00Z" maxLength:"40"`
	Last  time.Time `json:"last,omitzero" doc:"The hour of the last of them; absent if there is none." example:"2026-11-25T08:00:00Z" maxLength:"40"`
}

// GrantDetail is a grant with what was shared, and the reply.
type GrantDetail struct {
	GrantEntry
	Sealed binary       `json:"sealed" doc:"The age file." example:"YWdlLWVuY3J5cHRpb24ub3JnL3YxCg" maxLength:"87382"`
	Reply  *SealedReply `json:"reply,omitempty" doc:"The counsellor's reply; absent if there is none."`
}

// SealedReply is a reply, sealed to the key of its grant.
type SealedReply struct {
	Sealed binary `json:"sealed" doc:"The age file." example:"YWdlLWVuY3J5cHRpb24ub3JnL3YxCg" maxLength:"87382"`
	Made   string `json:"made" doc:"The day on which it was given." example:"2026-11-25" maxLength:"10"`
}

// GrantList is every grant that lives.
type GrantList struct {
	Grants []GrantEntry `json:"grants" doc:"The grants, in the order of ids." maxItems:"20"`
}

// registerGrants adds the operations on grants.
func (s *service) registerGrants(api huma.API) {
	const list = "/api/v1/vaults/{vault}/grants"
	const path = list + "/{grant}"
	put := huma.Operation{
		OperationID: "share", Method: http.MethodPut, Path: path, Tags: []string{tagVaults}, Security: ownerOnly(),
		Summary: "Share with a counsellor", DefaultStatus: http.StatusCreated,
		Description: "Gives a sealed copy to the counsellor behind a share link, until it expires or is taken back. " +
			"A grant never changes: the same again is fine, anything else under its id is refused, and a deleted id never comes back.",
		Responses: s.putResponses(Unauthenticated, TokenExpired, NotFound, RecipientUnavailable, RecipientBusy, IDTime, NotSealed, Conflict, Deleted, Quota,
			BodyTooLarge, UnsupportedMediaType, InvalidBody, InvalidParameter, Unavailable),
	}
	huma.Register(api, put, s.putGrant)
	describeJSON[GrantRequest](api, put, maxSealedBody)
	huma.Register(api, huma.Operation{
		OperationID: "list-grants", Method: http.MethodGet, Path: list, Tags: []string{tagVaults}, Security: ownerOnly(),
		Summary:     "List what is shared",
		Description: "Every grant that lives, with whether its counsellor opened it, and when as far as the list of openings goes back.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, NotFound, InvalidParameter, Unavailable),
	}, s.listGrants)
	huma.Register(api, huma.Operation{
		OperationID: "get-grant", Method: http.MethodGet, Path: path, Tags: []string{tagVaults}, Security: ownerOnly(),
		Summary:     "Read what is shared, and the reply",
		Description: "The grant with its age file, which the owner's key opens too, and the counsellor's reply if there is one.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, NotFound, InvalidParameter, Unavailable),
	}, s.getGrant)
	huma.Register(api, huma.Operation{
		OperationID: "take-back", Method: http.MethodDelete, Path: path, Tags: []string{tagVaults}, Security: ownerOnly(),
		Summary:     "Take back what was shared",
		Description: "Deletes the counsellor's copy and the reply, if they are there. The id never comes back, so that a request that is still on its way can't bring it back.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, NotFound, InvalidParameter, Unavailable),
	}, s.deleteGrant)
}

// putGrant answers PUT …/grants/{grant}.
func (s *service) putGrant(ctx context.Context, in *grantInput) (*madeOutput, error) {
	language := in.language(s.languages)
	session, err := s.owner(&in.VaultInput)
	if err != nil {
		return nil, err
	}
	body, err := readBody[GrantRequest](s, in.request, maxSealedBody, language)
	if err != nil {
		return nil, err
	}
	id, ok := vault.ParseGrantID(in.Grant)
	if !ok {
		return nil, s.problems.new(IDTime, language)
	}
	outcome, err := s.vaults.PutGrant(ctx, session, vault.NewGrant{ID: id, Link: body.Link, Expires: body.Expires, Sealed: body.Sealed})
	if err != nil {
		return nil, s.refusedByVault(ctx, err, language)
	}
	return &madeOutput{Status: statusOf(outcome)}, nil
}

// listGrants answers GET …/grants.
func (s *service) listGrants(ctx context.Context, in *VaultInput) (*answerOf[GrantList], error) {
	session, err := s.owner(in)
	if err != nil {
		return nil, err
	}
	grants, err := s.vaults.Grants(ctx, session)
	if err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	list := GrantList{Grants: make([]GrantEntry, 0, len(grants))}
	for _, g := range grants {
		list.Grants = append(list.Grants, grantEntry(g))
	}
	return &answerOf[GrantList]{Body: list}, nil
}

// getGrant answers GET …/grants/{grant}.
func (s *service) getGrant(ctx context.Context, in *grantInput) (*answerOf[GrantDetail], error) {
	session, err := s.owner(&in.VaultInput)
	if err != nil {
		return nil, err
	}
	grant, err := s.vaults.Grant(ctx, session, vault.GrantID(in.Grant))
	if err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	return &answerOf[GrantDetail]{Body: GrantDetail{
		GrantEntry: grantEntry(grant), Sealed: grant.Sealed, Reply: sealedReply(grant.Grant),
	}}, nil
}

// deleteGrant answers DELETE …/grants/{grant}.
func (s *service) deleteGrant(ctx context.Context, in *grantInput) (*noBody, error) {
	language := in.language(s.languages)
	session, err := s.owner(&in.VaultInput)
	if err != nil {
		return nil, err
	}
	id, ok := vault.ParseGrantID(in.Grant)
	if !ok {
		return nil, s.problems.new(NotFound, language)
	}
	if err := s.vaults.DeleteGrant(ctx, session, id); err != nil {
		return nil, s.refusedByVault(ctx, err, language)
	}
	return nil, nil
}

func grantEntry(g vault.OwnGrant) GrantEntry {
	entry := GrantEntry{
		ID: g.ID, Link: g.Link, Name: g.Name, Organisation: g.Organisation, RecipientFP: g.Fingerprint,
		Made: dayOf(g.Made), Expires: g.Expires, Size: g.Size, Replied: !g.Replied.IsZero(),
	}
	if !g.OpenedAt.IsZero() {
		entry.Opened = &GrantOpenings{Count: g.Openings.Count, First: g.Openings.First, Last: g.Openings.Last}
	}
	return entry
}

func sealedReply(g vault.Grant) *SealedReply {
	if g.Reply == nil {
		return nil
	}
	return &SealedReply{Sealed: g.Reply, Made: dayOf(g.Replied)}
}
