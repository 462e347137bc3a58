package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/account"
)

// StartRequest is what POST /sessions/start takes.
type StartRequest struct {
	Email string `json:"email" doc:"The counsellor's address, of ASCII characters." example:"ana.kos@primer.si" maxLength:"254"`
}

// SessionStart says how to stretch a password.
type SessionStart struct {
	KDF  KDF    `json:"kdf" doc:"The function and its parameters. Clients refuse weaker ones."`
	Salt binary `json:"salt" doc:"16 bytes, which seldom change; an address without an account has some too." example:"EBESExQVFhcYGRobHB0eHw" maxLength:"22"`
}

// KDF is scrypt (RFC 7914) with its parameters.
type KDF struct {
	Name string `json:"name" doc:"The function." example:"scrypt" maxLength:"16"`
	N    int    `json:"n" doc:"Its cost." example:"131072"`
	R    int    `json:"r" doc:"Its block size." example:"8"`
	P    int    `json:"p" doc:"Its parallelism." example:"1"`
}

func passwordKDF() KDF {
	kdf := account.PasswordKDF()
	return KDF{Name: kdf.Name, N: kdf.N, R: kdf.R, P: kdf.P}
}

// Proof is a password and a code.
type Proof struct {
	Auth binary `json:"auth" doc:"HKDF of the stretched password for counsellor/auth: 32 bytes." example:"V_a02fYBz7-8Uw05EYcaX_bVfzMRAj3dZUOA79jW1dE" minLength:"43" maxLength:"43"`
	Code string `json:"code" doc:"The one-time code, or a recovery code." example:"123456" minLength:"1" maxLength:"32"`
}

func (p Proof) proof() account.Proof { return account.Proof{Auth: account.Auth(p.Auth), Code: p.Code} }

// SignInRequest is what POST /sessions takes.
type SignInRequest struct {
	Email string `json:"email" doc:"The counsellor's address, of ASCII characters." example:"ana.kos@primer.si" maxLength:"254"`
	Proof
}

// SignedIn is what a counsellor gets who signs in.
type SignedIn struct {
	AccessToken
	SealedKey binary `json:"sealed_key" doc:"The private key, an age file that the password unlocks." example:"YWdlLWVuY3J5cHRpb24ub3JnL3YxCg" maxLength:"87382"`
	Recipient string `json:"recipient" doc:"The public key." example:"age1pq1xyz" maxLength:"1959"`
}

// signInOutput is the output of POST /sessions.
type signInOutput struct {
	SetCookie string `header:"Set-Cookie" doc:"The refresh token: HttpOnly, Secure, SameSite=Strict."`
	Body      SignedIn
}

// SessionList is the sessions of a counsellor.
type SessionList struct {
	Sessions []SessionEntry `json:"sessions" doc:"Those that began in the last 30 days, newest first." maxItems:"1000"`
}

// SessionEntry is one session.
type SessionEntry struct {
	ID       account.SessionID `json:"id" doc:"Its id." example:"0d3f8f0e-3c1b-4f5e-8b7a-5d2c9e6a1f34" maxLength:"36"`
	Current  bool              `json:"current" doc:"Whether it is this one." example:"true"`
	Started  time.Time         `json:"started" doc:"When it began." example:"2026-11-24T08:00:00Z" maxLength:"40"`
	LastUsed time.Time         `json:"last_used" doc:"When it was last refreshed." example:"2026-11-24T09:30:00Z" maxLength:"40"`
	Ends     time.Time         `json:"ends" doc:"When it ends at the latest, or ended." example:"2026-11-24T18:00:00Z" maxLength:"40"`
	Ended    account.EndCause  `json:"ended,omitempty" doc:"Why it has ended; absent while it goes on. reuse: a refresh token came twice, so someone else may have had a copy." example:"signed-out" enum:"signed-out,ended,reuse,password-changed,key-replaced,account-disabled,totp-reset,idle,expired"`
}

// sessionInput is the address of a session.
type sessionInput struct {
	Localised
	withBody
	Session string `path:"session" doc:"The session's id." example:"0d3f8f0e-3c1b-4f5e-8b7a-5d2c9e6a1f34" maxLength:"64"`
}

// registerSessions adds what begins, lists and ends sessions.
func (s *service) registerSessions(api huma.API) {
	start := huma.Operation{
		OperationID: "start-session", Method: http.MethodPost, Path: "/api/v1/sessions/start", Tags: []string{tagCounsellors},
		Summary:     "Ask how to stretch the password",
		Description: "Answers the same way for every address, so that nobody learns which have an account.",
		Responses:   s.problemResponses(BodyTooLarge, UnsupportedMediaType, InvalidBody, InvalidParameter, Unavailable),
	}
	huma.Register(api, start, s.startSession)
	describeJSON[StartRequest](api, start, maxSmallBody)

	signIn := huma.Operation{
		OperationID: "sign-in", Method: http.MethodPost, Path: "/api/v1/sessions", Tags: []string{tagCounsellors},
		Summary: "Sign in",
		Description: "Every refusal is the same, whatever is wrong. A one-time code works once. After five wrong ones with the right password " +
			"no more are looked at for 15 minutes; recovery codes are.",
		Responses: s.problemResponses(WrongCredentials, BodyTooLarge, UnsupportedMediaType, InvalidBody, InvalidParameter, Unavailable),
	}
	huma.Register(api, signIn, s.signIn)
	describeJSON[SignInRequest](api, signIn, maxSmallBody)
	s.registerRefresh(api)

	huma.Register(api, huma.Operation{
		OperationID: "list-sessions", Method: http.MethodGet, Path: "/api/v1/sessions", Tags: []string{tagCounsellors}, Security: counsellorOnly(),
		Summary:     "List my sessions",
		Description: "Those that go on, and why the others ended.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, SessionEnded, InvalidParameter, Unavailable),
	}, s.listSessions)
	huma.Register(api, huma.Operation{
		OperationID: "end-session", Method: http.MethodDelete, Path: "/api/v1/sessions/{session}", Tags: []string{tagCounsellors}, Security: counsellorOnly(),
		Summary: "End one of my sessions", DefaultStatus: http.StatusNoContent,
		Description: "Its access token is worth nothing from then on.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, SessionEnded, NotFound, InvalidParameter, Unavailable),
	}, s.endSession)
}

// startSession answers POST /sessions/start.
func (s *service) startSession(ctx context.Context, in *counsellorInput) (*answerOf[SessionStart], error) {
	language := in.language(s.languages)
	body, err := readBody[StartRequest](s, in.request, maxSmallBody, language)
	if err != nil {
		return nil, err
	}
	email, err := account.ParseEmail(body.Email)
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, language)
	}
	salt, err := s.accounts.SaltOf(ctx, email)
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, language)
	}
	return &answerOf[SessionStart]{Body: SessionStart{KDF: passwordKDF(), Salt: salt[:]}}, nil
}

// signIn answers POST /sessions.
func (s *service) signIn(ctx context.Context, in *counsellorInput) (*signInOutput, error) {
	language := in.language(s.languages)
	body, err := readBody[SignInRequest](s, in.request, maxSmallBody, language)
	if err != nil {
		return nil, err
	}
	email, err := account.ParseEmail(body.Email)
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, language)
	}
	right, err := s.attempt(in.request, email, body.proof(), language)
	if err != nil {
		return nil, err
	}
	signed, err := s.accounts.SignIn(ctx, email, body.proof())
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, language)
	}
	right()
	access, err := s.accessToken(signed.Caller)
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, language)
	}
	return &signInOutput{
		SetCookie: setRefresh(signed.Refresh),
		Body:      SignedIn{AccessToken: access, SealedKey: signed.SealedKey, Recipient: signed.Recipient},
	}, nil
}

// listSessions answers GET /sessions.
func (s *service) listSessions(ctx context.Context, in *counsellorInput) (*answerOf[SessionList], error) {
	who, err := s.signedIn(in.request)
	if err != nil {
		return nil, err
	}
	found, err := s.accounts.Sessions(ctx, who)
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, in.language(s.languages))
	}
	list := SessionList{Sessions: make([]SessionEntry, 0, len(found))}
	for _, one := range found {
		list.Sessions = append(list.Sessions, sessionEntry(one, who))
	}
	return &answerOf[SessionList]{Body: list}, nil
}

func sessionEntry(one account.Session, who account.Caller) SessionEntry {
	entry := SessionEntry{
		ID: one.ID, Current: one.ID == who.Session, Started: one.Started, LastUsed: one.LastUsed, Ends: one.Ends, Ended: one.Cause,
	}
	if !one.Ended.IsZero() {
		entry.Ends = one.Ended
	}
	return entry
}

// endSession answers DELETE /sessions/{session}.
func (s *service) endSession(ctx context.Context, in *sessionInput) (*noBody, error) {
	who, err := s.signedIn(in.request)
	if err != nil {
		return nil, err
	}
	if err := s.accounts.EndSession(ctx, who, account.SessionID(in.Session)); err != nil {
		return nil, s.refusedByAccount(ctx, err, in.language(s.languages))
	}
	return nil, nil
}
