package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// What a backup remembers about itself, in its table state.
const (
	stateBackup = "backup" // when it was made, in Unix seconds; a database that has this is not served
	stateDigest = "digest" // of its rows
	stateSchema = "schema" // the number of its last migration
)

// Errors that a caller can tell apart.
var (
	ErrFileExists    = errors.New("there is a file of this name already")
	ErrIsBackup      = errors.New("this database is a backup: predah restore makes one to serve of it, without what was deleted since")
	ErrOlderDatabase = errors.New("the database is older than the file of tombstones: what was deleted since is back in it. Write a backup of it and restore that")
	ErrNotBackup     = errors.New("this file is no backup of Predah")
	ErrDamaged       = errors.New("the backup is damaged")
	ErrNewerBackup   = errors.New("the backup was made by a newer version of Predah")
	ErrNotEmpty      = errors.New("the database to restore to is not empty")
	ErrOldBackup     = errors.New("the backup is too old: tombstones are kept for 35 days, so what was deleted after it would come back")
	ErrNoTombstones  = errors.New("the file of tombstones is not there: without it, what was deleted after the backup would come back")
)

// Summary says what is in a database or backup.
type Summary struct {
	Vaults, Records, Counsellors int

	Made    time.Time // when the backup was made; zero for a database in use
	Dropped int       // of a restore: vaults, records, accounts and links that do not come back
}

// Backup writes everything that a restore may bring back into a new SQLite file, while the
// service goes on. It holds no grant, no session, no open invitation, no key and no pepper.
func (s *Store) Backup(ctx context.Context, file string) (Summary, error) {
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		return Summary{}, errors.Join(ErrFileExists, err)
	}
	folder, err := os.MkdirTemp(filepath.Dir(file), ".predah-backup-")
	if err != nil {
		return Summary{}, fmt.Errorf("make the backup: %w", err)
	}
	defer os.RemoveAll(folder)
	part := filepath.Join(folder, "part")
	summary, err := s.backup(ctx, part)
	if err != nil {
		return Summary{}, fmt.Errorf("make the backup: %w", withoutValues(err))
	}
	if err := errors.Join(syncFile(part), os.Rename(part, file), syncFile(filepath.Dir(file))); err != nil {
		return Summary{}, fmt.Errorf("make the backup: %w", err)
	}
	return summary, nil
}

// backup copies one moment of the database into a new file.
func (s *Store) backup(ctx context.Context, file string) (summary Summary, err error) {
	target, err := openSQLite(ctx, Config{File: file, Now: s.now})
	if err != nil {
		return Summary{}, err
	}
	defer func() { err = errors.Join(err, target.close()) }()
	if err := target.migrate(ctx); err != nil {
		return Summary{}, err
	}
	ctx = patiently(ctx)
	err = s.read(ctx, func(from *tx) error {
		return target.write(ctx, func(to *tx) error {
			if err := errors.Join(copyTables(from, to), copyPeppers(from, to)); err != nil {
				return err
			}
			if err := to.describeBackup(s.now()); err != nil {
				return err
			}
			summary, err = to.summary()
			return err
		})
	})
	return summary, err
}

// copyTables copies every row that is backed up.
func copyTables(from, to *tx) error {
	for _, each := range backedUp() {
		if err := from.eachRow(each, func(r row) error { return to.addRow(each, r) }); err != nil {
			return err
		}
	}
	return nil
}

// describeBackup marks the database as a backup and keeps what its rows are checked by.
func (t *tx) describeBackup(made time.Time) error {
	digest, err := t.digest()
	if err != nil {
		return err
	}
	schema, err := t.schema()
	return errors.Join(err,
		t.setState(stateBackup, strconv.FormatInt(made.Unix(), 10)),
		t.setState(stateDigest, digest),
		t.setState(stateSchema, strconv.Itoa(schema)))
}

// schema is the number of the last migration.
func (t *tx) schema() (int, error) {
	var version int
	err := t.db.Raw("SELECT max(version_id) FROM goose_db_version").Scan(&version).Error
	return version, wrap(err, "read the version of the tables")
}

// refuseBackup returns ErrIsBackup for a database that a backup was copied to by hand: what
// was deleted since would be back in it.
func (t *tx) refuseBackup() error {
	made, err := t.state(stateBackup)
	if err == nil && made != "" {
		return ErrIsBackup
	}
	return err
}

// summary counts what is there.
func (t *tx) summary() (s Summary, err error) {
	for of, count := range map[string]*int{"vaults": &s.Vaults, "records": &s.Records, "counsellors": &s.Counsellors} {
		if *count, err = t.countRows(of); err != nil {
			return Summary{}, err
		}
	}
	made, err := t.state(stateBackup)
	if err != nil || made == "" {
		return s, err
	}
	at, err := strconv.ParseInt(made, 10, 64)
	s.Made = time.Unix(at, 0).UTC()
	return s, wrap(err, "read when the backup was made")
}

// syncFile waits until a file or folder is on disk.
func syncFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// copyFile copies a file to a new one that only this user reads.
func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}
