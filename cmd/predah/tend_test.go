package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

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
