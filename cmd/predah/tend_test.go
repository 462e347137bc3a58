package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"predah/internal/store"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

func TestServeSweepsWhatHasPassedItsTime(t *testing.T) {
	flags := dataFlags{Data: t.TempDir()}
	p, err := flags.wire(t.Context(), watched{limits: limitFlags{RateFactor: 1}}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := p.close(); err != nil {
			t.Error(err)
		}
	}()
	yesterday := func() time.Time { return time.Now().Add(-25 * time.Hour) }
	auth, fresh := vaulttest.Auth(), vaulttest.Auth()
	earlier := vault.New(vault.Config{Store: p.store.Vaults(), Now: yesterday, Limits: vault.DefaultLimits()})
	_, _, errOld := earlier.Create(t.Context(), auth.ID(), auth)
	_, _, errNew := p.vaults.Create(t.Context(), fresh.ID(), fresh)
	if err := errors.Join(errOld, errNew); err != nil {
		t.Fatal(err)
	}
	if !kept(t, p, auth.ID()) {
		t.Fatal("the vault that holds nothing is gone before it is swept")
	}

	ctx, end := context.WithCancel(t.Context())
	defer end()
	ticks := make(chan time.Time)
	var sweeping sync.WaitGroup
	sweeping.Go(func() { p.sweep(ctx, ticks, slog.New(slog.DiscardHandler)) })
	ticks <- time.Time{}
	ticks <- time.Time{} // taken only when the first is done
	end()
	sweeping.Wait()
	if kept(t, p, auth.ID()) || !kept(t, p, fresh.ID()) {
		t.Error("another vault went than the one that has held nothing for a day")
	}
}

// kept tells whether the row of a vault is there.
func kept(t *testing.T, p *parts, id vault.ID) bool {
	t.Helper()
	err := p.store.Vaults().Read(t.Context(), func(tx vault.Tx) error {
		_, err := tx.Vault(id)
		return err
	})
	if err != nil && !errors.Is(err, vault.ErrNotFound) {
		t.Fatal(err)
	}
	return err == nil
}

// The start looks at the end of the file of tombstones; what an older copy of the database lacks
// further up ends the service as soon as it is found.
func TestServeEndsWhenWhatWasDeletedIsBackInTheDatabase(t *testing.T) {
	flags := dataFlags{Data: t.TempDir()}
	wired := func() *parts {
		p, err := flags.wire(t.Context(), watched{limits: limitFlags{RateFactor: 1}}, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	p := wired()
	kept, gone := vaulttest.Auth(), vaulttest.Auth()
	_, _, errKept := p.vaults.Create(t.Context(), kept.ID(), kept)
	_, _, errGone := p.vaults.Create(t.Context(), gone.ID(), gone)
	opened, err := p.vaults.Authenticate(t.Context(), gone.ID(), gone)
	if err := errors.Join(errKept, errGone, err, p.vaults.Delete(t.Context(), opened), p.close()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(flags.Data, "tombstones")
	known, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lacked := strings.Repeat("ab", 32) + string(known[64:])
	if err := os.WriteFile(file, []byte(lacked+strings.Repeat(string(known), 1000)), 0o600); err != nil {
		t.Fatal(err)
	}

	p = wired()
	ctx, end := context.WithTimeout(t.Context(), time.Minute)
	defer end()
	if err := errors.Join(p.attend(ctx, flags, slog.New(slog.DiscardHandler)), p.close()); !errors.Is(err, store.ErrOlderDatabase) {
		t.Errorf("the service ended with %v", err)
	}
}
