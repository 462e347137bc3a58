package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/questionnaire"
	"predah/internal/vault"
)

// sealedMediaType is the media type of an age file.
const sealedMediaType = "application/octet-stream"

// defaultPage is how many entries a page of a list has when nothing is said.
const defaultPage = 50

// Page is the part of a list that is asked for.
type Page struct {
	After string        `query:"after" doc:"Only what comes after this id: next of the page before." example:"019ab1f2-7c00-7d11-8a3e-5f1c2b9d4e70" maxLength:"36"`
	Limit optional[int] `query:"limit" doc:"How many at most, 50 when absent." example:"50" minimum:"1" maximum:"200"`
}

// size is how many entries are asked for.
func (p Page) size() int {
	if p.Limit.given {
		return p.Limit.Value
	}
	return defaultPage
}

// recordInput is the address of a record.
type recordInput struct {
	VaultInput
	Record string `path:"record" doc:"The record's id: a UUID of version 7, made by the client within a day of now." example:"019ab1f2-7c00-7d11-8a3e-5f1c2b9d4e70"`
}

// recordsInput asks for a list of records.
type recordsInput struct {
	VaultInput
	Page
}

// RecordList is a page of records.
type RecordList struct {
	Records []RecordEntry  `json:"records" doc:"The records, in the order of ids." maxItems:"200"`
	Next    vault.RecordID `json:"next,omitempty" doc:"The id after which the next page begins; absent on the last." example:"019ab1f2-7c00-7d11-8a3e-5f1c2b9d4e70" maxLength:"36"`
}

// RecordEntry is a record in a list.
type RecordEntry struct {
	ID    vault.RecordID `json:"id" doc:"The record's id." example:"019ab1f2-7c00-7d11-8a3e-5f1c2b9d4e70" maxLength:"36"`
	Size  int            `json:"size" doc:"How many bytes the sealed file has." example:"5787"`
	Saved string         `json:"saved" doc:"The day on which it was saved." example:"2026-11-24" maxLength:"10"`
}

// sealedOutput is an age file.
type sealedOutput struct {
	ContentType string `header:"Content-Type" doc:"The media type of the file." example:"application/octet-stream"`
	Body        []byte
}

// registerRecords adds the operations on records.
func (s *service) registerRecords(api huma.API) {
	const list = "/api/v1/vaults/{vault}/records"
	const path = list + "/{record}"
	put := huma.Operation{
		OperationID: "save-record", Method: http.MethodPut, Path: path, Tags: []string{tagVaults}, Security: ownerOnly(),
		Summary: "Save a sealed record", DefaultStatus: http.StatusCreated,
		Description: "Keeps an age file with exactly one hybrid recipient, padded to 4, 16 or 48 KiB inside. A record never changes: " +
			"the same bytes again are fine, others are refused, and a deleted id never comes back.",
		Responses: s.putResponses(Unauthenticated, TokenExpired, NotFound, IDTime, NotSealed, Conflict, Deleted, Quota, BodyTooLarge, UnsupportedMediaType, InvalidParameter, Unavailable),
	}
	huma.Register(api, put, s.putRecord)
	sealed := &huma.Schema{Type: huma.TypeString, Format: "binary"}
	api.OpenAPI().Paths[path].Put.RequestBody = &huma.RequestBody{
		Description: "The age file, at most 64 KiB.", Required: true,
		Content: map[string]*huma.MediaType{sealedMediaType: {Schema: sealed}},
	}
	describeBound(api.OpenAPI().Paths[path].Put, vault.MaxSealed)
	get := huma.Operation{
		OperationID: "get-record", Method: http.MethodGet, Path: path, Tags: []string{tagVaults}, Security: ownerOnly(),
		Summary:     "Read a sealed record",
		Description: "The age file itself, as it was saved: curl … | age -d -i key opens it.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, NotFound, InvalidParameter, Unavailable),
	}
	get.Responses["200"] = &huma.Response{Description: "The age file.", Content: map[string]*huma.MediaType{sealedMediaType: {Schema: sealed}}}
	huma.Register(api, get, s.getRecord)
	huma.Register(api, huma.Operation{
		OperationID: "list-records", Method: http.MethodGet, Path: list, Tags: []string{tagVaults}, Security: ownerOnly(),
		Summary:     "List the records",
		Description: "Ids, sizes and days; what is in them nobody but the owner can read.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, NotFound, InvalidParameter, Unavailable),
	}, s.listRecords)
	huma.Register(api, huma.Operation{
		OperationID: "delete-record", Method: http.MethodDelete, Path: path, Tags: []string{tagVaults}, Security: ownerOnly(),
		Summary:     "Delete a record",
		Description: "Deletes it, if it is there. Its id never comes back, so that a request that is still on its way can't bring it back.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, NotFound, InvalidParameter, Unavailable),
	}, s.deleteRecord)
}

// readSealed reads an age file from the body of a request.
func (s *service) readSealed(request huma.Context, language questionnaire.Language) ([]byte, error) {
	if request.Header("Content-Type") != sealedMediaType || request.Header("Content-Encoding") != "" {
		return nil, s.problems.new(UnsupportedMediaType, language)
	}
	sealed, err := io.ReadAll(io.LimitReader(request.BodyReader(), vault.MaxSealed+1))
	switch {
	case len(sealed) > vault.MaxSealed:
		return nil, s.notTaken(BodyTooLarge, vault.MaxSealed, language)
	case err != nil: // it broke off
		return nil, s.problems.new(NotSealed, language)
	}
	return sealed, nil
}

// putRecord answers PUT …/records/{record}.
func (s *service) putRecord(ctx context.Context, in *recordInput) (*madeOutput, error) {
	language := in.language(s.languages)
	session, err := s.owner(&in.VaultInput)
	if err != nil {
		return nil, err
	}
	sealed, err := s.readSealed(in.request, language)
	if err != nil {
		return nil, err
	}
	id, ok := vault.ParseRecordID(in.Record)
	if !ok {
		return nil, s.problems.new(IDTime, language)
	}
	outcome, err := s.vaults.PutRecord(ctx, session, id, sealed)
	if err != nil {
		return nil, s.refusedByVault(ctx, err, language)
	}
	return &madeOutput{Status: statusOf(outcome)}, nil
}

// getRecord answers GET …/records/{record}.
func (s *service) getRecord(ctx context.Context, in *recordInput) (*sealedOutput, error) {
	session, err := s.owner(&in.VaultInput)
	if err != nil {
		return nil, err
	}
	sealed, err := s.vaults.Record(ctx, session, vault.RecordID(in.Record))
	if err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	return &sealedOutput{ContentType: sealedMediaType, Body: sealed}, nil
}

// listRecords answers GET …/records.
func (s *service) listRecords(ctx context.Context, in *recordsInput) (*answerOf[RecordList], error) {
	session, err := s.owner(&in.VaultInput)
	if err != nil {
		return nil, err
	}
	after, ok := vault.ParseRecordID(in.After)
	if !ok && in.After != "" {
		return nil, s.badParameters(in.language(s.languages), "after")
	}
	found, err := s.vaults.Records(ctx, session, after, in.size()+1)
	if err != nil {
		return nil, s.refusedByVault(ctx, err, in.language(s.languages))
	}
	list := RecordList{Records: make([]RecordEntry, 0, len(found))}
	if len(found) > in.size() {
		found = found[:in.size()]
		list.Next = found[len(found)-1].ID
	}
	for _, r := range found {
		list.Records = append(list.Records, RecordEntry{ID: r.ID, Size: r.Size, Saved: dayOf(r.Saved)})
	}
	return &answerOf[RecordList]{Body: list}, nil
}

// deleteRecord answers DELETE …/records/{record}.
func (s *service) deleteRecord(ctx context.Context, in *recordInput) (*noBody, error) {
	language := in.language(s.languages)
	session, err := s.owner(&in.VaultInput)
	if err != nil {
		return nil, err
	}
	id, ok := vault.ParseRecordID(in.Record)
	if !ok {
		return nil, s.problems.new(NotFound, language)
	}
	if err := s.vaults.DeleteRecord(ctx, session, id); err != nil {
		return nil, s.refusedByVault(ctx, err, language)
	}
	return nil, nil
}
