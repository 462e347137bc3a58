package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"predah/internal/caller"
)

// sight is what callers see over time: when writes were acknowledged, and when a call failed.
// It is safe for concurrent use.
type sight struct {
	mu           sync.Mutex
	acknowledged int
	failures     []failure
	last         time.Time // the last acknowledged write
	gaps         []silence // without any, longer than silenceAtLeast
}

// failure is a call that did not do what it was for.
type failure struct {
	at     time.Time // when it had failed
	status int       // 0 for no answer
}

// silence is a time without an acknowledged write.
type silence struct{ from, to time.Time }

const silenceAtLeast = 500 * time.Millisecond

// count is told of every write.
func (s *sight) count(answer caller.Answer, err error, _ time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	switch {
	case err != nil:
		s.failures = append(s.failures, failure{at: now})
	case !answer.Acknowledged():
		s.failures = append(s.failures, failure{at: now, status: answer.Status})
	default:
		if !s.last.IsZero() && now.Sub(s.last) > silenceAtLeast {
			s.gaps = append(s.gaps, silence{from: s.last, to: now})
		}
		s.acknowledged++
		s.last = now
	}
}

// silent is how long after a moment no write was acknowledged, and whether one was since.
func (s *sight) silent(from time.Time) (time.Duration, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, gap := range s.gaps {
		if gap.to.After(from.Add(silenceAtLeast)) {
			return gap.to.Sub(from), true
		}
	}
	return 0, s.last.After(from.Add(silenceAtLeast))
}

// retryable are the failures after which a caller can send the same again: no answer, or one
// that says that the service is not there just now.
func (f failure) retryable() bool {
	return slices.Contains([]int{0, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout}, f.status)
}

// judge says what failed that may not fail: anything outside of the times given, and anything
// that can't be sent again.
func (s *sight) judge(times []silence) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, failed := range s.failures {
		if !failed.retryable() {
			return fmt.Errorf("a write was answered %d", failed.status)
		}
		if !slices.ContainsFunc(times, func(t silence) bool { return failed.at.After(t.from) && failed.at.Before(t.to) }) {
			return fmt.Errorf("a write failed (status %d) at %s, when nothing was killed", failed.status, failed.at.Format(time.TimeOnly))
		}
	}
	return nil
}

// String counts.
func (s *sight) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	unanswered := 0
	for _, failed := range s.failures {
		if failed.status == 0 {
			unanswered++
		}
	}
	return fmt.Sprintf("%d writes acknowledged, %d answered with 502, 503 or 504, %d without an answer", s.acknowledged, len(s.failures)-unanswered, unanswered)
}

// scored is how self-checks fared: they need no database.
type scored struct {
	answered int
	failures []failure
	slowest  time.Duration
}

const (
	scoreEvery = 20 * time.Millisecond
	checkCall  = "/questionnaires/gaming"
)

// scoring asks for a score again and again until ctx ends, and sends what came of it.
func scoring(ctx context.Context, client *caller.Client) (<-chan scored, error) {
	body, err := filledIn(ctx, client)
	if err != nil {
		return nil, err
	}
	result := make(chan scored, 1)
	go func() {
		var s scored
		for ctx.Err() == nil {
			s.score(context.WithoutCancel(ctx), client, body)
			linger(ctx, scoreEvery)
		}
		result <- s
	}()
	return result, nil
}

// score asks once.
func (s *scored) score(ctx context.Context, client *caller.Client, body []byte) {
	began := time.Now()
	answer, err := client.Do(ctx, caller.Call{Method: http.MethodPost, Path: checkCall + "/score", Body: body})
	switch {
	case err != nil:
		s.failures = append(s.failures, failure{at: time.Now()})
	case !answer.Acknowledged():
		s.failures = append(s.failures, failure{at: time.Now(), status: answer.Status})
	default:
		s.answered++
		s.slowest = max(s.slowest, time.Since(began))
	}
}

// filledIn is a self-check with the first option of every question.
func filledIn(ctx context.Context, client *caller.Client) ([]byte, error) {
	var check struct {
		Items []struct {
			ID, Kind string
			Options  []struct{ Code int }
		}
	}
	answer, err := client.Do(ctx, caller.Call{Method: http.MethodGet, Path: checkCall})
	if err == nil {
		err = json.Unmarshal(answer.Body, &check)
	}
	if err != nil || len(check.Items) == 0 {
		return nil, fmt.Errorf("read a questionnaire: status %d, %w", answer.Status, err)
	}
	answers := make(map[string]any)
	for _, item := range check.Items {
		switch {
		case len(item.Options) == 0:
			answers[item.ID] = nil
		case item.Kind == "multiple":
			answers[item.ID] = []int{item.Options[0].Code}
		default:
			answers[item.ID] = item.Options[0].Code
		}
	}
	return json.Marshal(map[string]any{"answers": answers})
}

// linger waits, or until ctx ends.
func linger(ctx context.Context, long time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(long):
	}
}

// between is a random time.
func between(chance *rand.Rand, least, most time.Duration) time.Duration {
	return least + time.Duration(chance.Int64N(int64(most-least)))
}
