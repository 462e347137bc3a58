package vault_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// Times are no test, so this holds what they come from: for whatever does not open a vault the
// database is asked the same one thing.
func TestAttack07EveryWrongCodeAsksTheDatabaseTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		var asked []string
		p := newPlace(t, storetest.Open(t, config).Vaults(), vault.DefaultLimits())
		there, gone, never := vaulttest.Auth(), vaulttest.Auth(), vaulttest.Auth()
		for _, auth := range []vault.Auth{there, gone} {
			if _, _, err := p.Create(t.Context(), auth.ID(), auth); err != nil {
				t.Fatal(err)
			}
		}
		session, err := p.Authenticate(t.Context(), gone.ID(), gone)
		wants(t, "open", err, nil)
		wants(t, "delete", p.Delete(t.Context(), session), nil)
		watching := vault.New(vault.Config{Store: watched{p.store, &asked}, Now: p.clock.Now, Limits: p.limits})
		for name, of := range map[string]struct {
			id   vault.ID
			auth vault.Auth
		}{
			"a wrong code":    {there.ID(), never},
			"no vault":        {never.ID(), never},
			"a deleted vault": {gone.ID(), gone},
			"no id":           {"canary", never},
		} {
			asked = nil
			_, err := watching.Authenticate(t.Context(), of.id, of.auth)
			wants(t, name, err, vault.ErrWrongAuth)
			if diff := cmp.Diff([]string{"read", "vault"}, asked); diff != "" {
				t.Errorf("%s (-want +asked):\n%s", name, diff)
			}
		}
	})
}

// watched is a store that notes what it is asked, and panics at all but a vault's row.
type watched struct {
	vault.Store
	asked *[]string
}

func (w watched) Read(ctx context.Context, do func(vault.Tx) error) error {
	*w.asked = append(*w.asked, "read")
	return w.Store.Read(ctx, func(tx vault.Tx) error { return do(vaultsOnly{rows: tx, asked: w.asked}) })
}

func (w watched) Write(context.Context, func(vault.Tx) error) error {
	*w.asked = append(*w.asked, "write")
	return errDisk
}

type vaultsOnly struct {
	vault.Tx // nil
	rows     vault.Tx
	asked    *[]string
}

func (v vaultsOnly) Vault(id vault.ID) (vault.Vault, error) {
	*v.asked = append(*v.asked, "vault")
	return v.rows.Vault(id)
}
