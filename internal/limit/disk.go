package limit

import (
	"sync"
	"time"
)

// Room is how much room the disk has left for what people save.
type Room int

// How much room there is.
const (
	Enough Room = iota
	Scarce      // nothing new is begun
	None        // nothing is written but what makes room
)

const (
	scarceBelow = 0.15 // of the disk free
	noneBelow   = 0.05
	askAgain    = 5 * time.Second
)

// Space is what a file system has.
type Space struct {
	Free, Total uint64 // bytes; Free is what this user may still write
}

// Disk watches the disk that the data is on. It is safe for concurrent use.
type Disk struct {
	probe func() (Space, error)
	now   func() time.Time

	mu    sync.Mutex
	asked time.Time
	room  Room
}

// NewDisk returns a watch over what the probe reports; it is asked at most every few seconds.
func NewDisk(probe func() (Space, error), now func() time.Time) *Disk {
	return &Disk{probe: probe, now: now}
}

// Room says how much room there is. While the probe fails, what it said last holds.
func (d *Disk) Room() Room {
	d.mu.Lock()
	defer d.mu.Unlock()
	if now := d.now(); d.asked.IsZero() || now.Sub(d.asked) >= askAgain {
		d.asked = now
		if space, err := d.probe(); err == nil {
			d.room = space.room()
		}
	}
	return d.room
}

func (s Space) room() Room {
	free := float64(s.Free) / float64(max(s.Total, 1))
	switch {
	case free < noneBelow:
		return None
	case free < scarceBelow:
		return Scarce
	}
	return Enough
}
