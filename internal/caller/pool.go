package caller

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"filippo.io/age"
	"github.com/google/uuid"

	"predah/internal/seal"
)

// SealRecord seals a result as a browser does: to the key of the vault's owner alone, padded.
// body is a JSON object of at most about 48 KiB.
func (v *Vault) SealRecord(id string, body []byte) ([]byte, error) {
	return seal.Seal(seal.Envelope{
		Version: 1, Kind: seal.Record, ID: id, Vault: v.ID, Made: stamp(time.Now()), Body: body,
	}, v.Code.Identity().Recipient().String())
}

func stamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05Z") }

// NewID returns an id that is new now: a UUID of version 7.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// The contents of a pool: results of about this many bytes, which are padded to 4 and 16 KiB.
const usualBody, longBody = 1 << 10, 10 << 10

// Pool makes sealed files fast. Sealing costs about as much as saving, and a client that
// seals leaves the service too little of a machine that they share. So a few files are sealed
// for real, and each record or grant is one of them with other bytes where the sealed content
// is: the service, which can't open them, treats both alike.
type Pool struct {
	usual, long form // records
	shared      form // what is shared, for two keys
}

// form is a sealed file and where its header ends.
type form struct {
	sealed []byte
	header int
}

// NewPool seals the files.
func NewPool() (*Pool, error) {
	v := new(Client).Person(seal.NewCode())
	usual, err := v.SealRecord(NewID(), text(usualBody))
	if err != nil {
		return nil, err
	}
	long, err := v.SealRecord(NewID(), text(longBody))
	if err != nil {
		return nil, err
	}
	shared, err := v.SealGrant(Link{to: &Counsellor{Identity: seal.NewCode().Identity()}}, text(usualBody))
	if err != nil {
		return nil, err
	}
	var p Pool
	return &p, errors.Join(p.usual.read(usual), p.long.read(long), p.shared.read(shared.Sealed))
}

// read takes a sealed file.
func (f *form) read(sealed []byte) error {
	header, err := age.ExtractHeader(bytes.NewReader(sealed))
	if err != nil {
		return fmt.Errorf("read the header of a sealed file: %w", err)
	}
	*f = form{sealed: sealed, header: len(header)}
	return nil
}

// text is a body of about so many bytes.
func text(size int) []byte {
	return append(append([]byte(`{"text":"`), bytes.Repeat([]byte("a"), size)...), `"}`...)
}

// Record returns the sealed file for an id, always the same one, and another one than for
// any other id: 5.6 KB each, and one in sixteen 18 KB.
func (p *Pool) Record(id string) []byte {
	seed := sha256.Sum256([]byte(id))
	if seed[0]%16 == 0 {
		return p.long.filled(seed)
	}
	return p.usual.filled(seed)
}

// Grant returns something new to share through a link: 7.3 KB.
func (p *Pool) Grant(link Link) Grant {
	g := newGrant(link)
	g.Sealed = p.shared.filled(sha256.Sum256([]byte(g.ID)))
	return g
}

// filled is the file with other content.
func (f form) filled(seed [sha256.Size]byte) []byte {
	sealed := bytes.Clone(f.sealed)
	_, _ = rand.NewChaCha8(seed).Read(sealed[f.header:]) // it never fails
	return sealed
}
