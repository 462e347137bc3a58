package batch

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// The first bytes of compressed files (RFC 1952, RFC 8878).
var (
	gzipMagic = []byte{0x1f, 0x8b}
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
	zipMagic  = []byte("PK\x03\x04")           // of .xlsx and .ods too
	oleMagic  = []byte{0xd0, 0xcf, 0x11, 0xe0} // of .xls
)

// errSpreadsheet is of a file that a program for spreadsheets keeps for itself. It is not read: a
// cell in it may be a formula or a date under a format, and which of its sheets is meant is a guess.
var errSpreadsheet = errors.New("read the answers: this is a spreadsheet such as .xlsx or another zip; save the sheet as CSV in UTF-8 and score that")

// Decompress reads what is in the input, which may be compressed with gzip or
// Zstandard: its first bytes tell. Close ends the reading and leaves the input open.
func Decompress(in io.Reader) (io.ReadCloser, error) {
	buffered := bufio.NewReaderSize(in, 64<<10)
	magic, err := buffered.Peek(len(zstdMagic))
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("read the answers: %w", err)
	}
	switch {
	case bytes.HasPrefix(magic, zipMagic), bytes.HasPrefix(magic, oleMagic):
		return nil, errSpreadsheet
	case bytes.HasPrefix(magic, gzipMagic):
		reader, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, fmt.Errorf("read the answers as gzip: %w", err)
		}
		return reader, nil
	case bytes.HasPrefix(magic, zstdMagic):
		reader, err := zstd.NewReader(buffered, zstd.WithDecoderMaxMemory(256<<20))
		if err != nil {
			return nil, fmt.Errorf("read the answers as Zstandard: %w", err)
		}
		return reader.IOReadCloser(), nil
	}
	return io.NopCloser(buffered), nil
}

// Compress writes to out, compressed as the file's name says: .gz, .zst, or not at
// all. Close ends the compressed file and leaves out open.
func Compress(out io.Writer, name string) (io.WriteCloser, error) {
	switch {
	case strings.HasSuffix(name, ".gz"):
		return gzip.NewWriter(out), nil
	case strings.HasSuffix(name, ".zst"):
		writer, err := zstd.NewWriter(out)
		if err != nil {
			return nil, fmt.Errorf("write the results as Zstandard: %w", err)
		}
		return writer, nil
	}
	return plainWriter{out}, nil
}

// plainWriter writes without compression.
type plainWriter struct{ io.Writer }

func (plainWriter) Close() error { return nil }
