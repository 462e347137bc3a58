package vault

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"

	"filippo.io/age"
)

// hybridStanza is the type of stanza that age writes for a post-quantum hybrid key.
const hybridStanza = "mlkem768x25519"

// What the header of a file for hybrid keys takes in bytes, always. Anything longer carries
// something that sealing did not put there, and its length would say more than the padding does.
const (
	firstLine  = len("age-encryption.org/v1\n")
	stanzaLine = len("-> "+hybridStanza+" \n") + 1494 // the encapsulated key, 1120 bytes in base64
	wrappedKey = 43 + 1                               // 32 bytes in base64, and the end of the line
	lastLine   = len("--- \n") + 43                   // likewise
)

// How many keys a sealed file is for.
const (
	ownerOnly          = 1 // a record; a reply, which is for its grant's owner
	ownerAndCounsellor = 2 // a grant
)

// sealingOverhead is what age adds to the content behind the header: a nonce of 16 bytes
// and a tag of 16 for each chunk, of which there is one up to 64 KiB.
const sealingOverhead = 16 + 16

// paddedSizes are the sizes that content is padded to before it is sealed, so that its
// length says little about it.
var paddedSizes = []int{4 << 10, 16 << 10, 48 << 10}

// headerBase64 is how age writes bytes in a header: without padding, and in one way only. Readers
// refuse any other.
var headerBase64 = base64.RawStdEncoding.Strict()

// encapsulated says whether a line of a stanza ends with what age writes of the encapsulated key.
func encapsulated(line string) bool {
	_, err := headerBase64.DecodeString(strings.TrimSuffix(line[len("-> "+hybridStanza+" "):], "\n"))
	return err == nil
}

// checkShape refuses what is no age file for exactly so many hybrid keys, around content of
// one of the padded sizes. Content that a faulty client forgot to seal, or sealed to an
// older kind of key, is never stored.
func checkShape(sealed []byte, keys int) error {
	if len(sealed) > MaxSealed {
		return ErrTooLarge
	}
	header, err := age.ExtractHeader(bytes.NewReader(sealed))
	if err != nil || !bytes.HasPrefix(sealed, header) {
		return ErrNotSealed
	}
	if len(header) != firstLine+keys*(stanzaLine+wrappedKey)+lastLine {
		return ErrNotSealed
	}
	found := 0
	for line := range strings.Lines(string(header)) {
		if !strings.HasPrefix(line, "-> ") {
			continue
		}
		if !strings.HasPrefix(line, "-> "+hybridStanza+" ") || len(line) != stanzaLine || !encapsulated(line) {
			return ErrNotSealed
		}
		found++
	}
	if found != keys || !slices.Contains(paddedSizes, len(sealed)-len(header)-sealingOverhead) {
		return ErrNotSealed
	}
	return nil
}

// CheckSealedToOne refuses what is no file sealed to exactly one hybrid key, with ErrTooLarge
// or ErrNotSealed. A counsellor's own key is kept as such a file.
func CheckSealedToOne(sealed []byte) error { return checkShape(sealed, ownerOnly) }
