package vault_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// TestSharingAgainstAnAccountThatEnds shares while the counsellor's account is disabled by
// another process: afterwards no copy is left, whichever came first.
func TestSharingAgainstAnAccountThatEnds(t *testing.T) {
	const rounds, people = 15, 4
	sealed := vaulttest.Grant(t)
	storetest.Each(t, func(t *testing.T, config store.Config) {
		clock, pepper := accounttest.NewClock(), secrets.NewPepper()
		h := accounttest.Open(storetest.Open(t, config), pepper, clock)
		administrator := accounttest.Open(storetest.Open(t, config), pepper, clock)
		for round := range rounds {
			email := accounttest.Address(fmt.Sprintf("ana%d", round))
			counsellor := h.Join(t, email)
			in := h.SignIn(t, counsellor)
			link, err := h.Service.AddLink(t.Context(), account.Caller{Account: counsellor.ID, Session: in.Session}, "8. b", time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			var all sync.WaitGroup
			for range people {
				owner := newOwner(t, h)
				all.Go(func() {
					g := vault.NewGrant{ID: vault.GrantID(vaulttest.UUID(clock.Now())), Link: link.ID, Sealed: sealed}
					if _, err := h.Vaults.PutGrant(t.Context(), owner, g); err != nil && !errors.Is(err, vault.ErrRecipientUnavailable) {
						t.Errorf("share: %v", err)
					}
				})
			}
			all.Go(func() { wants(t, "disable", administrator.Service.Disable(t.Context(), email), nil) })
			all.Wait()
			left, err := h.Vaults.Inbox(t.Context(), counsellor.ID, "", 10)
			if len(left) != 0 || err != nil {
				t.Fatalf("%d copies are left, %v", len(left), err)
			}
		}
	})
}

// newOwner makes a vault and opens it.
func newOwner(t *testing.T, h *accounttest.House) vault.Session {
	t.Helper()
	auth := vaulttest.Auth()
	_, _, made := h.Vaults.Create(t.Context(), auth.ID(), auth)
	session, opened := h.Vaults.Authenticate(t.Context(), auth.ID(), auth)
	if err := errors.Join(made, opened); err != nil {
		t.Fatal(err)
	}
	return session
}
