package seal

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"
)

// Kind is what an envelope holds.
type Kind string

// The kinds of envelopes.
const (
	Record        Kind = "record"
	Grant         Kind = "grant"
	CounsellorKey Kind = "counsellor-key"
	Reply         Kind = "reply"
)

// Envelope is the plaintext of everything sealed: it says what it is and where it belongs,
// so that it is refused wherever else it turns up.
type Envelope struct {
	Version     int            `json:"v"` // always 1
	Kind        Kind           `json:"kind"`
	ID          string         `json:"id"`                     // what it is stored under
	Vault       string         `json:"vault,omitempty"`        // records only
	RecipientFP string         `json:"recipient_fp,omitempty"` // grants only
	Expires     string         `json:"expires,omitempty"`      // grants only
	Made        string         `json:"made"`
	Body        jsontext.Value `json:"body"` // an object
}

// Place is where an envelope was found: what it must say of itself.
type Place struct {
	Kind         Kind
	ID           string
	Vault        string    // of a record
	Expires      time.Time // of a grant
	Fingerprints []string  // of the keys that a grant may be for
}

// PaddedSizes are the sizes that plaintexts are padded to, so that their length says little.
func PaddedSizes() []int { return []int{4 << 10, 16 << 10, 48 << 10} }

// Why an envelope is not written or read.
var (
	ErrTooLong  = errors.New("longer than what is ever sealed")
	ErrMismatch = errors.New("not what belongs where it was found")
	ErrExpired  = errors.New("its time is over")
)

// members are the names in the envelopes of each kind.
func members(kind Kind) []string {
	common := []string{"v", "kind", "id", "made", "body"}
	switch kind {
	case Record:
		return append(common, "vault")
	case Grant:
		return append(common, "recipient_fp", "expires")
	case CounsellorKey, Reply:
		return common
	default:
		return nil
	}
}

var (
	vaultForm       = regexp.MustCompile(`^[a-z2-7]{26}$`)
	fingerprintForm = regexp.MustCompile(`^[a-z2-7]{20}$`)
	timeForm        = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`)
)

// pad writes the envelope as padded JSON.
func (e Envelope) pad() ([]byte, error) {
	written, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("writing an envelope: %w", err)
	}
	for _, size := range PaddedSizes() {
		if len(written) <= size {
			return append(written, bytes.Repeat([]byte{' '}, size-len(written))...), nil
		}
	}
	return nil, ErrTooLong
}

// ReadEnvelope reads a plaintext, or refuses it if it is not exactly what belongs where it
// was found. The body is some JSON object; what is in it is for its reader to check.
func ReadEnvelope(plaintext []byte, at Place, now time.Time) (Envelope, error) {
	e, err := Parse(plaintext)
	if err != nil {
		return Envelope{}, err
	}
	if e.Kind != at.Kind || e.ID != at.ID {
		return Envelope{}, ErrMismatch
	}
	switch e.Kind {
	case Record:
		if e.Vault != at.Vault {
			return Envelope{}, ErrMismatch
		}
	case Grant:
		ends, _ := time.Parse(time.RFC3339, e.Expires) // Parse has read it
		if !slices.Contains(at.Fingerprints, e.RecipientFP) || !ends.Equal(at.Expires) {
			return Envelope{}, ErrMismatch
		}
		if !ends.After(now) {
			return Envelope{}, ErrExpired
		}
	}
	return e, nil
}

// Parse reads a plaintext wherever it was found: for what its owner took home.
func Parse(plaintext []byte) (Envelope, error) {
	if !slices.Contains(PaddedSizes(), len(plaintext)) {
		return Envelope{}, ErrMismatch
	}
	var found map[string]jsontext.Value
	var e Envelope
	if json.Unmarshal(plaintext, &found) != nil || json.Unmarshal(plaintext, &e) != nil {
		return Envelope{}, ErrMismatch
	}
	expected := members(e.Kind)
	if len(expected) == 0 || len(found) != len(expected) || !e.wellFormed() {
		return Envelope{}, ErrMismatch
	}
	for _, name := range expected {
		if value, ok := found[name]; !ok || value.Kind() == 'n' {
			return Envelope{}, ErrMismatch
		}
	}
	return e, nil
}

// wellFormed tells whether every value is written in its one way.
func (e Envelope) wellFormed() bool {
	id, err := uuid.Parse(e.ID)
	if err != nil || id.String() != e.ID || e.Kind != CounsellorKey && id.Version() != 7 || id.Variant() != uuid.RFC4122 {
		return false
	}
	if e.Version != 1 || e.Body.Kind() != '{' || !isTime(e.Made) {
		return false
	}
	switch e.Kind {
	case Record:
		return vaultForm.MatchString(e.Vault)
	case Grant:
		return fingerprintForm.MatchString(e.RecipientFP) && isTime(e.Expires)
	}
	return true
}

func isTime(s string) bool {
	_, err := time.Parse(time.RFC3339, s)
	return err == nil && timeForm.MatchString(s)
}
