package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"predah/internal/secrets"
	"predah/internal/store"
)

type keysCommand struct {
	Make   keysMakeCommand   `cmd:"" help:"Make the pepper and the first keys, for services that are given them read-only."`
	List   keysListCommand   `cmd:"" help:"List the keys that sign."`
	Adopt  keysAdoptCommand  `cmd:"" help:"Let a database go with the secrets that are here, where its own are lost for good."`
	Rotate keysRotateCommand `cmd:"" help:"Make a new key; every running process knows it within a minute. Or a new pepper, while no process runs."`
}

// keysFlags say where the keys are.
type keysFlags struct {
	Data string `default:"./data" placeholder:"DIR" help:"Folder of the database and the keys (${default})."`
}

type keysListCommand struct{ keysFlags }

type keysRotateCommand struct {
	dataFlags
	Purpose secrets.Purpose `arg:"" enum:"receipt,access,pepper" help:"What the key is for: ${enum}."`
}

// pepperPurpose is what the pepper is called beside the purposes of keys.
const pepperPurpose secrets.Purpose = "pepper"

// Help is shown by predah keys rotate --help.
func (keysRotateCommand) Help() string {
	return `A new key signs five minutes later, when every process that reads the folder knows it. Old receipt
keys stay for good, so that old receipts can be checked. Old access keys are removed by the first
rotation an hour or more after they were replaced; to void all access tokens at once, remove their
files and start the service again.

A new pepper encrypts anew what is kept of counsellors, at once. No process may run meanwhile on
this folder or this database; give every process the new folder before it starts again. The old
pepper stays in the folder: keep it with your copies of the secrets for as long as there are backups
that were made before, and remove it then. To restore such a backup, put the old pepper back, restore,
and rotate again.`
}

// open opens the folder of the keys, if it is there.
func (f keysFlags) open(now func() time.Time) (*secrets.Folder, error) {
	path := filepath.Join(f.Data, "secrets")
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("look for the keys, which predah serve makes: %w", err)
	}
	return secrets.Open(path, now)
}

type keysMakeCommand struct{ keysFlags }

func (c keysMakeCommand) Run(std streams) error {
	path := filepath.Join(c.Data, "secrets")
	if _, err := secrets.Open(path, time.Now); err != nil {
		return err
	}
	_, err := fmt.Fprintf(std.out, "%s has the pepper and the keys: give every process the same, and nobody else\n", path)
	return err
}

type keysAdoptCommand struct{ dataFlags }

// Help is shown by predah keys adopt --help.
func (keysAdoptCommand) Help() string {
	return `A database remembers with which pepper it was made, and no service with another one is let in. Where that pepper
is lost for good, this lets the database go with the one in the folder of the data. End every service first. What people saved
stays as it is; counsellors have to be invited again, since nothing of their accounts can be read any more.`
}

func (c keysAdoptCommand) Run(std streams) (err error) {
	ctx, config := context.Background(), c.config(newLogger(std.err, "text", "info"))
	config.Use = store.Alone
	opened, err := openExisting(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	kept, err := secrets.Open(c.secretsFolder(), time.Now)
	if err != nil {
		return err
	}
	if err := opened.ReplacePeppers(ctx, kept.Pepper().Check()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "The database goes with %s now: invite the counsellors again\n", c.secretsFolder())
	return err
}

func (c keysListCommand) Run(std streams) error {
	folder, err := c.open(time.Now)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "PURPOSE\tMADE\tID\tUSE")
	for _, purpose := range []secrets.Purpose{secrets.Receipts, secrets.Access} {
		signing := folder.Signing(purpose)
		for _, key := range folder.Keys(purpose) {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", purpose, key.Made.Format(time.DateTime), key.ID, useOf(key, signing))
		}
	}
	return table.Flush()
}

// useOf says what a key does beside the one that signs.
func useOf(key, signing secrets.SigningKey) string {
	switch {
	case key.ID == signing.ID:
		return "signs and checks"
	case key.Made.After(signing.Made):
		return "signs soon"
	}
	return "checks"
}

func (c keysRotateCommand) Run(std streams) error {
	if c.Purpose == pepperPurpose {
		return c.rotatePepper(std)
	}
	folder, err := keysFlags{Data: c.Data}.open(time.Now)
	if err != nil {
		return err
	}
	key, err := folder.Rotate(c.Purpose)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "%s key %s signs from %s on (UTC)\n", c.Purpose, key.ID, key.Made.Add(secrets.Settling).Format(time.DateTime))
	return err
}

// rotatePepper makes a new pepper and encrypts with it what is kept of counsellors. The database goes
// with both peppers meanwhile, so that no service starts on a half of it, and the next try goes on.
func (c keysRotateCommand) rotatePepper(std streams) (err error) {
	ctx, config := context.Background(), c.config(slog.New(slog.DiscardHandler)) // what fails is returned
	config.Use = store.Alone
	opened, err := openExisting(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	// A rotation that was interrupted may have left the database with the new pepper alone.
	folder, err := c.secretsOf(ctx, opened, secrets.Rotating(c.secretsFolder()))
	if err != nil {
		return err
	}
	kept, err := folder.RotatePepper(func(old, next secrets.Pepper) error {
		if err := opened.MatchPeppers(ctx, old.Check(), next.Check()); err != nil {
			return c.otherSecrets(err)
		}
		if err := newAccounts(opened, newVaults(opened), next).Rewrap(ctx, old.Key); err != nil {
			return err
		}
		return opened.ReplacePeppers(ctx, next.Check())
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "There is a new pepper, and what is kept of counsellors is encrypted with it. The old one is in %s: "+
		"backups made before need it, so keep it as long as you keep them, and remove it then.\n", kept)
	return err
}
