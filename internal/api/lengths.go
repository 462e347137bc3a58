package api

import (
	bits "encoding/binary"
	"slices"
	"strings"
)

// lengths are what the bodies of one kind of answer are filled up to, so that their length does not
// tell which of the kind it is: a multiple of so many bytes, plain and in a coding. Zero leaves them as they are.
// docs/decisions/lengths.md has how they were chosen.
type lengths struct{ plain, coded int }

// measured is an answer of a kind whose length must not tell which it is.
type measured interface{ lengths() lengths }

func (Questionnaire) lengths() lengths { return lengths{plain: 28 << 10, coded: 6 << 10} }
func (Codebook) lengths() lengths      { return lengths{plain: 52 << 10} }
func (Rules) lengths() lengths         { return lengths{plain: 64 << 10, coded: 16 << 10} }
func (renderedScore) lengths() lengths { return lengths{plain: 28 << 10} }

// lengthsOf are those of an answer.
func lengthsOf(answer any) lengths {
	if m, ok := answer.(measured); ok {
		return m.lengths()
	}
	return lengths{}
}

// fill fills a body up to a multiple of so many bytes.
func (l lengths) fill(coding string, body []byte) []byte {
	switch {
	case coding == codingIdentity && l.plain > 0:
		return filledText(body, up(len(body), l.plain, 0))
	case coding != codingIdentity && l.coded > 0:
		return filled(coding, body, up(len(body), l.coded, leastFilling[coding]))
	}
	return body
}

// up is the next multiple of a step that is the length itself or as much longer as the least that
// can be added.
func up(length, step, least int) int {
	multiple := (length + step - 1) / step * step
	if multiple != length && multiple-length < least {
		multiple += step
	}
	return multiple
}

// filledText adds spaces to JSON.
func filledText(body []byte, length int) []byte {
	body = slices.Grow(body, length-len(body))
	for len(body) < length {
		body = append(body, ' ')
	}
	return body
}

// leastFilling is how many bytes can be added to a body in a coding at least.
var leastFilling = map[string]int{codingGzip: 6, codingZstd: 8}

const (
	gzipHeader     = 10 // bytes of a header without options (RFC 1952, 2.3)
	gzipFlags      = 3  // where the flags stand in it
	gzipExtra      = 1 << 2
	gzipMostFilled = 65535 // what the extra field has at most

	zstdSkippable = 0x184D2A50 // of a frame that decoders pass over (RFC 8878, 3.1.2)
)

// filled makes a coded body so many bytes long, by what decoders pass over: an extra field in the header
// of gzip, a frame behind that of zstd. What can't be done leaves it as it is.
func filled(coding string, body []byte, length int) []byte {
	missing := length - len(body)
	if least, known := leastFilling[coding]; !known || missing < least {
		return body
	}
	switch coding {
	case codingGzip:
		if missing-2 > gzipMostFilled || len(body) < gzipHeader || body[gzipFlags] != 0 {
			return body
		}
		out := slices.Concat(body[:gzipHeader], make([]byte, missing), body[gzipHeader:])
		out[gzipFlags] = gzipExtra
		field := out[gzipHeader:]
		bits.LittleEndian.PutUint16(field, uint16(missing-2))
		copy(field[2:], "PD") // the name of the one subfield
		bits.LittleEndian.PutUint16(field[4:], uint16(missing-6))
		return out
	case codingZstd:
		frame := make([]byte, missing)
		bits.LittleEndian.PutUint32(frame, zstdSkippable)
		bits.LittleEndian.PutUint32(frame[4:], uint32(missing-8))
		return append(body, frame...)
	}
	return body
}

// areaFolders are where the web app has a page for each area, and the data of each page.
var areaFolders = []string{"podrocja/", "en/areas/"}

// kindOfArea is what a file of an area's page is, "" for any other file: the same for all areas in
// one language.
func kindOfArea(name string) string {
	for _, folder := range areaFolders {
		if rest, ok := strings.CutPrefix(name, folder); ok {
			if _, file, inside := strings.Cut(rest, "/"); inside {
				return folder + "/" + file
			}
			return folder + rest[strings.IndexByte(rest, '.')+1:]
		}
	}
	return ""
}

// fillAreas makes the compressed copies of the files of areas as long as the longest of their kind. Only
// gzip is kept: what can be added to Brotli has to be added as it is made.
func fillAreas(contents map[string][]byte) {
	longest := make(map[string]int)
	for name, content := range contents {
		if kind := kindOfArea(name); kind != "" && strings.HasSuffix(name, ".gz") {
			longest[kind] = max(longest[kind], len(content)+leastFilling[codingGzip])
		}
	}
	for name, content := range contents {
		switch kind := kindOfArea(name); {
		case kind == "":
		case strings.HasSuffix(name, ".gz"):
			contents[name] = filled(codingGzip, content, longest[kind])
		case strings.HasSuffix(name, ".br"):
			delete(contents, name)
		}
	}
}
