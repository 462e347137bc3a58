package limit_test

import (
	"net/netip"
	"testing"
	"time"

	"predah/internal/limit"
)

func TestANetworkHoldsSoManyAtOnceAndOthersAsMany(t *testing.T) {
	var told []limit.Decision
	limiter := limit.New(limit.Config{Factor: 2, Decided: func(d limit.Decision) { told = append(told, d) }})
	rule := limit.Rule{Name: "lines", Calls: 1}
	hold := func(address string) (func(), *limit.Refusal) { return limiter.Hold(netip.MustParseAddr(address), rule) }
	first, _ := hold("2001:db8::1")
	second, refusal := hold("2001:db8::ffff:2")
	if refusal != nil {
		t.Fatalf("twice one are not had: %+v", refusal)
	}
	if _, refusal = hold("2001:db8:0:0:1::3"); refusal == nil || refusal.Rule.Calls != 2 || refusal.RetryAfter <= 0 {
		t.Errorf("a third of the same 64 bits: %+v", refusal)
	}
	for _, other := range []string{"2001:db8:0:1::1", "192.0.2.1"} {
		if _, refusal := hold(other); refusal != nil {
			t.Errorf("%s: %+v", other, refusal)
		}
	}
	if _, refusal := limiter.Hold(netip.MustParseAddr("2001:db8::1"), limit.Rule{Name: "calls", Calls: 1}); refusal != nil {
		t.Errorf("by another rule: %+v", refusal)
	}
	first()
	if first, refusal = hold("2001:db8::4"); refusal != nil {
		t.Errorf("after one was let go: %+v", refusal)
	}
	first()
	second()
	if len(told) != 1 || told[0] != (limit.Decision{Rule: "lines"}) {
		t.Errorf("told of %+v", told)
	}
}

func TestWhatAnAddressDoesIsCountedSoOftenOnADay(t *testing.T) {
	clock := newClock()
	limiter := limit.New(limit.Config{Factor: 2, Now: clock.Now, Decided: func(d limit.Decision) { t.Errorf("told of %+v", d) }})
	did := func(address string) (counted int) {
		for range 10 {
			if limiter.Today(netip.MustParseAddr(address), thrice) {
				counted++
			}
		}
		return counted
	}
	for _, step := range []struct {
		address string
		want    int
	}{{"2001:db8::1", 6}, {"2001:db8::2", 0}, {"192.0.2.1", 6}} {
		if got := did(step.address); got != step.want {
			t.Errorf("%s: %d", step.address, got)
		}
	}
	clock.wait(6*time.Hour + 29*time.Minute) // a minute before midnight
	if got := did("192.0.2.1"); got != 0 {
		t.Errorf("in the evening: %d", got)
	}
	clock.wait(time.Minute)
	if got := did("192.0.2.1"); got != 6 {
		t.Errorf("on the next day: %d", got)
	}
}
