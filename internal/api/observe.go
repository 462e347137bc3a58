package api

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"predah/internal/questionnaire"
)

// Observer is told what happens to requests, for metrics. It is called by many goroutines at once.
type Observer interface {
	// Request is told of each answer: a method that is known, the template of the route or a
	// word for what is none, the status, and how long it took. Never what a caller sent.
	Request(method, route string, status int, took time.Duration)
	// Panicked is told of each panic.
	Panicked()
}

// Tally counts finished self-checks. It is called by many goroutines at once, in the middle of
// a request, and must not wait for a disk.
type Tally interface {
	Finished(questionnaire.ID)
}

// The words for routes that are no operation.
const (
	routeWeb      = "web"      // pages and files
	routePrepared = "prepared" // content that was encoded at start; which of it is told to nobody
)

// seen writes the one line about a request and tells the observer. The line has the method, the
// route template, the status, the duration and a random mark; never the path with its values,
// the query, the address, a header or the body.
func (s *service) seen(ctx context.Context, level slog.Level, r request) {
	if s.observer != nil {
		s.observer.Request(r.method, r.route, r.status, r.took)
	}
	if !s.logger.Enabled(ctx, level) {
		return
	}
	if r.mark == "" {
		r.mark = newMark()
	}
	s.logger.LogAttrs(ctx, level, "request",
		slog.String("request", r.mark),
		slog.String("method", r.method),
		slog.String("route", r.route),
		slog.Int("status", r.status),
		slog.Duration("duration", r.took))
}

// request is what is told of a request.
type request struct {
	mark          string // "" for a new one
	method, route string
	status        int
	took          time.Duration
}

// newMark returns a random mark for one request. Nobody is told it but the log, and who is
// answered with an internal problem; it leads to nothing else that is kept.
func newMark() string {
	const digits = 16
	text := strconv.FormatUint(rand.Uint64(), digits)
	return "0000000000000000"[len(text):] + text
}

// markKey is under which gin keeps the mark of a request that has one already.
const markKey = "predah.request"

// markOf returns the mark of a request that something is said about besides its line.
func markOf(c *gin.Context) string {
	mark := newMark()
	c.Set(markKey, mark)
	return mark
}
