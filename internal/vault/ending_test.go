package vault_test

import (
	"errors"
	"fmt"
	"strings"
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

func TestAVaultOutlastsItsLastGrantByADay(t *testing.T) {
	sealed := vaulttest.Grant(t)
	for name, end := range map[string]func(*testing.T, *place, vault.Session, vault.GrantID) error{
		"taken back": func(t *testing.T, p *place, session vault.Session, id vault.GrantID) error {
			return p.DeleteGrant(t.Context(), session, id)
		},
		"discarded": func(t *testing.T, p *place, _ vault.Session, id vault.GrantID) error {
			return p.Discard(t.Context(), p.counsellor, id)
		},
		"account ended": func(t *testing.T, p *place, _ vault.Session, _ vault.GrantID) error {
			return p.store.Write(t.Context(), func(tx vault.Tx) error { return p.RemoveGrantsOf(tx, p.counsellor) })
		},
		"run out": func(*testing.T, *place, vault.Session, vault.GrantID) error { return nil },
		"run out and swept": func(t *testing.T, p *place, _ vault.Session, _ vault.GrantID) error {
			_, err := p.Sweep(t.Context())
			return err
		},
		"run out and then taken back": func(t *testing.T, p *place, session vault.Session, id vault.GrantID) error {
			return p.DeleteGrant(t.Context(), session, id)
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t, storetest.Open(t, storetest.SQLite(t)).Vaults(), vault.DefaultLimits())
			session := p.vault(t)
			g := p.newGrant(sealed)
			g.Expires = p.clock.Now().Add(100 * time.Hour)
			if strings.HasPrefix(name, "run out") {
				g.Expires = p.clock.Now().Add(48 * time.Hour)
			}
			_, err := p.PutGrant(t.Context(), session, g)
			wants(t, "share", err, nil)
			p.clock.step(48 * time.Hour)
			wants(t, "end the grant", end(t, p, session, g.ID), nil)
			_, err = p.Accesses(t.Context(), session)
			wants(t, "see who opened it", err, nil)
			p.clock.step(24*time.Hour - time.Second)
			_, err = p.Sweep(t.Context())
			wants(t, "sweep", err, nil)
			_, err = p.Accesses(t.Context(), session)
			wants(t, "see it on the last day", err, nil)
			p.clock.step(time.Second)
			_, err = p.Accesses(t.Context(), session)
			wants(t, "a day later", err, vault.ErrNotFound)
			_, err = p.Sweep(t.Context())
			wants(t, "sweep", err, nil)
			if p.kept(t, session.Vault) {
				t.Error("the vault was not swept")
			}
		})
	}
}
