// Package load puts a server under HTTP load and says how fast it answered. It takes little
// of the machine that it shares with the server: it sends whole requests that were made
// beforehand over connections that stay open, and reads of an answer only what it must.
//
// There is closed load, in which each connection asks again as soon as it is answered, and
// open load, in which requests arrive by a schedule, whether or not the server keeps up.
package load

import (
	"bufio"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"
)

// Source gives the requests of one connection, one after the other: each a whole HTTP/1.1
// request, good until the next is asked for.
type Source func() []byte

// Target is a server under load.
type Target struct {
	Name     string
	Dial     func() (net.Conn, error)
	Requests func() Source // for one connection
}

// At is a target at an address, host:port.
func At(name, address string, requests func() Source) Target {
	return Target{Name: name, Dial: func() (net.Conn, error) { return net.Dial("tcp", address) }, Requests: requests}
}

// Same sends the same request again and again.
func Same(request []byte) func() Source {
	return func() Source { return func() []byte { return request } }
}

// Result is what a target did.
type Result struct {
	Rate      float64         // answered requests a second
	Latencies []time.Duration // of each request, in ascending order
}

// Percentile is the latency that p percent of the requests stayed within.
func (r Result) Percentile(p float64) time.Duration {
	if len(r.Latencies) == 0 {
		return 0
	}
	return r.Latencies[min(int(p/100*float64(len(r.Latencies))), len(r.Latencies)-1)]
}

// Closed asks the target from so many connections for the given time. An answer that is no
// success is an error.
func Closed(t Target, connections int, during time.Duration) (Result, error) {
	end := time.Now().Add(during)
	return t.each(connections, func(c *connection) error {
		for began := time.Now(); began.Before(end); {
			if err := c.ask(); err != nil {
				return err
			}
			now := time.Now()
			c.took, began = append(c.took, now.Sub(began)), now
		}
		return nil
	})
}

// connection is one connection to a target.
type connection struct {
	conn   net.Conn
	reader *bufio.Reader
	next   Source
	took   []time.Duration
}

// each runs do on so many connections at once and puts together what they did.
func (t Target) each(connections int, do func(*connection) error) (Result, error) {
	opened := make([]*connection, connections)
	for i := range opened {
		conn, err := t.Dial()
		if err != nil {
			return Result{}, fmt.Errorf("reach %s: %w", t.Name, err)
		}
		defer conn.Close()
		opened[i] = &connection{conn: conn, reader: bufio.NewReaderSize(conn, 64<<10), next: t.Requests()}
	}
	var group sync.WaitGroup
	failures := make(chan error, connections)
	start := time.Now()
	for _, c := range opened {
		group.Go(func() {
			if err := do(c); err != nil {
				failures <- err
			}
		})
	}
	group.Wait()
	elapsed := time.Since(start)
	select {
	case err := <-failures:
		return Result{}, fmt.Errorf("load on %s: %w", t.Name, err)
	default:
	}
	var result Result
	for _, c := range opened {
		result.Latencies = append(result.Latencies, c.took...)
	}
	slices.Sort(result.Latencies)
	result.Rate = float64(len(result.Latencies)) / elapsed.Seconds()
	return result, nil
}

// ask sends the next request and reads its answer.
func (c *connection) ask() error {
	if _, err := c.conn.Write(c.next()); err != nil {
		return err
	}
	return skipResponse(c.reader)
}
