package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// lockNumber is that of the lock among the advisory locks of the database.
	lockNumber = 0x707265646168

	lockAsked = 15 * time.Second // how often the connection is asked that holds it
	lockAgain = time.Second      // in how long it is tried again once the connection is lost
)

// takeLock begins a transaction that lasts as long as the lock: unlike one of a session, such a
// lock is held through a pooler in any of its modes. It reads nothing, so it keeps no row that
// was deleted. Should this machine be gone, the server notices within a minute.
const takeLock = `BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL tcp_keepalives_idle = 30;
	SET LOCAL tcp_keepalives_interval = 10; SET LOCAL tcp_keepalives_count = 3`

// serverLock is an advisory lock with the connection that holds it.
type serverLock struct {
	address *pgx.ConnConfig
	use     Use
	holder  *pgx.Conn
	lost    chan struct{}
}

// lock takes an advisory lock of the database, and takes it again whenever its connection is lost.
func (s *postgresStore) lock(ctx context.Context, use Use) (hold, error) {
	l := &serverLock{address: s.address.Copy(), use: use, lost: make(chan struct{})}
	if err := l.take(ctx); err != nil {
		return hold{}, err
	}
	keeping, end := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		l.keep(keeping)
	}()
	return hold{lost: l.lost, release: func() error {
		end()
		<-ended
		return nil // should the connection be lost, that ends the transaction and the lock too
	}}, nil
}

// take connects and takes the lock.
func (l *serverLock) take(ctx context.Context) (err error) {
	connected, err := pgx.ConnectConfig(ctx, l.address)
	if err != nil {
		return fmt.Errorf("lock the database: %w", withoutValues(err))
	}
	defer func() {
		if err != nil {
			connected.Close(context.WithoutCancel(ctx))
		}
	}()
	if _, err := connected.Exec(ctx, takeLock, pgx.QueryExecModeSimpleProtocol); err != nil {
		return fmt.Errorf("lock the database: %w", withoutValues(err))
	}
	try := "SELECT pg_try_advisory_xact_lock_shared($1)"
	if l.use == Alone {
		try = "SELECT pg_try_advisory_xact_lock($1)"
	}
	var locked bool
	if err := connected.QueryRow(ctx, try, pgx.QueryExecModeExec, int64(lockNumber)).Scan(&locked); err != nil {
		return fmt.Errorf("lock the database: %w", withoutValues(err))
	}
	if !locked {
		return l.use.inTheWay()
	}
	l.holder = connected
	return nil
}

// keep holds the lock until ctx ends, or somebody else has it.
func (l *serverLock) keep(ctx context.Context) {
	for {
		l.await(ctx)
		l.letGo(context.WithoutCancel(ctx))
		if err := l.again(ctx); errors.Is(err, l.use.inTheWay()) {
			close(l.lost)
			return
		} else if err != nil {
			return
		}
	}
}

// await returns when the connection is lost, or ctx ends. It is asked from time to time, since
// nothing else may tell that the other end is gone.
func (l *serverLock) await(ctx context.Context) {
	for ctx.Err() == nil {
		waiting, cancel := context.WithTimeout(ctx, lockAsked)
		err := l.holder.PgConn().WaitForNotification(waiting)
		cancel()
		if err != nil && !pgconn.Timeout(err) {
			return
		}
		asking, cancel := context.WithTimeout(context.WithoutCancel(ctx), connectLimit) // else its end would cut the connection
		err = l.holder.Ping(asking)
		cancel()
		if err != nil {
			return
		}
	}
}

// letGo ends the transaction before the connection, which the server would notice later: whoever
// starts when a restore has ended is not to be told that it goes on.
func (l *serverLock) letGo(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, connectLimit)
	defer cancel()
	if !l.holder.IsClosed() {
		_, _ = l.holder.Exec(ctx, "ROLLBACK", pgx.QueryExecModeSimpleProtocol) // the end of the connection does the same
	}
	l.holder.Close(ctx)
}

// again takes the lock again as soon as that is possible. The error is that ctx has ended or that
// somebody else has it.
func (l *serverLock) again(ctx context.Context) error {
	for {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		err := l.take(ctx)
		if err == nil || errors.Is(err, l.use.inTheWay()) {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(lockAgain):
		}
	}
}
