package limit

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"math"
	"net/netip"
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

// Rule allows each caller so many calls at once, and as many again in each window after
// that, evenly spread: a bucket of tokens.
type Rule struct {
	Name   string // seen by callers
	Calls  int
	Window time.Duration
}

// Refusal says when a caller may call again.
type Refusal struct {
	Rule       Rule
	RetryAfter time.Duration // until one call is allowed, in whole seconds
}

// Config is what a limiter is made of.
type Config struct {
	// Factor multiplies the calls of every rule, for places where very many people share an
	// address: 1 leaves them as they are.
	Factor int
	Now    func() time.Time
}

// Limiter counts calls. It is safe for concurrent use.
type Limiter struct {
	config Config

	mu      sync.Mutex
	key     [sha256.Size]byte // made at start and every day: what is remembered names nobody
	made    time.Time
	buckets *simplelru.LRU[bucketKey, *rate.Limiter]
}

// bucketKey is a keyed hash of a rule's name and who calls.
type bucketKey [16]byte

// New returns a limiter that has seen nobody.
func New(config Config) *Limiter {
	buckets, err := simplelru.NewLRU[bucketKey, *rate.Limiter](maxBuckets, nil)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &Limiter{config: config, buckets: buckets}
}

// TakeAddress counts a call of the address against the rule. An IPv4 address counts alone,
// IPv6 addresses by their first 64 bits, which one connection has to itself. The answer is
// nil if the call is allowed.
func (l *Limiter) TakeAddress(rule Rule, address netip.Addr) *Refusal {
	return l.Take(rule, network(address))
}

// network is what of an address tells one connection from another.
func network(address netip.Addr) string {
	address = address.Unmap().WithZone("")
	if address.Is6() {
		if prefix, err := address.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return address.String()
}

// Take counts a call of whoever has that name against the rule. The answer is nil if the
// call is allowed.
func (l *Limiter) Take(rule Rule, who string) *Refusal {
	rule.Calls *= l.config.Factor
	now := l.config.Now()
	bucket := l.bucket(rule, who, now)
	if bucket.AllowN(now, 1) {
		return nil
	}
	wait := (1 - bucket.TokensAt(now)) / float64(bucket.Limit())
	return &Refusal{Rule: rule, RetryAfter: time.Duration(math.Ceil(wait)) * time.Second}
}

// bucket finds or makes the bucket of a caller.
func (l *Limiter) bucket(rule Rule, who string, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.made.IsZero() || now.Sub(l.made) >= keyAge {
		_, _ = rand.Read(l.key[:]) // never fails since Go 1.24
		l.made = now
		l.buckets.Purge() // nobody can be found in it any more
	}
	hash := hmac.New(sha256.New, l.key[:])
	hash.Write([]byte(rule.Name + "\x00" + who))
	key := bucketKey(hash.Sum(nil)[:len(bucketKey{})])
	bucket, known := l.buckets.Get(key)
	if !known {
		bucket = rate.NewLimiter(rate.Limit(float64(rule.Calls)/rule.Window.Seconds()), rule.Calls)
		l.buckets.Add(key, bucket)
	}
	return bucket
}
