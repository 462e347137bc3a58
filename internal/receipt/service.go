package receipt

import (
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"predah/internal/jws"
	"predah/internal/secrets"
)

// Keys are the keys that receipts are signed and checked with.
type Keys interface {
	jws.Keys
	// Keys returns all keys, old ones too.
	Keys(secrets.Purpose) []secrets.SigningKey
}

// Service makes and checks receipts.
type Service struct {
	keys   Keys
	issuer string
}

// New returns a service that signs in the name of issuer, the public origin of the installation,
// which tells a reader where to look for its keys.
func New(keys Keys, issuer string) *Service {
	return &Service{keys: keys, issuer: issuer}
}

// MediaType is the type in the header of a receipt.
const MediaType = "predah-receipt+jws"

// kind is receipts among what is signed.
func kind() jws.Kind { return jws.Kind{MediaType: MediaType, Purpose: secrets.Receipts} }

// MaxLength is how long a receipt may be, in bytes.
const MaxLength = 6 << 10

// Receipt is a signed statement, and what opens its commitment to the answers.
type Receipt struct {
	JWS   string // compact serialisation (RFC 7515)
	Nonce Nonce  // only for those who may see the answers
}

// ErrTooLong says that a result has more to say than a receipt may hold.
var ErrTooLong = fmt.Errorf("a receipt may have %d bytes at most", MaxLength)

// Issue signs what a result came to, of its time the day alone in the zone that it has, with a commitment to its answers. Two receipts of
// one result have nothing in common but what the result itself says. ErrTooLong if it would be longer than MaxLength.
func (s *Service) Issue(statement Statement, answers Answers) (Receipt, error) {
	nonce := NewNonce()
	var err error
	if statement.Answers, err = Commitment(nonce, answers); err != nil {
		return Receipt{}, err
	}
	year, month, day := statement.Day.Date()
	statement.Day = time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	signed, err := kind().Sign(s.keys, claimsOf(statement, s.issuer))
	if err != nil {
		return Receipt{}, fmt.Errorf("sign a receipt: %w", err)
	}
	if len(signed) > MaxLength {
		return Receipt{}, ErrTooLong
	}
	return Receipt{JWS: signed, Nonce: nonce}, nil
}

// ErrInvalid says that a receipt was not made here, or was altered.
var ErrInvalid = errors.New("not a valid receipt")

// Verify returns what a receipt says if it was made here and not altered. Its address is not
// looked at: the keys are this installation's, wherever it was at the time.
func (s *Service) Verify(compact string) (Statement, error) {
	if len(compact) > MaxLength || !jws.IsCompact(compact) {
		return Statement{}, ErrInvalid
	}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{jws.Algorithm}), jwt.WithStrictDecoding())
	var said claims
	if _, err := parser.ParseWithClaims(compact, &said, kind().KeyFunc(s.keys)); err != nil {
		return Statement{}, ErrInvalid
	}
	return said.statement(), nil
}

// JWK is a public key of Ed25519 (RFC 8037).
type JWK struct {
	Type      string `json:"kty" doc:"The family of the key." example:"OKP" enum:"OKP"`
	Curve     string `json:"crv" doc:"Its curve." example:"Ed25519" enum:"Ed25519"`
	X         string `json:"x" doc:"The public key, in base64url." example:"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" maxLength:"43"`
	ID        string `json:"kid" doc:"Its id: its thumbprint (RFC 7638), in base64url." example:"kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k" maxLength:"43"`
	Algorithm string `json:"alg" doc:"The algorithm it is used with." example:"EdDSA" enum:"EdDSA"`
	Use       string `json:"use" doc:"What it is used for: signatures." example:"sig" enum:"sig"`
}

// JWKS is the public keys that receipts can be checked with, old ones too (RFC 7517).
type JWKS struct {
	Keys []JWK `json:"keys" doc:"The keys, oldest first." maxItems:"1000"`
}

// JWKS returns the public keys.
func (s *Service) JWKS() JWKS {
	set := JWKS{Keys: []JWK{}}
	for _, key := range s.keys.Keys(secrets.Receipts) {
		set.Keys = append(set.Keys, JWK{
			Type: "OKP", Curve: "Ed25519", X: base64.RawURLEncoding.EncodeToString(key.Public()),
			ID: key.ID, Algorithm: jws.Algorithm, Use: "sig",
		})
	}
	return set
}
