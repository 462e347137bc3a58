package limit_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"predah/internal/limit"
	"predah/internal/limit/redistest"
)

// patient is longer than a server on a busy machine takes to answer.
const patient = time.Minute

// derive stands for the pepper that all processes have.
func derive(use string) (key [32]byte) {
	copy(key[:], use)
	return key
}

// process is one process that counts with others.
type process struct {
	*limit.Limiter
	clock *clock

	mu     sync.Mutex
	shared map[bool]int // decisions, by whether they were shared
	log    bytes.Buffer
}

// newProcess starts one; it waits that long for the server.
func newProcess(t *testing.T, address string, wait time.Duration) *process {
	t.Helper()
	p := &process{clock: newClock(), shared: map[bool]int{}}
	shared, err := limit.NewShared(limit.SharedConfig{
		Address: address, Key: derive, AnswerLimit: wait, Now: p.clock.Now,
		Logger: slog.New(slog.NewTextHandler(&p.log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	p.Limiter = limit.New(limit.Config{Factor: 1, Now: p.clock.Now, Shared: shared, Decided: func(d limit.Decision) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.shared[d.Shared]++
	}})
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func (p *process) take(calls ...limit.Call) *limit.Refusal {
	return p.Take(context.Background(), calls...)
}

// news is how many lines the process has logged.
func (p *process) news() int { return strings.Count(p.log.String(), "\n") }

var (
	hourly   = limit.Rule{Name: "hourly", Calls: 3, Window: time.Hour}
	somebody = limit.Call{Rule: hourly, Who: "somebody"}
)

func TestProcessesCountTogether(t *testing.T) {
	server := redistest.Start(t)
	first, second := newProcess(t, server.Address(), patient), newProcess(t, server.Address(), patient)
	if first.take(somebody) != nil || second.take(somebody) != nil || first.take(somebody) != nil {
		t.Fatal("one of the first three calls is refused")
	}
	want := &limit.Refusal{Rule: hourly, RetryAfter: 20 * time.Minute}
	lateBy := cmp.Comparer(func(a, b time.Duration) bool { return max(a-b, b-a) < 10*time.Minute })
	if diff := cmp.Diff(want, second.take(somebody), lateBy); diff != "" {
		t.Error(diff)
	}
	if second.take(limit.Call{Rule: hourly, Who: "somebody else"}) != nil || second.take(limit.Call{Rule: thrice, Who: "somebody"}) != nil {
		t.Error("somebody else or another rule shares the bucket")
	}
	for _, p := range []*process{first, second} {
		if p.shared[false] != 0 || p.shared[true] == 0 {
			t.Errorf("decisions that were shared or not: %v", p.shared)
		}
	}
}

// TestExactlyAsManyCallsAreAllowedAtOnce: no two processes ever see the same bucket between.
func TestExactlyAsManyCallsAreAllowedAtOnce(t *testing.T) {
	server := redistest.Start(t)
	many := limit.Call{Rule: limit.Rule{Name: "many", Calls: 77, Window: 1000 * time.Hour}, Who: "somebody"}
	var allowed atomic.Int64
	var calls sync.WaitGroup
	for range 4 {
		p := newProcess(t, server.Address(), patient)
		for range 8 {
			calls.Go(func() {
				for range 10 {
					if p.take(many) == nil {
						allowed.Add(1)
					}
				}
			})
		}
	}
	calls.Wait()
	if allowed.Load() != 77 {
		t.Errorf("%d calls are allowed", allowed.Load())
	}
}

func TestNothingIsTakenAfterARefusalOnTheServerEither(t *testing.T) {
	p := newProcess(t, redistest.Start(t).Address(), patient)
	once := limit.Call{Rule: limit.Rule{Name: "once", Calls: 1, Window: time.Hour}, Who: "somebody"}
	if p.take(once, somebody) != nil {
		t.Fatal("refused")
	}
	for range 5 {
		if refusal := p.take(once, somebody); refusal == nil || refusal.Rule.Name != "once" {
			t.Errorf("refused by %+v", refusal)
		}
	}
	for i, allowed := range []bool{true, true, false} {
		if got := p.take(somebody) == nil; got != allowed {
			t.Errorf("call %d against the second rule is allowed: %v", i+1, got)
		}
	}
}

func TestASharedBucketFillsAgain(t *testing.T) {
	p := newProcess(t, redistest.Start(t).Address(), patient)
	quick := limit.Call{Rule: limit.Rule{Name: "quick", Calls: 2, Window: 200 * time.Millisecond}, Who: "somebody"}
	for p.take(quick) == nil { // it is emptied faster than it fills
	}
	for p.take(quick) != nil { // and fills
	}
	if p.shared[false] != 0 {
		t.Errorf("decisions that were shared or not: %v", p.shared)
	}
}

// TestTheServerLearnsNobody: what it has is short-lived, and who has not the pepper cannot
// tell even by trying every address.
func TestTheServerLearnsNobody(t *testing.T) {
	server := redistest.Start(t)
	p := newProcess(t, server.Address(), patient)
	p.take(limit.From(netip.MustParseAddr("203.0.113.77"), hourly), limit.Call{Rule: hourly, Who: "canary@example.org"})
	client := server.Client(t)
	keys, err := client.Keys(t.Context(), "*").Result()
	if err != nil || len(keys) != 2 {
		t.Fatalf("%q, %v", keys, err)
	}
	for _, key := range keys {
		if strings.Contains(key, "canary") || strings.Contains(key, "203.0") || len(key) != len("predah:limit:")+22 {
			t.Errorf("the key %q", key)
		}
		if lives := client.TTL(t.Context(), key).Val(); lives <= 0 || lives > time.Hour {
			t.Errorf("it lives for %v", lives)
		}
	}
	p.clock.wait(24 * time.Hour)
	p.take(limit.From(netip.MustParseAddr("203.0.113.77"), hourly))
	if after := client.Keys(t.Context(), "*").Val(); len(after) != 3 {
		t.Errorf("the next day somebody is found under the same key: %q", after)
	}
}

func TestWhileTheServerIsGoneEachProcessCountsAlone(t *testing.T) {
	server := redistest.Start(t)
	p := newProcess(t, server.Address(), patient)
	for range 3 {
		p.take(somebody)
	}
	if p.take(somebody) == nil || p.Reach(t.Context()) != nil {
		t.Fatal("the server is not used")
	}
	server.Kill(t)
	for range 3 {
		if refusal := p.take(somebody); refusal != nil {
			t.Errorf("refused without a server: %+v", refusal)
		}
	}
	if p.take(somebody) == nil {
		t.Error("without a server everything is allowed")
	}
	if p.Reach(t.Context()) == nil {
		t.Error("the server is gone and is reached")
	}
	if diff := cmp.Diff(map[bool]int{true: 4, false: 4}, p.shared); diff != "" {
		t.Error(diff)
	}
	if p.news() != 1 {
		t.Errorf("it is logged %d times: %s", p.news(), p.log.String())
	}

	server.Restart(t)
	if p.take(somebody) == nil {
		t.Error("the server is asked during the pause")
	}
	p.clock.wait(time.Second)
	if p.take(somebody) != nil || p.Reach(t.Context()) != nil || p.shared[true] != 5 {
		t.Errorf("the server is not used again: %v", p.shared)
	}
	if p.news() != 2 {
		t.Errorf("it is logged %d times: %s", p.news(), p.log.String())
	}
}

// TestOnlyOneCallWaitsForAServerThatHangs: the server takes connections and says nothing. The
// clock stands still, so that one call finds out and no other asks.
func TestOnlyOneCallWaitsForAServerThatHangs(t *testing.T) {
	server := redistest.Start(t)
	p := newProcess(t, server.Address(), 50*time.Millisecond)
	server.Freeze(t)
	for range 100_000 { // more than an hour, if each waited
		p.take(somebody)
	}
	if p.shared[true] != 0 || p.news() != 1 {
		t.Errorf("%d calls were shared; logged: %s", p.shared[true], p.log.String())
	}
	server.Thaw(t)
	for p.Reach(t.Context()) != nil { // as whoever asks for the readiness does
	}
	if p.take(limit.Call{Rule: hourly, Who: "somebody else"}); p.shared[true] != 1 {
		t.Error("the server is not used again")
	}
}

// TestACallerWhoHangsUpDoesNotMakeTheServerLookGone: or else strangers could make each
// process count alone.
func TestACallerWhoHangsUpDoesNotMakeTheServerLookGone(t *testing.T) {
	p := newProcess(t, redistest.Start(t).Address(), patient)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	p.Take(gone, somebody)
	if diff := cmp.Diff(map[bool]int{true: 1}, p.shared, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func TestAnAddressThatIsNoneIsNotSaidBack(t *testing.T) {
	for _, address := range []string{"", "canary", "http://canary", "redis://user:canary@host:port", "redis://user:canary@host/x", "redis://:ca%nary@host"} {
		if _, err := limit.NewShared(limit.SharedConfig{Address: address}); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%q: %v", address, err)
		}
	}
}
