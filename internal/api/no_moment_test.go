package api

import (
	"net/http"
	"testing"

	"predah/internal/vault/vaulttest"
)

// The first moment of the calendar is what Go has for none. It must not stand for the longest
// that there is.
func TestTheFirstMomentOfTheCalendarIsNoAbsentEnd(t *testing.T) {
	h := newHouse(t)
	v, d := h.newVault(t), h.newDesk(t, "ana")
	share := `{"link":"` + string(d.link) + `","expires":"0001-01-01T00:00:00Z","sealed":"` + base64url(vaulttest.Grant(t)) + `"}`
	status(t, "share", v.ask(t, "PUT", "/grants/"+h.uuid(), share, jsonBody()), http.StatusUnprocessableEntity, "")
	link := call{method: "POST", address: "/api/v1/me/share-links", body: `{"label":"b","ends":"0001-01-01T00:00:00Z"}`, header: jsonBody()}
	status(t, "link", ask(t, h, link.with(d.token)), http.StatusUnprocessableEntity, "")
}
