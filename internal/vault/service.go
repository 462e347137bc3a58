package vault

import (
	"context"
	"errors"
	"math"
	"time"
)

// Service runs the rules of vaults.
type Service struct {
	store  Store
	now    func() time.Time
	limits Limits
}

// Config is what a Service needs.
type Config struct {
	Store  Store
	Now    func() time.Time
	Limits Limits
}

// New returns a Service.
func New(c Config) *Service { return &Service{store: c.Store, now: c.Now, limits: c.Limits} }

// Limits returns how much there may be of each thing.
func (s *Service) Limits() Limits { return s.limits }

// Session is what an access token says: which vault was opened, in which of its lives.
type Session struct {
	Vault ID
	Epoch Epoch
}

// Summary is a vault as its owner sees it.
type Summary struct {
	Vault
	Grants int // that live
	// SharingEnded is the day on which a restored backup ended all that was shared; zero for
	// none of late.
	SharingEnded time.Time
}

// Outcome says whether a PUT made something new or found the same there.
type Outcome int

// The outcomes of a PUT.
const (
	Made Outcome = iota + 1
	Same
)

// unless returns no outcome with an error.
func (o Outcome) unless(err error) (Outcome, error) {
	if err != nil {
		return 0, err
	}
	return o, nil
}

// Create makes the vault that the Auth opens, or finds it there. It refuses an id that is
// not the Auth's with ErrVaultID, so an id can't be taken by someone else.
func (s *Service) Create(ctx context.Context, id ID, auth Auth) (Summary, Outcome, error) {
	if auth.ID() != id {
		return Summary{}, 0, ErrVaultID
	}
	now := s.clock()
	var summary Summary
	var outcome Outcome
	err := s.store.Write(ctx, func(tx Tx) error {
		outcome = Same
		v, err := s.vault(tx, id, now)
		if errors.Is(err, ErrNotFound) {
			outcome = Made
			v, err = s.addVault(tx, id, auth, now)
		}
		if err != nil {
			return err
		}
		summary, err = s.summarise(tx, v, now)
		return err
	})
	return summary, outcome, err
}

// addVault makes a vault, in place of one that has passed its time.
func (s *Service) addVault(tx Tx, id ID, auth Auth, now time.Time) (Vault, error) {
	if err := s.bury(tx, id, now); err != nil && !errors.Is(err, ErrNotFound) {
		return Vault{}, err
	}
	v := Vault{
		ID: id, Verifier: auth.Verifier(), Epoch: newEpoch(),
		CreatedAt: now, IdleUntil: s.idleUntil(now), EmptySince: now,
	}
	return v, tx.AddVault(v)
}

// Authenticate returns a session of the vault, or ErrWrongAuth: whether there is no such
// vault or the Auth is another's can't be told apart.
func (s *Service) Authenticate(ctx context.Context, id ID, auth Auth) (Session, error) {
	now := s.clock()
	var v Vault
	err := s.store.Read(ctx, func(tx Tx) (err error) {
		v, err = s.vault(tx, id, now)
		return err
	})
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Session{}, err
	}
	opens, certified := v.Verifier.opens(auth), auth.ID() == id
	if err != nil || !opens || !certified {
		return Session{}, ErrWrongAuth
	}
	if v.IdleUntil.Before(s.idleUntil(now)) {
		if err := s.use(ctx, id, now); err != nil {
			return Session{}, err
		}
	}
	return Session{Vault: id, Epoch: v.Epoch}, nil
}

// use notes that the vault was opened today.
func (s *Service) use(ctx context.Context, id ID, now time.Time) error {
	err := s.store.Write(ctx, func(tx Tx) error {
		if _, err := s.vault(tx, id, now); err != nil {
			return err
		}
		return tx.SaveIdle(id, s.idleUntil(now))
	})
	if errors.Is(err, ErrNotFound) { // deleted meanwhile
		return ErrWrongAuth
	}
	return err
}

// Look returns what the owner sees of a vault.
func (s *Service) Look(ctx context.Context, session Session) (Summary, error) {
	now := s.clock()
	var summary Summary
	err := s.store.Read(ctx, func(tx Tx) error {
		v, err := s.own(tx, session, now)
		if err != nil {
			return err
		}
		summary, err = s.summarise(tx, v, now)
		return err
	})
	return summary, err
}

// Delete removes a vault with everything in it.
func (s *Service) Delete(ctx context.Context, session Session) error {
	now := s.clock()
	return s.store.Write(ctx, func(tx Tx) error {
		if _, err := s.own(tx, session, now); err != nil {
			return err
		}
		return s.bury(tx, session.Vault, now)
	})
}

// bury removes a vault and puts up its tombstone, and those of all in it: should the vault be
// made again, no id comes back to life.
func (s *Service) bury(tx Tx, id ID, now time.Time) error {
	records, err := tx.Records(id, "", math.MaxInt32)
	if err != nil {
		return err
	}
	grants, err := tx.Grants(id, time.Time{})
	if err != nil {
		return err
	}
	if err := tx.RemoveVault(id); err != nil {
		return err
	}
	stones := []Tombstone{VaultTombstone(id)}
	for _, r := range records {
		stones = append(stones, RecordTombstone(id, r.ID))
	}
	for _, g := range grants {
		stones = append(stones, GrantTombstone(id, g.ID))
	}
	for _, stone := range stones {
		if err := tx.AddTombstone(stone, now); err != nil {
			return err
		}
	}
	return nil
}

// own returns the vault of a session. Every call of an owner begins with it.
func (s *Service) own(tx Tx, session Session, now time.Time) (Vault, error) {
	v, err := s.vault(tx, session.Vault, now)
	if err == nil && v.Epoch != session.Epoch {
		return Vault{}, ErrOldEpoch
	}
	return v, err
}

// vault returns a vault whose time has not passed.
func (s *Service) vault(tx Tx, id ID, now time.Time) (Vault, error) {
	v, err := tx.Vault(id)
	if err != nil {
		return Vault{}, err
	}
	if !now.Before(v.IdleUntil) {
		return Vault{}, ErrNotFound
	}
	since := now.Add(-s.limits.EmptyVault)
	if v.EmptySince.IsZero() || since.Before(v.EmptySince) {
		return v, nil
	}
	grants, err := tx.Grants(id, since) // also those that ended of late and were not swept yet
	if err == nil && len(grants) == 0 {
		err = ErrNotFound
	}
	return v, err
}

// idleUntil is the day on which a vault goes that is opened now and then no more.
func (s *Service) idleUntil(now time.Time) time.Time {
	return day(now).AddDate(0, s.limits.IdleMonths, 0)
}

func (s *Service) summarise(tx Tx, v Vault, now time.Time) (Summary, error) {
	grants, err := tx.Grants(v.ID, now)
	if err != nil {
		return Summary{}, err
	}
	ended, err := s.sharingEnded(tx, v, now)
	return Summary{Vault: v, Grants: len(grants), SharingEnded: ended}, err
}

// clock returns the moment, to the second: rows keep no finer one.
func (s *Service) clock() time.Time { return s.now().UTC().Truncate(time.Second) }

// day returns the midnight in UTC before a moment.
func day(moment time.Time) time.Time { return moment.UTC().Truncate(24 * time.Hour) }

// hour returns the full hour before a moment.
func hour(moment time.Time) time.Time { return moment.UTC().Truncate(time.Hour) }
