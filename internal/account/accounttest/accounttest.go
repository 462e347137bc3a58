// Package accounttest makes what tests of accounts need: a service on a real database with a
// clock that the test moves, and counsellors who can sign in.
package accounttest

import (
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/pquerna/otp/totp"

	"predah/internal/account"
	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// Start is the moment at which tests begin.
var Start = time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)

// Clock is a clock that stands still until a test moves it.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that shows Start.
func NewClock() *Clock { return &Clock{now: Start} }

// Now returns what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Move moves the clock.
func (c *Clock) Move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// House is everything that a rule of accounts needs.
type House struct {
	Service *account.Service
	Vaults  *vault.Service
	Store   *store.Store
	Pepper  secrets.Pepper
	Clock   *Clock
}

// Open returns a house on a database, as one process has it. Houses with the same pepper and
// clock play several processes.
func Open(opened *store.Store, pepper secrets.Pepper, clock *Clock) *House {
	vaults := vault.New(vault.Config{Store: opened.Vaults(), Now: clock.Now, Limits: vault.DefaultLimits()})
	return &House{
		Service: account.New(account.Config{Store: opened.Accounts(), Vaults: vaults, Derive: pepper.Key, Now: clock.Now}),
		Vaults:  vaults, Store: opened, Pepper: pepper, Clock: clock,
	}
}

// Key is a counsellor's key as a browser makes it.
type Key struct {
	Recipient string
	Sealed    []byte
}

// NewKey makes a key. What is sealed is not a key, only of its size.
func NewKey(t testing.TB) Key {
	t.Helper()
	identity, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	return Key{Recipient: identity.Recipient().String(), Sealed: vaulttest.Record(t)}
}

// NewAuth is what a browser derives from a password that nobody else has.
func NewAuth() account.Auth {
	var auth account.Auth
	_, _ = rand.Read(auth[:]) // never fails since Go 1.24
	return auth
}

// Counsellor is someone with an account.
type Counsellor struct {
	Email         account.Email
	ID            account.ID
	Auth          account.Auth
	Key           Key
	Secret        string // of the second factor
	RecoveryCodes []string
}

// Join invites an address and accepts. The code that this takes can't be used again: the
// clock moves to the next one.
func (h *House) Join(t testing.TB, email account.Email) *Counsellor {
	t.Helper()
	token, err := h.Service.Invite(t.Context(), email, "Svetovalna služba", "Svetovalni center")
	if err != nil {
		t.Fatal(err)
	}
	return h.Accept(t, token)
}

// Accept accepts an invitation, and moves the clock as Join does.
func (h *House) Accept(t testing.TB, token account.Token) *Counsellor {
	t.Helper()
	invited, err := h.Service.Inspect(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	c := &Counsellor{Email: invited.Email, ID: invited.Account, Auth: NewAuth(), Key: NewKey(t), Secret: invited.TOTP.Secret}
	accepted, err := h.Service.Accept(t.Context(), c.Acceptance(t, token, h.Clock.Now()))
	if err != nil {
		t.Fatal(err)
	}
	c.RecoveryCodes = accepted.RecoveryCodes
	h.Clock.Move(30 * time.Second)
	return c
}

// Acceptance is what the counsellor's browser sends with an invitation.
func (c *Counsellor) Acceptance(t testing.TB, token account.Token, now time.Time) account.Acceptance {
	return account.Acceptance{
		Token: token, Salt: c.Salt(), Auth: c.Auth,
		Recipient: c.Key.Recipient, SealedKey: c.Key.Sealed, Secret: c.Secret, Code: c.Code(t, now),
	}
}

// Salt is what the counsellor's browser drew when it accepted; here it comes with the password.
func (c *Counsellor) Salt() account.Salt { return account.Salt(c.Auth[:]) }

// Code is the one-time code of a moment.
func (c *Counsellor) Code(t testing.TB, now time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(c.Secret, now)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// Proof is the right password with the code of now.
func (h *House) Proof(t testing.TB, c *Counsellor) account.Proof {
	t.Helper()
	return account.Proof{Auth: c.Auth, Code: c.Code(t, h.Clock.Now())}
}

// SignIn signs in and moves the clock to the next code.
func (h *House) SignIn(t testing.TB, c *Counsellor) account.SignedIn {
	t.Helper()
	in, err := h.Service.SignIn(t.Context(), c.Email, h.Proof(t, c))
	if err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(30 * time.Second)
	return in
}

// Share makes a link, a vault and a grant through the link, and returns the session of the
// vault's owner.
func (h *House) Share(t testing.TB, with account.Caller) (account.LinkInfo, vault.Session) {
	t.Helper()
	link, linkErr := h.Service.AddLink(t.Context(), with, "8.b", time.Time{})
	auth, now := vaulttest.Auth(), h.Clock.Now()
	_, _, vaultErr := h.Vaults.Create(t.Context(), auth.ID(), auth)
	owner, authErr := h.Vaults.Authenticate(t.Context(), auth.ID(), auth)
	_, grantErr := h.Vaults.PutGrant(t.Context(), owner, vault.NewGrant{
		ID: vault.GrantID(vaulttest.UUID(now)), Link: link.ID, Expires: now.Add(24 * time.Hour), Sealed: vaulttest.Grant(t),
	})
	if err := errors.Join(linkErr, vaultErr, authErr, grantErr); err != nil {
		t.Fatal(err)
	}
	return link, owner
}

// Address returns a distinct address for a name.
func Address(name string) account.Email {
	return account.Email(strings.ToLower(name) + "@primer.si")
}
