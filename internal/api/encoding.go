package api

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Content codings, as they stand in Accept-Encoding and Content-Encoding.
const (
	codingIdentity = ""
	codingBrotli   = "br"
	codingZstd     = "zstd"
	codingGzip     = "gzip"
)

// accepts reports whether an Accept-Encoding header allows the coding: named, or
// covered by *, and not refused by q=0 (RFC 9110, 12.5.3).
func accepts(header, coding string) bool {
	star := false
	for header != "" {
		var part string
		part, header, _ = strings.Cut(header, ",")
		name, parameters, _ := strings.Cut(part, ";")
		name = strings.TrimSpace(name)
		if strings.EqualFold(name, coding) {
			return !refused(parameters)
		}
		if name == "*" && !refused(parameters) {
			star = true
		}
	}
	return star
}

// refused reports whether the parameters of a coding give it a weight of zero.
func refused(parameters string) bool {
	weight, found := strings.CutPrefix(strings.ToLower(strings.TrimSpace(parameters)), "q=")
	if !found {
		return false
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(weight), 64)
	return err != nil || q <= 0
}

// compressor makes the codings of what is prepared at start. Its encoders are used
// again and again, because making them takes longer than using them.
type compressor struct {
	gzip *gzip.Writer
	zstd *zstd.Encoder
}

// windowSize is enough for the largest thing that is prepared.
const windowSize = 256 << 10

// newCompressor makes the encoders.
func newCompressor() (*compressor, error) {
	zip, err := gzip.NewWriterLevel(nil, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("start gzip: %w", err)
	}
	zst, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression),
		zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(windowSize), zstd.WithSingleSegment(true))
	if err != nil {
		return nil, fmt.Errorf("start zstd: %w", err)
	}
	return &compressor{gzip: zip, zstd: zst}, nil
}

// resource returns the content with its codings, each of the length of its kind.
func (c *compressor) resource(contentType, cacheControl string, content []byte, of lengths) (*resource, error) {
	content = of.fill(codingIdentity, content)
	var zipped bytes.Buffer
	c.gzip.Reset(&zipped)
	if _, err := c.gzip.Write(content); err != nil {
		return nil, fmt.Errorf("compress with gzip: %w", err)
	}
	if err := c.gzip.Close(); err != nil {
		return nil, fmt.Errorf("finish gzip: %w", err)
	}
	zst := c.zstd.EncodeAll(content, nil)
	return newResource(contentType, cacheControl, content, smaller(content, map[string][]byte{
		codingGzip: of.fill(codingGzip, zipped.Bytes()), codingZstd: of.fill(codingZstd, zst),
	})), nil
}
