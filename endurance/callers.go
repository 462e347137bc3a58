package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
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

// asked is how calls fared that are made one after the other, whatever happens meanwhile.
type asked struct {
	answered int
	failures []failure
	slowest  time.Duration // of those that were answered
}

// String counts.
func (a asked) String() string {
	return fmt.Sprintf("%d answered, %d not, the slowest in %s", a.answered, len(a.failures), a.slowest.Round(time.Millisecond))
}

const (
	askEvery  = 20 * time.Millisecond
	checkCall = "/questionnaires/gaming"
)

// asking asks again and again until ctx ends, and sends what came of it.
func asking(ctx context.Context, ask func(context.Context) error) <-chan asked {
	result := make(chan asked, 1)
	go func() {
		var a asked
		for ctx.Err() == nil {
			a.once(context.WithoutCancel(ctx), ask)
			linger(ctx, askEvery)
		}
		result <- a
	}()
	return result
}

func (a *asked) once(ctx context.Context, ask func(context.Context) error) {
	began := time.Now()
	err := ask(ctx)
	if err == nil {
		a.answered++
		a.slowest = max(a.slowest, time.Since(began))
		return
	}
	failed := failure{at: time.Now()}
	var refused *caller.AnswerError
	if errors.As(err, &refused) {
		failed.status = refused.Answer.Status
	}
	a.failures = append(a.failures, failed)
}

// acknowledged turns an answer that is no success into an error.
func acknowledged(answer caller.Answer, err error) error {
	if err == nil && !answer.Acknowledged() {
		return &caller.AnswerError{Answer: answer}
	}
	return err
}

// scoring asks for scores, which need no database.
func scoring(ctx context.Context, client *caller.Client) (<-chan asked, error) {
	body, err := filledIn(ctx, client)
	if err != nil {
		return nil, err
	}
	return asking(ctx, func(ctx context.Context) error {
		return acknowledged(client.Do(ctx, caller.Call{Method: http.MethodPost, Path: checkCall + "/score", Body: body}))
	}), nil
}

// reading reads a vault, the list of its records and one of them, that it makes before.
func reading(ctx context.Context, client *caller.Client, pool *caller.Pool) (<-chan asked, error) {
	v, err := client.NewVault(ctx)
	if err != nil {
		return nil, err
	}
	id := caller.NewID()
	sealed := pool.Record(id)
	if err := acknowledged(v.PutRecord(ctx, id, sealed)); err != nil {
		return nil, fmt.Errorf("save what is to be read: %w", err)
	}
	return asking(ctx, func(ctx context.Context) error {
		_, looking := v.Look(ctx)
		records, listing := v.Records(ctx)
		record, err := v.Record(ctx, id)
		if err := errors.Join(looking, listing, acknowledged(record, err)); err != nil {
			return err
		}
		if len(records) != 1 || !bytes.Equal(record.Body, sealed) {
			return errors.New("what was read is not what was saved")
		}
		return nil
	}), nil
}

// filledIn is a self-check with the lowest option of every question that everybody is asked: a yes
// would bring questions of its own.
func filledIn(ctx context.Context, client *caller.Client) ([]byte, error) {
	var check struct {
		Items []struct {
			ID, Kind string
			Options  []struct{ Code int }
			ShowWhen json.RawMessage `json:"show_when"`
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
		case len(item.Options) == 0 || item.ShowWhen != nil:
			answers[item.ID] = nil
		case item.Kind == "multiple":
			answers[item.ID] = []int{item.Options[0].Code}
		default:
			lowest := item.Options[0].Code
			for _, option := range item.Options {
				lowest = min(lowest, option.Code)
			}
			answers[item.ID] = lowest
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
