package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// connections is how many clients ask at the same time.
const connections = 64

// target is one handler under load: the same bytes are sent again and again.
type target struct {
	name    string
	address string
	request []byte // a whole HTTP/1.1 request
}

// throughput asks the target from all connections for the given time and gives
// answered requests per second. An answer that is not 200 is an error.
func throughput(t target, during time.Duration) (float64, error) {
	var (
		answered atomic.Int64
		group    sync.WaitGroup
		failures = make(chan error, connections)
		start    = time.Now()
		end      = start.Add(during)
	)
	for range connections {
		group.Go(func() {
			n, err := ask(t, end)
			answered.Add(n)
			if err != nil {
				failures <- err
			}
		})
	}
	group.Wait()
	elapsed := time.Since(start)
	select {
	case err := <-failures:
		return 0, fmt.Errorf("load on %s: %w", t.name, err)
	default:
		return float64(answered.Load()) / elapsed.Seconds(), nil
	}
}

// ask repeats the request on one connection until end and counts the answers.
func ask(t target, end time.Time) (int64, error) {
	conn, err := net.Dial("tcp", t.address)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	reader := bufio.NewReaderSize(conn, 64<<10)
	var n int64
	for time.Now().Before(end) {
		if _, err := conn.Write(t.request); err != nil {
			return n, err
		}
		if err := skipResponse(reader); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

var (
	statusOK      = []byte("HTTP/1.1 200 ")
	contentLength = []byte("Content-Length: ")
	chunked       = []byte("Transfer-Encoding: chunked\r\n")
)

// skipResponse reads one response and checks that it is a success. It does no
// more than that, so that the client takes little of the machine it shares with
// the server.
func skipResponse(reader *bufio.Reader) error {
	status, err := reader.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(status, statusOK) {
		return fmt.Errorf("answered %q", bytes.TrimSpace(status))
	}
	length := 0
	isChunked := false
	for {
		line, err := reader.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) <= len("\r\n") {
			break
		}
		if value, found := bytes.CutPrefix(line, contentLength); found {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return fmt.Errorf("read Content-Length: %w", err)
			}
		}
		isChunked = isChunked || bytes.Equal(line, chunked)
	}
	if isChunked {
		return skipChunks(reader)
	}
	_, err = reader.Discard(length)
	return err
}

func skipChunks(reader *bufio.Reader) error {
	for {
		line, err := reader.ReadSlice('\n')
		if err != nil {
			return err
		}
		size, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return fmt.Errorf("read the size of a chunk: %w", err)
		}
		if _, err := reader.Discard(int(size) + len("\r\n")); err != nil {
			return err
		}
		if size == 0 {
			return nil
		}
	}
}
