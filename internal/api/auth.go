package api

import (
	"context"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"predah/internal/account"
	"predah/internal/questionnaire"
	"predah/internal/token"
	"predah/internal/vault"
)

// The names of the security schemes in the OpenAPI document, one for each audience.
const (
	schemeVault      = "vault"
	schemeCounsellor = "counsellor"
)

// securitySchemes describes both kinds of access tokens.
func securitySchemes() map[string]*huma.SecurityScheme {
	bearer := func(description string) *huma.SecurityScheme {
		return &huma.SecurityScheme{Type: "http", Scheme: "bearer", BearerFormat: "JWT", Description: description}
	}
	return map[string]*huma.SecurityScheme{
		schemeVault:      bearer("The access token of a vault, from POST /api/v1/vaults/{vault}/token."),
		schemeCounsellor: bearer("The access token of a counsellor, from POST /api/v1/sessions."),
	}
}

// claims reads the access token of a call that is for the audience. The error is a problem.
func (s *service) claims(request huma.Context, audience token.Audience) (token.Claims, error) {
	language := s.languages.of(humagin.Unwrap(request).Request)
	raw, given := bearer(request)
	if !given {
		return token.Claims{}, s.unauthorized(Unauthenticated, language)
	}
	claims, err := s.tokens.Verify(audience, raw)
	switch {
	case errors.Is(err, token.ErrExpired):
		return token.Claims{}, s.unauthorized(TokenExpired, language)
	case err != nil:
		return token.Claims{}, s.unauthorized(Unauthenticated, language)
	}
	return claims, nil
}

// bearer returns the token of the Authorization header (RFC 6750, 2.1), if there is exactly one.
func bearer(request huma.Context) (string, bool) {
	var all []string
	request.EachHeader(func(name, value string) {
		if strings.EqualFold(name, "Authorization") {
			all = append(all, value)
		}
	})
	if len(all) != 1 {
		return "", false
	}
	scheme, raw, found := strings.Cut(all[0], " ")
	return raw, found && strings.EqualFold(scheme, "Bearer")
}

// unauthorized is a problem of status 401, with the header that tells how to get access.
func (s *service) unauthorized(slug Slug, language questionnaire.Language) error {
	return huma.ErrorWithHeaders(s.problems.new(slug, language), http.Header{"Www-Authenticate": {"Bearer"}})
}

// vaultSession reads whose vault a call is about. Whether it is still there and in the same
// life, the rules of vaults ask with everything they do.
func (s *service) vaultSession(request huma.Context) (vault.Session, error) {
	claims, err := s.claims(request, token.Vault)
	if err != nil {
		return vault.Session{}, err
	}
	session := vault.Session{Vault: vault.ID(claims.Subject)}
	if epoch, err := base64.RawURLEncoding.DecodeString(claims.Session); err == nil {
		copy(session.Epoch[:], epoch)
	}
	return session, nil
}

// issueVault makes an access token for a vault, and says how long it is valid.
func (s *service) issueVault(session vault.Session) (raw string, lasts time.Duration, err error) {
	epoch := base64.RawURLEncoding.EncodeToString(session.Epoch[:])
	raw, err = s.tokens.Issue(token.Vault, token.Claims{Subject: string(session.Vault), Session: epoch})
	return raw, token.Vault.Life(), err
}

// counsellor reads which counsellor a call comes from, and asks whether the session still lives and
// the account is active. The error is a problem.
func (s *service) counsellor(ctx context.Context, request huma.Context) (account.Caller, error) {
	caller, err := s.signedIn(request)
	if err != nil {
		return account.Caller{}, err
	}
	if err := s.accounts.Check(ctx, caller); err != nil {
		return account.Caller{}, s.refusedByAccount(ctx, err, s.languages.of(humagin.Unwrap(request).Request))
	}
	return caller, nil
}

// unavailable tells that the database can't do its work now and when to come again, and
// logs why.
func (s *service) unavailable(ctx context.Context, slug Slug, err error, language questionnaire.Language) error {
	s.logger.LogAttrs(ctx, slog.LevelError, "the database can't do its work", slog.String("cause", err.Error()))
	wait := defaultRetry
	if fault := (interface{ RetryAfter() time.Duration })(nil); errors.As(err, &fault) {
		wait = fault.RetryAfter()
	}
	return huma.ErrorWithHeaders(s.problems.new(slug, language), retryAfter(wait))
}

// defaultRetry is when it is worth trying again after a failure that says nothing of that.
const defaultRetry = 5 * time.Second

// ownerOnly is the security of operations of a vault's owner.
func ownerOnly() []map[string][]string { return []map[string][]string{{schemeVault: {}}} }

// counsellorOnly is the security of operations of counsellors.
func counsellorOnly() []map[string][]string { return []map[string][]string{{schemeCounsellor: {}}} }
