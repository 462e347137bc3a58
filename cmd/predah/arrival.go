package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"predah/internal/secrets"
	"predah/internal/store"
)

// secretsFolder is where the pepper and the keys are.
func (f dataFlags) secretsFolder() string { return filepath.Join(f.Data, "secrets") }

// openSoon opens the database, or tells that it is late: PostgreSQL is out of reach. Where there
// are no secrets it waits, since the database says whether new ones may be made.
func (f dataFlags) openSoon(ctx context.Context, config store.Config, logger *slog.Logger) (opened *store.Store, late bool, err error) {
	opened, err = f.open(ctx, config)
	if !store.OutOfReach(err) {
		return opened, false, err
	}
	waits(logger)(err)
	opened = store.Late(config, err)
	if f.hasPepper() {
		return opened, true, nil
	}
	return opened, false, opened.Await(ctx, config, func(*store.Store) error { return nil }, waits(logger))
}

// secretsOf opens the secrets, and makes them where there are none, if the database goes with
// them. Only a database that no service has used takes new ones; one that is late is asked when it
// is there.
func (f dataFlags) secretsOf(ctx context.Context, opened *store.Store, late bool) (*secrets.Folder, error) {
	if late {
		return secrets.Open(f.secretsFolder(), time.Now)
	}
	known, err := opened.Peppers(ctx)
	if err != nil {
		return nil, err
	}
	if !f.hasPepper() && len(known) > 0 {
		return nil, f.otherSecrets(store.ErrOtherPepper) // before anything is made there
	}
	kept, err := secrets.Open(f.secretsFolder(), time.Now)
	if err != nil {
		return nil, err
	}
	return kept, f.match(ctx, opened, kept)
}

// match returns an error where the database was made with another pepper.
func (f dataFlags) match(ctx context.Context, opened *store.Store, kept *secrets.Folder) error {
	return f.otherSecrets(opened.MatchPeppers(ctx, kept.Pepper().Check()))
}

// otherSecrets says where the secrets are that do not go with the database.
func (f dataFlags) otherSecrets(err error) error {
	if !errors.Is(err, store.ErrOtherPepper) {
		return err
	}
	return fmt.Errorf("%s: %w; if that is lost for good, see predah keys adopt --help", f.secretsFolder(), err)
}

// hasPepper tells whether there are secrets.
func (f dataFlags) hasPepper() bool {
	_, err := os.Stat(filepath.Join(f.secretsFolder(), "pepper"))
	return !errors.Is(err, fs.ErrNotExist)
}

// waits logs why the database is waited for.
func waits(logger *slog.Logger) func(error) {
	return func(cause error) {
		logger.Warn("the database is out of reach: waiting for it, and serving what needs none", slog.String("cause", cause.Error()))
	}
}

// arrive waits for a database that is late. An error is one that waiting does not mend.
func (p *parts) arrive(ctx context.Context, f dataFlags, logger *slog.Logger) error {
	if !p.late {
		return nil
	}
	goes := func(opened *store.Store) error { return f.match(ctx, opened, p.secrets) }
	if err := p.store.Await(ctx, p.config, goes, waits(logger)); err != nil {
		return err
	}
	logger.Info("the database is there", slog.Int("schema", p.store.Schema()))
	return nil
}
