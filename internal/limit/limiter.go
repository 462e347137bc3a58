package limit

import (
	"context"
	"net/netip"
	"time"
)

// Rule allows each caller so many calls at once, and as many again in each window after
// that, evenly spread: a bucket of tokens.
type Rule struct {
	Name   string // seen by callers
	Calls  int
	Window time.Duration
}

// Call is one call of somebody that a rule counts.
type Call struct {
	Rule Rule
	Who  string // what tells callers apart: kept as a keyed hash only
	back bool   // counted before, and not to be counted after all
}

// From is a call of an address. An IPv4 address counts alone, IPv6 addresses by their first
// 64 bits, which one connection has to itself.
func From(address netip.Addr, rule Rule) Call { return Call{Rule: rule, Who: Network(address)} }

// Network is what of an address tells one connection from another.
func Network(address netip.Addr) string {
	of := network(address)
	if of.Addr().Is6() {
		return of.String()
	}
	return of.Addr().String()
}

func network(address netip.Addr) netip.Prefix {
	address = address.Unmap().WithZone("")
	bits := address.BitLen()
	if address.Is6() {
		bits = 64
	}
	return netip.PrefixFrom(address, bits).Masked()
}

// Refusal says when a caller may call again.
type Refusal struct {
	Rule       Rule
	RetryAfter time.Duration // until one call is allowed, in whole seconds
}

// Decision is what was decided about a call, without whose it was.
type Decision struct {
	Rule    string // its name
	Allowed bool
	Shared  bool // whether it was counted for all processes, or for this one only
}

// Config is what a limiter is made of.
type Config struct {
	// Factor multiplies the calls of every rule, for places where very many people share an
	// address: 1 leaves them as they are.
	Factor int
	Now    func() time.Time
	// Shared counts together with other processes; nil counts in this one only.
	Shared *Shared
	// Decided is told of every decision, by many goroutines at once; nil tells nobody.
	Decided func(Decision)
}

// Limiter counts calls. It is safe for concurrent use.
type Limiter struct {
	config  Config
	local   *local
	holding holding
	daily   *daily
}

// New returns a limiter that has seen nobody.
func New(config Config) *Limiter {
	if config.Decided == nil {
		config.Decided = func(Decision) {}
	}
	return &Limiter{config: config, local: newLocal(), holding: holding{held: make(map[heldKey]int)}, daily: newDaily()}
}

// Take counts the calls in their order until one is refused, and says which that is; those
// after it are not counted. The answer is nil if all are allowed.
func (l *Limiter) Take(ctx context.Context, calls ...Call) *Refusal {
	multiplied := make([]Call, len(calls))
	for i, call := range calls {
		call.Rule.Calls *= l.config.Factor
		multiplied[i] = call
	}
	result, shared := l.count(ctx, multiplied)
	for i := range min(result.allowed+1, len(calls)) {
		l.config.Decided(Decision{Rule: calls[i].Rule.Name, Allowed: i < result.allowed, Shared: shared})
	}
	if result.allowed == len(calls) {
		return nil
	}
	seconds := (result.wait + time.Second - 1).Truncate(time.Second)
	return &Refusal{Rule: multiplied[result.allowed].Rule, RetryAfter: max(seconds, time.Second)}
}

// GiveBack takes back a call that was counted, for rules that count what fails.
func (l *Limiter) GiveBack(ctx context.Context, call Call) {
	call.Rule.Calls *= l.config.Factor
	call.back = true
	l.count(ctx, []Call{call})
}

// count counts the calls with the other processes, or alone when that can't be done now.
func (l *Limiter) count(ctx context.Context, calls []Call) (came result, shared bool) {
	if l.config.Shared != nil {
		if came, shared = l.config.Shared.take(ctx, calls); shared {
			return came, true
		}
	}
	return l.local.take(l.config.Now(), calls), false
}

// Reach asks whether calls can be counted as they should now: with the other processes,
// where that was asked for. The error says why they are counted in this process alone.
func (l *Limiter) Reach(ctx context.Context) error {
	if l.config.Shared == nil {
		return nil
	}
	return l.config.Shared.reach(ctx)
}

// Close lets go of the server that processes share. A nil limiter has none.
func (l *Limiter) Close() error {
	if l == nil || l.config.Shared == nil {
		return nil
	}
	return l.config.Shared.close()
}

// result is what came of some calls.
type result struct {
	allowed int           // how many, from the first
	wait    time.Duration // until the one after them is allowed, where there is one
}
