package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	// reachWithin is how long a read may wait for the database where a standby can answer it.
	reachWithin = 2 * time.Second
	// lookEvery is how often a read looks for the database again that was out of reach.
	lookEvery = time.Second
)

// standby is another server with the same rows, that is read while the database is out of reach.
// It must not be behind: every connection of a store that has one asks for
// synchronous_commit=remote_apply, so that a commit is acknowledged once the synchronous standby
// shows it, and the address has to lead to that one only.
type standby struct {
	server

	mu   sync.Mutex
	look time.Time // when to look for the database again; zero while it is within reach
}

// openStandby prepares to read the standby, which may be away now.
func openStandby(config Config) (*standby, error) {
	address, err := parsePostgres(config.Standby)
	if err != nil {
		return nil, fmt.Errorf("the standby: %w", err)
	}
	opened, err := openServer(address, config)
	if err != nil {
		return nil, fmt.Errorf("the standby: %w", err)
	}
	return &standby{server: opened}, nil
}

// comesFirst tells whether a read goes to the standby at once.
func (b *standby) comesFirst() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if b.look.IsZero() {
		return false
	}
	if now.Before(b.look) {
		return true
	}
	b.look = now.Add(lookEvery) // this read looks, and the others go on here meanwhile
	return false
}

// found notes whether the database is within reach.
func (b *standby) found(within bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.look = time.Time{}
	if !within {
		b.look = time.Now().Add(lookEvery)
	}
}

// read runs do on the database, or else on its standby, where there is one.
func (s *postgresStore) read(ctx context.Context, do func(*tx) error) error {
	if s.standby == nil || patient(ctx) {
		return s.repeat(ctx, s.db, snapshot, do)
	}
	ctx, cancel := context.WithTimeout(ctx, maxWait)
	defer cancel()
	if !s.standby.comesFirst() {
		err := s.readSoon(ctx, do)
		if ctx.Err() != nil { // whoever leaves says nothing of the database
			return err
		}
		within := !lost(err) && !errors.Is(err, context.DeadlineExceeded)
		s.standby.found(within)
		if within {
			return err
		}
	}
	err := s.repeat(ctx, s.standby.db, snapshot, do)
	if lost(err) { // it may lead the others by now
		return s.repeat(ctx, s.db, snapshot, do)
	}
	s.observe.readElsewhere()
	return err
}

// readSoon runs do on the database, if it is within reach.
func (s *postgresStore) readSoon(ctx context.Context, do func(*tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, reachWithin)
	defer cancel()
	return s.repeat(ctx, s.db, snapshot, do)
}
