package token

import (
	"crypto/sha256"
	"errors"

	"github.com/golang-jwt/jwt/v5"
	lru "github.com/hashicorp/golang-lru/v2"

	"predah/internal/jws"
	"predah/internal/secrets"
)

// mostRemembered is how many signed tokens are remembered, about half a kilobyte each.
const mostRemembered = 10_000

// signatures checks who signed a token, once: a signature that was right stays right, and
// checking it takes longer than all else that reading a record does. Remembered is only what
// was signed by us, under a hash, so that memory holds no token and strangers fill nothing.
type signatures struct {
	keys   jws.Keys
	parser *jwt.Parser
	known  *lru.Cache[[sha256.Size]byte, signed]
}

// signed is what a token says and by which key that is signed.
type signed struct {
	claims registered
	key    string
}

func newSignatures(keys jws.Keys) *signatures {
	known, err := lru.New[[sha256.Size]byte, signed](mostRemembered)
	if err != nil {
		panic(err) // only for a size below one
	}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{jws.Algorithm}), jwt.WithStrictDecoding(), jwt.WithoutClaimsValidation())
	return &signatures{keys: keys, parser: parser, known: known}
}

// errNotCompact is of a token with signs that none has.
var errNotCompact = errors.New("not in the compact serialisation")

// read returns what a token says that is signed by a key which is good now. Whether that is
// meant for the caller, and still holds, is not looked at.
func (s *signatures) read(raw string) (registered, error) {
	if !jws.IsCompact(raw) {
		return registered{}, errNotCompact
	}
	hash := sha256.Sum256([]byte(raw))
	if seen, ok := s.known.Get(hash); ok {
		if _, good := s.keys.Key(secrets.Access, seen.key); good {
			return seen.claims, nil
		}
	}
	var claims registered
	read, err := s.parser.ParseWithClaims(raw, &claims, kind().KeyFunc(s.keys))
	if err != nil {
		return registered{}, err
	}
	key, _ := read.Header["kid"].(string) // KeyFunc found a key by it
	s.known.Add(hash, signed{claims: claims, key: key})
	return claims, nil
}
