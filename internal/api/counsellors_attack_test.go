package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/vault/vaulttest"
)

func TestAttack13NothingWorksForADisabledCounsellor(t *testing.T) {
	h := newHouse(t)
	b := h.newBrowser(t, "ana@primer.si")
	link := said[ShareLink](t, b.ask(t, "POST", "/me/share-links", ShareLinkRequest{Label: "8.b"}))
	v := h.newVault(t)
	status(t, "share", v.share(t, h.uuid(), link.ID, vaulttest.Grant(t)), http.StatusCreated, "")
	if err := h.Service.Disable(t.Context(), b.who.Email); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/me", "/me/share-links", "/sessions", "/inbox"} {
		status(t, path, b.ask(t, "GET", path, nil), http.StatusUnauthorized, SessionEnded)
	}
	status(t, "refresh", b.withCookie(t, "POST", "/sessions/refresh"), http.StatusUnauthorized, SessionEnded)
	b.token = ""
	status(t, "the card", b.ask(t, "GET", "/share-links/"+string(link.ID), nil), http.StatusNotFound, NotFound)
	status(t, "sign in", b.ask(t, "POST", "/sessions", SignInRequest{Email: string(b.who.Email), Proof: b.proof(t)}), http.StatusUnauthorized, WrongCredentials)
	status(t, "share again", v.share(t, h.uuid(), link.ID, vaulttest.Grant(t)), http.StatusNotFound, RecipientUnavailable)
	if grants := said[GrantList](t, v.ask(t, "GET", "/grants", "", nil)); len(grants.Grants) != 0 {
		t.Errorf("grants are left: %+v", grants)
	}
	accesses := said[AccessList](t, v.ask(t, "GET", "/accesses", "", nil)).Accesses
	if len(accesses) != 1 || accesses[0].Kind != "removed" {
		t.Errorf("the owner sees %+v", accesses)
	}
}

func TestAttack17AnInvitationMakesOneAccountAndIsNeverTold(t *testing.T) {
	logger, log := recording()
	h := newHouse(t, func(_ *house, c *Config) { c.Logger = logger })
	invite := func() account.Token {
		token, err := h.Service.Invite(t.Context(), "ana@primer.si", "Svetovalna služba", "Center")
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	replaced, token := invite(), invite()
	b := &browser{house: h, who: &accounttest.Counsellor{Email: "ana@primer.si", Auth: accounttest.NewAuth(), Key: accounttest.NewKey(t)}}
	b.who.Secret = said[Invitation](t, b.ask(t, "POST", "/invitations/inspect", InvitationToken{Token: token[:]})).TOTP.Secret

	wrong := b.acceptance(t, token)
	wrong.TOTPCode = "000000"
	answer := b.ask(t, "POST", "/invitations/accept", wrong)
	status(t, "a wrong first code", answer, http.StatusUnprocessableEntity, InvalidBody)
	if !strings.Contains(answer.Body.String(), `"pointer":"/totp_code"`) {
		t.Errorf("it does not say which field: %s", answer.Body)
	}
	var made, refused atomic.Int32
	var running sync.WaitGroup
	for range 50 {
		running.Go(func() {
			switch answer := b.ask(t, "POST", "/invitations/accept", b.acceptance(t, token)); answer.Code {
			case http.StatusCreated:
				made.Add(1)
			case http.StatusNotFound:
				refused.Add(1)
			default:
				t.Errorf("%d %s", answer.Code, answer.Body)
			}
		})
	}
	running.Wait()
	if made.Load() != 1 || refused.Load() != 49 {
		t.Errorf("%d made an account, %d were refused", made.Load(), refused.Load())
	}
	expired := invite()
	h.Clock.Move(72 * time.Hour)
	unknown := b.ask(t, "POST", "/invitations/inspect", InvitationToken{Token: make([]byte, 32)})
	status(t, "unknown", unknown, http.StatusNotFound, UnknownInvitation)
	for name, token := range map[string]account.Token{"used": token, "replaced": replaced, "expired": expired} {
		sameAnswer(t, "inspect "+name, unknown, b.ask(t, "POST", "/invitations/inspect", InvitationToken{Token: token[:]}))
		sameAnswer(t, "accept "+name, unknown, b.ask(t, "POST", "/invitations/accept", b.acceptance(t, token)))
	}
	for _, secret := range []string{token.Text(), "primer.si", b.who.Secret, base64url(b.who.Auth[:])} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%q is in the log: %s", secret, log)
		}
	}
}

// sameAnswer compares status, headers and body.
func sameAnswer(t *testing.T, doing string, want, got *httptest.ResponseRecorder) {
	t.Helper()
	if got.Code != want.Code {
		t.Errorf("%s: %d", doing, got.Code)
	}
	if diff := cmp.Diff(want.Header(), got.Header()); diff != "" {
		t.Errorf("%s: headers (-want +got):\n%s", doing, diff)
	}
	if diff := cmp.Diff(want.Body.String(), got.Body.String()); diff != "" {
		t.Errorf("%s: body (-want +got):\n%s", doing, diff)
	}
}

func TestAttack18TheCookieIsForThisHostsPagesOnly(t *testing.T) {
	h := newHouse(t)
	b := h.newBrowser(t, "ana@primer.si")
	answer := b.withCookie(t, "POST", "/sessions/refresh")
	status(t, "refresh", answer, http.StatusOK, "")
	flags := strings.SplitN(answer.Header().Get("Set-Cookie"), "=", 2)
	name, value := flags[0], flags[1]
	if _, flags, _ := strings.Cut(value, ";"); name != "__Host-predah-refresh" || flags != " Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Strict" {
		t.Errorf("the cookie is %s with%s", name, flags)
	}
	refresh := func(method, path string, header map[string]string) *httptest.ResponseRecorder {
		header["Cookie"] = b.cookie
		return ask(t, h, call{method: method, address: "/api/v1" + path, header: header})
	}
	for _, c := range []struct{ method, path string }{{"POST", "/sessions/refresh"}, {"DELETE", "/sessions/current"}} {
		for name, header := range map[string]map[string]string{
			"from another site": {"X-Predah": "1", "Sec-Fetch-Site": "cross-site"},
			"from a sibling":    {"X-Predah": "1", "Sec-Fetch-Site": "same-site"},
			"an old browser":    {"X-Predah": "1", "Origin": "https://elsewhere.test"},
			"a form":            {"Sec-Fetch-Site": "same-origin"},
			"another value":     {"X-Predah": "0", "Sec-Fetch-Site": "same-origin"},
		} {
			answer := refresh(c.method, c.path, header)
			status(t, name, answer, http.StatusForbidden, CrossSite)
			if answer.Header().Get("Clear-Site-Data") != "" {
				t.Errorf("%s: another site's page clears what the browser keeps", name)
			}
			if answer.Header().Get("Set-Cookie") != "" {
				t.Errorf("%s: a cookie came back", name)
			}
		}
	}
	status(t, "all that changed nothing", b.withCookie(t, "POST", "/sessions/refresh"), http.StatusOK, "")
}

func TestAttack18ThePublicAddressIsOurs(t *testing.T) {
	h := newHouse(t, func(_ *house, c *Config) { c.PublicURL = "https://predah.example/" })
	b := h.newBrowser(t, "ana@primer.si")
	for origin, want := range map[string]int{"https://predah.example": 200, "http://predah.example": 403, "https://predah.example.elsewhere.test": 403} {
		answer := ask(t, h, call{method: "POST", address: "/api/v1/sessions/refresh", header: map[string]string{
			"X-Predah": "1", "Cookie": b.cookie, "Origin": origin,
		}})
		if answer.Code != want {
			t.Errorf("%s: %d %s", origin, answer.Code, answer.Body)
		}
		b.keep(answer)
	}
}

func TestAttack18AStolenCookieEndsTheSession(t *testing.T) {
	h := newHouse(t)
	b := h.newBrowser(t, "ana@primer.si")
	stolen := *b
	status(t, "refresh", b.withCookie(t, "POST", "/sessions/refresh"), http.StatusOK, "")
	h.Clock.Move(10 * time.Second)
	tab := stolen
	answer := tab.withCookie(t, "POST", "/sessions/refresh")
	status(t, "another tab", answer, http.StatusOK, "")
	if _, set := answer.Header()["Set-Cookie"]; set {
		t.Error("another tab got a cookie of its own")
	}
	if access := said[AccessToken](t, answer); access.ExpiresIn != 600 || access.Account != b.who.ID {
		t.Errorf("another tab got %+v", access)
	}
	h.Clock.Move(time.Second)
	status(t, "the thief", stolen.withCookie(t, "POST", "/sessions/refresh"), http.StatusUnauthorized, SessionEnded)
	status(t, "the owner", b.withCookie(t, "POST", "/sessions/refresh"), http.StatusUnauthorized, SessionEnded)
	status(t, "the owner's access token", b.ask(t, "GET", "/me", nil), http.StatusUnauthorized, SessionEnded)
	b.signIn(t)
	sessions := said[SessionList](t, b.ask(t, "GET", "/sessions", nil)).Sessions
	if len(sessions) != 2 || !sessions[0].Current || sessions[0].Ended != "" || sessions[1].Ended != account.Reuse {
		t.Errorf("the sessions are %+v", sessions)
	}
	for _, cookie := range []string{"", "__Host-predah-refresh=", "__Host-predah-refresh=x", "__Host-predah-refresh=" + strings.Repeat("A", 43)} {
		nobody := &browser{house: h, cookie: cookie}
		status(t, cookie, nobody.withCookie(t, "POST", "/sessions/refresh"), http.StatusUnauthorized, Unauthenticated)
	}
}

func TestAttack19CodesWorkOnce(t *testing.T) {
	h := newHouse(t)
	b := h.newBrowser(t, "ana@primer.si")
	proof := b.proof(t)
	in := func(proof Proof) *httptest.ResponseRecorder {
		return b.ask(t, "POST", "/sessions", SignInRequest{Email: "ana@primer.si", Proof: proof})
	}
	status(t, "the first time", in(proof), http.StatusOK, "")
	status(t, "the same code", in(proof), http.StatusUnauthorized, WrongCredentials)
	recovery := Proof{Auth: b.who.Auth[:], Code: strings.ToLower(strings.ReplaceAll(b.who.RecoveryCodes[0], "-", " "))}
	status(t, "a recovery code, as someone types it", in(recovery), http.StatusOK, "")
	status(t, "the same recovery code", in(recovery), http.StatusUnauthorized, WrongCredentials)
	status(t, "for a new second factor", b.ask(t, "POST", "/me/totp", recovery), http.StatusUnauthorized, WrongCredentials)
	status(t, "for another password", b.ask(t, "PUT", "/me/password", PasswordRequest{Proof: proof, New: NewPassword{
		Salt: make([]byte, 16), Auth: make([]byte, 32), SealedKey: b.who.Key.Sealed,
	}}), http.StatusUnauthorized, WrongCredentials)
}

func TestAttack20ASignInTellsNothingOfTheAddress(t *testing.T) {
	h := newHouse(t)
	anyone := &browser{house: h}
	gone, b := h.newBrowser(t, "gone@primer.si"), h.newBrowser(t, "ana@primer.si")
	if err := h.Service.Disable(t.Context(), gone.who.Email); err != nil {
		t.Fatal(err)
	}
	attempt := func(email account.Email) *httptest.ResponseRecorder {
		return anyone.ask(t, "POST", "/sessions", SignInRequest{Email: string(email), Proof: Proof{Auth: make([]byte, 32), Code: "123456"}})
	}
	start := func(email account.Email) *httptest.ResponseRecorder {
		return anyone.ask(t, "POST", "/sessions/start", StartRequest{Email: string(email)})
	}
	existing := attempt(b.who.Email)
	status(t, "wrong password", existing, http.StatusUnauthorized, WrongCredentials)
	withCode := anyone.ask(t, "POST", "/sessions", SignInRequest{Email: string(b.who.Email), Proof: Proof{Auth: b.who.Auth[:], Code: "000000"}})
	sameAnswer(t, "the right password with a wrong code", existing, withCode)
	for _, email := range []account.Email{gone.who.Email, "nobody@primer.si"} {
		sameAnswer(t, string(email), existing, attempt(email))
		first, second := start(email), start(email)
		sameAnswer(t, "again", first, second)
		known := start(b.who.Email)
		if first.Code != known.Code || first.Body.Len() != known.Body.Len() || first.Body.String() == known.Body.String() {
			t.Errorf("%s: %d %s; an account has %d %s", email, first.Code, first.Body, known.Code, known.Body)
		}
		if diff := cmp.Diff(known.Header(), first.Header()); diff != "" {
			t.Errorf("%s: headers (-want +got):\n%s", email, diff)
		}
	}
	for _, no := range []account.Email{"špela@primer.si", "Ana <ana@primer.si>", "ana", ""} {
		status(t, string(no), start(no), http.StatusUnprocessableEntity, InvalidBody)
		status(t, string(no), attempt(no), http.StatusUnprocessableEntity, InvalidBody)
	}
}
