package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/vault/vaulttest"
)

// browser is a counsellor's browser: it keeps the cookie and the access token.
type browser struct {
	house  *house
	who    *accounttest.Counsellor
	cookie string
	token  string
}

// ask sends JSON with the token, if there is one.
func (b *browser) ask(t testing.TB, method, path string, body any) *httptest.ResponseRecorder {
	t.Helper()
	c := call{method: method, address: "/api/v1" + path, header: jsonBody()}
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		c.body = string(text)
	}
	if b.token != "" {
		c = c.with(b.token)
	}
	return ask(t, b.house, c)
}

// withCookie sends the cookie and our header, and keeps the cookie that comes back.
func (b *browser) withCookie(t testing.TB, method, path string) *httptest.ResponseRecorder {
	t.Helper()
	answer := ask(t, b.house, call{method: method, address: "/api/v1" + path, header: map[string]string{
		"X-Predah": "1", "Sec-Fetch-Site": "same-origin", "Cookie": b.cookie,
	}})
	b.keep(answer)
	return answer
}

// keep keeps what signs in.
func (b *browser) keep(answer *httptest.ResponseRecorder) {
	for _, c := range answer.Result().Cookies() {
		b.cookie = c.Name + "=" + c.Value
	}
}

// proof is the right password with the code of now.
func (b *browser) proof(t testing.TB) Proof {
	t.Helper()
	return Proof{Auth: b.who.Auth[:], Code: b.who.Code(t, b.house.Clock.Now())}
}

// signIn signs in and moves the clock to the next code.
func (b *browser) signIn(t testing.TB) SignedIn {
	t.Helper()
	answer := b.ask(t, "POST", "/sessions", SignInRequest{Email: string(b.who.Email), Proof: b.proof(t)})
	status(t, "sign in", answer, http.StatusOK, "")
	b.keep(answer)
	in := said[SignedIn](t, answer)
	b.token = in.Token
	b.house.Clock.Move(30 * time.Second)
	return in
}

// newBrowser invites someone and signs them in, all over HTTP.
func (h *house) newBrowser(t testing.TB, email account.Email) *browser {
	t.Helper()
	token, err := h.Service.Invite(t.Context(), email, "Svetovalna služba", "Svetovalni center")
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{house: h, who: &accounttest.Counsellor{Email: email, Auth: accounttest.NewAuth(), Key: accounttest.NewKey(t)}}
	invited := said[Invitation](t, b.ask(t, "POST", "/invitations/inspect", InvitationToken{Token: token[:]}))
	b.who.ID, b.who.Secret = invited.Account, invited.TOTP.Secret
	answer := b.ask(t, "POST", "/invitations/accept", b.acceptance(t, token))
	status(t, "accept", answer, http.StatusCreated, "")
	b.who.RecoveryCodes = said[Accepted](t, answer).RecoveryCodes.RecoveryCodes
	h.Clock.Move(30 * time.Second)
	b.signIn(t)
	return b
}

// acceptance is what the browser sends to accept.
func (b *browser) acceptance(t testing.TB, token account.Token) AcceptRequest {
	salt := b.who.Salt()
	return AcceptRequest{
		Token: token[:], Salt: salt[:], Auth: b.who.Auth[:],
		Recipient: b.who.Key.Recipient, SealedKey: b.who.Key.Sealed, TOTPSecret: b.who.Secret, TOTPCode: b.who.Code(t, b.house.Clock.Now()),
	}
}

func TestACounsellorIsInvitedSignsInAndSharesALink(t *testing.T) {
	h := newHouse(t)
	b := h.newBrowser(t, "ana@primer.si")
	if len(b.who.RecoveryCodes) != 10 {
		t.Errorf("%d recovery codes", len(b.who.RecoveryCodes))
	}
	start := b.ask(t, "POST", "/sessions/start", StartRequest{Email: "ANA@primer.si"})
	salt := b.who.Salt()
	if diff := cmp.Diff(SessionStart{KDF: KDF{Name: "scrypt", N: 131072, R: 8, P: 1}, Salt: salt[:]}, said[SessionStart](t, start)); diff != "" {
		t.Errorf("started with (-want +got):\n%s", diff)
	}
	want := Me{
		Account: b.who.ID, Email: "ana@primer.si", Name: "Svetovalna služba", Organisation: "Svetovalni center", Recipient: b.who.Key.Recipient,
		KDF: KDF{Name: "scrypt", N: 131072, R: 8, P: 1}, Salt: salt[:], SealedKey: b.who.Key.Sealed,
	}
	if diff := cmp.Diff(want, said[Me](t, b.ask(t, "GET", "/me", nil))); diff != "" {
		t.Errorf("me (-want +got):\n%s", diff)
	}
	answer := b.ask(t, "POST", "/me/share-links", ShareLinkRequest{Label: "Osnovna šola"})
	status(t, "make a link", answer, http.StatusCreated, "")
	link := said[ShareLink](t, answer)
	if diff := cmp.Diff([]ShareLink{link}, said[ShareLinkList](t, b.ask(t, "GET", "/me/share-links", nil)).ShareLinks); diff != "" || link.Off || link.Ends != nil {
		t.Errorf("links %+v, %s", link, diff)
	}
	anyone := &browser{house: h}
	card := said[Card](t, anyone.ask(t, "GET", "/share-links/"+string(link.ID), nil))
	if diff := cmp.Diff(Card{Name: "Svetovalna služba", Organisation: "Svetovalni center", Recipient: b.who.Key.Recipient}, card); diff != "" {
		t.Errorf("card (-want +got):\n%s", diff)
	}
	for range 2 {
		status(t, "switch off", b.ask(t, "DELETE", "/me/share-links/"+string(link.ID), nil), http.StatusNoContent, "")
	}
	unknown := anyone.ask(t, "GET", "/share-links/pmb2z5ffs3i3g6wmvhqzw7vkxe", nil)
	off := anyone.ask(t, "GET", "/share-links/"+string(link.ID), nil)
	status(t, "a link that is off", off, http.StatusNotFound, NotFound)
	if unknown.Code != off.Code || unknown.Body.String() != off.Body.String() {
		t.Errorf("unknown %d %s, off %d %s", unknown.Code, unknown.Body, off.Code, off.Body)
	}
}

func TestACounsellorChangesPasswordKeyAndSecondFactor(t *testing.T) {
	h := newHouse(t)
	b := h.newBrowser(t, "ana@primer.si")
	other := *b
	other.signIn(t)
	link := said[ShareLink](t, b.ask(t, "POST", "/me/share-links", ShareLinkRequest{Label: "8.b"}))

	changed, resealed := accounttest.NewAuth(), accounttest.NewKey(t)
	status(t, "change the password", b.ask(t, "PUT", "/me/password", PasswordRequest{Proof: b.proof(t), New: NewPassword{
		Salt: []byte("0123456789abcdef"), Auth: changed[:], SealedKey: resealed.Sealed,
	}}), http.StatusNoContent, "")
	h.Clock.Move(30 * time.Second)
	status(t, "the other session", other.ask(t, "GET", "/me", nil), http.StatusUnauthorized, SessionEnded)
	status(t, "the old password", b.ask(t, "POST", "/sessions", SignInRequest{Email: string(b.who.Email), Proof: b.proof(t)}), http.StatusUnauthorized, WrongCredentials)
	b.who.Auth = changed
	me := said[Me](t, b.ask(t, "GET", "/me", nil))
	if string(me.Salt) != "0123456789abcdef" || string(me.SealedKey) != string(resealed.Sealed) || me.Recipient != b.who.Key.Recipient {
		t.Error("the new password came with another salt or key")
	}
	status(t, "replace the key", b.ask(t, "PUT", "/me/key", KeyRequest{Proof: b.proof(t), Recipient: resealed.Recipient, SealedKey: b.who.Key.Sealed}), http.StatusNoContent, "")
	h.Clock.Move(30 * time.Second)
	if me := said[Me](t, b.ask(t, "GET", "/me", nil)); me.Recipient != resealed.Recipient || string(me.SealedKey) != string(b.who.Key.Sealed) {
		t.Error("the key is not the new one")
	}
	status(t, "a link that names the old key", b.ask(t, "GET", "/share-links/"+string(link.ID), nil), http.StatusNotFound, NotFound)

	factor := said[TOTP](t, b.ask(t, "POST", "/me/totp", b.proof(t)))
	h.Clock.Move(30 * time.Second)
	old := b.proof(t)
	b.who.Secret = factor.Secret
	status(t, "a wrong first code", b.ask(t, "PUT", "/me/totp", TOTPConfirmation{TOTPCode: "000000"}), http.StatusUnprocessableEntity, InvalidBody)
	answer := b.ask(t, "PUT", "/me/totp", TOTPConfirmation{TOTPCode: b.proof(t).Code})
	status(t, "confirm", answer, http.StatusOK, "")
	codes := said[RecoveryCodes](t, answer).RecoveryCodes
	if len(codes) != 10 || codes[0] == b.who.RecoveryCodes[0] {
		t.Errorf("the recovery codes are %q", codes)
	}
	h.Clock.Move(30 * time.Second)
	signIn := func(proof Proof) *httptest.ResponseRecorder {
		return b.ask(t, "POST", "/sessions", SignInRequest{Email: string(b.who.Email), Proof: proof})
	}
	status(t, "the old factor", signIn(old), http.StatusUnauthorized, WrongCredentials)
	status(t, "an old recovery code", signIn(Proof{Auth: changed[:], Code: b.who.RecoveryCodes[1]}), http.StatusUnauthorized, WrongCredentials)
	status(t, "a new recovery code", signIn(Proof{Auth: changed[:], Code: codes[9]}), http.StatusOK, "")
	b.signIn(t)
}

func TestACounsellorEndsOwnSessionsOnly(t *testing.T) {
	h := newHouse(t)
	ana, bor := h.newBrowser(t, "ana@primer.si"), h.newBrowser(t, "bor@primer.si")
	phone := *ana
	phone.signIn(t)
	list := said[SessionList](t, ana.ask(t, "GET", "/sessions", nil)).Sessions
	if len(list) != 2 || list[0].Current || !list[1].Current || list[0].Ends.Sub(list[0].Started) != 10*time.Hour {
		t.Fatalf("the sessions are %+v", list)
	}
	path := "/sessions/" + string(list[0].ID)
	foreign := bor.ask(t, "DELETE", path, nil)
	status(t, "someone else's", foreign, http.StatusNotFound, NotFound)
	sameAnswer(t, "one that never was", foreign, bor.ask(t, "DELETE", "/sessions/0d3f8f0e-3c1b-4f5e-8b7a-5d2c9e6a1f34", nil))
	status(t, "it goes on", phone.ask(t, "GET", "/me", nil), http.StatusOK, "")
	for range 2 {
		status(t, "end it", ana.ask(t, "DELETE", path, nil), http.StatusNoContent, "")
	}
	status(t, "the phone", phone.ask(t, "GET", "/me", nil), http.StatusUnauthorized, SessionEnded)
	answer := ana.withCookie(t, "DELETE", "/sessions/current")
	status(t, "sign out", answer, http.StatusNoContent, "")
	if got := answer.Header().Get("Set-Cookie"); got != "__Host-predah-refresh=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict" {
		t.Errorf("the cookie is taken back with %q", got)
	}
	if got := answer.Header().Get("Clear-Site-Data"); got != `"cache", "storage"` {
		t.Errorf("the browser is told to clear %q", got)
	}
	status(t, "sign out again", ana.withCookie(t, "DELETE", "/sessions/current"), http.StatusNoContent, "")
	status(t, "after that", ana.ask(t, "GET", "/me", nil), http.StatusUnauthorized, SessionEnded)
	link := said[ShareLink](t, bor.ask(t, "POST", "/me/share-links", ShareLinkRequest{Label: "x", Ends: h.Clock.Now().Add(time.Hour)}))
	if link.Ends == nil || !link.Ends.Equal(h.Clock.Now().Add(time.Hour)) {
		t.Errorf("the link ends %v", link.Ends)
	}
	ana.signIn(t)
	sameAnswer(t, "someone else's link",
		ana.ask(t, "DELETE", "/me/share-links/pmb2z5ffs3i3g6wmvhqzw7vkxe", nil), ana.ask(t, "DELETE", "/me/share-links/"+string(link.ID), nil))
	status(t, "it is on", ana.ask(t, "GET", "/share-links/"+string(link.ID), nil), http.StatusOK, "")
}

func TestWhatACounsellorSendsIsChecked(t *testing.T) {
	h := newHouse(t)
	b := h.newBrowser(t, "ana@primer.si")
	classic := "age1" + strings.Repeat("q", 1955)
	for name, test := range map[string]struct {
		method, path string
		body         any
		kind         Slug
		pointer      string
	}{
		"a classic key":        {"PUT", "/me/key", KeyRequest{Proof: b.proof(t), Recipient: classic, SealedKey: b.who.Key.Sealed}, InvalidBody, "/recipient"},
		"a key in upper case":  {"PUT", "/me/key", KeyRequest{Proof: b.proof(t), Recipient: strings.ToUpper(b.who.Key.Recipient), SealedKey: b.who.Key.Sealed}, InvalidBody, "/recipient"},
		"a key not sealed":     {"PUT", "/me/key", KeyRequest{Proof: b.proof(t), Recipient: b.who.Key.Recipient, SealedKey: []byte("AGE-SECRET-KEY-PQ-1")}, NotSealed, ""},
		"a key sealed to two":  {"PUT", "/me/key", KeyRequest{Proof: b.proof(t), Recipient: b.who.Key.Recipient, SealedKey: vaulttest.Grant(t)}, NotSealed, ""},
		"an end in the past":   {"POST", "/me/share-links", ShareLinkRequest{Label: "x", Ends: h.Clock.Now()}, InvalidBody, "/ends"},
		"an end far away":      {"POST", "/me/share-links", ShareLinkRequest{Label: "x", Ends: h.Clock.Now().AddDate(6, 0, 0)}, InvalidBody, "/ends"},
		"a label of spaces":    {"POST", "/me/share-links", ShareLinkRequest{Label: "  "}, InvalidBody, "/label"},
		"a label that turns":   {"POST", "/me/share-links", ShareLinkRequest{Label: "a\u202eb"}, InvalidBody, "/label"},
		"no second factor yet": {"PUT", "/me/totp", TOTPConfirmation{TOTPCode: b.proof(t).Code}, InvalidBody, "/totp_code"},
	} {
		answer := b.ask(t, test.method, test.path, test.body)
		status(t, name, answer, http.StatusUnprocessableEntity, test.kind)
		if !strings.Contains(answer.Body.String(), `"pointer":"`+test.pointer) && test.pointer != "" {
			t.Errorf("%s: %s", name, answer.Body)
		}
	}
}
