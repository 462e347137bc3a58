package preview

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
)

// Version is one state of the folder.
type Version struct {
	Handler   http.Handler    // of the service
	Catalogue *load.Catalogue // what it serves
}

// Site is the service with the panel. Its zero value is not of use; see NewSite.
type Site struct {
	ctx context.Context // ends the streams of events

	mu       sync.Mutex
	version  *Version // the last that loaded; nil before the first
	state    state
	changed  chan struct{} // closed and replaced when there is news
	lastSeen *traced       // the last answers that were scored
}

// state is what the panel is told.
type state struct {
	Number   int      `json:"number"`   // goes up with every version that loads
	Problems []string `json:"problems"` // of the files as they are now, file:line:column first; empty when they are fine
}

// NewSite makes a site that has nothing to show yet. Its streams end with the context.
func NewSite(ctx context.Context) *Site {
	return &Site{ctx: ctx, changed: make(chan struct{}), state: state{Problems: []string{}}}
}

// Show puts a version in the place of the one before and has every open page load it.
func (s *Site) Show(version Version) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.version, s.lastSeen = &version, nil
	s.state = state{Number: s.state.Number + 1, Problems: []string{}}
	s.tell()
}

// Fail shows why the files as they are cannot be shown. The version before stays.
func (s *Site) Fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.Problems = strings.Split(err.Error(), "\n")
	s.tell()
}

// tell wakes the streams. The lock is held.
func (s *Site) tell() {
	close(s.changed)
	s.changed = make(chan struct{})
}

//go:embed page
var page embed.FS

// The addresses that are the preview's own.
const (
	scriptAddress = "/_preview/panel.js"
	styleAddress  = "/_preview/panel.css"
	eventsAddress = "/_preview/events"
)

// ServeHTTP answers with the service, with the panel in its pages.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !isLocal(r.Host) {
		http.Error(w, "A preview is open on this machine only.", http.StatusForbidden)
		return
	}
	switch r.URL.Path {
	case scriptAddress:
		s.file(w, "page/panel.js", "text/javascript; charset=utf-8")
	case styleAddress:
		s.file(w, "page/panel.css", "text/css; charset=utf-8")
	case eventsAddress:
		s.events(w, r)
	default:
		s.serve(w, r)
	}
}

func (s *Site) file(w http.ResponseWriter, name, mediaType string) {
	content, err := page.ReadFile(name)
	if err != nil {
		http.Error(w, "the file is missing", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(content) // the browser may be gone
}

// serve answers with the service, or with an empty page while there is none.
func (s *Site) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	version := s.version
	s.mu.Unlock()
	if version == nil {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!doctype html><html lang=\"en\"><title>Preview</title><body>"+panelTag+"</body></html>")
		return
	}
	s.trace(*version, r)
	r.Header.Del("Accept-Encoding") // pages are changed on their way
	out := &pageWriter{ResponseWriter: w}
	version.Handler.ServeHTTP(out, r)
	out.finish()
}

// panelTag loads the panel.
const panelTag = `<script src="` + scriptAddress + `" defer></script>`

// pageWriter puts the panel into answers that are pages, and passes on every other.
type pageWriter struct {
	http.ResponseWriter
	isPage  bool
	status  int
	content bytes.Buffer
}

func (p *pageWriter) WriteHeader(status int) {
	p.isPage = strings.HasPrefix(p.Header().Get("Content-Type"), "text/html")
	if p.status = status; !p.isPage {
		p.ResponseWriter.WriteHeader(status)
	}
}

func (p *pageWriter) Write(content []byte) (int, error) {
	if p.status == 0 {
		p.WriteHeader(http.StatusOK)
	}
	if p.isPage {
		return p.content.Write(content)
	}
	return p.ResponseWriter.Write(content)
}

// finish sends a page that was held back.
func (p *pageWriter) finish() {
	if !p.isPage {
		return
	}
	content := p.content.Bytes()
	if at := bytes.LastIndex(content, []byte("</body>")); at >= 0 {
		content = append(append(append([]byte{}, content[:at]...), panelTag...), content[at:]...)
	}
	p.Header().Del("Etag")
	p.Header().Set("Content-Length", strconv.Itoa(len(content)))
	p.ResponseWriter.WriteHeader(p.status)
	_, _ = p.ResponseWriter.Write(content) // the browser may be gone
}

// Loopback refuses to listen anywhere but on this machine.
func Loopback(address string) error {
	if !isLocal(address) {
		return fmt.Errorf("%s is open to others; a preview listens on this machine only, such as 127.0.0.1:8090", address)
	}
	return nil
}

// isLocal reports whether a host, with or without a port, is this machine. Names are
// refused but for localhost, so that no name of another site can be made to lead here.
func isLocal(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	if host == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}

// find returns the questionnaire that a score is asked of.
func (v Version) find(id string) (*questionnaire.Questionnaire, bool) {
	return v.Catalogue.Questionnaire(questionnaire.ID(id))
}
