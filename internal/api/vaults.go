package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/vault"
)

// maxSmallBody is how many bytes of a small JSON body are read.
const maxSmallBody = 4 << 10

// VaultAuth is what opens a vault.
type VaultAuth struct {
	Auth binary `json:"auth" doc:"HKDF of the recovery code for vault/auth: 32 bytes." example:"3gt7sJtcvRjy5Kv-wmg3yifCAS8fFun8vg-QD0Yuvf0" minLength:"43" maxLength:"43"`
}

// VaultSummary is what is to be seen of a vault.
type VaultSummary struct {
	Vault     vault.ID    `json:"vault" doc:"The vault's id." example:"xv4yvawaimriaclixjbnjs4mla" maxLength:"26"`
	Created   string      `json:"created" doc:"The day on which it was made." example:"2026-11-24" maxLength:"10"`
	IdleUntil string      `json:"idle_until" doc:"The day on which it is deleted if nobody opens it until then." example:"2028-11-24" maxLength:"10"`
	Records   int         `json:"records" doc:"How many records it holds. One that holds none for a day is deleted." example:"3"`
	Bytes     int         `json:"bytes" doc:"How many bytes its records have." example:"17265"`
	Grants    int         `json:"grants" doc:"How many grants live." example:"1"`
	Limits    VaultLimits `json:"limits" doc:"How much it can hold."`

	SharingEnded string `json:"sharing_ended,omitempty" doc:"The day on which the service was restored from a backup. Backups have no grants, so whatever this vault shared before is shared no more. Said for 90 days; absent otherwise." example:"2026-11-24" maxLength:"10"`
}

// VaultLimits is how much a vault can hold.
type VaultLimits struct {
	Records     int `json:"records" doc:"Records." example:"200"`
	Bytes       int `json:"bytes" doc:"Bytes of all records." example:"4194304"`
	Grants      int `json:"grants" doc:"Grants that live." example:"20"`
	RecordBytes int `json:"record_bytes" doc:"Bytes of one record." example:"65536"`
}

// VaultToken is an access token of a vault.
type VaultToken struct {
	Token     string `json:"token" doc:"For the header Authorization: Bearer." example:"eyJhbGciOiJFZERTQSJ9.e30.c2ln" maxLength:"4096"`
	ExpiresIn int    `json:"expires_in" doc:"For how many seconds." example:"900"`
}

// vaultOutput is the output of making a vault.
type vaultOutput struct {
	Status int
	Body   VaultSummary
}

// registerVaults adds PUT, GET and DELETE /vaults/{vault} and POST /vaults/{vault}/token.
func (s *service) registerVaults(api huma.API) {
	const path = "/api/v1/vaults/{vault}"
	put := huma.Operation{
		OperationID: "create-vault", Method: http.MethodPut, Path: path, Tags: []string{tagVaults},
		Summary: "Make a vault", DefaultStatus: http.StatusCreated,
		Description: "Makes the vault that auth opens. Its id certifies itself: the beginning of a hash of auth. Again, it finds the vault as it is.",
		Responses:   s.problemResponses(VaultID, BodyTooLarge, UnsupportedMediaType, InvalidBody, InvalidParameter, Unavailable),
	}
	huma.Register(api, put, s.putVault)
	describeJSON[VaultAuth](api, put, maxSmallBody)
	describeSame(api, put)

	token := huma.Operation{
		OperationID: "open-vault", Method: http.MethodPost, Path: path + "/token", Tags: []string{tagVaults},
		Summary:     "Open a vault",
		Description: "Gives an access token of the vault that auth opens. Wrong auth and a vault that is not there can't be told apart.",
		Responses:   s.problemResponses(WrongCredentials, BodyTooLarge, UnsupportedMediaType, InvalidBody, InvalidParameter, Unavailable),
	}
	huma.Register(api, token, s.openVault)
	describeJSON[VaultAuth](api, token, maxSmallBody)

	huma.Register(api, huma.Operation{
		OperationID: "get-vault", Method: http.MethodGet, Path: path, Tags: []string{tagVaults}, Security: ownerOnly(),
		Summary:     "Look at a vault",
		Description: "How much it holds, and until when it is kept.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, NotFound, InvalidParameter, Unavailable),
	}, s.getVault)
	huma.Register(api, huma.Operation{
		OperationID: "delete-vault", Method: http.MethodDelete, Path: path, Tags: []string{tagVaults}, Security: ownerOnly(),
		Summary:     "Destroy a vault",
		Description: "Deletes the vault with its records, its grants and who opened them. There is no way back.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, NotFound, InvalidParameter, Unavailable),
	}, s.deleteVault)
}

// describeSame puts into the document that a PUT answers 200 as it does 201.
func describeSame(api huma.API, operation huma.Operation) {
	responses := api.OpenAPI().Paths[operation.Path].Put.Responses
	same := *responses["201"]
	same.Description = "The same is there already: nothing has changed."
	responses["200"] = &same
}

// readAuth reads a body with auth.
func (s *service) readAuth(in *VaultInput) (vault.Auth, error) {
	body, err := readBody[VaultAuth](s, in.request, maxSmallBody, in.language(s.languages))
	if err != nil {
		return vault.Auth{}, err
	}
	return vault.Auth(body.Auth), nil // 43 characters are 32 bytes
}

// putVault answers PUT /vaults/{vault}.
func (s *service) putVault(ctx context.Context, in *VaultInput) (*vaultOutput, error) {
	auth, err := s.readAuth(in)
	if err != nil {
		return nil, err
	}
	summary, outcome, err := s.vaults.Create(ctx, in.id(), auth)
	if err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	return &vaultOutput{Status: statusOf(outcome), Body: s.vaultSummary(summary)}, nil
}

// openVault answers POST /vaults/{vault}/token.
func (s *service) openVault(ctx context.Context, in *VaultInput) (*answerOf[VaultToken], error) {
	auth, err := s.readAuth(in)
	if err != nil {
		return nil, err
	}
	session, err := s.vaults.Authenticate(ctx, in.id(), auth)
	if err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	token, lasts, err := s.issueVault(session)
	if err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	return &answerOf[VaultToken]{Body: VaultToken{Token: token, ExpiresIn: int(lasts.Seconds())}}, nil
}

// getVault answers GET /vaults/{vault}.
func (s *service) getVault(ctx context.Context, in *VaultInput) (*answerOf[VaultSummary], error) {
	session, err := s.owner(in)
	if err != nil {
		return nil, err
	}
	summary, err := s.vaults.Look(ctx, session)
	if err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	return &answerOf[VaultSummary]{Body: s.vaultSummary(summary)}, nil
}

// deleteVault answers DELETE /vaults/{vault}.
func (s *service) deleteVault(ctx context.Context, in *VaultInput) (*noBody, error) {
	session, err := s.owner(in)
	if err != nil {
		return nil, err
	}
	if err := s.vaults.Delete(ctx, session); err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	return nil, nil
}

func (s *service) vaultSummary(v vault.Summary) VaultSummary {
	limits := s.vaults.Limits()
	summary := VaultSummary{
		Vault: v.ID, Created: dayOf(v.CreatedAt), IdleUntil: dayOf(v.IdleUntil),
		Records: v.Records, Bytes: v.Bytes, Grants: v.Grants,
		Limits: VaultLimits{Records: limits.Records, Bytes: limits.Bytes, Grants: limits.Grants, RecordBytes: vault.MaxSealed},
	}
	if !v.SharingEnded.IsZero() {
		summary.SharingEnded = dayOf(v.SharingEnded)
	}
	return summary
}
