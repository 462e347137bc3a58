package limit

import (
	"sync"
	"time"
)

// circuitPause is how long nobody waits for a server that did not answer.
const circuitPause = time.Second

// circuit keeps calls from waiting for a server that does not answer: after a failure, one
// call in each pause tries again. The zero circuit is closed: everybody may try.
type circuit struct {
	mu   sync.Mutex
	open bool
	next time.Time // when one may try, while it is open
}

// mayTry tells whether a call may ask the server now.
func (c *circuit) mayTry(now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.open {
		return true
	}
	// a clock that was set back must not keep the circuit open
	if now.Before(c.next) && c.next.Sub(now) <= circuitPause {
		return false
	}
	c.next = now.Add(circuitPause)
	return true
}

// report says whether the server answered. It returns whether that is news.
func (c *circuit) report(answered bool, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	news := c.open == answered
	c.open = !answered
	if c.open {
		c.next = now.Add(circuitPause)
	}
	return news
}
