package api

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"predah/internal/limit"
	"predah/internal/questionnaire"
)

// The names of rules of what a network has at once: connections, and requests that are being answered.
// The second holds behind a proxy, whose connections are nobody's, and for the streams of HTTP/2, which
// proxies speak.
const (
	connectionsRule = "connections"
	atOnceRule      = "at-once"
)

const (
	// turnedAway is how many connections too many are told so at once; more are closed without a word.
	turnedAway = 128
	// turningLimit is how long such a connection may take to send its request and read the answer.
	turningLimit = 2 * time.Second
)

// parseProxies reads addresses and networks of proxies that are trusted.
func parseProxies(texts []string) ([]netip.Prefix, error) {
	proxies := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		if address, err := netip.ParseAddr(text); err == nil {
			proxies[i] = netip.PrefixFrom(address, address.BitLen())
			continue
		}
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("trust the proxies: %w", err)
		}
		proxies[i] = prefix
	}
	return proxies, nil
}

// atOnce refuses requests of a network of which too many are being answered.
func (s *service) atOnce(c *gin.Context) {
	if s.limits == nil || s.each == 0 {
		return
	}
	release, refusal := s.limits.Hold(caller(c), limit.Rule{Name: atOnceRule, Calls: s.each})
	if refusal != nil {
		s.refuseLimited(c, refusal)
		return
	}
	defer release()
	c.Next()
}

// admitting is a handler that says who may have one more connection.
type admitting interface {
	// admit returns what is to be called when the connection is closed, or the whole answer to one that is refused.
	admit(peer net.Addr) (release func(), refused []byte)
}

// PerNetwork is the listener, which takes no more connections of one network at once than the handler,
// one of New's, allows; those above are told so and closed. The proxies that are trusted are
// not counted: each request that comes through them is.
func PerNetwork(listener net.Listener, handler http.Handler) net.Listener {
	words, ok := handler.(admitting)
	if !ok {
		return listener
	}
	return perNetwork{Listener: listener, words: words, turning: make(chan struct{}, turnedAway)}
}

type perNetwork struct {
	net.Listener
	words   admitting
	turning chan struct{} // has one for each connection that is being turned away
}

// Accept waits for the next connection that may be had.
func (l perNetwork) Accept() (net.Conn, error) {
	for {
		connection, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		release, refused := l.words.admit(connection.RemoteAddr())
		if refused == nil {
			return &heldConnection{Conn: connection, release: sync.OnceFunc(release)}, nil
		}
		select {
		case l.turning <- struct{}{}:
			go func() {
				turnAway(connection, refused)
				<-l.turning
			}()
		default:
			_ = connection.Close()
		}
	}
}

// turnAway reads a request, so that closing loses nothing of what is answered, and answers.
func turnAway(connection net.Conn, answer []byte) {
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(turningLimit))
	if _, err := http.ReadRequest(bufio.NewReader(io.LimitReader(connection, maxHeaderBytes))); err != nil {
		return
	}
	if _, err := connection.Write(answer); err != nil {
		return
	}
	if closeWrite(connection) == nil {
		_, _ = io.Copy(io.Discard, io.LimitReader(connection, maxHeaderBytes))
	}
}

// heldConnection is a connection that counts until it is closed.
type heldConnection struct {
	net.Conn
	release func()
}

// Close closes the connection.
func (c *heldConnection) Close() error {
	defer c.release()
	return c.Conn.Close()
}

// CloseWrite says that nothing more will be written, so that the client reads what was.
func (c *heldConnection) CloseWrite() error { return closeWrite(c.Conn) }

// closeWrite does so where the connection can.
func closeWrite(connection net.Conn) error {
	if half, ok := connection.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// admit counts a connection. What is refused is answered in Slovenian, as in refusal.
func (f *front) admit(peer net.Addr) (release func(), refused []byte) {
	s := f.service
	from, err := netip.ParseAddrPort(peer.String())
	if s.limits == nil || s.each == 0 || err != nil {
		return func() {}, nil
	}
	address := from.Addr().Unmap()
	if slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(address) }) {
		return func() {}, nil
	}
	release, refusal := s.limits.Hold(address, limit.Rule{Name: connectionsRule, Calls: s.each})
	if refusal == nil {
		return release, nil
	}
	return nil, f.whole(s.problems.tooMany(TooManyRequests, refusal, questionnaire.Slovenian), refusalHeaders(refusal))
}
