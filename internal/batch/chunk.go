package batch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
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
	lead      int    // lines before the heading
	returns   bool   // whether rows end with CR alone
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
			if err := c.checkText(into.data); err != nil {
				return err
			}
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
	return c.withLineFeeds(data[:end]), nil
}

// withLineFeeds ends rows with LF that end with CR alone, as old Macs and some spreadsheets write
// them: the first row of the table tells.
func (c *chunker) withLineFeeds(data []byte) []byte {
	if at := bytes.IndexAny(data, "\r\n"); c.quoted && c.line == 1 && at >= 0 && at < len(data)-1 && data[at] == '\r' && data[at+1] != '\n' {
		c.returns = true
	}
	if c.returns {
		for at, b := range data {
			if b == '\r' {
				data[at] = '\n'
			}
		}
	}
	return data
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

// checkText refuses a table that is not in UTF-8, of which letters would be lost.
func (c *chunker) checkText(data []byte) error {
	if !c.quoted || utf8.Valid(data) {
		return nil
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return errors.New("line 1: the file is in UTF-16; save it as CSV in UTF-8")
	}
	line := c.line
	for text := range bytes.Lines(data) {
		if !utf8.Valid(text) {
			break
		}
		line++
	}
	return fmt.Errorf("line %d: this is no UTF-8; save the file as CSV in UTF-8, or say what it is, such as --encoding windows-1250", line)
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
	line, rest, _ := bytes.Cut(data, []byte{'\n'})
	if said, ok := bytes.CutPrefix(bytes.TrimRight(line, "\r"), []byte("sep=")); ok && len(said) == 1 {
		data, c.separator = rest, said[0] // as Excel writes it and reads it, on a line of its own
		c.lead = 1
		line, _, _ = bytes.Cut(data, []byte{'\n'})
	}
	if len(bytes.TrimSpace(line)) == 0 {
		return nil, fmt.Errorf("line %d: the row is empty: the first row names the items", 1+c.lead)
	}
	if c.separator == 0 {
		c.separator = separatorOf(line)
	}
	end := c.rowEnd(data)
	if end == 0 {
		end = len(data)
	}
	c.rest = append(bytes.Clone(data[end:]), c.rest...)
	c.line = 1 + c.lead + bytes.Count(data[:end], []byte{'\n'})
	return bytes.TrimRight(data[:end], "\r\n"), nil
}
