package main

import (
	"context"
	"errors"
	"fmt"

	"predah/internal/secrets"
	"predah/internal/store"
)

type gcCommand struct{ dataFlags }

// Help is shown by predah gc --help.
func (gcCommand) Help() string {
	return `Removes what has passed its time, by the rules and in the small steps of the service, which does the same every minute:
grants that expired, vaults that were empty for a day or not opened for 24 months, tombstones older than 35 days,
invitations that were not accepted, and sessions that are no longer listed. It can run while the service does.`
}

// Run removes what has passed its time, and says how much.
func (c gcCommand) Run(std streams) (err error) {
	ctx := context.Background()
	config := c.config(newLogger(std.err, "text", "info"))
	config.Use = store.Serving
	opened, err := openExisting(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	vaults := newVaults(opened)
	swept, err := vaults.Sweep(ctx)
	if err != nil {
		return err
	}
	accounts := newAccounts(opened, vaults, secrets.Pepper{}) // nothing is decrypted here
	if err := errors.Join(accounts.Sweep(ctx), opened.Erase(ctx)); err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "Removed: %s, %s, %s.\n", counted(swept.Grants, "expired grant", "expired grants"),
		counted(swept.Vaults, "empty or idle vault", "empty or idle vaults"), counted(swept.Tombstones, "old tombstone", "old tombstones"))
	return err
}
