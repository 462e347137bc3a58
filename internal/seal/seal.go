package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
)

// MaxSealed is the most bytes of a sealed file.
const MaxSealed = 64 << 10

// stanza is the type of stanza that age writes for a hybrid key.
const stanza = "mlkem768x25519"

// ErrCannotOpen says that a file does not open: it is not sealed for these keys, not
// sealed as everything here is, or was changed.
var ErrCannotOpen = errors.New("cannot be opened")

// Seal seals an envelope for these recipients: one of a record, a reply or a counsellor's
// key, two of a grant.
func Seal(e Envelope, recipients ...string) ([]byte, error) {
	plaintext, err := e.pad()
	if err != nil {
		return nil, err
	}
	var keys []age.Recipient
	for _, each := range recipients {
		key, err := ParseRecipient(each)
		if err != nil {
			return nil, fmt.Errorf("sealing: %w", err)
		}
		keys = append(keys, key)
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, keys...)
	if err != nil {
		return nil, fmt.Errorf("sealing: %w", err)
	}
	if _, err := w.Write(plaintext); err != nil {
		return nil, fmt.Errorf("sealing: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("sealing: %w", err)
	}
	return sealed.Bytes(), nil
}

// Open opens a file that is sealed for hybrid keys only. What comes out still says what it
// is and where it belongs: ReadEnvelope holds it to that.
func Open(sealed []byte, identities ...age.Identity) ([]byte, error) {
	if len(sealed) > MaxSealed || Keys(sealed) == 0 {
		return nil, ErrCannotOpen
	}
	r, err := age.Decrypt(bytes.NewReader(sealed), identities...)
	if err != nil {
		return nil, ErrCannotOpen
	}
	plaintext, err := io.ReadAll(r)
	if err != nil {
		return nil, ErrCannotOpen
	}
	return plaintext, nil
}

// Keys returns for how many hybrid keys a file is sealed; 0 if it is no age file, or is
// sealed for any other key.
func Keys(sealed []byte) int {
	header, err := age.ExtractHeader(bytes.NewReader(sealed))
	if err != nil {
		return 0
	}
	keys := 0
	for line := range strings.Lines(string(header)) {
		arguments, found := strings.CutPrefix(line, "-> ")
		if !found {
			continue
		}
		if !strings.HasPrefix(arguments, stanza+" ") {
			return 0
		}
		keys++
	}
	return keys
}
