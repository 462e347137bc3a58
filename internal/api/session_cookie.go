package api

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"predah/internal/account"
)

// refreshCookie is the only cookie. Browsers take a name with this beginning only from the
// host itself, with Secure and for all of its paths; those on http://localhost too.
const refreshCookie = "__Host-predah-refresh"

// setRefresh is the Set-Cookie header that hands out a refresh token. Once the session is idle the
// token opens nothing, but the browser goes on being known by it: strangers on the same network don't
// keep its counsellor from signing in. Signing out takes it back.
func setRefresh(refresh account.Token) string {
	return cookie(refresh.Text(), int(account.KnownFor.Seconds()))
}

// clearRefresh is the Set-Cookie header that takes it back.
func clearRefresh() string { return cookie("", -1) }

func cookie(value string, seconds int) string {
	c := http.Cookie{
		Name: refreshCookie, Value: value, Path: "/", MaxAge: seconds,
		Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode,
	}
	return c.String()
}

// cookieInput is the input of the two operations that the cookie opens.
type cookieInput struct {
	Localised
	withBody
	Refresh string `cookie:"__Host-predah-refresh" doc:"The refresh token, which the browser keeps." example:"bW9kcmEgbGlwYSB0aWhvIMWhZXBldGEgNDIgaW4gdmU" maxLength:"64"`
	Ours    string `header:"X-Predah" doc:"1. No other site's page can send this header." example:"1" maxLength:"8"`
}

// token reads the cookie.
func (in *cookieInput) token() (account.Token, bool) { return refreshToken(in.Refresh) }

func refreshToken(cookie string) (account.Token, bool) {
	var raw binary
	if raw.UnmarshalText([]byte(cookie)) != nil || len(raw) != len(account.Token{}) {
		return account.Token{}, false
	}
	return account.Token(raw), true
}

// sameSite refuses what another site's page sends: browsers say so themselves, and our own
// header can't be added from there without our leave.
func (s *service) sameSite(in *cookieInput) *Problem {
	request := humagin.Unwrap(in.request).Request
	if in.Ours != "1" || s.sameHost.Check(request) != nil {
		return s.problems.new(CrossSite, in.language(s.languages))
	}
	return nil
}

// sameHost tells requests of our own pages from those of other sites'. Old browsers name the
// origin of a page only; behind a proxy that is the public address, whatever host it asks for.
func sameHost(publicURL string) *http.CrossOriginProtection {
	protection := http.NewCrossOriginProtection()
	if public, err := url.Parse(publicURL); err == nil && public.Host != "" {
		_ = protection.AddTrustedOrigin(public.Scheme + "://" + public.Host) // an address without a scheme trusts nobody
	}
	return protection
}

// refreshOutput is the output of POST /sessions/refresh.
type refreshOutput struct {
	SetCookie string `header:"Set-Cookie" doc:"The next refresh token; absent if another tab was first."`
	Body      AccessToken
}

// signOutOutput is the output of DELETE /sessions/current.
type signOutOutput struct {
	SetCookie     string `header:"Set-Cookie" doc:"Takes the cookie back."`
	ClearSiteData string `header:"Clear-Site-Data" doc:"Has the browser drop what it keeps of this site."`
}

// registerRefresh adds POST /sessions/refresh and DELETE /sessions/current.
func (s *service) registerRefresh(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "refresh-session", Method: http.MethodPost, Path: "/api/v1/sessions/refresh", Tags: []string{tagCounsellors},
		Summary: "Refresh a session",
		Description: "Takes the cookie and gives an access token and the next cookie. A cookie that comes again ends the session, " +
			"except within ten seconds after the next was made: then another tab has that.",
		Responses: s.problemResponses(Unauthenticated, SessionEnded, CrossSite, InvalidParameter, Unavailable),
	}, s.refreshSession)
	huma.Register(api, huma.Operation{
		OperationID: "sign-out", Method: http.MethodDelete, Path: "/api/v1/sessions/current", Tags: []string{tagCounsellors},
		Summary: "Sign out", DefaultStatus: http.StatusNoContent,
		Description: "Ends the session of the cookie, if there is one.",
		Responses:   s.problemResponses(CrossSite, InvalidParameter, Unavailable),
	}, s.signOut)
}

// refreshSession answers POST /sessions/refresh.
func (s *service) refreshSession(ctx context.Context, in *cookieInput) (*refreshOutput, error) {
	if problem := s.sameSite(in); problem != nil {
		return nil, problem
	}
	language := in.language(s.languages)
	given, ok := in.token()
	if !ok {
		return nil, s.unauthorized(Unauthenticated, language)
	}
	renewed, err := s.accounts.Refresh(ctx, given)
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, language)
	}
	output := &refreshOutput{}
	if renewed.Refresh != nil {
		output.SetCookie = setRefresh(*renewed.Refresh)
	}
	if output.Body, err = s.accessToken(renewed.Caller); err != nil {
		return nil, s.refusedByAccount(ctx, err, language)
	}
	return output, nil
}

// clearSiteData has the browser drop what it may keep of pages that a counsellor saw. Not "cookies":
// that reaches every site of the registrable domain, and the one cookie is taken back by name.
const clearSiteData = `"cache", "storage"`

// signOut answers DELETE /sessions/current.
func (s *service) signOut(ctx context.Context, in *cookieInput) (*signOutOutput, error) {
	if problem := s.sameSite(in); problem != nil {
		return nil, problem
	}
	if given, ok := in.token(); ok {
		if err := s.accounts.SignOut(ctx, given); err != nil {
			return nil, s.refusedByAccount(ctx, err, in.language(s.languages))
		}
	}
	return &signOutOutput{SetCookie: clearRefresh(), ClearSiteData: clearSiteData}, nil
}
