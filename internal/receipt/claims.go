package receipt

import (
	"errors"
	"slices"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"predah/internal/questionnaire"
)

// format is the version of what is signed.
const format = 1

// claims are the payload of a receipt. Lists are never null, so that readers need no case for it.
type claims struct {
	Format        int                         `json:"v"`
	Issuer        string                      `json:"iss"`
	IssuedAt      int64                       `json:"iat"` // the day alone: its midnight in UTC, in seconds
	Questionnaire Questionnaire               `json:"questionnaire"`
	Scores        []Score                     `json:"scores"`
	Criteria      []questionnaire.CriterionID `json:"criteria"` // those met
	Band          *string                     `json:"band"`
	BandSets      []bandSetClaim              `json:"band_sets"`
	Flags         []string                    `json:"flags"`
	Answers       string                      `json:"ac"`
}

type bandSetClaim struct {
	ID   string  `json:"id"`
	Band *string `json:"band"`
}

func claimsOf(s Statement, issuer string) claims {
	c := claims{
		Format: format, Issuer: issuer, IssuedAt: s.Day.Unix(), Questionnaire: s.Questionnaire,
		Scores: listed(s.Scores), Criteria: listed(s.Criteria), Band: named(s.Band),
		BandSets: make([]bandSetClaim, 0, len(s.BandSets)), Flags: listed(s.Flags), Answers: s.Answers,
	}
	for _, set := range s.BandSets {
		c.BandSets = append(c.BandSets, bandSetClaim{ID: set.ID, Band: named(set.Band)})
	}
	return c
}

func (c claims) statement() Statement {
	s := Statement{
		Questionnaire: c.Questionnaire, Day: time.Unix(c.IssuedAt, 0).UTC(), Scores: c.Scores, Criteria: c.Criteria,
		Band: name(c.Band), Flags: c.Flags, Answers: c.Answers,
	}
	for _, set := range c.BandSets {
		s.BandSets = append(s.BandSets, BandSet{ID: set.ID, Band: name(set.Band)})
	}
	return s
}

// Validate refuses formats that are not known. The library calls it once the signature is right.
func (c claims) Validate() error {
	if c.Format != format || c.Questionnaire.ID == "" || c.Answers == "" {
		return errors.New("not a receipt of this format")
	}
	return nil
}

// listed is the list, empty instead of nil.
func listed[T any](list []T) []T { return append([]T{}, slices.Clone(list)...) }

// named is the id, nil for none.
func named(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}

// name is the id, "" for none.
func name(id *string) string {
	if id == nil {
		return ""
	}
	return *id
}

// The library asks for these; a receipt neither ends nor is for anyone.

// GetExpirationTime says that a receipt does not end.
func (claims) GetExpirationTime() (*jwt.NumericDate, error) { return nil, nil }

// GetIssuedAt says nothing: a day that has begun in UTC is enough, and whoever signs says so.
func (claims) GetIssuedAt() (*jwt.NumericDate, error) { return nil, nil }

// GetNotBefore says that a receipt holds from the start.
func (claims) GetNotBefore() (*jwt.NumericDate, error) { return nil, nil }

// GetIssuer returns the origin that signed.
func (c claims) GetIssuer() (string, error) { return c.Issuer, nil }

// GetSubject says that a receipt is about nobody.
func (claims) GetSubject() (string, error) { return "", nil }

// GetAudience says that a receipt is for everybody.
func (claims) GetAudience() (jwt.ClaimStrings, error) { return nil, nil }
