package preview

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"predah/internal/questionnaire"
)

// traced is which rules held for the answers sent last.
type traced struct {
	Questionnaire questionnaire.ID `json:"questionnaire"`
	Rules         []Rule           `json:"rules"`
}

// maxBody is the largest request to score that is looked at, in bytes; it is that of the API.
const maxBody = 64 << 10

// events streams what the panel shows (server-sent events, HTML Living Standard 9.2):
// "state" for the files and "trace" for the answers sent last.
func (s *Site) events(w http.ResponseWriter, r *http.Request) {
	stream := http.NewResponseController(w)
	if err := stream.SetWriteDeadline(time.Time{}); err != nil {
		http.Error(w, "this connection cannot stay open", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	var told *traced
	for {
		s.mu.Lock()
		current, trace, changed := s.state, s.lastSeen, s.changed
		s.mu.Unlock()
		err := send(w, "state", current)
		if err == nil && trace != told {
			told = trace
			err = send(w, "trace", trace)
		}
		if err != nil || stream.Flush() != nil {
			return // the page is closed
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		case <-s.ctx.Done():
			return
		}
	}
}

// send writes one event.
func send(w io.Writer, name string, data any) error {
	encoded, err := json.Marshal(data)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "event: %s\ndata: %s\n\n", name, encoded)
	return err
}

// trace looks at a request to score on its way and keeps which rules hold for it. What
// the service refuses has no trace.
func (s *Site) trace(version Version, r *http.Request) {
	path, isScore := strings.CutSuffix(r.URL.Path, "/score")
	id, isOne := strings.CutPrefix(path, "/api/v1/questionnaires/")
	if r.Method != http.MethodPost || !isScore || !isOne {
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), r.Body))
	q, known := version.find(id)
	if err != nil || !known {
		return
	}
	rules, err := Trace(q, body)
	if err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastSeen = &traced{Questionnaire: q.ID, Rules: rules}
	s.tell()
}
