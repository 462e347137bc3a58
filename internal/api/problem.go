package api

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"predah/internal/limit"
	"predah/internal/questionnaire"
)

// Slug names a kind of problem; it is stable, and the last part of a problem's type.
type Slug string

// The kinds of problems that an answer can have.
const (
	UnknownQuestionnaire Slug = "unknown-questionnaire"
	UnknownVersion       Slug = "unknown-version"
	NotFound             Slug = "not-found"
	MethodNotAllowed     Slug = "method-not-allowed"
	BadRequest           Slug = "bad-request"
	AddressTooLong       Slug = "address-too-long"
	HeadersTooLarge      Slug = "headers-too-large"
	Unauthenticated      Slug = "unauthenticated"
	TokenExpired         Slug = "token-expired"
	SessionEnded         Slug = "session-ended"
	WrongCredentials     Slug = "wrong-credentials"
	CrossSite            Slug = "cross-site"
	UnknownInvitation    Slug = "unknown-invitation"
	WrongVersion         Slug = "wrong-version"
	BodyTooLarge         Slug = "body-too-large"
	UnsupportedMediaType Slug = "unsupported-media-type"
	InvalidBody          Slug = "invalid-body"
	InvalidParameter     Slug = "invalid-parameter"
	InvalidAnswers       Slug = "invalid-answers"
	VaultID              Slug = "vault-id"
	IDTime               Slug = "id-time"
	NotSealed            Slug = "not-sealed"
	Conflict             Slug = "conflict"
	Deleted              Slug = "deleted"
	Quota                Slug = "quota"
	RecipientUnavailable Slug = "recipient-unavailable"
	RecipientBusy        Slug = "recipient-busy"
	TooManyRequests      Slug = "too-many-requests"
	SavingPaused         Slug = "saving-paused"
	StorageFull          Slug = "storage-full"
	NotRecorded          Slug = "not-recorded"
	Unavailable          Slug = "unavailable"
	Internal             Slug = "internal"
)

// The kinds of problems that one field can have.
const (
	UnknownItem    Slug = "unknown-item"
	HiddenItem     Slug = "hidden-item"
	MissingAnswer  Slug = "missing-answer"
	UnknownOption  Slug = "unknown-option"
	OutOfBounds    Slug = "out-of-bounds"
	WrongKind      Slug = "wrong-kind"
	UnknownField   Slug = "unknown-field"
	DuplicateField Slug = "duplicate-field"
	MissingField   Slug = "missing-field"
)

// slugs lists every kind of problem, in the order of the docs page.
func slugs() []Slug {
	return []Slug{
		UnknownQuestionnaire, UnknownVersion, NotFound, MethodNotAllowed,
		BadRequest, AddressTooLong, HeadersTooLarge,
		Unauthenticated, TokenExpired, SessionEnded, WrongCredentials, CrossSite, UnknownInvitation,
		WrongVersion, BodyTooLarge,
		UnsupportedMediaType, InvalidBody, InvalidParameter, InvalidAnswers,
		VaultID, IDTime, NotSealed, Conflict, Deleted, Quota, RecipientUnavailable, RecipientBusy,
		TooManyRequests, SavingPaused, StorageFull, NotRecorded, Unavailable, Internal,
		UnknownItem, HiddenItem, MissingAnswer, UnknownOption, OutOfBounds, WrongKind,
		UnknownField, DuplicateField, MissingField,
	}
}

// status returns the HTTP status of a problem, 0 for the problem of one field.
func (s Slug) status() int {
	switch s {
	case UnknownQuestionnaire, UnknownVersion, NotFound, UnknownInvitation, RecipientUnavailable:
		return http.StatusNotFound
	case Unauthenticated, TokenExpired, SessionEnded, WrongCredentials:
		return http.StatusUnauthorized
	case CrossSite:
		return http.StatusForbidden
	case MethodNotAllowed:
		return http.StatusMethodNotAllowed
	case BadRequest:
		return http.StatusBadRequest
	case AddressTooLong:
		return http.StatusRequestURITooLong
	case HeadersTooLarge:
		return http.StatusRequestHeaderFieldsTooLarge
	case WrongVersion, Conflict:
		return http.StatusConflict
	case BodyTooLarge:
		return http.StatusRequestEntityTooLarge
	case UnsupportedMediaType:
		return http.StatusUnsupportedMediaType
	case InvalidBody, InvalidParameter, InvalidAnswers, VaultID, IDTime, NotSealed:
		return http.StatusUnprocessableEntity
	case Deleted:
		return http.StatusGone
	case Quota:
		return http.StatusForbidden
	case TooManyRequests, RecipientBusy:
		return http.StatusTooManyRequests
	case SavingPaused, NotRecorded, Unavailable:
		return http.StatusServiceUnavailable
	case StorageFull:
		return http.StatusInsufficientStorage
	case Internal:
		return http.StatusInternalServerError
	}
	return 0
}

// path is where the page about the problem is; it is the problem's type.
func (s Slug) path() string { return "/api/docs/problems/" + string(s) }

// Problem is the body of every error answer, as RFC 9457 has it. It never carries
// a value that was submitted.
type Problem struct {
	Type           string       `json:"type" doc:"What kind of problem it is: the address of a page that explains it. Stable." example:"/api/docs/problems/invalid-answers" format:"uri-reference" maxLength:"128"`
	Title          string       `json:"title" doc:"The kind of problem in a few words, in the caller's language." example:"The answers cannot be scored" maxLength:"200"`
	Status         int          `json:"status" doc:"The HTTP status of the answer." example:"422" minimum:"400" maximum:"599"`
	Detail         string       `json:"detail" doc:"What is wrong, in one or two sentences in the caller's language." example:"At least one answer does not fit the questionnaire. The errors field has the details." maxLength:"500"`
	Reason         string       `json:"reason,omitempty" doc:"By which limit a call was refused, without when to come again, which Retry-After says; only of 429." example:"Too many requests came from this network in a short time (120 in 1 min)." maxLength:"400"`
	Instance       string       `json:"instance,omitempty" doc:"A mark to tell the operator; only of internal problems." example:"urn:predah:problem:9f86d081884c7d65" format:"uri-reference" maxLength:"64"`
	CurrentVersion string       `json:"current_version,omitempty" doc:"The version of the questionnaire that can be scored; only of wrong-version." example:"1.0.0" maxLength:"32"`
	Errors         []FieldError `json:"errors,omitempty" doc:"Each field that is wrong, in the order found; at most 100." maxItems:"100"`
}

// FieldError is what is wrong with one field or parameter.
type FieldError struct {
	Pointer   string `json:"pointer,omitempty" doc:"The field of the request body, as a JSON pointer (RFC 6901); absent for the body as a whole." example:"/answers/bit-more" format:"json-pointer" maxLength:"200"`
	Parameter string `json:"parameter,omitempty" doc:"The parameter of the address, where it is one." example:"age" maxLength:"64"`
	Type      string `json:"type" doc:"What kind of problem it is: the address of a page that explains it. Stable." example:"/api/docs/problems/unknown-option" format:"uri-reference" maxLength:"128"`
	Message   string `json:"message" doc:"What is expected, in the caller's language." example:"The options have no such code." maxLength:"500"`
}

// maxFieldErrors is how many field errors a problem lists at most.
const maxFieldErrors = 100

// Error returns the detail, which names no submitted value.
func (p *Problem) Error() string { return p.Detail }

// GetStatus returns the HTTP status; huma sends it.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType returns the media type of a problem; huma sends it.
func (p *Problem) ContentType(string) string { return problemMediaType }

// problemMediaType is the media type of a problem in JSON.
const problemMediaType = "application/problem+json"

// problems makes problems in the language of the caller.
type problems struct {
	texts map[questionnaire.Language]*texts
}

// new returns a problem of the kind, in the language.
func (ps *problems) new(slug Slug, language questionnaire.Language, errors ...FieldError) *Problem {
	text := ps.texts[language].Problems[slug]
	if len(errors) > maxFieldErrors {
		errors = errors[:maxFieldErrors]
	}
	return &Problem{
		Type: slug.path(), Title: text.Title, Status: slug.status(), Detail: text.Detail, Errors: errors,
	}
}

// tooMany returns the problem of a call that a limit refuses, which says by which limit, how much
// it allows, and when to come again.
func (ps *problems) tooMany(slug Slug, refusal *limit.Refusal, language questionnaire.Language) *Problem {
	problem, texts := ps.new(slug, language), ps.texts[language].Limits
	why, own := texts[refusal.Rule.Name]
	if !own {
		why = texts[limitsDefault]
	}
	filled := strings.NewReplacer(
		"{calls}", strconv.Itoa(refusal.Rule.Calls), "{window}", inUnits(refusal.Rule.Window), "{wait}", inUnits(refusal.RetryAfter),
	)
	problem.Reason = filled.Replace(why)
	problem.Detail = problem.Reason + " " + filled.Replace(texts[limitsAgain])
	return problem
}

// The texts of limits that are not of one by name.
const (
	limitsDefault = "address" // of all that count an address
	limitsAgain   = "again"   // when to come again
)

// inUnits writes how long something takes by the signs of units, which are the same in every
// language and number: in seconds below a minute, in minutes below an hour and a half, else in hours, rounded up.
func inUnits(d time.Duration) string {
	for _, unit := range []struct {
		of    time.Duration
		below time.Duration
		sign  string
	}{{time.Second, time.Minute, "s"}, {time.Minute, 90 * time.Minute, "min"}} {
		if d < unit.below {
			return strconv.Itoa(int((d+unit.of-1)/unit.of)) + "\u00a0" + unit.sign
		}
	}
	return strconv.Itoa(int((d+time.Hour-1)/time.Hour)) + "\u00a0h"
}

// field returns what is wrong with one field of a body; an empty message means the
// slug's own sentence.
func (ps *problems) field(slug Slug, language questionnaire.Language, pointer, message string) FieldError {
	if message == "" {
		message = ps.texts[language].Problems[slug].Detail
	}
	return FieldError{Pointer: pointer, Type: slug.path(), Message: message}
}
