package api

import (
	"bytes"
	"net"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"predah/internal/questionnaire"
)

// maxAddress is the longest address of a request that is looked at, in bytes. Every address of
// Predah is far shorter.
const maxAddress = 4 << 10

// short refuses addresses that are too long to be any of ours.
func (s *service) short(c *gin.Context) {
	if len(c.Request.RequestURI) > maxAddress {
		s.refuse(c, AddressTooLong)
	}
}

// wording is a handler that also has words for what never reaches it.
type wording interface {
	// refusal is the whole answer, header and body, to a request that was refused with a status.
	refusal(status int) []byte
}

// Refusing is the listener, on whose connections what net/http refuses by itself, before the
// handler sees it, is said in the handler's words: as problems with the security headers, and
// never as a fault of the server. The handler is one of New's; for others nothing changes.
func Refusing(listener net.Listener, handler http.Handler) net.Listener {
	words, ok := handler.(wording)
	if !ok {
		return listener
	}
	return refusing{Listener: listener, words: words}
}

// refusing is a listener of connections that word refusals anew.
type refusing struct {
	net.Listener
	words wording
}

// Accept waits for the next connection.
func (r refusing) Accept() (net.Conn, error) {
	connection, err := r.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return refusingConnection{Conn: connection, words: r.words}, nil
}

// refusingConnection is a connection whose refusals are worded anew.
type refusingConnection struct {
	net.Conn
	words wording
}

// bareRefusal is how the headers of net/http's own refusals look, which it writes at once and
// with their body. Those of an answer to a request that was read begin with the date.
var bareRefusal = []byte("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")

// Write writes an answer, or what is said in its place.
func (c refusingConnection) Write(answer []byte) (int, error) {
	status := refusedWith(answer)
	if status == 0 {
		return c.Conn.Write(answer)
	}
	if _, err := c.Conn.Write(c.words.refusal(status)); err != nil {
		return 0, err
	}
	return len(answer), nil
}

// CloseWrite says that nothing more will be written, so that the client reads what was.
func (c refusingConnection) CloseWrite() error { return closeWrite(c.Conn) }

// refusedWith is the status of a refusal of net/http's own, 0 for any other answer. It looks at
// the first line of the answer and what comes right behind, however long the rest is.
func refusedWith(answer []byte) int {
	line, ok := bytes.CutPrefix(answer, []byte("HTTP/1.1 "))
	if !ok {
		return 0
	}
	end := bytes.IndexByte(line, '\r')
	if end < len("400") || !bytes.HasPrefix(line[end:], bareRefusal) {
		return 0
	}
	status, err := strconv.Atoi(string(line[:len("400")]))
	if err != nil || status < 400 || status > 599 {
		return 0
	}
	return status
}

// refusal makes an answer in Slovenian: which language the caller reads was not found out. A
// transfer coding or a version that nobody knows (501 and 505 in RFC 9110) is as much the
// caller's mistake as any other.
func (f *front) refusal(status int) []byte {
	slug := BadRequest
	if status == http.StatusRequestHeaderFieldsTooLarge {
		slug = HeadersTooLarge
	}
	return f.whole(f.service.problems.new(slug, questionnaire.Slovenian), http.Header{})
}

// whole is the whole answer with a problem, and with headers of its own, after which the connection is closed.
func (f *front) whole(problem *Problem, h http.Header) []byte {
	var e encoder
	body := append(e.json(problem), '\n')
	h.Set("Content-Type", problemMediaType)
	h.Set("Connection", "close")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	for _, header := range f.service.headers {
		h[header.name] = header.values
	}
	var answer bytes.Buffer
	answer.WriteString("HTTP/1.1 " + strconv.Itoa(problem.Status) + " " + http.StatusText(problem.Status) + "\r\n")
	_ = h.Write(&answer) // memory takes everything
	answer.WriteString("\r\n")
	answer.Write(body)
	return answer.Bytes()
}
