package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"predah/internal/store"
)

type backupCommand struct {
	dataFlags
	File string `arg:"" help:"File to write; it must not be there."`
}

type restoreCommand struct {
	dataFlags
	File         string `arg:"" help:"The backup."`
	Tombstones   string `placeholder:"FILE" help:"The file of what was deleted since, kept apart from backups; by default, tombstones in the folder of the data."`
	NoTombstones bool   `help:"Restore without that file, although what was deleted after the backup comes back."`
	Force        bool   `help:"Replace what the database holds."`
}

type verifyCommand struct {
	dataFlags
	File string `arg:"" optional:"" help:"A backup to check; by default the database in use is checked."`
}

// Run writes a backup while the service goes on.
func (c backupCommand) Run(std streams) error {
	config := c.config(newLogger(std.err, "text", "info"))
	config.AcceptOlder = true // a backup is how to mend such a database: see store.ErrOlderDatabase
	opened, err := openExisting(context.Background(), config)
	if err != nil {
		return err
	}
	summary, err := opened.Backup(context.Background(), c.File)
	if err := errors.Join(err, opened.Close()); err != nil {
		return err
	}
	fmt.Fprintf(std.out, "%s: %s\n", c.File, contents(summary))
	fmt.Fprintf(std.out, "Keep these apart from it: %s (what is deleted from now on) and %s (keys).\n",
		filepath.Join(c.Data, "tombstones"), filepath.Join(c.Data, "secrets"))
	return nil
}

// Run makes a database of a backup, while no service uses it.
func (c restoreCommand) Run(std streams) (err error) {
	tombstones, err := c.tombstones()
	if err != nil {
		return err
	}
	summary, err := store.Restore(context.Background(), store.Restoration{
		Backup: c.File, Target: c.config(newLogger(std.err, "text", "info")), Tombstones: tombstones, Replace: c.Force,
	})
	switch {
	case errors.Is(err, store.ErrNotEmpty):
		return fmt.Errorf("%w; --force replaces what it holds", err)
	case err != nil:
		return err
	}
	fmt.Fprintf(std.out, "Restored %s, as of %s. Deleted since and left out: %d.\n", contents(summary), summary.Made.Format(time.RFC3339), summary.Dropped)
	fmt.Fprintln(std.out, "Sharing is off until it is given again, and counsellors sign in anew.")
	return nil
}

// tombstones is the file of what was deleted, "" only where it was asked to do without.
func (c restoreCommand) tombstones() (string, error) {
	own := filepath.Join(c.Data, "tombstones")
	if c.NoTombstones {
		if _, err := os.Stat(own); err == nil {
			return "", fmt.Errorf("%s is there: --no-tombstones is for when there is none", own)
		}
		return "", nil
	}
	file := cmp.Or(c.Tombstones, own)
	if _, err := os.Stat(file); err != nil {
		return "", fmt.Errorf("%s: %w. Give the copy that is kept apart by --tombstones; --no-tombstones does without, against the promise to those who deleted something",
			file, store.ErrNoTombstones)
	}
	return file, nil
}

// Run checks a backup, or the database in use.
func (c verifyCommand) Run(std streams) error {
	if c.File != "" {
		summary, err := store.VerifyBackup(context.Background(), c.File)
		if err != nil {
			return err
		}
		fmt.Fprintf(std.out, "%s is whole: %s, as of %s.\n", c.File, contents(summary), summary.Made.Format(time.RFC3339))
		return nil
	}
	opened, err := openExisting(context.Background(), c.config(newLogger(std.err, "text", "info")))
	if err != nil {
		return err
	}
	summary, err := opened.Verify(context.Background())
	if err := errors.Join(err, opened.Close()); err != nil {
		return err
	}
	fmt.Fprintf(std.out, "The database is whole: %s.\n", contents(summary))
	return nil
}

// contents says what is in a database.
func contents(s store.Summary) string {
	return counted(s.Vaults, "vault", "vaults") + ", " + counted(s.Records, "record", "records") + ", " + counted(s.Counsellors, "counsellor", "counsellors")
}
