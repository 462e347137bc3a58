package load

import (
	"bufio"
	"bytes"
	"fmt"
	"strconv"
)

var (
	success       = []byte("HTTP/1.1 20")
	contentLength = []byte("Content-Length: ")
	chunked       = []byte("Transfer-Encoding: chunked\r\n")
)

// skipResponse reads one response and checks that it is a success.
func skipResponse(reader *bufio.Reader) error {
	status, err := reader.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(status, success) {
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
