package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/vault"
)

// AccessList says what counsellors did with the grants of a vault.
type AccessList struct {
	Accesses []AccessEntry `json:"accesses" doc:"What was done, newest first." maxItems:"500"`
}

// AccessEntry is what one counsellor did with one grant in one hour.
type AccessEntry struct {
	Grant        vault.GrantID    `json:"grant" doc:"The grant, which may be gone by now." example:"019ab1f2-8d30-7c55-9b21-6f0d3a8e1c42" maxLength:"36"`
	Kind         vault.AccessKind `json:"kind" doc:"What was done; removed: the counsellor's account ended or its key was lost, and the copy was deleted." example:"opened" enum:"opened,replied,discarded,removed"`
	Name         string           `json:"name" doc:"The counsellor's name, as on the card when the grant was given." example:"Svetovalna služba" maxLength:"200"`
	Organisation string           `json:"organisation" doc:"The counsellor's organisation, as on the card when the grant was given." example:"Svetovalnica" maxLength:"200"`
	Hour         time.Time        `json:"hour" doc:"The hour in which it was done." example:"2026-11-24T10:00:00Z" maxLength:"40"`
	Count        int              `json:"count" doc:"How often in that hour." example:"1"`
}

// registerAccesses adds GET and DELETE …/accesses.
func (s *service) registerAccesses(api huma.API) {
	const path = "/api/v1/vaults/{vault}/accesses"
	huma.Register(api, huma.Operation{
		OperationID: "list-accesses", Method: http.MethodGet, Path: path, Tags: []string{tagVaults}, Security: ownerOnly(),
		Summary:     "See who opened what",
		Description: "What counsellors did with what was shared, by the hour. It outlives the grant; at most 500 entries are kept, the oldest go first.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, NotFound, InvalidParameter, Unavailable),
	}, s.listAccesses)
	huma.Register(api, huma.Operation{
		OperationID: "clear-accesses", Method: http.MethodDelete, Path: path, Tags: []string{tagVaults}, Security: ownerOnly(),
		Summary:     "Clear who opened what",
		Description: "Forgets all entries.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, NotFound, InvalidParameter, Unavailable),
	}, s.clearAccesses)
}

// listAccesses answers GET …/accesses.
func (s *service) listAccesses(ctx context.Context, in *VaultInput) (*answerOf[AccessList], error) {
	session, err := s.owner(in)
	if err != nil {
		return nil, err
	}
	accesses, err := s.vaults.Accesses(ctx, session)
	if err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	list := AccessList{Accesses: make([]AccessEntry, 0, len(accesses))}
	for _, a := range accesses {
		list.Accesses = append(list.Accesses, AccessEntry{
			Grant: a.Grant, Kind: a.Kind, Name: a.Name, Organisation: a.Organisation, Hour: a.Hour, Count: a.Count,
		})
	}
	return &answerOf[AccessList]{Body: list}, nil
}

// clearAccesses answers DELETE …/accesses.
func (s *service) clearAccesses(ctx context.Context, in *VaultInput) (*noBody, error) {
	session, err := s.owner(in)
	if err != nil {
		return nil, err
	}
	if err := s.vaults.ClearAccesses(ctx, session); err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	return nil, nil
}
