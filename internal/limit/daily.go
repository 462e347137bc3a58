package limit

import (
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// daily counts in memory what each address does on a day, under a key that is made anew each day: of
// the day before nothing is left.
type daily struct {
	mu     sync.Mutex
	day    int64 // since 1970, in UTC
	key    [sha256.Size]byte
	counts *simplelru.LRU[bucketKey, int]
}

func newDaily() *daily {
	counts, err := simplelru.NewLRU[bucketKey, int](maxBuckets, nil)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &daily{counts: counts}
}

// Today counts something that an address does, unless it did so as often as the rule allows on this day of
// UTC, and tells whether it did not. It counts for this process alone; nobody is refused anything, so
// that it is told to nobody.
func (l *Limiter) Today(address netip.Addr, rule Rule) bool {
	const seconds = 24 * 60 * 60
	d := l.daily
	d.mu.Lock()
	defer d.mu.Unlock()
	if day := l.config.Now().Unix() / seconds; day != d.day {
		d.day = day
		_, _ = rand.Read(d.key[:]) // never fails since Go 1.24
		d.counts.Purge()
	}
	key := keyOf(d.key, From(address, rule))
	did, _ := d.counts.Get(key)
	if did >= rule.Calls*l.config.Factor {
		return false
	}
	d.counts.Add(key, did+1)
	return true
}
