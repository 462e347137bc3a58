package vault

import (
	"time"

	"github.com/google/uuid"
)

// RecordID is the id of a record: a UUID of version 7, made by the client.
type RecordID string

// GrantID is the id of a grant: a UUID of version 7, made by the client.
type GrantID string

// ParseRecordID reads a record's id. There is one way to write each.
func ParseRecordID(s string) (RecordID, bool) {
	_, ok := madeAt(s)
	return RecordID(s), ok
}

// ParseGrantID reads a grant's id. There is one way to write each.
func ParseGrantID(s string) (GrantID, bool) {
	_, ok := madeAt(s)
	return GrantID(s), ok
}

// madeAt returns the moment inside a UUID of version 7 (RFC 9562) in its canonical form.
func madeAt(s string) (time.Time, bool) {
	id, err := uuid.Parse(s)
	if err != nil || id.String() != s || id.Version() != 7 || id.Variant() != uuid.RFC4122 {
		return time.Time{}, false
	}
	var milliseconds int64
	for _, b := range id[:6] {
		milliseconds = milliseconds<<8 | int64(b)
	}
	return time.UnixMilli(milliseconds), true
}

// clockSkew is how far the moment inside a new id may be from the server's clock.
const clockSkew = 24 * time.Hour

// mayCome tells whether an id may be new now, or will while the tombstone of something unseen stands:
// that of a clock two days fast goes as its id grows too old.
func mayCome(id string, now time.Time) bool {
	made, ok := madeAt(id)
	return ok && now.Sub(made) <= clockSkew && made.Sub(now) <= unseenFor-clockSkew
}

// timely tells whether an id may be new now.
func timely(id string, now time.Time) bool {
	made, ok := madeAt(id)
	return ok && now.Sub(made).Abs() <= clockSkew
}
