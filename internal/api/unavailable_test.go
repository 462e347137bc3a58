package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"predah/internal/store"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// faultyStore refuses every write with its fault, if it has one.
type faultyStore struct {
	vault.Store
	fault *error
}

func (s faultyStore) Write(ctx context.Context, do func(vault.Tx) error) error {
	if *s.fault != nil {
		return *s.fault
	}
	return s.Store.Write(ctx, do)
}

func TestWhatTheDatabaseCannotDoNowIsWorthTryingAgainInSomeSeconds(t *testing.T) {
	var fault error
	h := newHouse(t, func(h *house, c *Config) {
		c.Vaults = vault.New(vault.Config{Store: faultyStore{h.Store.Vaults(), &fault}, Now: c.Now, Limits: vault.DefaultLimits()})
	})
	v, d := h.newVault(t), h.newDesk(t, "ana")
	id, grant := h.uuid(), h.uuid()
	status(t, "share", v.share(t, grant, d.link, vaulttest.Grant(t)), http.StatusCreated, "")
	sealed := vaulttest.Record(t)
	for _, test := range []struct {
		fault error
		wait  string
	}{
		{store.ErrOverloaded, "1"}, {fmt.Errorf("commit: %w", store.ErrUnknown), "5"}, {errors.New("anything else"), "5"},
	} {
		fault = test.fault
		answer := v.put(t, id, sealed)
		status(t, "save", answer, http.StatusServiceUnavailable, Unavailable)
		opening := d.ask(t, "POST", "/"+grant+"/open", "")
		status(t, "open", opening, http.StatusServiceUnavailable, NotRecorded)
		for name, header := range map[string]http.Header{"save": answer.Header(), "open": opening.Header()} {
			if got := header.Get("Retry-After"); got != test.wait {
				t.Errorf("%v: %s: Retry-After is %q", test.fault, name, got)
			}
		}
	}
	fault = nil
	status(t, "save again", v.put(t, id, sealed), http.StatusCreated, "")
}
