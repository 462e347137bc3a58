package api

import (
	"net/http"
	"strings"
	"testing"

	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// PostgreSQL refuses text with a zero byte or that is no UTF-8, which must neither reach it
// nor look as if it did not answer.
func TestAddressesThatAreNoTextFindNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database store.Config) {
		h := newHouseOn(t, database)
		v, d := h.newVault(t), h.newDesk(t, "ana")
		for _, odd := range []string{"%00", "%ff", "a%00b", "%1f"} {
			auth := `{"auth":"` + base64url(v.auth[:]) + `"}`
			status(t, "token", ask(t, h, call{method: "POST", address: "/api/v1/vaults/" + odd + "/token", body: auth}), http.StatusNotFound, NotFound)
			status(t, "card", ask(t, h, call{method: "GET", address: "/api/v1/share-links/" + odd}), http.StatusNotFound, NotFound)
			for _, path := range []string{"/records/", "/grants/"} {
				status(t, path, v.ask(t, "GET", path+odd, "", nil), http.StatusNotFound, NotFound)
				status(t, path, v.ask(t, "DELETE", path+odd, "", nil), http.StatusNotFound, NotFound)
			}
			status(t, "open", d.ask(t, "POST", "/"+odd+"/open", ""), http.StatusNotFound, NotFound)
			for _, path := range []string{"/inbox/", "/sessions/", "/me/share-links/"} {
				gone := call{method: "DELETE", address: "/api/v1" + path + odd}.with(d.token)
				status(t, path, ask(t, h, gone), http.StatusNotFound, NotFound)
			}
		}
		for _, link := range []vault.LinkID{`\u0000`, "", `x\u001f`} {
			status(t, "share", v.share(t, h.uuid(), link, vaulttest.Grant(t)), http.StatusNotFound, RecipientUnavailable)
		}
	})
}

func TestTheDocumentSaysThatAnAddressMayFindNothing(t *testing.T) {
	type operation struct {
		Responses map[string]any `json:"responses"`
	}
	document := said[struct {
		Paths map[string]map[string]operation `json:"paths"`
	}](t, ask(t, newHouse(t), call{method: "GET", address: "/api/openapi.json"}))
	for path, item := range document.Paths {
		for method, operation := range item {
			if strings.Contains(path, "{") && operation.Responses["404"] == nil {
				t.Errorf("%s %s: 404 is not in the document", method, path)
			}
		}
	}
}
