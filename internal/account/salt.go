package account

import (
	"context"
	"encoding/binary"
	"errors"
	"time"
)

// SaltOf returns the salt of an address: that of its account, else one that changes as seldom as
// that of an account does, so that nobody learns which addresses have accounts.
func (s *Service) SaltOf(ctx context.Context, email Email) (Salt, error) {
	fake := s.pepper.fakeSalt(email, s.clock())
	var c Counsellor
	err := s.store.Read(ctx, func(tx Tx) (err error) {
		c, err = tx.CounsellorByEmail(email)
		return err
	})
	if errors.Is(err, ErrNotFound) {
		return fake, nil
	}
	return c.Salt, err
}

const (
	// saltSpell is how often it is drawn whether a fake salt changes, and saltOdds one in how many
	// times it does: once in a year and a half, about as often as somebody changes a password.
	saltSpell = 13 * 7 * 24 * time.Hour
	saltOdds  = 6
	// longestSpell is after how many spells a fake salt changes in any case.
	longestSpell = 40
)

// saltOrigin is the Monday from which spells are counted.
var saltOrigin = time.Date(2020, 1, 6, 0, 0, 0, 0, time.UTC)

// fakeSalt is the salt that an address without an account appears to have. When it changes depends
// on the address and the pepper, and it is a working hour, as when people change their passwords.
// It looks at the same number of spells for every address.
func (p pepper) fakeSalt(email Email, now time.Time) Salt {
	key, spell := p.derive("fake-salt"), int64(now.Sub(saltOrigin)/saltSpell)
	var salt Salt
	for at := spell - longestSpell; at <= spell; at++ {
		drawn := macOf(key, binary.BigEndian.AppendUint64([]byte(email+"\x00"), uint64(at)))
		changes := at == spell-longestSpell || drawn[16]%saltOdds == 0 && !now.Before(changeIn(at, drawn[17:]))
		if changes {
			salt = Salt(drawn)
		}
	}
	return salt
}

// changeIn is the moment in a spell that was drawn: on a weekday, between 6 and 16 UTC.
func changeIn(spell int64, drawn []byte) time.Time {
	week, day := int64(drawn[0])%13, int64(drawn[1])%5
	second := int64(binary.BigEndian.Uint32(drawn[2:])) % (10 * 60 * 60)
	start := saltOrigin.Add(time.Duration(spell) * saltSpell)
	return start.Add(time.Duration(week*7+day)*24*time.Hour + 6*time.Hour + time.Duration(second)*time.Second)
}
