package metrics

import (
	"log/slog"
	"net/http"
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// namespace begins the name of every metric that is Predah's own.
const namespace = "predah"

// Metrics counts. It is safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry

	requests *prometheus.HistogramVec
	panics   prometheus.Counter
	limits   *prometheus.CounterVec

	folded   prometheus.Histogram
	commits  prometheus.Histogram
	refused  prometheus.Counter
	repeated prometheus.Counter
	standby  prometheus.Counter

	upkeep     *prometheus.CounterVec
	upkeepLast *prometheus.GaugeVec
}

// Build names the program that counts.
type Build struct{ Version, Commit string }

// New returns metrics of a program that has just started.
func New(build Build) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry()}
	m.registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	m.addRequests()
	m.addWrites()
	m.addUpkeep()
	info := m.gauges("build_info", "The build that runs; always 1.", "version", "commit", "go")
	info.WithLabelValues(build.Version, build.Commit, runtime.Version()).Set(1)
	return m
}

// Handler answers with all metrics, in the format that the caller prefers. What cannot be
// gathered is logged without values, and the rest is sent.
func (m *Metrics) Handler(logger *slog.Logger) http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorHandling:       promhttp.ContinueOnError,
		ErrorLog:            failures{logger},
		MaxRequestsInFlight: 4,
		Timeout:             10 * time.Second,
	})
}

// failures logs that something could not be gathered.
type failures struct{ logger *slog.Logger }

// Println is called by promhttp with what went wrong.
func (f failures) Println(...any) { f.logger.Warn("not all metrics can be gathered") }

// addRequests adds what is counted of requests and callers.
func (m *Metrics) addRequests() {
	m.requests = prometheus.NewHistogramVec(timing(
		"http_request_duration_seconds", "How long requests took, by method, route template and class of status.",
	), []string{"method", "route", "status"})
	m.panics = m.counter("panics_total", "Requests that ended in a panic.")
	m.limits = m.counters("rate_limit_decisions_total", "Calls that a limit counted, by its rule: allowed or not, and whether counted for all processes or for this one only.",
		"rule", "decision", "counted")
	m.registry.MustRegister(m.requests)
}

// addWrites adds what is counted of the database while it works.
func (m *Metrics) addWrites() {
	m.folded = prometheus.NewHistogram(prometheus.HistogramOpts{
		Namespace: namespace, Name: "writes_per_commit", Help: "How many writes shared a transaction.",
		Buckets: []float64{1, 2, 4, 8, 16, 32, 64}, NativeHistogramBucketFactor: 1.1, NativeHistogramMaxBucketNumber: 100,
	})
	m.commits = prometheus.NewHistogram(timing("commit_duration_seconds", "How long commits took as a whole: the way to the database and back, its checks, the wait for the disk."))
	m.registry.MustRegister(m.folded, m.commits)
	m.refused = m.counter("writes_refused_total", "Writes that were refused because too many waited, or they had waited for too long.")
	m.repeated = m.counter("transactions_repeated_total", "Transactions that ran again because another one came between, or the connection was lost before they were sent.")
	m.standby = m.counter("standby_reads_total", "Reads that the standby answered, because the database was out of reach.")
}

// addUpkeep adds what is counted of work that is done from time to time.
func (m *Metrics) addUpkeep() {
	m.upkeep = m.counters("upkeep_runs_total", "Runs of work that is done from time to time, by what came of them.", "task", "result")
	m.upkeepLast = m.gauges("upkeep_last_success_timestamp_seconds", "When that work last succeeded.", "task")
	for _, job := range []Job{Sweep, Erase, ReloadKeys, WriteStatistics} {
		m.upkeep.WithLabelValues(string(job), "ok")
		m.upkeep.WithLabelValues(string(job), "failed")
	}
}

// timing describes a histogram of seconds: native, with classic buckets for those who collect
// in text. Nothing that is answered takes longer than half a minute.
func timing(name, help string) prometheus.HistogramOpts {
	return prometheus.HistogramOpts{
		Namespace: namespace, Name: name, Help: help,
		Buckets:                         []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 30},
		NativeHistogramBucketFactor:     1.1,
		NativeHistogramMaxBucketNumber:  100,
		NativeHistogramMinResetDuration: time.Hour,
	}
}

func (m *Metrics) counter(name, help string) prometheus.Counter {
	c := prometheus.NewCounter(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help})
	m.registry.MustRegister(c)
	return c
}

func (m *Metrics) counters(name, help string, labels ...string) *prometheus.CounterVec {
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
	m.registry.MustRegister(c)
	return c
}

func (m *Metrics) gauges(name, help string, labels ...string) *prometheus.GaugeVec {
	g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help}, labels)
	m.registry.MustRegister(g)
	return g
}

// Request counts an answer. The route is the template of the operation or a word for everything
// that is none, never an address; the method is one that is known, or "other".
func (m *Metrics) Request(method, route string, status int, took time.Duration) {
	m.requests.WithLabelValues(method, route, class(status)).Observe(took.Seconds())
}

// class is the class of a status: 2xx and so on.
func class(status int) string { return strconv.Itoa(status/100) + "xx" }

// Panicked counts a panic.
func (m *Metrics) Panicked() { m.panics.Inc() }

// Limited counts what the limiter decided: the rule by its name, and whether the call was
// counted for all processes or for this one only.
func (m *Metrics) Limited(rule string, allowed, shared bool) {
	decision, counted := "refused", "here"
	if allowed {
		decision = "allowed"
	}
	if shared {
		counted = "shared"
	}
	m.limits.WithLabelValues(rule, decision, counted).Inc()
}

// Committed counts a transaction: how many writes shared it, and how long its commit took.
func (m *Metrics) Committed(writes int, took time.Duration) {
	m.folded.Observe(float64(writes))
	m.commits.Observe(took.Seconds())
}

// WriteRefused counts a write that was refused because too many waited.
func (m *Metrics) WriteRefused() { m.refused.Inc() }

// TransactionRepeated counts a transaction that runs again.
func (m *Metrics) TransactionRepeated() { m.repeated.Inc() }

// ReadFromStandby counts a read that the standby answered.
func (m *Metrics) ReadFromStandby() { m.standby.Inc() }

// Job is a kind of work that is done from time to time.
type Job string

// The jobs.
const (
	Sweep           Job = "sweep"            // removes what has passed its time
	Erase           Job = "erase"            // makes what was deleted disappear from the files
	ReloadKeys      Job = "reload_keys"      // reads the keys again
	WriteStatistics Job = "write_statistics" // keeps how many checks were finished
)

// Done counts a run of a job, and what came of it. How much it did is not counted: one share
// that ended at three past two is a disclosure too.
func (m *Metrics) Done(job Job, err error) {
	if err != nil {
		m.upkeep.WithLabelValues(string(job), "failed").Inc()
		return
	}
	m.upkeep.WithLabelValues(string(job), "ok").Inc()
	m.upkeepLast.WithLabelValues(string(job)).SetToCurrentTime()
}
