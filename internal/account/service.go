package account

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"predah/internal/vault"
)

// Config is what a Service needs.
type Config struct {
	Store  Store
	Vaults *vault.Service // decides what becomes of the grants of an account that ends
	// Derive makes a key for one purpose from the pepper, which is in no database.
	Derive func(info string) [32]byte
	Now    func() time.Time
}

// Service runs the rules of accounts.
type Service struct {
	store   Store
	vaults  *vault.Service
	pepper  pepper
	now     func() time.Time
	nobody  Counsellor  // whose password nobody has
	wrapped atomic.Bool // whether nothing is kept plain that an earlier version kept so
}

// New returns a Service.
func New(c Config) *Service {
	s := &Service{store: c.Store, vaults: c.Vaults, pepper: pepper{derive: c.Derive}, now: c.Now}
	s.nobody = s.pepper.nobody()
	return s
}

// clock returns the moment, to the second: rows keep no finer one.
func (s *Service) clock() time.Time { return s.now().UTC().Truncate(time.Second) }

// Caller is who an access token says that calls: an account, through one of its sessions.
type Caller struct {
	Account ID
	Session SessionID
}

// Check says whether the caller is still signed in and the account active. Every call of a
// counsellor does so first, since what was signed outlives what it says. The error is
// ErrSessionEnded.
func (s *Service) Check(ctx context.Context, caller Caller) error {
	now := s.clock()
	return s.store.Read(ctx, func(tx Tx) error { return alive(tx, caller, now) })
}

// alive reads one row: the caller's session, if the account is active.
func alive(tx Tx, caller Caller, now time.Time) error {
	session, err := tx.LiveSession(caller.Session)
	if errors.Is(err, ErrNotFound) || err == nil && (session.Account != caller.Account || session.cause(now) != "") {
		return ErrSessionEnded
	}
	return err
}

// own returns the account of a caller who is signed in.
func own(tx Tx, caller Caller, now time.Time) (Counsellor, error) {
	if err := alive(tx, caller, now); err != nil {
		return Counsellor{}, err
	}
	return tx.Counsellor(caller.Account)
}

// Sweep forgets what has passed: invitations that expired, sessions that are no longer listed, and
// accounts that were disabled long ago. The first time it encrypts what an earlier version kept
// plain. No rule depends on when it runs.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.clock()
	var plain error
	if !s.wrapped.Load() {
		plain = s.Rewrap(ctx, s.pepper.derive)
		s.wrapped.Store(plain == nil)
	}
	_, invitations := vault.InSteps(ctx, s.store.Write, func(tx Tx, most int) (int, error) { return tx.ForgetInvitations(now, most) })
	_, sessions := vault.InSteps(ctx, s.store.Write, func(tx Tx, most int) (int, error) {
		return tx.ForgetSessions(now.Add(-sessionsKept), most)
	})
	_, disabled := vault.InSteps(ctx, s.store.Write, func(tx Tx, most int) (int, error) { return s.removeDisabled(tx, now, most) })
	return errors.Join(plain, invitations, sessions, disabled)
}
