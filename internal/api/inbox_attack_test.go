package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// brokenStore fails to commit while broken is true.
type brokenStore struct {
	vault.Store
	broken *bool
}

func (s brokenStore) Write(ctx context.Context, do func(vault.Tx) error) error {
	return s.Store.Write(ctx, func(tx vault.Tx) error {
		if err := do(tx); err != nil || !*s.broken {
			return err
		}
		return errors.New("canary")
	})
}

func TestAttack11NothingLeavesThatIsNotRecorded(t *testing.T) {
	broken := false
	h := newHouse(t, func(h *house, c *Config) {
		c.Vaults = vault.New(vault.Config{Store: brokenStore{h.Store.Vaults(), &broken}, Now: c.Now, Limits: vault.DefaultLimits()})
	})
	v, d := h.newVault(t), h.newDesk(t, "ana")
	sealed, id := vaulttest.Grant(t), h.uuid()
	status(t, "share", v.share(t, id, d.link, sealed), http.StatusCreated, "")
	inside := base64url(sealed)[100:200]

	broken = true
	answer := d.ask(t, "POST", "/"+id+"/open", "")
	status(t, "open", answer, http.StatusServiceUnavailable, NotRecorded)
	if strings.Contains(answer.Body.String(), inside) || strings.Contains(answer.Body.String(), "canary") {
		t.Error("something left that is not recorded")
	}
	broken = false
	for _, method := range []string{"HEAD", "GET", "PUT", "DELETE", "OPTIONS"} {
		answer := d.ask(t, method, "/"+id+"/open", "")
		if answer.Code != http.StatusMethodNotAllowed || strings.Contains(answer.Body.String(), inside) {
			t.Errorf("%s: %d", method, answer.Code)
		}
	}
	if n := len(said[AccessList](t, v.ask(t, "GET", "/accesses", "", nil)).Accesses); n != 0 {
		t.Errorf("%d openings are recorded that did not happen", n)
	}
	for count, header := range []map[string]string{{"Range": "bytes=0-9"}, {"If-None-Match": "*"}, {"If-Modified-Since": "Tue, 24 Nov 2026 10:00:00 GMT"}} {
		answer := ask(t, h, call{method: "POST", address: "/api/v1/inbox/" + id + "/open", header: header}.with(d.token))
		accesses := said[AccessList](t, v.ask(t, "GET", "/accesses", "", nil)).Accesses
		if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), inside) || len(accesses) != 1 || accesses[0].Count != count+1 {
			t.Errorf("%v: %d, recorded: %+v", header, answer.Code, accesses)
		}
	}
}

func TestAttack12ExpiryIsExact(t *testing.T) {
	h := newHouse(t)
	v, d := h.newVault(t), h.newDesk(t, "ana")
	id := h.uuid()
	now := h.Clock.Now()
	body := func(expires time.Time) string {
		return `{"link":"` + string(d.link) + `","expires":"` + expires.Format(time.RFC3339Nano) + `","sealed":"` + base64url(vaulttest.Grant(t)) + `"}`
	}
	for _, wrong := range []time.Time{now, now.Add(-time.Second), now.Add(366*24*time.Hour + time.Second), now.Add(1500 * time.Millisecond)} {
		status(t, "share until then", v.ask(t, "PUT", "/grants/"+id, body(wrong), jsonBody()), http.StatusUnprocessableEntity, OutOfBounds)
	}
	status(t, "share", v.ask(t, "PUT", "/grants/"+id, body(now.Add(time.Minute)), jsonBody()), http.StatusCreated, "")
	h.Clock.Move(time.Minute)
	status(t, "open at its end", d.ask(t, "POST", "/"+id+"/open", ""), http.StatusNotFound, NotFound)
	status(t, "read at its end", v.ask(t, "GET", "/grants/"+id, "", nil), http.StatusNotFound, NotFound)
	unknown, expired := seeing(d.ask(t, "POST", "/"+h.uuid()+"/open", "")), seeing(d.ask(t, "POST", "/"+id+"/open", ""))
	if diff := cmp.Diff(unknown, expired); diff != "" {
		t.Errorf("expired is not like unknown:\n%s", diff)
	}
}
