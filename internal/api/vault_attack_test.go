package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// seen is all that a caller sees of an answer.
type seen struct {
	Status int
	Header http.Header
	Body   string
}

func seeing(answer *httptest.ResponseRecorder) seen {
	return seen{answer.Code, answer.Header(), answer.Body.String()}
}

// ownerCalls is every call that only a vault's owner may make, on things that are there.
func ownerCalls(v *ownVault, record, grant string, link vault.LinkID, t *testing.T) []call {
	sealed, shared := vaulttest.Record(t), vaulttest.Grant(t)
	share := `{"link":"` + string(link) + `","expires":"2026-12-24T09:30:00Z","sealed":"` + base64url(shared) + `"}`
	return []call{
		{method: "GET"}, {method: "GET", address: "/records"}, {method: "GET", address: "/records/" + record},
		{method: "PUT", address: "/records/" + v.house.uuid(), body: string(sealed), header: sealedBody()},
		{method: "DELETE", address: "/records/" + record},
		{method: "GET", address: "/grants"}, {method: "GET", address: "/grants/" + grant},
		{method: "PUT", address: "/grants/" + v.house.uuid(), body: share, header: jsonBody()},
		{method: "DELETE", address: "/grants/" + grant},
		{method: "GET", address: "/accesses"}, {method: "DELETE", address: "/accesses"},
		{method: "DELETE"},
	}
}

func TestAttack05AnotherVaultIsLikeNone(t *testing.T) {
	h := newHouse(t)
	first, second, d := h.newVault(t), h.newVault(t), h.newDesk(t, "ana")
	record, grant := h.uuid(), h.uuid()
	status(t, "save", first.put(t, record, vaulttest.Record(t)), http.StatusCreated, "")
	status(t, "share", first.share(t, grant, d.link, vaulttest.Grant(t)), http.StatusCreated, "")

	never := "/api/v1/vaults/" + string(vaulttest.Auth().ID())
	for _, c := range ownerCalls(first, record, grant, d.link, t) {
		there, nowhere := c, c
		there.address, nowhere.address = first.path+c.address, never+c.address
		got, want := seeing(ask(t, h, there.with(second.token))), seeing(ask(t, h, nowhere.with(second.token)))
		if diff := cmp.Diff(want, got); diff != "" || got.Status != http.StatusNotFound {
			t.Errorf("%s %s: %d, (-none +other):\n%s", c.method, c.address, got.Status, diff)
		}
		if answer := ask(t, h, there); answer.Code != http.StatusUnauthorized || answer.Header().Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%s %s without a token: %d", c.method, c.address, answer.Code)
		}
		if answer := ask(t, h, there.with(d.token)); answer.Code != http.StatusUnauthorized {
			t.Errorf("%s %s with a counsellor's token: %d", c.method, c.address, answer.Code)
		}
	}
	status(t, "the record is still there", first.ask(t, "GET", "/records/"+record, "", nil), http.StatusOK, "")
	status(t, "the grant is still there", first.ask(t, "GET", "/grants/"+grant, "", nil), http.StatusOK, "")
}

func TestAttack06AnIDIsNotTakenAndAnOldTokenIsVoid(t *testing.T) {
	h := newHouse(t)
	v := h.newVault(t)
	other := vaulttest.Auth()
	take := call{method: "PUT", address: v.path, body: `{"auth":"` + base64url(other[:]) + `"}`, header: jsonBody()}
	status(t, "take an id", ask(t, h, take), http.StatusUnprocessableEntity, VaultID)
	again := call{method: "PUT", address: v.path, body: `{"auth":"` + base64url(v.auth[:]) + `"}`, header: jsonBody()}
	status(t, "make it again", ask(t, h, again), http.StatusOK, "")
	status(t, "it still opens", v.ask(t, "GET", "", "", nil), http.StatusOK, "")

	status(t, "destroy", v.ask(t, "DELETE", "", "", nil), http.StatusNoContent, "")
	status(t, "destroy again", v.ask(t, "DELETE", "", "", nil), http.StatusNotFound, NotFound)
	status(t, "make it anew", ask(t, h, again), http.StatusCreated, "")
	status(t, "the old token", v.ask(t, "GET", "", "", nil), http.StatusUnauthorized, Unauthenticated)
	status(t, "destroy with the old token", v.ask(t, "DELETE", "", "", nil), http.StatusUnauthorized, Unauthenticated)
}

func TestAttack07AWrongCodeAndNoVaultLookTheSame(t *testing.T) {
	h := newHouse(t)
	v := h.newVault(t)
	wrong, gone := vaulttest.Auth(), h.newVault(t)
	status(t, "destroy", gone.ask(t, "DELETE", "", "", nil), http.StatusNoContent, "")
	open := func(path string, auth vault.Auth) seen {
		return seeing(ask(t, h, call{method: "POST", address: path + "/token", body: `{"auth":"` + base64url(auth[:]) + `"}`}))
	}
	unknown := open("/api/v1/vaults/"+string(wrong.ID()), wrong)
	if unknown.Status != http.StatusUnauthorized || !strings.Contains(unknown.Body, WrongCredentials.path()) {
		t.Errorf("unknown vault: %d %s", unknown.Status, unknown.Body)
	}
	for name, got := range map[string]seen{
		"wrong code":       open(v.path, wrong),
		"deleted vault":    open(gone.path, gone.auth),
		"no id of a vault": open("/api/v1/vaults/canary", wrong),
	} {
		if diff := cmp.Diff(unknown, got); diff != "" {
			t.Errorf("%s (-unknown +got):\n%s", name, diff)
		}
	}
}

func TestAttack08WhatWasRevokedStaysRevoked(t *testing.T) {
	h := newHouse(t)
	v, d := h.newVault(t), h.newDesk(t, "ana")
	sealed, id, early := vaulttest.Grant(t), h.uuid(), h.uuid()
	status(t, "share", v.share(t, id, d.link, sealed), http.StatusCreated, "")
	status(t, "take back", v.ask(t, "DELETE", "/grants/"+id, "", nil), http.StatusNoContent, "")
	status(t, "the same PUT, late", v.share(t, id, d.link, sealed), http.StatusGone, Deleted)
	status(t, "take back before it came", v.ask(t, "DELETE", "/grants/"+early, "", nil), http.StatusNoContent, "")
	status(t, "the PUT that was overtaken", v.share(t, early, d.link, sealed), http.StatusGone, Deleted)
	if inbox := said[InboxList](t, d.ask(t, "GET", "", "")); len(inbox.Items) != 0 {
		t.Errorf("the counsellor sees %+v", inbox.Items)
	}
	record := h.uuid()
	status(t, "delete a record before it came", v.ask(t, "DELETE", "/records/"+record, "", nil), http.StatusNoContent, "")
	status(t, "the record that was overtaken", v.put(t, record, vaulttest.Record(t)), http.StatusGone, Deleted)
}
