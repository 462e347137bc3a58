package metrics

import (
	"database/sql"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Sources are asked at each collection. Those that are nil are left out.
type Sources struct {
	Database func() Database
	Reach    func() error                         // whether the database answers; asked with a limit of its own
	Disk     func() (free, total uint64, ok bool) // bytes of the disk with the data
	Keys     func() map[string]time.Time          // when the key that signs was made, by purpose
	LeftOut  int                                  // questionnaires that are wrong and not served
}

// Database is how the database does at a moment.
type Database struct {
	Queued, MaxQueued int // writes that wait, and how many may; both 0 where none wait here
	Pools             map[string]sql.DBStats
}

// Watch adds what the sources say to the metrics. It is called once.
func (m *Metrics) Watch(from Sources) {
	w := &watcher{from: from, described: make(map[string]*prometheus.Desc)}
	describe := func(name, help string, labels ...string) {
		w.described[name] = prometheus.NewDesc(prometheus.BuildFQName(namespace, "", name), help, labels, nil)
	}
	describe("questionnaires_left_out", "Questionnaires that are not served because something is wrong with them.")
	describe("write_queue_length", "Writes that wait for the database file.")
	describe("write_queue_limit", "How many writes may wait before one more is refused.")
	describe("database_connections", "Open connections to the database, by pool: in use or idle.", "pool", "state")
	describe("database_connections_limit", "How many connections a pool may open.", "pool")
	describe("database_connection_waits_total", "Requests for a connection that had to wait.", "pool")
	describe("database_connection_wait_seconds_total", "How long they waited.", "pool")
	describe("database_up", "Whether the database answers.")
	describe("disk_free_bytes", "What is free on the disk with the data.")
	describe("disk_size_bytes", "The size of that disk.")
	describe("signing_key_made_timestamp_seconds", "When the key that signs now was made.", "purpose")
	m.registry.MustRegister(w)
}

// watcher asks the sources.
type watcher struct {
	from      Sources
	described map[string]*prometheus.Desc
}

// Describe tells what can be collected.
func (w *watcher) Describe(to chan<- *prometheus.Desc) {
	for _, each := range w.described {
		to <- each
	}
}

// Collect asks every source.
func (w *watcher) Collect(to chan<- prometheus.Metric) {
	tell := func(name string, value float64, labels ...string) {
		kind := prometheus.GaugeValue
		if len(name) > 6 && name[len(name)-6:] == "_total" {
			kind = prometheus.CounterValue
		}
		to <- prometheus.MustNewConstMetric(w.described[name], kind, value, labels...)
	}
	tell("questionnaires_left_out", float64(w.from.LeftOut))
	if w.from.Database != nil {
		tellDatabase(w.from.Database(), tell)
	}
	if w.from.Reach != nil {
		up := 1.0
		if w.from.Reach() != nil {
			up = 0
		}
		tell("database_up", up)
	}
	if w.from.Disk != nil {
		if free, total, ok := w.from.Disk(); ok {
			tell("disk_free_bytes", float64(free))
			tell("disk_size_bytes", float64(total))
		}
	}
	if w.from.Keys != nil {
		for purpose, made := range w.from.Keys() {
			tell("signing_key_made_timestamp_seconds", float64(made.Unix()), purpose)
		}
	}
}

func tellDatabase(d Database, tell func(name string, value float64, labels ...string)) {
	if d.MaxQueued > 0 {
		tell("write_queue_length", float64(d.Queued))
		tell("write_queue_limit", float64(d.MaxQueued))
	}
	var names []string
	for name := range d.Pools {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		pool := d.Pools[name]
		tell("database_connections", float64(pool.InUse), name, "in_use")
		tell("database_connections", float64(pool.Idle), name, "idle")
		tell("database_connections_limit", float64(pool.MaxOpenConnections), name)
		tell("database_connection_waits_total", float64(pool.WaitCount), name)
		tell("database_connection_wait_seconds_total", pool.WaitDuration.Seconds(), name)
	}
}
