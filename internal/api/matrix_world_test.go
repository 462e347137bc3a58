package api

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/token"
	"predah/internal/vault/vaulttest"
)

// world is what the calls of one row are made in: two vaults, of which one holds a record and
// shared something, and counsellors, of whom one has it.
type world struct {
	*house
	t               *testing.T
	vault, stranger *ownVault
	desk, colleague *desk
	record, grant   string
	sealed, shared  []byte
	tokens          map[role]string
	cookies         map[role]account.Token
}

// newWorld makes all of it through the service itself.
func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldWith(t)
}

// newWorldWith makes it of a service that is changed.
func newWorldWith(t *testing.T, change ...func(*house, *Config)) *world {
	t.Helper()
	h := newHouse(t, change...)
	w := &world{house: h, t: t, record: h.uuid(), grant: h.uuid(), sealed: vaulttest.Record(t), shared: vaulttest.Grant(t), tokens: make(map[role]string), cookies: make(map[role]account.Token)}
	leaving, signedOut := h.newDesk(t, "leaving"), h.newDesk(t, "signed-out")
	w.desk, w.colleague = h.newDesk(t, "with"), h.newDesk(t, "without")
	w.vault, w.stranger = h.newVault(t), h.newVault(t)
	w.tokens[asExpiredOwner], w.tokens[asExpiredHolder] = w.vault.token, w.desk.token
	h.Clock.Move(16 * time.Minute)
	w.vault.reopen(t)
	w.tokens[asFormer] = w.vault.token
	status(t, "delete", w.vault.ask(t, "DELETE", "", "", nil), http.StatusNoContent, "")
	status(t, "make again", w.vault.make(t), http.StatusCreated, "")
	w.vault.reopen(t)
	w.stranger.reopen(t)
	for _, d := range []*desk{w.desk, w.colleague, leaving, signedOut} {
		d.renew(t)
	}
	status(t, "save", w.vault.put(t, w.record, w.sealed), http.StatusCreated, "")
	status(t, "share", w.vault.share(t, w.grant, w.desk.link, w.shared), http.StatusCreated, "")
	if err := h.Service.Disable(t.Context(), accounttest.Address("leaving")); err != nil {
		t.Fatal(err)
	}
	if err := h.Service.EndSession(t.Context(), signedOut.caller, signedOut.caller.Session); err != nil {
		t.Fatal(err)
	}
	maps.Copy(w.tokens, map[role]string{
		asOwner: w.vault.token, asOther: w.stranger.token, asHolder: w.desk.token, asColleague: w.colleague.token,
		asSignedOut: signedOut.token, asDisabled: leaving.token, asGarbled: "eyJhbGciOiJub25lIn0.e30.",
	})
	maps.Copy(w.cookies, map[role]account.Token{
		asHolder: w.desk.refresh, asExpiredHolder: w.desk.refresh, asColleague: w.colleague.refresh,
		asSignedOut: signedOut.refresh, asDisabled: leaving.refresh, asGarbled: {1},
	})
	return w
}

// make asks for the vault to be made.
func (v *ownVault) make(t *testing.T) *httptest.ResponseRecorder {
	t.Helper()
	return ask(t, v.house, call{method: "PUT", address: v.path, body: v.proof(), header: jsonBody()})
}

// proof is the body that opens the vault.
func (v *ownVault) proof() string { return `{"auth":"` + base64url(v.auth[:]) + `"}` }

// reopen gets a token that is valid now.
func (v *ownVault) reopen(t *testing.T) {
	t.Helper()
	v.token = said[VaultToken](t, ask(t, v.house, call{method: "POST", address: v.path + "/token", body: v.proof()})).Token
}

// renew gets a token that is valid now.
func (d *desk) renew(t *testing.T) {
	t.Helper()
	raw, err := d.house.tokens.Issue(token.Counsellor, token.Claims{Subject: string(d.caller.Account), Session: string(d.caller.Session)})
	if err != nil {
		t.Fatal(err)
	}
	d.token = raw
}

// deskOf is the counsellor that a role is, or whose things it tries.
func (w *world) deskOf(as role) *desk {
	if as == asColleague {
		return w.colleague
	}
	return w.desk
}

// as makes a call with the token of a role.
func (w *world) as(as role, c call) *httptest.ResponseRecorder {
	w.t.Helper()
	if as != asAnyone {
		c = c.with(w.tokens[as])
	}
	return ask(w.t, w, c)
}
