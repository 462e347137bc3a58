package account_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/race"
	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/store/storetest"
)

// modelSession is a session as one would explain it: a row of tokens, of which the last is
// the newest.
type modelSession struct {
	caller   account.Caller
	tokens   []account.Token
	used     []time.Time // one for each token but the last
	started  time.Time
	lastUsed time.Time
	over     bool
}

// alive says whether the session goes on.
func (s *modelSession) alive(now time.Time) bool {
	return !s.over && now.Sub(s.started) < 10*time.Hour && now.Sub(s.lastUsed) < 30*time.Minute
}

// refresh says what the token at a place gives: a next token, access only, or the end.
func (s *modelSession) refresh(place int, now time.Time) (rotates bool, err error) {
	newest := len(s.tokens) - 1
	switch {
	case !s.alive(now):
		return false, account.ErrSessionEnded
	case place == newest:
		s.used, s.lastUsed = append(s.used, now), now
		return true, nil
	case place == newest-1 && now.Sub(s.used[place]) <= 10*time.Second:
		return false, nil
	}
	s.over = true
	return false, account.ErrSessionEnded
}

// sessionMachine runs the rules and the model side by side.
type sessionMachine struct {
	*accounttest.House
	who      *accounttest.Counsellor
	sessions []*modelSession
}

func TestAnySequenceOfRefreshesEqualsTheModel(t *testing.T) {
	if race.Enabled {
		t.Skip("one call after the other; make test runs it without the race detector")
	}
	storetest.Each(t, func(t *testing.T, config store.Config) {
		opened, clock := storetest.Open(t, config), accounttest.NewClock()
		h := accounttest.Open(opened, secrets.NewPepper(), clock)
		m := &sessionMachine{House: h, who: h.Join(t, ana)}
		rapid.Check(t, func(rt *rapid.T) {
			m.sessions = nil
			rt.Repeat(map[string]func(*rapid.T){
				"sign in": func(rt *rapid.T) { m.signIn(t, rt) },
				"wait": func(rt *rapid.T) {
					clock.Move(rapid.SampledFrom([]time.Duration{
						time.Second, 9 * time.Second, 10 * time.Second, 11 * time.Second, 20 * time.Minute, 30*time.Minute - time.Second, 30 * time.Minute,
					}).Draw(rt, "for"))
				},
				"refresh":  func(rt *rapid.T) { m.refresh(t, rt) },
				"work":     func(rt *rapid.T) { m.work(t, rt) },
				"sign out": func(rt *rapid.T) { m.signOut(t, rt) },
				"end":      func(rt *rapid.T) { m.end(t, rt) },
			})
		})
	})
}

func (m *sessionMachine) signIn(t *testing.T, rt *rapid.T) {
	if len(m.sessions) == 3 {
		rt.Skip("enough sessions")
	}
	now := m.Clock.Now()
	in := m.SignIn(t, m.who)
	m.sessions = append(m.sessions, &modelSession{caller: in.Caller, tokens: []account.Token{in.Refresh}, started: now, lastUsed: now})
}

func (m *sessionMachine) session(rt *rapid.T) *modelSession {
	if len(m.sessions) == 0 {
		rt.Skip("no session")
	}
	return rapid.SampledFrom(m.sessions).Draw(rt, "session")
}

func (m *sessionMachine) refresh(t *testing.T, rt *rapid.T) {
	s, now := m.session(rt), m.Clock.Now()
	place := max(0, len(s.tokens)-1-rapid.IntRange(0, 3).Draw(rt, "how old"))
	renewed, err := m.Service.Refresh(t.Context(), s.tokens[place])
	rotates, wanted := s.refresh(place, now)
	if !errors.Is(err, wanted) || rotates != (renewed.Refresh != nil) || err == nil && renewed.Caller != s.caller {
		rt.Fatalf("token %d of %d: got %+v, %v; want rotation %t, %v", place, len(s.tokens), renewed, err, rotates, wanted)
	}
	if rotates {
		s.tokens = append(s.tokens, *renewed.Refresh)
	}
}

// work checks that the access token works exactly as long as the session goes on.
func (m *sessionMachine) work(t *testing.T, rt *rapid.T) {
	s := m.session(rt)
	if err := m.Service.Check(t.Context(), s.caller); (err == nil) != s.alive(m.Clock.Now()) {
		rt.Fatalf("got %v, alive %t", err, s.alive(m.Clock.Now()))
	}
}

func (m *sessionMachine) signOut(t *testing.T, rt *rapid.T) {
	s := m.session(rt)
	if err := m.Service.SignOut(t.Context(), rapid.SampledFrom(s.tokens).Draw(rt, "token")); err != nil {
		rt.Fatal(err)
	}
	s.over = true
}

// end ends a session from another one, as the list does.
func (m *sessionMachine) end(t *testing.T, rt *rapid.T) {
	from, s := m.session(rt), m.session(rt)
	err := m.Service.EndSession(t.Context(), from.caller, s.caller.Session)
	if !from.alive(m.Clock.Now()) {
		if !errors.Is(err, account.ErrSessionEnded) {
			rt.Fatalf("from a session that has ended: %v", err)
		}
		return
	}
	if err != nil {
		rt.Fatal(err)
	}
	s.over = true
}
