package limit

import (
	"net/netip"
	"sync"
	"time"
)

// holdAgain is after how long somebody whose network holds too much may try again: nobody knows
// when something will be let go, and a page that opens many connections does so soon.
const holdAgain = time.Second

// holding counts what each network holds at this moment, in this process: nobody who holds
// nothing is in it.
type holding struct {
	mu   sync.Mutex
	held map[heldKey]int
}

// heldKey is what a rule counts for: a network.
type heldKey struct {
	rule    string
	network netip.Prefix
}

// Hold counts something of an address from now until it is let go, for a rule that has no window: so
// many at once. It returns what lets it go, to be called once, or why it may not be had.
func (l *Limiter) Hold(address netip.Addr, rule Rule) (release func(), refusal *Refusal) {
	rule.Calls *= l.config.Factor
	key := heldKey{rule: rule.Name, network: network(address)}
	l.holding.mu.Lock()
	defer l.holding.mu.Unlock()
	if l.holding.held[key] >= rule.Calls {
		l.config.Decided(Decision{Rule: rule.Name})
		return nil, &Refusal{Rule: rule, RetryAfter: holdAgain}
	}
	l.holding.held[key]++
	return func() { l.holding.release(key) }, nil
}

func (h *holding) release(key heldKey) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.held[key]--; h.held[key] == 0 {
		delete(h.held, key)
	}
}
