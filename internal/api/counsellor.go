package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"predah/internal/account"
	"predah/internal/limit"
	"predah/internal/questionnaire"
	"predah/internal/token"
)

// counsellorInput is the input of an operation of counsellors: its body and its token are
// read from the request.
type counsellorInput struct {
	Localised
	withBody
}

// signedIn reads who calls. Whether the session goes on and the account is active, the rules
// of accounts ask with everything they do.
func (s *service) signedIn(request huma.Context) (account.Caller, error) {
	claims, err := s.claims(request, token.Counsellor)
	if err != nil {
		return account.Caller{}, err
	}
	language := s.languages.of(humagin.Unwrap(request).Request)
	if err := s.counted(request.Context(), limit.Call{Rule: oneAccountRule, Who: claims.Subject}, language); err != nil {
		return account.Caller{}, err
	}
	return account.Caller{Account: account.ID(claims.Subject), Session: account.SessionID(claims.Session)}, nil
}

// AccessToken is an access token of a counsellor.
type AccessToken struct {
	Token     string     `json:"token" doc:"For the header Authorization: Bearer." example:"eyJhbGciOiJFZERTQSJ9.e30.c2ln" maxLength:"4096"`
	ExpiresIn int        `json:"expires_in" doc:"For how many seconds." example:"600"`
	Account   account.ID `json:"account" doc:"The id of the account." example:"5f0c2f64-6c5e-4b7e-9c3d-2a8f4f1b7d10" maxLength:"36"`
}

// accessToken makes an access token for one session.
func (s *service) accessToken(caller account.Caller) (AccessToken, error) {
	raw, err := s.tokens.Issue(token.Counsellor, token.Claims{Subject: string(caller.Account), Session: string(caller.Session)})
	return AccessToken{Token: raw, ExpiresIn: int(token.Counsellor.Life().Seconds()), Account: caller.Account}, err
}

// accountSlugs says as which problem each refusal of an account's rules is told.
func accountSlugs() map[error]Slug {
	return map[error]Slug{
		account.ErrNotFound:          NotFound,
		account.ErrUnknownInvitation: UnknownInvitation,
		account.ErrWrongCredentials:  WrongCredentials,
		account.ErrUnauthenticated:   Unauthenticated,
		account.ErrSessionEnded:      SessionEnded,
		account.ErrSealedKey:         NotSealed,
		account.ErrTooManyLinks:      Quota,
	}
}

// accountFields says which field each refusal of a value is about.
func accountFields() map[error]refusal {
	return map[error]refusal{
		account.ErrEmail:     {slug: WrongKind, pointer: "/email", expected: saysEmail},
		account.ErrSecret:    {slug: WrongKind, pointer: "/totp_secret", expected: saysFactor},
		account.ErrLabel:     {slug: WrongKind, pointer: "/label", expected: saysLine},
		account.ErrCode:      {slug: WrongKind, pointer: "/totp_code", expected: saysFirstCode},
		account.ErrRecipient: {slug: WrongKind, pointer: "/recipient", expected: saysRecipient},
		account.ErrEnds:      {slug: OutOfBounds, pointer: "/ends", expected: saysEnds},
	}
}

// refusedByAccount tells why the rules of accounts refused a call.
func (s *service) refusedByAccount(ctx context.Context, err error, language questionnaire.Language) error {
	for cause, field := range accountFields() {
		if errors.Is(err, cause) {
			return s.refusedBody([]refusal{field}, http.StatusUnprocessableEntity, language)
		}
	}
	for cause, slug := range accountSlugs() {
		switch {
		case !errors.Is(err, cause):
		case slug.status() == http.StatusUnauthorized:
			return s.unauthorized(slug, language)
		default:
			return s.problems.new(slug, language)
		}
	}
	return s.unavailable(ctx, Unavailable, err, language)
}
