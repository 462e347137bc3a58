package batch

import (
	"fmt"
	"io"

	"golang.org/x/text/encoding/charmap"
)

// Encodings are the encodings of text that are read beside UTF-8, by name.
var encodings = map[string]*charmap.Charmap{
	"windows-1250": charmap.Windows1250, // what Windows writes in Slovenia
	"windows-1252": charmap.Windows1252,
	"iso-8859-2":   charmap.ISO8859_2,
}

// Decode reads a text that is in an encoding as UTF-8.
func Decode(in io.Reader, encoding string) (io.Reader, error) {
	if encoding == "utf-8" {
		return in, nil
	}
	known, ok := encodings[encoding]
	if !ok {
		return nil, fmt.Errorf("there is no encoding %q", encoding)
	}
	return known.NewDecoder().Reader(in), nil
}
