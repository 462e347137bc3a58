package main

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"predah/internal/caller"
)

const (
	// writers is how many people save and delete at the same time.
	writers = 64
	// perVault is how many records a person saves before the next one comes.
	perVault = 40
	// breather is how long a person waits after a call that failed.
	breather = 5 * time.Millisecond
)

// load is people who save and delete records without a pause, share with counsellors and take
// back what they shared.
type load struct {
	client  *caller.Client
	journal *caller.Journal
	pool    *caller.Pool
	places  places                                                    // where people share, as long as there are any
	rarely  int                                                       // one in so many times after somebody saved, something is shared
	seen    func(answer caller.Answer, err error, took time.Duration) // after every write; nil for nobody
	pace    time.Duration                                             // how long a person rests between writes
	reads   bool                                                      // whether people also read what they saved, and the content
}

// start is run in the background. The channel is closed when it is over.
func (l load) start(ctx context.Context, chance *rand.Rand) (over <-chan struct{}) {
	own := rand.New(rand.NewPCG(chance.Uint64(), 0))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		l.run(ctx, own)
	}()
	return ended
}

// run keeps all people busy until ctx ends, and returns when nobody waits for an answer any
// more. Calls are not broken off by the end of ctx.
func (l load) run(ctx context.Context, chance *rand.Rand) {
	var everybody sync.WaitGroup
	for range writers {
		own := rand.New(rand.NewPCG(chance.Uint64(), 0))
		everybody.Go(func() {
			for ctx.Err() == nil {
				l.person(ctx, own)
			}
		})
	}
	everybody.Wait()
}

// person makes a vault and saves records in it; every third is deleted some time later. Some
// are shared, of which every second is taken back. After the first failure the next person
// comes.
func (l load) person(ctx context.Context, chance *rand.Rand) {
	calls := context.WithoutCancel(ctx)
	v, err := l.journal.NewVault(calls, l.client)
	if err != nil {
		rest(ctx, breather)
		return
	}
	var saved, shared []string
	for n := 0; n < perVault && ctx.Err() == nil; n++ {
		if !l.save(ctx, v, &saved, chance) || chance.IntN(l.rarely) == 0 && !l.share(calls, v, &shared, chance) {
			rest(ctx, breather)
			return
		}
	}
}

// save saves a record, and tells whether everything was acknowledged.
func (l load) save(ctx context.Context, v *caller.Vault, saved *[]string, chance *rand.Rand) bool {
	calls, id := context.WithoutCancel(ctx), caller.NewID()
	if !l.timed(func() (caller.Answer, error) { return l.journal.PutRecord(calls, v, id, l.pool.Record(id)) }) {
		return false
	}
	*saved = append(*saved, id)
	l.read(calls, v, id)
	rest(ctx, l.pace)
	if chance.IntN(3) != 0 {
		return true
	}
	gone := takeOne(saved, chance)
	return l.timed(func() (caller.Answer, error) { return l.journal.DeleteRecord(calls, v, gone) })
}

// share shares something, if there is a place for it, and tells whether everything was
// acknowledged.
func (l load) share(ctx context.Context, v *caller.Vault, shared *[]string, chance *rand.Rand) bool {
	if link, ok := l.places.next(); ok {
		g := l.pool.Grant(link)
		if !l.timed(func() (caller.Answer, error) { return l.journal.PutGrant(ctx, v, g) }) {
			return false
		}
		*shared = append(*shared, g.ID)
	}
	if len(*shared) == 0 || len(*shared) < sharedAtMost && chance.IntN(2) != 0 {
		return true
	}
	gone := takeOne(shared, chance)
	return l.timed(func() (caller.Answer, error) { return l.journal.DeleteGrant(ctx, v, gone) })
}

// takeOne takes one of several out of them.
func takeOne(of *[]string, chance *rand.Rand) string {
	i := chance.IntN(len(*of))
	one := (*of)[i]
	*of = slices.Delete(*of, i, i+1)
	return one
}

// read reads what was saved, and what everybody reads, if people do.
func (l load) read(ctx context.Context, v *caller.Vault, id string) {
	if !l.reads {
		return
	}
	// What is wrong with what is read is found out when everything is compared.
	_, _ = v.Record(ctx, id)
	for _, path := range []string{"/questionnaires/gaming", "/support?area=gaming"} {
		_, _ = l.client.Do(ctx, caller.Call{Method: http.MethodGet, Path: path})
	}
	_, _ = l.client.Do(ctx, caller.Call{Method: http.MethodPost, Path: "/questionnaires/gaming/score", Body: []byte(`{"answers":{}}`)})
}

// timed writes, and tells whether it was acknowledged.
func (l load) timed(write func() (caller.Answer, error)) bool {
	began := time.Now()
	answer, err := write()
	if l.seen != nil {
		l.seen(answer, err, time.Since(began))
	}
	return err == nil && answer.Acknowledged()
}

// rest waits, at most until ctx ends.
func rest(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// tally counts what came of writes. It is safe for concurrent use.
type tally struct {
	mu           sync.Mutex
	acknowledged int
	unavailable  int           // answered with 503
	strange      map[int]int   // other answers, by status
	broken       int           // no answer
	slowest      time.Duration // of those that were answered
}

func newTally() *tally { return &tally{strange: make(map[int]int)} }

func (t *tally) count(answer caller.Answer, err error, took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		t.broken++
		return
	}
	t.slowest = max(t.slowest, took)
	switch {
	case answer.Acknowledged():
		t.acknowledged++
	case answer.Status == http.StatusServiceUnavailable:
		t.unavailable++
	default:
		t.strange[answer.Status]++
	}
}
