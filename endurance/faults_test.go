package main

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"predah/internal/caller"
	"predah/internal/faultydisk"
)

// patience is how long something that has to happen may take.
const patience = 30 * time.Second

// busy is a service under load on a disk that can fail.
type busy struct {
	*service
	disk    *faultydisk.Disk
	writes  *tally
	journal *caller.Journal
	rest    func() // ends the load and waits for its answers
}

func newBusy(t *testing.T) *busy {
	t.Helper()
	needsDisk(t)
	disk, err := faultydisk.Mount(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := disk.Unmount(); err != nil {
			t.Error(err)
		}
	})
	s, err := startService(t.Context(), program, filepath.Join(disk.Folder, "data"), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Kill)
	b := underLoad(t, s)
	b.disk = disk
	return b
}

// underLoad puts a service under load, and returns when it has acknowledged the first writes.
func underLoad(t *testing.T, s *service) *busy {
	t.Helper()
	pool, err := caller.NewPool()
	if err != nil {
		t.Fatal(err)
	}
	places, err := s.places(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := &busy{service: s, writes: newTally(), journal: caller.NewJournal()}
	ctx, stop := context.WithCancel(t.Context())
	over := load{client: s.client, journal: b.journal, pool: pool, places: places, rarely: 10, seen: b.writes.count, pace: breather}.start(ctx, luck(t))
	b.rest = func() { stop(); <-over }
	t.Cleanup(b.rest)
	b.await(t, "the first writes are acknowledged", b.more(20))
	return b
}

// more tells, from now on, whether so many more writes were acknowledged.
func (b *busy) more(n int) func() bool {
	b.writes.mu.Lock()
	defer b.writes.mu.Unlock()
	enough := b.writes.acknowledged + n
	return func() bool {
		b.writes.mu.Lock()
		defer b.writes.mu.Unlock()
		return b.writes.acknowledged >= enough
	}
}

// refused tells whether writes were refused for now.
func (b *busy) refused() bool {
	b.writes.mu.Lock()
	defer b.writes.mu.Unlock()
	return b.writes.unavailable+b.writes.strange[507] >= 10
}

// await returns when something has happened.
func (b *busy) await(t *testing.T, what string, happened func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for !happened() {
		if ctx.Err() != nil {
			t.Fatalf("in %s this did not happen: %s; the service said: %s", patience, what, b.Said())
		}
		rest(ctx, breather)
	}
}

// compare ends the load and holds the service to what it acknowledged.
func (b *busy) compare(t *testing.T) {
	t.Helper()
	b.rest()
	report, err := b.journal.Compare(t.Context(), b.client)
	if err != nil || !report.Whole() {
		t.Errorf("%s, %v", report, err)
	}
	delete(b.writes.strange, 507)
	if len(b.writes.strange)+b.writes.broken > 0 {
		t.Errorf("%d writes had no answer, and others a strange one: %v", b.writes.broken, b.writes.strange)
	}
}

func TestADiskThatFailsRefusesWritesForNowAndNothingIsLost(t *testing.T) {
	for name, errno := range map[string]syscall.Errno{
		"full": syscall.ENOSPC, "read-only": syscall.EROFS, "broken": syscall.EIO,
	} {
		t.Run(name, func(t *testing.T) {
			b := newBusy(t)
			b.disk.Set(faultydisk.Fault{Errno: errno})
			b.await(t, "writes are refused for now", b.refused)
			b.disk.Set(faultydisk.Fault{})
			b.await(t, "writes are acknowledged again, without a restart", b.more(20))
			b.compare(t)
		})
	}
}

func TestASlowDiskMakesWritesSlowAndNothingIsLost(t *testing.T) {
	b := newBusy(t)
	const slow = 200 * time.Millisecond
	b.disk.Set(faultydisk.Fault{SyncTakes: slow})
	b.await(t, "writes are acknowledged by a slow disk", b.more(100))
	b.disk.Set(faultydisk.Fault{})
	b.compare(t)
	if b.writes.slowest < slow {
		t.Errorf("the slowest write took %s on a disk whose flushes take %s more: it was acknowledged before it was flushed", b.writes.slowest, slow)
	}
}
