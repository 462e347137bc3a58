package token

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"predah/internal/jws"
	"predah/internal/secrets"
)

// Audience is whom a token is for. A token for one audience is worth nothing to the other.
type Audience string

// The audiences of tokens.
const (
	Vault      Audience = "predah:vault"
	Counsellor Audience = "predah:counsellor"
)

// Life is how long a token for the audience is valid.
func (a Audience) Life() time.Duration {
	if a == Counsellor {
		return 10 * time.Minute
	}
	return 15 * time.Minute
}

// Claims is what a token says.
type Claims struct {
	Subject string // the id of the vault or of the counsellor's account
	Session string // the epoch of the vault, in base64url, or the id of the counsellor's session
}

// Errors that Verify returns.
var (
	// ErrInvalid is of whatever is not a token of ours for this audience.
	ErrInvalid = errors.New("not a valid access token")
	// ErrExpired is of a token that was right in every other way.
	ErrExpired = errors.New("the access token has ended")
)

// Service issues and checks tokens.
type Service struct {
	keys       jws.Keys
	issuer     string
	now        func() time.Time
	signatures *signatures
	validators map[Audience]*jwt.Validator
}

// New returns a service that issues tokens in the name of issuer, the public origin of the
// installation, such as https://predah.example.
func New(keys jws.Keys, issuer string, now func() time.Time) *Service {
	s := &Service{keys: keys, issuer: issuer, now: now, signatures: newSignatures(keys), validators: map[Audience]*jwt.Validator{}}
	for _, audience := range []Audience{Vault, Counsellor} {
		s.validators[audience] = s.validator(audience)
	}
	return s
}

const (
	maxLength = 4 << 10 // of a token, in bytes
	leeway    = 30 * time.Second
)

// kind is access tokens among what is signed (RFC 9068, 2.1).
func kind() jws.Kind { return jws.Kind{MediaType: "at+jwt", Purpose: secrets.Access} }

// registered are the claims of a token as they are written.
type registered struct {
	jwt.RegisteredClaims
	Session string `json:"sid,omitempty"`
	Epoch   string `json:"epoch,omitempty"`
}

// Issue makes a token for the audience.
func (s *Service) Issue(audience Audience, claims Claims) (string, error) {
	now := s.now()
	body := registered{RegisteredClaims: jwt.RegisteredClaims{
		Issuer: s.issuer, Audience: jwt.ClaimStrings{string(audience)}, Subject: claims.Subject,
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(audience.Life())), ID: newID(),
	}}
	if audience == Vault {
		body.Epoch = claims.Session
	} else {
		body.Session = claims.Session
	}
	signed, err := kind().Sign(s.keys, body)
	if err != nil {
		return "", fmt.Errorf("sign an access token: %w", err)
	}
	return signed, nil
}

// newID returns 16 random bytes in base64url.
func newID() string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails: the program ends instead
	return base64.RawURLEncoding.EncodeToString(id[:])
}

// Verify reads a token for the audience. Errors are ErrExpired and ErrInvalid; they say nothing
// of what is in the token.
func (s *Service) Verify(audience Audience, raw string) (Claims, error) {
	if len(raw) > maxLength {
		return Claims{}, ErrInvalid
	}
	body, err := s.signatures.read(raw)
	if err != nil {
		return Claims{}, ErrInvalid
	}
	switch err := s.validators[audience].Validate(body); {
	case errors.Is(err, jwt.ErrTokenExpired) && onlyExpired(err):
		return Claims{}, ErrExpired
	case err != nil:
		return Claims{}, ErrInvalid
	}
	claims := Claims{Subject: body.Subject, Session: body.Session}
	if audience == Vault {
		claims.Session = body.Epoch
	}
	if claims.Subject == "" || claims.Session == "" {
		return Claims{}, ErrInvalid
	}
	return claims, nil
}

// onlyExpired says that a token is wrong in no other way.
func onlyExpired(err error) bool {
	for _, other := range []error{
		jwt.ErrTokenInvalidAudience, jwt.ErrTokenInvalidIssuer, jwt.ErrTokenUsedBeforeIssued, jwt.ErrTokenNotValidYet,
		jwt.ErrTokenRequiredClaimMissing,
	} {
		if errors.Is(err, other) {
			return false
		}
	}
	return true
}

// validator says whether what a signed token says is for the audience and holds now.
func (s *Service) validator(audience Audience) *jwt.Validator {
	return jwt.NewValidator(
		jwt.WithIssuer(s.issuer), jwt.WithAudience(string(audience)),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(leeway), jwt.WithTimeFunc(s.now),
	)
}
