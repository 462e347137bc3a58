package store_test

import (
	"bytes"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"testing"

	"predah/internal/store"
)

// proxy stands between a store and its PostgreSQL, and cuts connections.
type proxy struct {
	listener net.Listener
	target   string // the socket of the server

	mu     sync.Mutex
	down   bool
	open   map[net.Conn]bool
	moment *moment // when the next connection is cut
}

// moment is when a connection is cut: when the client sends a text, before or after the
// server got it. Each comes once.
type moment struct {
	sent  string
	after bool
}

// through returns where the database is behind a proxy, with a user and name of its own.
func through(t *testing.T, config store.Config, parameters string) (*proxy, store.Config) {
	t.Helper()
	address, err := url.Parse(config.Postgres)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	p := &proxy{listener: listener, target: filepath.Join(query.Get("host"), ".s.PGSQL.5432"), open: map[net.Conn]bool{}}
	t.Cleanup(func() {
		if err := listener.Close(); err != nil {
			t.Error(err)
		}
		p.cut()
	})
	go p.serve()
	config.Postgres = "postgres://" + query.Get("user") + "@" + listener.Addr().String() + address.Path + "?sslmode=disable" + parameters
	return p, config
}

func (p *proxy) serve() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("unix", p.target)
		if err != nil || !p.keep(client, server) {
			client.Close()
			continue
		}
		answerless := make(chan bool, 1)
		go back(client, server, answerless)
		go p.forward(client, server, answerless)
	}
}

// keep remembers a connection. It is false while the proxy is down.
func (p *proxy) keep(client, server net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open[client], p.open[server] = true, true
	if p.down {
		server.Close()
	}
	return !p.down
}

// back passes on what the server answers. Once an answer must not come through, it leaves the
// client, though not before the server has answered, and so has done what it was sent.
func back(client, server net.Conn, answerless <-chan bool) {
	defer client.Close()
	defer server.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := server.Read(buffer)
		if err != nil || len(answerless) > 0 {
			return
		}
		if _, err := client.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// forward passes on what the client sends, until the moment comes.
func (p *proxy) forward(client, server net.Conn, answerless chan<- bool) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			server.Close()
			return
		}
		now := p.comes(buffer[:n])
		if now != nil && !now.after {
			server.Close()
			return
		}
		if now != nil {
			answerless <- true
		}
		if _, err := server.Write(buffer[:n]); err != nil || now != nil {
			return
		}
	}
}

// comes tells whether the moment to cut has come, once.
func (p *proxy) comes(sent []byte) *moment {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.moment
	if now == nil || !bytes.Contains(sent, []byte(now.sent)) {
		return nil
	}
	p.moment = nil
	return now
}

// cutAt cuts a connection when a text is sent, before or after the server gets it.
func (p *proxy) cutAt(sent string, after bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.moment = &moment{sent, after}
}

// cut cuts all connections.
func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for connection := range p.open {
		connection.Close()
	}
	clear(p.open)
}

// setDown says whether new connections are refused.
func (p *proxy) setDown(down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = down
}
