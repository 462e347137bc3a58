package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
)

// Fault is a reason for which the database cannot do its work now, though it may soon.
type Fault struct {
	says  string
	after time.Duration
}

// Error says what is the matter and what an operator can do. It has no value of any row and
// no address.
func (f *Fault) Error() string { return f.says }

// RetryAfter is in how long it is worth trying again.
func (f *Fault) RetryAfter() time.Duration { return f.after }

// soon is when it is worth trying again after what somebody has to mend.
const soon = 5 * time.Second

// What a database can fail for, for some time.
var (
	// ErrOverloaded says that a write was refused or given up, since too many wait. It did
	// not happen.
	ErrOverloaded = &Fault{"more writes wait than the database keeps up with", time.Second}
	// ErrUnknown says that it is not known whether a write happened. Who repeats it finds out,
	// as every write may be repeated.
	ErrUnknown = &Fault{"the database has not confirmed a write, which may be kept or not", soon}

	ErrDiskFull     = &Fault{"the disk of the database is full: free some space", soon}
	ErrReadOnly     = &Fault{"the database can only be read: let this user write the file, its folder and the disk", soon}
	ErrLocked       = &Fault{"another process keeps the database locked: end it, or wait until it has finished", soon}
	ErrDamagedFile  = &Fault{"the file is damaged or no database of SQLite: end the service and restore a backup", soon}
	ErrCannotOpen   = &Fault{"the file, or its log beside it (-wal and -shm), cannot be opened: this user has to read and write them and their folder", soon}
	ErrFileReplaced = &Fault{"the file or its log was removed or replaced under the service: put it back, or end the service and start it again", soon}
	ErrDisk         = &Fault{"the disk of the database does not read or write: look at the log of the machine", soon}

	ErrNoConnection = &Fault{"no connection to PostgreSQL: is it running, and is the address right?", soon}
	ErrConnections  = &Fault{"PostgreSQL takes no more connections: raise max_connections, or lower --database-connections of each process", soon}
	ErrReadOnlyHost = &Fault{"this PostgreSQL can only be read, as a standby: add target_session_attrs=read-write to the address, or make it the leader", soon}
	ErrTookTooLong  = &Fault{"the database has taken too long to answer", soon}
	ErrCannotSignIn = &Fault{"PostgreSQL does not let this user in: are name, password and database right?", soon}
	ErrNotPermitted = &Fault{"PostgreSQL does not permit this user to do that: it has to own the tables", soon}
)

// withoutValues replaces an error of a database, whose text can repeat a value or an
// address, by the fault that it is, or by one that has only its code.
func withoutValues(err error) error {
	var postgres *pgconn.PgError
	var sqlite sqlite3.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, new(*Fault)):
		return err
	case errors.As(err, &postgres):
		if fault := faultOfPostgres(postgres.Code); fault != nil {
			return fmt.Errorf("%w (SQLSTATE %s)", fault, postgres.Code)
		}
		return fmt.Errorf("the database refused a statement (SQLSTATE %s)", postgres.Code)
	case errors.As(err, &sqlite):
		if fault := faultOfSQLite(sqlite); fault != nil {
			return fmt.Errorf("%w (SQLite %d)", fault, sqlite.ExtendedCode)
		}
	case faultOfFile(err) != nil:
		return faultOfFile(err)
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return ErrTookTooLong
	case errors.Is(err, pgconn.ErrReadOnlyConnection), errors.Is(err, pgconn.ErrPrimaryConnection):
		return ErrReadOnlyHost
	case errors.As(err, new(*fs.PathError)): // whose cause looks like one of a network, too
		return err
	case lost(err):
		return ErrNoConnection
	}
	return err
}

// faultOfSQLite tells what is wrong with the file or disk, nil if it is neither.
func faultOfSQLite(err sqlite3.Error) *Fault {
	if fault := faultOfFile(err.SystemErrno); fault != nil {
		return fault
	}
	switch err.ExtendedCode {
	case sqlite3.ErrIoErrFstat, sqlite3.ErrIoErrAccess, sqlite3.ErrIoErrDelete:
		return ErrCannotOpen
	}
	switch err.Code {
	case sqlite3.ErrFull:
		return ErrDiskFull
	case sqlite3.ErrReadonly, sqlite3.ErrPerm:
		return ErrReadOnly
	case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrProtocol:
		return ErrLocked
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return ErrDamagedFile
	case sqlite3.ErrCantOpen:
		return ErrCannotOpen
	case sqlite3.ErrIoErr:
		return ErrDisk
	}
	return nil
}

// faultOfFile tells why a file could not be written, nil for another reason.
func faultOfFile(err error) *Fault {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return ErrDiskFull
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return ErrReadOnly
	}
	return nil
}

// faultOfPostgres tells what is wrong with the server, nil if it is the statement.
func faultOfPostgres(state string) *Fault {
	switch state {
	case "53300", "53400":
		return ErrConnections
	case "53100":
		return ErrDiskFull
	case "25006":
		return ErrReadOnlyHost
	case "57014", "55P03", "25P03":
		return ErrTookTooLong
	case serialization, deadlock:
		return ErrOverloaded
	case "28000", "28P01", "3D000":
		return ErrCannotSignIn
	case "42501":
		return ErrNotPermitted
	}
	if strings.HasPrefix(state, "57P") || strings.HasPrefix(state, "08") {
		return ErrNoConnection
	}
	return nil
}

// lost tells whether a connection to PostgreSQL was lost or could not be made.
func lost(err error) bool {
	var connecting *pgconn.ConnectError
	var network net.Error
	var ended *pgconn.PgError
	if errors.As(err, &ended) {
		return faultOfPostgres(ended.Code) == ErrNoConnection
	}
	return errors.As(err, &connecting) || errors.As(err, &network) || pgconn.SafeToRetry(err) || pgconn.Timeout(err) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, pgconn.ErrConnClosed)
}
