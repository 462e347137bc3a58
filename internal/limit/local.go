package limit

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"
)

const (
	// maxBuckets is how many buckets are remembered; the one not asked for longest goes first.
	maxBuckets = 100_000
	keyAge     = 24 * time.Hour
)

// local counts the calls of this process, in memory.
type local struct {
	mu      sync.Mutex
	key     [sha256.Size]byte // made at start and every day: what is remembered names nobody
	made    time.Time
	buckets *simplelru.LRU[bucketKey, *rate.Limiter]
}

// bucketKey is a keyed hash of a rule's name and who calls.
type bucketKey [16]byte

func keyOf(secret [sha256.Size]byte, call Call) bucketKey {
	hash := hmac.New(sha256.New, secret[:])
	hash.Write([]byte(call.Rule.Name + "\x00" + call.Who))
	return bucketKey(hash.Sum(nil)[:len(bucketKey{})])
}

func newLocal() *local {
	buckets, err := simplelru.NewLRU[bucketKey, *rate.Limiter](maxBuckets, nil)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &local{buckets: buckets}
}

func (l *local) take(now time.Time, calls []Call) result {
	for i, call := range calls {
		bucket := l.bucket(call, now)
		n := 1
		if call.back {
			n = -1 // never fuller than it is at first
		}
		if !bucket.AllowN(now, n) {
			wait := (1 - bucket.TokensAt(now)) / float64(bucket.Limit())
			return result{allowed: i, wait: time.Duration(wait * float64(time.Second))}
		}
	}
	return result{allowed: len(calls)}
}

// bucket finds or makes the bucket of a caller.
func (l *local) bucket(call Call, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.made.IsZero() || now.Sub(l.made) >= keyAge {
		_, _ = rand.Read(l.key[:]) // never fails since Go 1.24
		l.made = now
		l.buckets.Purge() // nobody can be found in it any more
	}
	key := keyOf(l.key, call)
	bucket, known := l.buckets.Get(key)
	if !known {
		rule := call.Rule
		bucket = rate.NewLimiter(rate.Limit(float64(rule.Calls)/rule.Window.Seconds()), rule.Calls)
		l.buckets.Add(key, bucket)
	}
	return bucket
}
