package main

import (
	"io"
	"net"
	"net/url"
	"path/filepath"
	"testing"
)

// lateServer is an address at which PostgreSQL is not there yet.
type lateServer struct {
	address string
	listen  string // host:port
	socket  string // of the server that will be there
}

// lateDatabase returns where a database will be once it arrives.
func lateDatabase(t *testing.T, database string) lateServer {
	t.Helper()
	parsed, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	query := parsed.Query()
	return lateServer{
		address: "postgres://" + query.Get("user") + "@" + at + parsed.Path + "?sslmode=disable",
		listen:  at, socket: filepath.Join(query.Get("host"), ".s.PGSQL.5432"),
	}
}

// arrive begins to pass connections on to the server.
func (l lateServer) arrive(t *testing.T) {
	t.Helper()
	listener, err := net.Listen("tcp", l.listen)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("unix", l.socket)
			if err != nil {
				client.Close()
				continue
			}
			go pass(client, server)
			go pass(server, client)
		}
	}()
	t.Cleanup(func() {
		listener.Close()
		<-ended
	})
}

// pass passes on what one end sends, until it closes.
func pass(from, to net.Conn) {
	_, _ = io.Copy(to, from)
	to.Close()
	from.Close()
}
