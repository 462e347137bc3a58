package vault_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// place is a service on a real database, with a clock that is set by hand and one counsellor
// behind two links.
type place struct {
	*vault.Service
	store      vault.Store
	clock      *clock
	counsellor vault.CounsellorID
	links      [2]vault.LinkID
	lead       map[vault.LinkID]vault.Recipient
	limits     vault.Limits
}

// beside is the service of another process, with the same clock and links.
func (p *place) beside(rows vault.Store) *vault.Service {
	return vault.New(vault.Config{Store: vaulttest.Links{Store: rows, Lead: p.lead}, Now: p.clock.Now, Limits: p.limits})
}

// clock is a clock that is set by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) step(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// newPlace makes a place; change may put something between the service and its store.
func newPlace(t *testing.T, rows vault.Store, limits vault.Limits, change ...func(vault.Store) vault.Store) *place {
	t.Helper()
	p := &place{
		clock: &clock{now: start}, counsellor: vault.CounsellorID(vaulttest.UUID(start)),
		lead: map[vault.LinkID]vault.Recipient{}, limits: limits,
	}
	for i := range p.links {
		p.links[i] = vaulttest.Link()
		p.lead[p.links[i]] = vault.Recipient{Counsellor: p.counsellor, Fingerprint: "5f25niidffa5652x3tns", Name: "Ana", Organisation: "Dom"}
	}
	p.store = vaulttest.Links{Store: rows, Lead: p.lead}
	for _, c := range change {
		p.store = c(p.store)
	}
	p.Service = vault.New(vault.Config{Store: p.store, Now: p.clock.Now, Limits: limits})
	return p
}

// eachPlace runs a test on a place in each database.
func eachPlace(t *testing.T, test func(t *testing.T, p *place)) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		test(t, newPlace(t, storetest.Open(t, config).Vaults(), vault.DefaultLimits()))
	})
}

// vault makes a vault and opens it.
func (p *place) vault(t *testing.T) vault.Session {
	t.Helper()
	auth := vaulttest.Auth()
	if _, _, err := p.Create(t.Context(), auth.ID(), auth); err != nil {
		t.Fatal(err)
	}
	session, err := p.Authenticate(t.Context(), auth.ID(), auth)
	if err != nil {
		t.Fatal(err)
	}
	return session
}

// recordID returns an id that is new now.
func (p *place) recordID() vault.RecordID { return vault.RecordID(vaulttest.UUID(p.clock.Now())) }

// newGrant returns a grant through the first link, with an id that is new now.
func (p *place) newGrant(sealed []byte) vault.NewGrant {
	return vault.NewGrant{ID: vault.GrantID(vaulttest.UUID(p.clock.Now())), Link: p.links[0], Sealed: sealed}
}

// share gives a grant.
func (p *place) share(t *testing.T, session vault.Session, sealed []byte) vault.NewGrant {
	t.Helper()
	g := p.newGrant(sealed)
	if outcome, err := p.PutGrant(t.Context(), session, g); outcome != vault.Made || err != nil {
		t.Fatalf("share: %d, %v", outcome, err)
	}
	return g
}

// wants fails the test unless got is want.
func wants(t *testing.T, doing string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) || want == nil && got != nil {
		t.Errorf("%s: got %v, want %v", doing, got, want)
	}
}

// failing is a store whose transactions fail at the end, after all was done in them, while
// broken is true.
type failing struct {
	vault.Store
	broken *bool
}

var errDisk = errors.New("the disk is gone")

// Write does everything, and fails to commit.
func (f failing) Write(ctx context.Context, do func(vault.Tx) error) error {
	return f.Store.Write(ctx, func(tx vault.Tx) error {
		if err := do(tx); err != nil || !*f.broken {
			return err
		}
		return errDisk
	})
}
