package account_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/store/storetest"
)

// Times are no test, so this holds what they come from: for every address the database is asked
// the same one thing, when the salt is asked for and when the password is wrong.
func TestAttack20EveryAddressAsksTheDatabaseTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		h := accounttest.Open(storetest.Open(t, config), secrets.NewPepper(), accounttest.NewClock())
		h.Join(t, ana)
		gone := h.Join(t, "gone@primer.si")
		must(t, "disable", h.Service.Disable(t.Context(), gone.Email))
		var asked []string
		watching := account.New(account.Config{Store: watched{h.Store.Accounts(), &asked}, Vaults: h.Vaults, Derive: h.Pepper.Key, Now: h.Clock.Now})
		for _, email := range []account.Email{ana, gone.Email, "nobody@primer.si"} {
			asked = nil
			_, err := watching.SaltOf(t.Context(), email)
			must(t, "salt", err)
			for _, code := range []string{"123456", "no code at all"} {
				_, err = watching.SignIn(t.Context(), email, account.Proof{Auth: accounttest.NewAuth(), Code: code})
				want(t, string(email), err, account.ErrWrongCredentials)
			}
			if diff := cmp.Diff([]string{"read", "address", "write", "address", "write", "address"}, asked); diff != "" {
				t.Errorf("%s (-want +asked):\n%s", email, diff)
			}
		}
	})
}

// watched is a store that notes what it is asked, and panics at all but the account of an address.
type watched struct {
	account.Store
	asked *[]string
}

func (w watched) Read(ctx context.Context, do func(account.Tx) error) error {
	*w.asked = append(*w.asked, "read")
	return w.Store.Read(ctx, func(tx account.Tx) error { return do(addressesOnly{rows: tx, asked: w.asked}) })
}

func (w watched) Write(ctx context.Context, do func(account.Tx) error) error {
	*w.asked = append(*w.asked, "write")
	return w.Store.Write(ctx, func(tx account.Tx) error { return do(addressesOnly{rows: tx, asked: w.asked}) })
}

type addressesOnly struct {
	account.Tx // nil
	rows       account.Tx
	asked      *[]string
}

func (a addressesOnly) CounsellorByEmail(email account.Email) (account.Counsellor, error) {
	*a.asked = append(*a.asked, "address")
	return a.rows.CounsellorByEmail(email)
}
