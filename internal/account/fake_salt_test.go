package account

import (
	"crypto/sha256"
	"fmt"
	"testing"
	"time"
)

// TestAttack20AFakeSaltChangesAsARealOneDoes: seldom, at a time of its own for each address, in hours
// in which people change passwords, and never back.
func TestAttack20AFakeSaltChangesAsARealOneDoes(t *testing.T) {
	const addresses, years = 20, 2
	p := pepper{derive: func(info string) [32]byte { return sha256.Sum256([]byte(info)) }}
	now := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	salt := func(i int) Salt { return p.fakeSalt(Email(fmt.Sprintf("n%d@primer.si", i)), now) }
	last, seen := make([]Salt, addresses), map[Salt]bool{}
	for i := range last {
		last[i] = salt(i)
		seen[last[i]] = true
	}
	changes, together := 0, 0
	for range 365 * years {
		for _, working := range []bool{false, true} { // midnight to 6, 6 to midnight
			now = now.Add(map[bool]time.Duration{false: 6 * time.Hour, true: 18 * time.Hour}[working])
			moved := 0
			for i := range last {
				got := salt(i)
				if got == last[i] {
					continue
				}
				if seen[got] {
					t.Fatal("a salt came back")
				}
				seen[got], last[i] = true, got
				moved++
				day := now.Add(-time.Second).Weekday()
				if !working || day == time.Saturday || day == time.Sunday {
					t.Fatalf("a salt changed before %s", now)
				}
			}
			changes, together = changes+moved, max(together, moved)
		}
	}
	if average := float64(changes) / addresses / years; average < 0.4 || average > 1 {
		t.Errorf("a fake salt changes %.2f times a year", average)
	}
	if together > 5 {
		t.Errorf("%d salts changed on one day", together)
	}
}
