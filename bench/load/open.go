package load

import (
	"time"

	"golang.org/x/sys/unix"
)

// Open sends requests at a constant rate, so many a second, for the given time. A request
// that finds all connections busy waits for one. Its latency counts from when it was due, so
// that a server that stalls pays for every request that would have come meanwhile, and not
// for those alone that were on their way (coordinated omission).
func Open(t Target, connections int, rate float64, during time.Duration) (Result, error) {
	return open(t, connections, rate, during, sleepExactly)
}

func open(t Target, connections int, rate float64, during time.Duration, sleep func(time.Duration)) (Result, error) {
	count := int(rate * during.Seconds())
	due := make(chan time.Time, count)
	ended := make(chan struct{})
	defer func() { <-ended }()
	go func() {
		defer close(ended)
		defer close(due)
		start := time.Now()
		for i := range count {
			at := start.Add(time.Duration(float64(i) / rate * float64(time.Second)))
			if wait := time.Until(at); wait > 0 {
				sleep(wait)
			}
			due <- at
		}
	}()
	return t.each(connections, func(c *connection) error {
		for at := range due {
			if err := c.ask(); err != nil {
				return err
			}
			c.took = append(c.took, time.Since(at))
		}
		return nil
	})
}

// sleepExactly sleeps to within a tenth of a millisecond. The runtime's own timers are late by
// up to a whole one, which would count as the server's.
func sleepExactly(d time.Duration) {
	wait := unix.NsecToTimespec(int64(d))
	_ = unix.Nanosleep(&wait, nil) // woken early, it only sends early by what a signal took
}
