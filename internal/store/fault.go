package store

import "time"

// Fault is a reason for which the database cannot do its work now, though it may soon.
type Fault struct {
	says  string
	after time.Duration
}

// Error says what is the matter, for an operator. It has no value of any row.
func (f *Fault) Error() string { return f.says }

// RetryAfter is in how long it is worth trying again.
func (f *Fault) RetryAfter() time.Duration { return f.after }

// What a database can fail for, for some time.
var (
	// ErrOverloaded says that a write was refused or given up, since too many wait. It did
	// not happen.
	ErrOverloaded = &Fault{"more writes wait than the disk keeps up with", time.Second}
	// ErrUnknown says that it is not known whether a write happened. Who repeats it finds out,
	// as every write may be repeated.
	ErrUnknown = &Fault{"the database has not confirmed a write, which may be kept or not", 5 * time.Second}
)
