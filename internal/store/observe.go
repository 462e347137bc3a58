package store

import (
	"database/sql"
	"time"
)

// Observe is told what the store does while it does it, for metrics. Each may be nil. They
// are called by several goroutines at once, and writes wait for them.
type Observe struct {
	// Commit is told of each transaction that was committed: how many writes shared it, and
	// how long the commit took as a whole. Most of it is the wait for the disk.
	Commit func(writes int, took time.Duration)
	// Refused is told of each write that was refused, because too many waited or it had
	// waited for too long.
	Refused func()
	// Repeated is told of each transaction that runs again, because another one came between
	// or the connection was lost before anything was sent. Only PostgreSQL has those.
	Repeated func()
	// ReadElsewhere is told of each read that the standby answered.
	ReadElsewhere func()
}

func (o Observe) commit(writes int, took time.Duration) {
	if o.Commit != nil {
		o.Commit(writes, took)
	}
}

func (o Observe) refused() {
	if o.Refused != nil {
		o.Refused()
	}
}

func (o Observe) repeated() {
	if o.Repeated != nil {
		o.Repeated()
	}
}

func (o Observe) readElsewhere() {
	if o.ReadElsewhere != nil {
		o.ReadElsewhere()
	}
}

// Stats is how a database does at a moment.
type Stats struct {
	Queued    int // writes that wait for the one writer of SQLite; 0 on PostgreSQL
	MaxQueued int // how many may wait before one more is refused; 0 on PostgreSQL
	// Pools are the connections by what they are for: "read" and "write" on SQLite, "all" on
	// PostgreSQL and "standby" where there is one.
	Pools map[string]sql.DBStats
}

// Stats says how the database does now. It asks nothing of it.
func (s *Store) Stats() Stats { return s.stats() }

func (s *sqliteStore) stats() Stats {
	return Stats{
		Queued: len(s.folding.queue), MaxQueued: cap(s.folding.queue),
		Pools: map[string]sql.DBStats{"read": poolStats(s.readers), "write": poolStats(s.writer)},
	}
}

func (s *postgresStore) stats() Stats {
	pools := map[string]sql.DBStats{"all": s.pool.Stats()}
	if s.standby != nil {
		pools["standby"] = s.standby.pool.Stats()
	}
	return Stats{Pools: pools}
}
