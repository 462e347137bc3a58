package batch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

const (
	// blockSize is how many bytes are read and scored at a time.
	blockSize = 256 << 10
	// MaxRow is the longest row that is read, in bytes.
	MaxRow = 1 << 20
)

// byteOrderMark opens a text file that some spreadsheets write.
var byteOrderMark = []byte("\xef\xbb\xbf")

// chunk is some whole rows of the input and what came of them.
type chunk struct {
	data []byte
	line int // of the first row, from 1

	out      []byte
	rejected []Rejected
	tally    *tally
	done     chan struct{} // receives once, when the chunk is scored
}

// chunker cuts an input into chunks that end where a row ends.
type chunker struct {
	in        io.Reader
	quoted    bool   // whether a line break may stand inside quotes, as in CSV
	separator byte   // of cells, once it is known
	size      int    // of a chunk in bytes, unless its first row is longer
	line      int    // of the next byte, from 1
	rest      []byte // read but not given away yet
	ended     bool
}

func newChunker(in io.Reader, quoted bool, size int) *chunker {
	return &chunker{in: in, quoted: quoted, size: size, line: 1}
}

// next fills the chunk with the next rows. The error is io.EOF when there are no more.
func (c *chunker) next(into *chunk) error {
	data := append(into.data[:0], c.rest...)
	first := c.line == 1
	for size := c.size; ; size *= 2 {
		var err error
		if data, err = c.fill(data, size); err != nil {
			return err
		}
		if first {
			data = bytes.TrimPrefix(data, byteOrderMark)
		}
		end := len(data)
		if !c.ended {
			end = c.lastRowEnd(data)
		}
		if end == 0 && c.ended {
			return io.EOF
		}
		if end > 0 {
			into.data, into.line = data[:end], c.line
			c.rest = append(c.rest[:0], data[end:]...)
			c.line += bytes.Count(into.data, []byte("\n"))
			return nil
		}
		if len(data) >= MaxRow {
			return c.tooLong()
		}
	}
}

// fill reads until data has the size, or the input ends.
func (c *chunker) fill(data []byte, size int) ([]byte, error) {
	if c.ended || len(data) >= size {
		return data, nil
	}
	end := len(data)
	data = append(data, make([]byte, size-end)...)
	for end < size && !c.ended {
		n, err := c.in.Read(data[end:])
		end += n
		switch {
		case errors.Is(err, io.ErrUnexpectedEOF): // only a decompressor expects more
			return nil, fmt.Errorf("read the answers: the compressed file is cut off, some rows are missing: %w", err)
		case errors.Is(err, io.EOF):
			c.ended = true
		case err != nil:
			return nil, fmt.Errorf("read the answers: %w", err)
		}
	}
	return data[:end], nil
}

// lastRowEnd gives the place after the last line break that ends a row, 0 when there
// is none.
func (c *chunker) lastRowEnd(data []byte) int {
	if !c.quoted || bytes.IndexByte(data, '"') < 0 {
		return bytes.LastIndexByte(data, '\n') + 1
	}
	last := 0
	for end := c.rowEnd(data); end > 0; end = c.rowEnd(data[last:]) {
		last += end
	}
	return last
}

// rowEnd gives the place after the line break that ends the first row, 0 when there is none.
// A line break inside quotes ends no row, and only a cell that begins with a quote is
// quoted (RFC 4180), so that a stray quote spoils its own row alone.
func (c *chunker) rowEnd(data []byte) int {
	quoted, start := false, true // inside quotes; at the start of a cell
	for at, b := range data {
		switch {
		case b == '"' && (quoted || start):
			quoted = !quoted
			start = !quoted // a quote right after one that closes stands for a quote
			continue
		case quoted:
			continue
		case b == '\n':
			return at + 1
		}
		start = b == c.separator
	}
	return 0
}

func (c *chunker) tooLong() error {
	hint := ""
	if c.quoted {
		hint = "; is there a quote that is never closed?"
	}
	return fmt.Errorf("line %d: the row is longer than %d bytes%s", c.line, MaxRow, hint)
}

// heading takes the first row off the input, without its line break.
func (c *chunker) heading() ([]byte, error) {
	var first chunk
	if err := c.next(&first); errors.Is(err, io.EOF) {
		return nil, errors.New("line 1: there is no heading: the first row names the items")
	} else if err != nil {
		return nil, err
	}
	data := first.data
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return nil, errors.New("line 1: the file is in UTF-16; save it as CSV in UTF-8")
	}
	line, _, _ := bytes.Cut(data, []byte{'\n'})
	if len(bytes.TrimSpace(line)) == 0 {
		return nil, errors.New("line 1: the row is empty: the first row names the items")
	}
	c.separator = separatorOf(line)
	end := c.rowEnd(data)
	if end == 0 {
		end = len(data)
	}
	c.rest = append(bytes.Clone(data[end:]), c.rest...)
	c.line = 1 + bytes.Count(data[:end], []byte{'\n'})
	return bytes.TrimRight(data[:end], "\r\n"), nil
}
