package store

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// grave is a line of the journal: what was deleted, as a hash, and when.
type grave struct {
	hash [32]byte
	at   int64 // Unix seconds
}

// String is the line of a grave.
func (g grave) String() string {
	return hex.EncodeToString(g.hash[:]) + " " + strconv.FormatInt(g.at, 10) + "\n"
}

// lines writes graves as they stand in the file.
func lines(graves []grave) string {
	var lines strings.Builder
	for _, g := range graves {
		lines.WriteString(g.String())
	}
	return lines.String()
}

// read returns the graves of the journal, of none if there is no file.
func (j *journal) read() (graves []grave, err error) {
	err = j.each(func(g grave) error {
		graves = append(graves, g)
		return nil
	})
	return graves, err
}

// each visits the graves of the journal, in the order in which they were noted.
func (j *journal) each(visit func(grave) error) error {
	file, _, err := j.open()
	if file == nil || err != nil {
		return err
	}
	defer file.Close()
	return eachGrave(file, visit)
}

// open opens the journal for reading and says how many bytes it has. There is no file where
// nothing was noted.
func (j *journal) open() (*os.File, int64, error) {
	if j.file == "" {
		return nil, 0, nil
	}
	file, err := os.Open(j.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read the tombstones: %w", err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("read the tombstones: %w", err), file.Close())
	}
	return file, info.Size(), nil
}

// eachGrave reads lines of a journal. What a machine left that stopped while they were written
// was never acknowledged and is passed over: a last line without its end, and lines with zeros in
// them, where a part of the disk was not written and the one behind it was.
func eachGrave(r io.Reader, visit func(grave) error) error {
	lines := bufio.NewReader(r)
	for number := 1; ; number++ {
		line, torn, err := nextLine(lines)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the tombstones: %w", err)
		}
		if torn {
			continue
		}
		g, err := parseGrave(line)
		if err != nil {
			return fmt.Errorf("read the tombstones: line %d: %w", number, err)
		}
		if err := visit(g); err != nil {
			return err
		}
	}
}

// nextLine returns a line without its end, and whether there are zeros in it. One that is far too
// long for a grave is returned as an empty one.
func nextLine(lines *bufio.Reader) (line string, torn bool, err error) {
	for long := false; ; long = true {
		part, err := lines.ReadSlice('\n')
		torn = torn || bytes.IndexByte(part, 0) >= 0
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if long {
			return "", torn, err
		}
		return string(bytes.TrimSuffix(part, []byte("\n"))), torn, err
	}
}

func parseGrave(line string) (grave, error) {
	hash, at, _ := strings.Cut(line, " ")
	decoded, err := hex.DecodeString(hash)
	if err != nil || len(decoded) != len(grave{}.hash) {
		return grave{}, errors.New("it does not begin with 64 hexadecimal digits")
	}
	moment, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return grave{}, errors.New("it does not end with a number of seconds")
	}
	return grave{hash: [32]byte(decoded), at: moment}, nil
}
