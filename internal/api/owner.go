package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/limit"
	"predah/internal/questionnaire"
	"predah/internal/vault"
)

// VaultInput is the address of a vault, and the request. It is exported for huma, which reads
// parameters from exported parts only.
type VaultInput struct {
	Localised
	withBody
	Vault string `path:"vault" doc:"The vault's id: 26 characters of lower-case base32." example:"xv4yvawaimriaclixjbnjs4mla"`
}

// id is the id in the address. An id that no vault can have is only never found.
func (in *VaultInput) id() vault.ID { return vault.ID(in.Vault) }

// owner returns the session of the vault in the address. A token of another vault finds
// nothing, whether or not this one is there.
func (s *service) owner(in *VaultInput) (vault.Session, error) {
	session, err := s.vaultSession(in.request)
	switch language := in.language(s.languages); {
	case err != nil:
		return vault.Session{}, err
	case session.Vault != in.id():
		return vault.Session{}, s.problems.new(NotFound, language)
	default:
		return session, s.counted(in.request.Context(), limit.Call{Rule: oneVaultRule, Who: in.Vault}, language)
	}
}

// vaultSlugs says as which problem each refusal of a vault's rules is told.
func vaultSlugs() map[error]Slug {
	return map[error]Slug{
		vault.ErrNotFound:             NotFound,
		vault.ErrWrongAuth:            WrongCredentials,
		vault.ErrOldEpoch:             Unauthenticated,
		vault.ErrVaultID:              VaultID,
		vault.ErrIDTime:               IDTime,
		vault.ErrNotSealed:            NotSealed,
		vault.ErrConflict:             Conflict,
		vault.ErrDeleted:              Deleted,
		vault.ErrQuota:                Quota,
		vault.ErrRecipientUnavailable: RecipientUnavailable,
		vault.ErrNotRecorded:          NotRecorded,
	}
}

// refusedByVault tells why the rules of vaults refused a call.
func (s *service) refusedByVault(ctx context.Context, err error, language questionnaire.Language) error {
	var busy *vault.BusyError
	switch {
	case errors.As(err, &busy):
		slug := TooManyRequests
		if busy.Limit == vault.LimitNewShare || busy.Limit == vault.LimitLiveShare {
			slug = RecipientBusy
		}
		rule := limit.Rule{Name: busy.Limit, Calls: busy.Calls, Window: busy.Window}
		return s.tooMany(slug, &limit.Refusal{Rule: rule, RetryAfter: busy.RetryAfter}, language)
	case errors.Is(err, vault.ErrTooLarge):
		return s.notTaken(BodyTooLarge, vault.MaxSealed, language)
	case errors.Is(err, vault.ErrExpiry):
		return s.refusedBody([]refusal{{slug: OutOfBounds, pointer: "/expires", expected: saysExpires}}, http.StatusUnprocessableEntity, language)
	}
	for refusal, slug := range vaultSlugs() {
		switch {
		case !errors.Is(err, refusal):
		case slug.status() == http.StatusUnauthorized:
			return s.unauthorized(slug, language)
		case slug.status() == http.StatusServiceUnavailable:
			return s.unavailable(ctx, slug, err, language)
		default:
			return s.problems.new(slug, language)
		}
	}
	return s.unavailable(ctx, Unavailable, err, language)
}

// retryAfter says in whole seconds when to come again.
func retryAfter(d time.Duration) http.Header {
	return http.Header{"Retry-After": {strconv.Itoa(int((d + time.Second - 1) / time.Second))}}
}

// statusOf is 201 for what is new and 200 for what was there.
func statusOf(outcome vault.Outcome) int {
	if outcome == vault.Made {
		return http.StatusCreated
	}
	return http.StatusOK
}

// madeOutput is the output of a PUT that answers without a body.
type madeOutput struct{ Status int }

// putResponses describes the problems of a PUT, and that it may find the same there.
func (s *service) putResponses(slugs ...Slug) map[string]*huma.Response {
	responses := s.problemResponses(slugs...)
	responses["200"] = &huma.Response{Description: "The same is there already: nothing has changed."}
	return responses
}

// noBody is what an operation returns that has nothing to say.
type noBody struct{}

// dayOf writes a day.
func dayOf(day time.Time) string { return day.Format(time.DateOnly) }
