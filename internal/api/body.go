package api

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"predah/internal/questionnaire"
)

// withBody is part of the input of an operation with a JSON body: it keeps the request, so
// that readBody reads it and not huma, which takes duplicates and wrong case. Exported
// parts of an input are named by huma, so this one needs no name.
type withBody struct{ request huma.Context }

// Resolve keeps the request. huma calls it before the handler.
func (in *withBody) Resolve(ctx huma.Context) []error {
	in.request = ctx
	return nil
}

// binary is bytes that are written in JSON as base64url without padding (RFC 4648, 5).
// Bounds in tags are of the text.
type binary []byte

// base64URL refuses line breaks and stray bits, so that there is one way to write each value.
var base64URL = base64.RawURLEncoding.Strict()

// MarshalText writes the bytes.
func (b binary) MarshalText() ([]byte, error) { return base64URL.AppendEncode(nil, b), nil }

// UnmarshalText reads the bytes. The error does not repeat them.
func (b *binary) UnmarshalText(text []byte) error {
	decoded, err := base64URL.AppendDecode(nil, text)
	if err != nil || bytes.ContainsAny(text, "\r\n") {
		return errors.New("no base64url without padding")
	}
	*b = decoded
	return nil
}

// Schema describes the text; huma asks for it.
func (binary) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, ContentEncoding: "base64url", Pattern: "^[A-Za-z0-9_-]*$"}
}

// describeJSON describes the JSON body of a registered operation and says how large it may be.
func describeJSON[T any](api huma.API, operation huma.Operation, limit int) {
	document := api.OpenAPI()
	item := document.Paths[operation.Path]
	at := map[string]*huma.Operation{http.MethodPost: item.Post, http.MethodPut: item.Put}[operation.Method]
	at.RequestBody = &huma.RequestBody{
		Description: fmt.Sprintf("JSON, at most %d KiB. Unknown fields and fields given twice are refused.", limit>>10),
		Required:    true,
		Content:     map[string]*huma.MediaType{"application/json": {Schema: document.Components.Schemas.Schema(reflect.TypeFor[T](), true, "")}},
	}
	describeBound(at, limit)
}

// bodyBound writes how many bytes a body may have (draft-ietf-httpapi-ratelimit-headers-11). It has
// no window, since it is a bound of each request by itself.
func bodyBound(limit int) string { return fmt.Sprintf(`"body";q=%d;qu="content-bytes"`, limit) }

// describeBound says in the document what a body that is too large is told.
func describeBound(operation *huma.Operation, limit int) {
	operation.Responses[strconv.Itoa(BodyTooLarge.status())].Headers[ratePolicyHeader] = &huma.Param{
		Description: "How many bytes the body of this request may have (draft-ietf-httpapi-ratelimit-headers-11). It does not help to try again.",
		Schema:      &huma.Schema{Type: huma.TypeString}, Example: bodyBound(limit),
	}
}

// notTaken refuses a body that was not even looked at. One that is too large is told the bound.
func (s *service) notTaken(slug Slug, limit int, language questionnaire.Language) error {
	problem := s.problems.new(slug, language)
	if slug != BodyTooLarge {
		return problem
	}
	header := make(http.Header)
	header.Set(ratePolicyHeader, bodyBound(limit))
	return huma.ErrorWithHeaders(problem, header)
}

// readBody reads a JSON body of at most limit bytes. It refuses what describeJSON's schema
// refuses, each field in words of the language and without its value. The error is a problem.
func readBody[T any](s *service, request huma.Context, limit int, language questionnaire.Language) (*T, error) {
	raw, slug := receiveJSON(request, limit)
	defer func() { clear(raw) }()
	if slug != "" {
		return nil, s.notTaken(slug, limit, language)
	}
	value := new(T)
	status, refused := s.decodeJSON(raw, value)
	if len(refused) > 0 {
		return nil, s.refusedBody(refused, status, language)
	}
	return value, nil
}

// receiveJSON returns the bytes of a body, or the kind of problem with it. What did come of
// a body that broke off is no JSON.
func receiveJSON(request huma.Context, limit int) ([]byte, Slug) {
	if !isJSON(request.Header("Content-Type")) || request.Header("Content-Encoding") != "" {
		return nil, UnsupportedMediaType
	}
	raw, err := io.ReadAll(io.LimitReader(request.BodyReader(), int64(limit)+1))
	switch {
	case len(raw) > limit:
		return raw, BodyTooLarge
	case err != nil:
		return append(raw, 0), ""
	}
	return raw, ""
}

// decodeJSON fills the value, or says what is wrong: all fields at once where the JSON can
// be followed.
func (s *service) decodeJSON(raw []byte, value any) (status int, refused []refusal) {
	whole := func(expected saying) (int, []refusal) {
		return http.StatusBadRequest, []refusal{{slug: InvalidBody, expected: expected}}
	}
	switch {
	case len(bytes.TrimSpace(raw)) == 0:
		return whole(saysEmpty)
	case tooDeep(raw):
		return whole(saysTooDeep)
	}
	var loose any
	if err := json.Unmarshal(raw, &loose); errors.As(err, new(*json.SemanticError)) {
		return http.StatusUnprocessableEntity, []refusal{misread(err)} // a number that nothing can hold
	} else if err != nil {
		return brokenJSON(err)
	}
	if refused := s.invalid(loose, reflect.TypeOf(value)); len(refused) > 0 {
		return http.StatusUnprocessableEntity, refused
	}
	if err := json.Unmarshal(raw, value, json.RejectUnknownMembers(true)); err != nil {
		return http.StatusUnprocessableEntity, []refusal{misread(err)}
	}
	return http.StatusOK, nil
}

// brokenJSON says why JSON can't be followed.
func brokenJSON(err error) (status int, refused []refusal) {
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) && errors.Is(syntactic.Err, jsontext.ErrDuplicateName) {
		parent, name := string(syntactic.JSONPointer.Parent()), syntactic.JSONPointer.LastToken()
		if speakablePointer(parent) {
			return http.StatusUnprocessableEntity, []refusal{{slug: DuplicateField, pointer: pointerTo(parent, name)}}
		}
	}
	return http.StatusBadRequest, []refusal{{slug: InvalidBody, expected: saysSyntax}}
}

// misread says which field the schema allowed and the type did not.
func misread(err error) refusal {
	r := refusal{slug: WrongKind, expected: saysForm}
	var semantic *json.SemanticError
	if !errors.As(err, &semantic) {
		return r
	}
	if errors.Is(err, json.ErrUnknownName) {
		r = refusal{slug: UnknownField}
	}
	if parent, name := string(semantic.JSONPointer.Parent()), semantic.JSONPointer.LastToken(); speakablePointer(parent) {
		r.pointer = pointerTo(parent, name)
	}
	return r
}

// invalid compares a parsed body with the schema of the type.
func (s *service) invalid(parsed any, of reflect.Type) []refusal {
	path := huma.NewPathBuffer(nil, 0)
	var result huma.ValidateResult
	huma.Validate(s.registry, s.registry.Schema(of.Elem(), true, ""), path, huma.ModeWriteToServer, parsed, &result)
	var refused []refusal
	for _, err := range result.Errors {
		var detail *huma.ErrorDetail
		if errors.As(err, &detail) {
			refused = append(refused, refuseDetail(detail))
		}
	}
	slices.SortFunc(refused, func(a, b refusal) int { return strings.Compare(a.pointer+string(a.slug), b.pointer+string(b.slug)) })
	return refused
}

// refuseDetail puts an error of huma's into our words, without its value.
func refuseDetail(detail *huma.ErrorDetail) refusal {
	pointer := ""
	for name := range strings.SplitSeq(detail.Location, ".") {
		pointer = pointerTo(pointer, name)
	}
	before, after, _ := strings.Cut(validation.MsgExpectedRequiredProperty, "%s")
	missing, isMissing := strings.CutPrefix(detail.Message, before)
	switch {
	case isMissing && strings.HasSuffix(missing, after):
		return refusal{slug: MissingField, pointer: pointerTo(pointer, strings.TrimSuffix(missing, after))}
	case detail.Message == validation.MsgUnexpectedProperty:
		return refusal{slug: UnknownField, pointer: pointer}
	case detail.Message == validation.MsgExpectedObject:
		return refusal{slug: WrongKind, pointer: pointer, expected: saysObject}
	}
	return refusal{slug: WrongKind, pointer: pointer, expected: saysForm}
}
