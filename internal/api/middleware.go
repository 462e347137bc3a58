package api

import (
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
)

// secure puts the security headers on every answer before anything else runs, and
// refuses service workers: one would outlive an attack and leave a trace on a
// shared device.
func (s *service) secure(c *gin.Context) {
	h := c.Writer.Header()
	for _, header := range s.headers {
		h[header.name] = header.values
	}
	if c.Request.Header.Get("Service-Worker") == "script" {
		s.answer(c, s.problems.new(NotFound, s.languages.of(c.Request)))
		c.Abort()
	}
}

// legible answers that there is nothing at an address that is no text. No id is like that, and
// PostgreSQL refuses such values with an error, as if it did not answer.
func (s *service) legible(c *gin.Context) {
	if path := c.Request.URL.Path; !utf8.ValidString(path) || strings.ContainsFunc(path, unicode.IsControl) {
		s.refuse(c, NotFound)
	}
}

// logged sees to it that every request is seen once it is answered. Pages and files that are
// there are only worth a line to who looks for one.
func (s *service) logged(c *gin.Context) {
	started := time.Now()
	c.Next()
	route, level := c.FullPath(), slog.LevelInfo
	if route == "" {
		route = routeWeb
		if c.Writer.Status() < http.StatusBadRequest {
			level = slog.LevelDebug
		}
	}
	s.seen(c.Request.Context(), level, request{
		mark: c.GetString(markKey), method: knownMethod(c.Request.Method), route: route,
		status: c.Writer.Status(), took: time.Since(started),
	})
}

// knownMethod keeps words that a caller made up out of the log.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch,
		http.MethodDelete, http.MethodOptions, http.MethodConnect, http.MethodTrace:
		return method
	}
	return "other"
}

// recovered answers a panic with a problem and logs where it happened. What the
// panic said is not logged: it may hold what a caller sent.
func (s *service) recovered(c *gin.Context) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(cause)
		}
		problem := s.problems.new(Internal, s.languages.of(c.Request))
		mark := markOf(c)
		problem.Instance = "urn:predah:problem:" + mark
		if s.observer != nil {
			s.observer.Panicked()
		}
		s.logger.LogAttrs(c.Request.Context(), slog.LevelError, "panic",
			slog.String("request", mark),
			slog.String("route", c.FullPath()),
			slog.String("stack", frames(debug.Stack())))
		c.Abort()
		if !c.Writer.Written() {
			s.answer(c, problem)
		}
	}()
	c.Next()
}

// frames returns the function and file lines of a stack without the arguments and
// without the line that repeats the panic's value.
func frames(stack []byte) string {
	var kept []string
	for line := range strings.Lines(string(stack)) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "panic(") || strings.HasPrefix(line, "goroutine ") {
			continue
		}
		if !strings.HasPrefix(line, "\t") {
			line, _, _ = cutLast(line, "(")
		}
		kept = append(kept, strings.TrimSpace(line))
	}
	return strings.Join(kept, "; ")
}

// cutLast is strings.Cut around the last occurrence of sep.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
