package account

import (
	"context"
	"errors"
	"time"
)

const (
	// idleAfter is how long a session goes on without a refresh, longest how long at most.
	idleAfter = 30 * time.Minute
	longest   = 10 * time.Hour
	// twoTabs is how long the token before the newest still gives access: two tabs may
	// refresh at once.
	twoTabs = 10 * time.Second
	// sessionsKept is how long sessions are listed, and a browser is known by the token of one.
	sessionsKept = 30 * 24 * time.Hour
)

// KnownFor is how long a browser is known by a refresh token that it keeps, which opens nothing once
// the session has ended.
const KnownFor = sessionsKept

func newSession(of ID, now time.Time) Session {
	return Session{ID: newSessionID(), Account: of, Started: now, LastUsed: now, Ends: now.Add(longest)}
}

// cause says why a session has ended, nothing while it goes on.
func (s Session) cause(now time.Time) EndCause {
	switch {
	case !s.Ended.IsZero():
		return s.Cause
	case !now.Before(s.Ends):
		return Expired
	case !now.Before(s.LastUsed.Add(idleAfter)):
		return Idle
	}
	return ""
}

// seen is the session with its end, if that is seen from the clock only.
func (s Session) seen(now time.Time) Session {
	switch s.Cause = s.cause(now); s.Cause {
	case Idle:
		s.Ended = s.LastUsed.Add(idleAfter)
	case Expired:
		s.Ended = s.Ends
	}
	return s
}

// Renewed is what a refresh gives.
type Renewed struct {
	Caller
	Refresh *Token // takes the place of the one given; nil if another tab was first
}

// Refresh takes a refresh token and gives the next. A token that comes again ends its
// session, since one of two who have it should not, except right after its successor was
// made: then another tab has that. The errors are ErrUnauthenticated and ErrSessionEnded.
func (s *Service) Refresh(ctx context.Context, token Token) (Renewed, error) {
	now, next := s.clock(), newToken()
	var renewed Renewed
	var refused error
	err := s.store.Write(ctx, func(tx Tx) (err error) {
		refused = nil
		given, session, err := refreshable(tx, token, now)
		if err != nil {
			return err
		}
		renewed = Renewed{Caller: Caller{Account: session.Account, Session: session.ID}}
		if given.Used.IsZero() {
			renewed.Refresh = &next
			return rotate(tx, given, session, next, now)
		}
		if refused, err = reused(tx, given, session, now); err != nil {
			return err
		}
		return nil
	})
	if err = errors.Join(err, refused); err != nil {
		return Renewed{}, err
	}
	return renewed, nil
}

// refreshable finds a token and its session, which goes on.
func refreshable(tx Tx, token Token, now time.Time) (RefreshToken, Session, error) {
	given, err := tx.RefreshToken(token.Hash())
	if errors.Is(err, ErrNotFound) {
		return RefreshToken{}, Session{}, ErrUnauthenticated
	}
	if err != nil {
		return RefreshToken{}, Session{}, err
	}
	session, err := tx.LiveSession(given.Session)
	if errors.Is(err, ErrNotFound) || err == nil && session.cause(now) != "" {
		err = ErrSessionEnded
	}
	return given, session, err
}

// rotate puts the next token in the place of the one given.
func rotate(tx Tx, given RefreshToken, session Session, next Token, now time.Time) error {
	session.LastUsed = now
	return errors.Join(
		tx.UseRefreshToken(given.Hash, now),
		tx.AddRefreshToken(RefreshToken{Hash: next.Hash(), Session: session.ID, Number: given.Number + 1}),
		tx.SaveSession(session),
	)
}

// reused decides about a token that was used before. What it refuses has to be committed.
func reused(tx Tx, given RefreshToken, session Session, now time.Time) (refused, err error) {
	newest, err := tx.NewestRefreshToken(session.ID)
	if err != nil || given.Number == newest-1 && now.Sub(given.Used) <= twoTabs {
		return nil, err
	}
	session.Ended, session.Cause = now, Reuse
	return ErrSessionEnded, tx.SaveSession(session)
}

// Before tells which session a refresh token is of, where the token is of a browser in which somebody
// signed in during the last thirty days and did not sign out. It opens nothing: the session may have
// ended by itself. The error for any other is ErrUnauthenticated.
func (s *Service) Before(ctx context.Context, token Token) (Caller, error) {
	now := s.clock()
	var caller Caller
	err := s.store.Read(ctx, func(tx Tx) error {
		given, err := tx.RefreshToken(token.Hash())
		if err != nil {
			return err
		}
		session, err := tx.LiveSession(given.Session)
		cause := session.cause(now)
		if err == nil && (cause != "" && cause != Idle && cause != Expired || now.Sub(session.Started) >= sessionsKept) {
			err = ErrNotFound
		}
		caller = Caller{Account: session.Account, Session: session.ID}
		return err
	})
	if errors.Is(err, ErrNotFound) {
		return Caller{}, ErrUnauthenticated
	}
	return caller, err
}

// SignOut ends the session of a refresh token, if there is one.
func (s *Service) SignOut(ctx context.Context, token Token) error {
	now := s.clock()
	return s.store.Write(ctx, func(tx Tx) error {
		_, session, err := refreshable(tx, token, now)
		if errors.Is(err, ErrUnauthenticated) || errors.Is(err, ErrSessionEnded) {
			return nil
		}
		if err != nil {
			return err
		}
		session.Ended, session.Cause = now, SignedOut
		return tx.SaveSession(session)
	})
}

// Sessions lists the caller's sessions of the last thirty days, newest first. Those that have
// ended say why.
func (s *Service) Sessions(ctx context.Context, caller Caller) ([]Session, error) {
	now := s.clock()
	var sessions []Session
	err := s.store.Read(ctx, func(tx Tx) error {
		if err := alive(tx, caller, now); err != nil {
			return err
		}
		listed, err := tx.Sessions(caller.Account, now.Add(-sessionsKept))
		sessions = listed
		return err
	})
	for i := range sessions {
		sessions[i] = sessions[i].seen(now)
	}
	return sessions, err
}

// EndSession ends one of the caller's sessions. One that has ended stays as it is. The error
// for a session that is not the caller's is ErrNotFound.
func (s *Service) EndSession(ctx context.Context, caller Caller, id SessionID) error {
	now := s.clock()
	return s.store.Write(ctx, func(tx Tx) error {
		if err := alive(tx, caller, now); err != nil {
			return err
		}
		session, err := tx.Session(id)
		if err == nil && session.Account != caller.Account {
			err = ErrNotFound
		}
		if err != nil || session.cause(now) != "" {
			return err
		}
		session.Ended, session.Cause = now, EndedElsewhere
		if id == caller.Session {
			session.Cause = SignedOut
		}
		return tx.SaveSession(session)
	})
}
