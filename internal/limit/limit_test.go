package limit_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/limit"
)

// clock is a clock that stands still until it is moved.
type clock struct{ now time.Time }

func newClock() *clock { return &clock{now: time.Date(2026, 11, 23, 17, 30, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time       { return c.now }
func (c *clock) wait(d time.Duration) { c.now = c.now.Add(d) }

var thrice = limit.Rule{Name: "thrice", Calls: 3, Window: time.Minute}

// take counts calls.
func take(limiter *limit.Limiter, calls ...limit.Call) *limit.Refusal {
	return limiter.Take(context.Background(), calls...)
}

func TestABucketEmptiesAndFillsEvenly(t *testing.T) {
	clock := newClock()
	limiter := limit.New(limit.Config{Factor: 1, Now: clock.Now})
	for range 3 {
		if refusal := take(limiter, limit.Call{Rule: thrice, Who: "someone"}); refusal != nil {
			t.Fatalf("refused: %+v", refusal)
		}
	}
	want := &limit.Refusal{Rule: thrice, RetryAfter: 20 * time.Second}
	if diff := cmp.Diff(want, take(limiter, limit.Call{Rule: thrice, Who: "someone"})); diff != "" {
		t.Error(diff)
	}
	if take(limiter, limit.Call{Rule: thrice, Who: "someone else"}) != nil || take(limiter, limit.Call{Rule: limit.Rule{Name: "other", Calls: 1, Window: time.Hour}, Who: "someone"}) != nil {
		t.Error("someone else or another rule shares the bucket")
	}
	clock.wait(20*time.Second - time.Millisecond)
	if take(limiter, limit.Call{Rule: thrice, Who: "someone"}) == nil {
		t.Error("allowed too early")
	}
	clock.wait(time.Millisecond)
	if take(limiter, limit.Call{Rule: thrice, Who: "someone"}) != nil {
		t.Error("refused after Retry-After")
	}
	if take(limiter, limit.Call{Rule: thrice, Who: "someone"}) == nil {
		t.Error("more than one call is back")
	}
}

// TestNothingIsTakenAfterARefusal: who is refused by one rule does not use up another's.
func TestNothingIsTakenAfterARefusal(t *testing.T) {
	var decisions []limit.Decision
	limiter := limit.New(limit.Config{Factor: 1, Now: newClock().Now, Decided: func(d limit.Decision) { decisions = append(decisions, d) }})
	once := limit.Rule{Name: "once", Calls: 1, Window: time.Hour}
	first, second := limit.Call{Rule: once, Who: "someone"}, limit.Call{Rule: thrice, Who: "something"}
	if refusal := take(limiter, first, second); refusal != nil {
		t.Fatalf("refused: %+v", refusal)
	}
	for range 5 {
		want := &limit.Refusal{Rule: once, RetryAfter: time.Hour}
		if diff := cmp.Diff(want, take(limiter, first, second)); diff != "" {
			t.Error(diff)
		}
	}
	for i, allowed := range []bool{true, true, false} {
		if got := take(limiter, second) == nil; got != allowed {
			t.Errorf("call %d against the second rule is allowed: %v", i+1, got)
		}
	}
	allowed, refused := limit.Decision{Rule: "thrice", Allowed: true}, limit.Decision{Rule: "once"}
	want := []limit.Decision{
		{Rule: "once", Allowed: true}, allowed, refused, refused, refused, refused, refused, allowed, allowed, {Rule: "thrice"},
	}
	if diff := cmp.Diff(want, decisions); diff != "" {
		t.Error(diff)
	}
}

func TestAFactorMultipliesEveryRule(t *testing.T) {
	limiter := limit.New(limit.Config{Factor: 10, Now: newClock().Now})
	allowed := 0
	for take(limiter, limit.Call{Rule: thrice, Who: "someone"}) == nil {
		allowed++
	}
	if allowed != 30 {
		t.Errorf("%d calls are allowed", allowed)
	}
}

func TestWhichAddressesShareABucket(t *testing.T) {
	once := limit.Rule{Name: "once", Calls: 1, Window: time.Hour}
	tests := []struct {
		a, b  string
		share bool
	}{
		{"192.0.2.1", "192.0.2.1", true},
		{"192.0.2.1", "192.0.2.2", false},
		{"192.0.2.1", "::ffff:192.0.2.1", true},
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true},
		{"2001:db8:1:2::1", "2001:db8:1:3::1", false},
		{"fe80::1%eth0", "fe80::1%eth1", true},
		{"fe80::1", "::1", false},
	}
	for _, test := range tests {
		limiter := limit.New(limit.Config{Factor: 1, Now: newClock().Now})
		take(limiter, limit.From(netip.MustParseAddr(test.a), once))
		if shared := take(limiter, limit.From(netip.MustParseAddr(test.b), once)) != nil; shared != test.share {
			t.Errorf("%s and %s: shared %v", test.a, test.b, shared)
		}
	}
}

func TestAfterADayEverybodyIsForgotten(t *testing.T) {
	clock := newClock()
	limiter := limit.New(limit.Config{Factor: 1, Now: clock.Now})
	slow := limit.Rule{Name: "slow", Calls: 1, Window: 1000 * time.Hour}
	take(limiter, limit.Call{Rule: slow, Who: "someone"})
	clock.wait(24*time.Hour - time.Second)
	if take(limiter, limit.Call{Rule: slow, Who: "someone"}) == nil {
		t.Error("forgotten before the day was over")
	}
	clock.wait(time.Second)
	if take(limiter, limit.Call{Rule: slow, Who: "someone"}) != nil {
		t.Error("remembered after the day")
	}
}

func TestTheOneNotSeenLongestIsForgottenWhenThereAreTooMany(t *testing.T) {
	limiter := limit.New(limit.Config{Factor: 1, Now: newClock().Now})
	once := limit.Rule{Name: "once", Calls: 1, Window: time.Hour}
	take(limiter, limit.Call{Rule: once, Who: "first"})
	for i := range 100_000 {
		take(limiter, limit.Call{Rule: once, Who: fmt.Sprint(i)})
	}
	if take(limiter, limit.Call{Rule: once, Who: "99999"}) == nil {
		t.Error("the last is forgotten")
	}
	if take(limiter, limit.Call{Rule: once, Who: "first"}) != nil {
		t.Error("the first is remembered: memory is not bounded")
	}
}

func TestRoomOfADisk(t *testing.T) {
	clock := newClock()
	space, failure := limit.Space{Free: 100, Total: 100}, error(nil)
	disk := limit.NewDisk(func() (limit.Space, error) { return space, failure }, clock.Now)
	for _, step := range []struct {
		free uint64
		err  error
		want limit.Room
	}{
		{15, nil, limit.Enough}, {14, nil, limit.Scarce}, {5, nil, limit.Scarce}, {4, nil, limit.None},
		{100, errors.New("gone"), limit.None}, {100, nil, limit.Enough}, {0, nil, limit.None},
	} {
		space.Free, failure = step.free, step.err
		clock.wait(5 * time.Second)
		if got := disk.Room(); got != step.want {
			t.Errorf("with %d %% free (%v): %v", step.free, step.err, got)
		}
	}
	space.Free = 100
	if disk.Room() != limit.None {
		t.Error("the disk is asked at every call")
	}
}

func TestTheDiskOfAFolderIsProbed(t *testing.T) {
	space, err := limit.Probe(t.TempDir())
	if err != nil || space.Total == 0 || space.Free > space.Total {
		t.Errorf("%+v: %v", space, err)
	}
	if _, err := limit.Probe("/nowhere/at/all"); err == nil {
		t.Error("a folder that is not there has room")
	}
}

func TestACallThatIsGivenBackWasNotCounted(t *testing.T) {
	clock := newClock()
	limiter := limit.New(limit.Config{Factor: 2, Now: clock.Now})
	givesBack(t, limiter, clock.wait)
}

// givesBack checks with a limiter of factor 2 that calls which are given back leave room.
func givesBack(t *testing.T, limiter *limit.Limiter, wait func(time.Duration)) {
	t.Helper()
	call := limit.Call{Rule: thrice, Who: "someone"}
	limiter.GiveBack(t.Context(), call) // a full bucket takes none
	wait(time.Second)
	for range 20 {
		if take(limiter, call) != nil {
			t.Fatal("what was given back is counted")
		}
		limiter.GiveBack(t.Context(), call)
	}
	allowed := 0
	for take(limiter, call) == nil {
		allowed++
	}
	if allowed != 6 {
		t.Errorf("%d calls are allowed, want 6", allowed)
	}
	limiter.GiveBack(t.Context(), call)
	if take(limiter, call) != nil || take(limiter, call) == nil {
		t.Error("not one call was given back")
	}
}
