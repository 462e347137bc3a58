package receipt

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"predah/internal/questionnaire"
)

// Answers are the answers that were scored, without what was skipped.
type Answers map[questionnaire.ItemID]questionnaire.Answer

// Nonce hides the answers in a commitment. Who has it can check them.
type Nonce [32]byte

// NewNonce draws a nonce.
func NewNonce() (n Nonce) {
	_, _ = rand.Read(n[:]) // never fails: the program ends instead
	return n
}

// String writes the nonce in base64url without padding.
func (n Nonce) String() string { return base64.RawURLEncoding.EncodeToString(n[:]) }

// commitmentLabel keeps these hashes apart from all others.
const commitmentLabel = "predah/v1/answers\x00"

// Commitment is what a receipt says of answers: SHA-256 of the label, the nonce and the answers
// in their canonical form, in base64url.
func Commitment(nonce Nonce, answers Answers) (string, error) {
	canonical, err := Canonical(answers)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	hash.Write([]byte(commitmentLabel))
	hash.Write(nonce[:])
	hash.Write(canonical)
	return base64.RawURLEncoding.EncodeToString(hash.Sum(nil)), nil
}

// Canonical writes answers in the one form that is hashed: RFC 8785 (JCS), lists of codes in
// ascending order.
func Canonical(answers Answers) ([]byte, error) {
	sorted := make(Answers, len(answers))
	for id, answer := range answers {
		if answer.Codes != nil {
			answer.Codes = slices.Sorted(slices.Values(answer.Codes))
			if answer.Codes == nil {
				answer.Codes = []int{}
			}
		}
		sorted[id] = answer
	}
	written, err := json.Marshal(sorted)
	if err != nil {
		return nil, fmt.Errorf("write answers: %w", err)
	}
	canonical := jsontext.Value(written)
	if err := canonical.Canonicalize(); err != nil {
		return nil, fmt.Errorf("write answers in canonical form: %w", err)
	}
	return canonical, nil
}

// CommitsTo says whether these are the answers that were scored.
func (s Statement) CommitsTo(answers Answers, nonce Nonce) bool {
	commitment, err := Commitment(nonce, answers)
	return err == nil && subtle.ConstantTimeCompare([]byte(commitment), []byte(s.Answers)) == 1
}
