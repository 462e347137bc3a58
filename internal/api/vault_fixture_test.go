package api

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/receipt"
	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/token"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// house is a service on a real SQLite database, whose clock stands still.
type house struct {
	http.Handler
	*accounttest.House
	tokens *token.Service
}

// newHouse opens a database and makes a service of it.
func newHouse(t testing.TB, change ...func(*house, *Config)) *house {
	t.Helper()
	return newHouseOn(t, storetest.SQLite(t), change...)
}

// newHouseOn makes a service of the database.
func newHouseOn(t testing.TB, database store.Config, change ...func(*house, *Config)) *house {
	t.Helper()
	clock := accounttest.NewClock()
	kept, err := secrets.Open(filepath.Join(t.TempDir(), "secrets"), clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{
		House:  accounttest.Open(storetest.Open(t, database), kept.Pepper(), clock),
		tokens: token.New(kept, "https://predah.test", clock.Now),
	}
	h.Handler = fixture(t, func(c *Config) {
		c.Vaults, c.Accounts, c.Tokens, c.Now = h.Vaults, h.Service, h.tokens, clock.Now
		c.Receipts = receipt.New(kept, "https://predah.test")
		for _, one := range change {
			one(h, c)
		}
	})
	return h
}

// ownVault is a vault with the token of its owner.
type ownVault struct {
	house *house
	auth  vault.Auth
	path  string
	token string
}

// base64url writes bytes as they stand in JSON.
func base64url(content []byte) string { return base64.RawURLEncoding.EncodeToString(content) }

// newVault makes a vault through the API and opens it.
func (h *house) newVault(t testing.TB) *ownVault {
	t.Helper()
	v := &ownVault{house: h, auth: vaulttest.Auth()}
	v.path = "/api/v1/vaults/" + string(v.auth.ID())
	body := `{"auth":"` + base64url(v.auth[:]) + `"}`
	if answer := ask(t, h, call{method: "PUT", address: v.path, body: body, header: jsonBody()}); answer.Code != http.StatusCreated {
		t.Fatalf("make a vault: %d %s", answer.Code, answer.Body)
	}
	return h.reopen(t, v)
}

// reopen gets a new token of a vault.
func (h *house) reopen(t testing.TB, v *ownVault) *ownVault {
	t.Helper()
	answer := ask(t, h, call{method: "POST", address: v.path + "/token", body: `{"auth":"` + base64url(v.auth[:]) + `"}`})
	v.token = said[VaultToken](t, answer).Token
	return v
}

// jsonBody is the header of a JSON body; sealedBody that of a sealed file.
func jsonBody() map[string]string   { return map[string]string{"Content-Type": "application/json"} }
func sealedBody() map[string]string { return map[string]string{"Content-Type": sealedMediaType} }

// said reads the JSON of an answer.
func said[T any](t testing.TB, answer *httptest.ResponseRecorder) T {
	t.Helper()
	var value T
	if err := json.Unmarshal(answer.Body.Bytes(), &value); err != nil {
		t.Fatalf("%d %s: %v", answer.Code, answer.Body, err)
	}
	return value
}

// with adds the token to a call.
func (c call) with(token string) call {
	header := map[string]string{"Authorization": "Bearer " + token}
	for name, value := range c.header {
		header[name] = value
	}
	c.header = header
	return c
}

// ask calls something of the vault with its token.
func (v *ownVault) ask(t testing.TB, method, path, body string, header map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	return ask(t, v.house, call{method: method, address: v.path + path, body: body, header: header}.with(v.token))
}

// put saves a record.
func (v *ownVault) put(t testing.TB, id string, sealed []byte) *httptest.ResponseRecorder {
	t.Helper()
	return v.ask(t, "PUT", "/records/"+id, string(sealed), sealedBody())
}

// share gives a grant.
func (v *ownVault) share(t testing.TB, id string, link vault.LinkID, sealed []byte) *httptest.ResponseRecorder {
	t.Helper()
	body := `{"link":"` + string(link) + `","expires":"2026-12-24T09:30:00Z","sealed":"` + base64url(sealed) + `"}`
	return v.ask(t, "PUT", "/grants/"+id, body, jsonBody())
}

// uuid returns an id that is new now.
func (h *house) uuid() string { return vaulttest.UUID(h.Clock.Now()) }

// desk is a counsellor who is signed in, with a link.
type desk struct {
	*accounttest.Counsellor
	house   *house
	caller  account.Caller
	refresh account.Token
	token   string
	link    vault.LinkID
}

// newDesk invites someone, signs them in and makes a link.
func (h *house) newDesk(t testing.TB, name string) *desk {
	t.Helper()
	counsellor := h.Join(t, accounttest.Address(name))
	in := h.SignIn(t, counsellor)
	d := &desk{Counsellor: counsellor, house: h, caller: in.Caller, refresh: in.Refresh}
	raw, err := h.tokens.Issue(token.Counsellor, token.Claims{Subject: string(counsellor.ID), Session: string(in.Session)})
	if err != nil {
		t.Fatal(err)
	}
	d.token = raw
	link, err := h.Service.AddLink(t.Context(), d.caller, "Osnovna šola, 8. b", h.Clock.Now().AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	d.link = link.ID
	return d
}

// ask calls something of the counsellor's.
func (d *desk) ask(t testing.TB, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	return ask(t, d.house, call{method: method, address: "/api/v1/inbox" + path, body: body, header: jsonBody()}.with(d.token))
}

// status fails the test unless the answer has the status, and for a problem the kind.
func status(t testing.TB, doing string, answer *httptest.ResponseRecorder, want int, kind Slug) {
	t.Helper()
	if answer.Code != want {
		t.Errorf("%s: %d, want %d: %s", doing, answer.Code, want, answer.Body)
	}
	if kind != "" && !strings.Contains(answer.Body.String(), `"`+kind.path()+`"`) {
		t.Errorf("%s: no problem of the kind %s: %s", doing, kind, answer.Body)
	}
}
